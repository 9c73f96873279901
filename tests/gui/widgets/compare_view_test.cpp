// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/table_roles.h"
#include "widgets/pages/compare_view.h"
#include "widgets/standard_actions.h"
#include "widgets/state_pane.h"

#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;
using fixtures::shared_figures::digest;

namespace {

struct CompareRig
{
    explicit CompareRig(std::shared_ptr<FakeStore> store)
        : client(std::move(store))
    {
        addStandardActions(context.actions());
        view.resize(900, 620);
        view.show();
    }

    void compare(const std::string& a, const std::string& b, const QString& reference = {})
    {
        view.compare({.name = QString::fromStdString(a), .reference = reference},
                     {.name = QString::fromStdString(b), .reference = reference});
    }

    bool isDone() const { return client.openCount() == 0 && !std::holds_alternative<state::Loading>(pane().state()); }

    StatePane& pane() const { return *view.findChild<StatePane*>(); }

    QString verdict() const { return view.findChild<QLabel*>(u"verdict"_s)->text(); }

    QLabel& missing() const { return *view.findChild<QLabel*>(u"missing"_s); }

    QTreeWidget& layers() const { return *view.findChildren<QTreeWidget*>().at(0); }

    QTemporaryDir folder;
    Settings settings{folder.filePath(u"gui.conf"_s)};
    AppContext context{settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return Moment{}; }}};
    FakeClient client;
    CompareView view{context, &client, {u"docker.io/library/app:1"_s}};
};

} // namespace

class CompareViewTest final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsToBeFetched();
    void swapsItsSides();
    void tellsOfTheSideThatIsHere();
    void tellsOfAPlatformThatOneSideLacks();
    void waitsForASecondImage();
    void whatFailsIsTold();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void CompareViewTest::tellsWhatIsToBeFetched()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    rig.compare("docker.io/library/app:1", digest("webA"));
    QTRY_VERIFY(rig.isDone());
    const PlatformComparison& platform = rig.view.comparison().platforms.at(0);
    QCOMPARE(platform.fetchForB.value(), std::uint64_t(70));
    QCOMPARE(platform.fetchForA.value(), std::uint64_t(50));
    QCOMPARE(rig.verdict(), u"A client that has A fetches 70 B of 1.6 KiB for B.\n"
                            "A client that has B fetches 50 B of 1.6 KiB for A."_s);
    QStringList rows;
    for (int row = 0; row < rig.layers().topLevelItemCount(); ++row) {
        const QTreeWidgetItem* item = rig.layers().topLevelItem(row);
        rows.append(item->text(0) + u' ' + item->text(1));
    }
    const Format& format = rig.context.format();
    QCOMPARE(rows, (QStringList{u"in both "_s + format.bytes(1001), u"in both "_s + format.bytes(600),
                                u"only in A "_s + format.bytes(50), u"only in B "_s + format.bytes(70)}));
    QVERIFY(rig.missing().isHidden());
}

void CompareViewTest::swapsItsSides()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    rig.compare(digest("appA"), digest("webA"));
    QTRY_VERIFY(rig.isDone());
    rig.view.swapSides();
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(rig.view.comparison().platforms.at(0).digestA, digest("webA"));
    QCOMPARE(rig.view.comparison().platforms.at(0).fetchForB.value(), std::uint64_t(50));
}

void CompareViewTest::tellsOfTheSideThatIsHere()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    const std::string gone = fixtures::digestOf("gone");
    rig.compare(gone, digest("webA"), u"docker.io/library/web:1"_s);
    QTRY_VERIFY(rig.isDone());
    QVERIFY(!rig.view.comparison().isKnownA);
    QVERIFY(rig.view.comparison().isKnownB);
    QVERIFY(rig.missing().text().contains(u"It is not in the store."_s));
    // It is offered to fetch it, by a command.
    const auto fields = rig.view.findChildren<QLineEdit*>();
    QVERIFY(std::ranges::any_of(fields, [&](const QLineEdit* field) {
        return field->text() == u"layerhold pull docker.io/library/web@"_s + QString::fromStdString(gone);
    }));
    QVERIFY(rig.verdict().contains(u"because A is not here"_s));
    QCOMPARE(rig.layers().topLevelItemCount(), 3);
}

void CompareViewTest::tellsOfAPlatformThatOneSideLacks()
{
    const auto store = fixtures::shared(Moment(std::chrono::hours(500'000)));
    store->imageDetails.at(digest("webA")).manifests[0].platform = "linux/arm64";
    CompareRig rig(store);
    rig.compare(digest("appA"), digest("webA"));
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(rig.verdict(), u"A has linux/amd64, B has nothing for it."_s);
}

void CompareViewTest::waitsForASecondImage()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    rig.compare(digest("appA"), {});
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(rig.verdict(), u"Name a second image to compare it with."_s);
    const auto fields = rig.view.findChildren<QLineEdit*>();
    QLineEdit* b = *std::ranges::find(fields, u"Image B"_s, &QLineEdit::accessibleName);
    QTest::keyClicks(b, u"docker.io/library/web:1"_s);
    QTest::keyClick(b, Qt::Key_Return);
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(rig.view.comparison().platforms.at(0).fetchForB.value(), std::uint64_t(70));
}

void CompareViewTest::whatFailsIsTold()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    rig.client.hold(u"inspect"_s);
    rig.compare(digest("appA"), digest("webA"));
    QVERIFY(std::holds_alternative<state::Loading>(rig.pane().state()));
    emit rig.pane().pressed(StateButton::Stop);
    QTRY_VERIFY(std::holds_alternative<state::Ready>(rig.pane().state()));
    QVERIFY(rig.missing().text().contains(u"stopped"_s));
    rig.client.answer(u"inspect"_s);
    rig.client.fail(u"inspect"_s, CallError(u"unavailable"_s, u"The service went away."_s));
    rig.view.swapSides();
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(rig.missing().text().count(u"The service went away."_s), 2);
}

void CompareViewTest::namesOfOthersAreFitToShow()
{
    const auto store = fixtures::hostile(Moment(std::chrono::hours(500'000)));
    CompareRig rig(store);
    for (std::size_t i = 1; i < store->images.size(); ++i) {
        rig.compare(store->images[i - 1].digest, store->images[i].digest);
        QTRY_VERIFY(rig.isDone());
        for (const QTreeWidget* table : rig.view.findChildren<QTreeWidget*>())
            for (int row = 0; row < table->topLevelItemCount(); ++row)
                for (int column = 0; column < table->columnCount(); ++column)
                    QVERIFY(isFitToShow(table->topLevelItem(row)->text(column)));
    }
}

void CompareViewTest::everythingThatTakesTheFocusHasAName()
{
    CompareRig rig(fixtures::shared(Moment(std::chrono::hours(500'000))));
    rig.compare(digest("appA"), fixtures::digestOf("gone"), u"docker.io/library/web:1"_s);
    QTRY_VERIFY(rig.isDone());
    QCOMPARE(namelessIn(rig.view), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::CompareViewTest)
#include "compare_view_test.moc"
