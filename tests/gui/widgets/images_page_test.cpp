// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/table_roles.h"
#include "widgets/pages/elided_label.h"
#include "widgets/pages/image_pane.h"
#include "widgets/pages/images_page.h"
#include "widgets/pages/load_pace.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTreeView>
#include <QTreeWidget>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

using Rig = PageRig<ImagesPage>;

int rows(const Rig& rig)
{
    return rig.page->view().model()->rowCount();
}

bool isReady(const Rig& rig)
{
    return rig.stateKey() == QLatin1String("ready");
}

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

class ImagesPageTest final : public QObject
{
    Q_OBJECT

private slots:
    void rowsComeAsTheyAreTold();
    void tellsWhatHinders_data();
    void tellsWhatHinders();
    void stopKeepsWhatCame();
    void aFilterThatMatchesNothingOffersALooserOne();
    void rowsStayWhileTheConnectionIsLost();
    void platformsComeWhenAnImageIsOpened();
    void theChosenImageShowsItsLayersAndNames();
    void theListComesAnewUnderTheSelection();
    void eventsAreGathered();
    void aListRestsForManyTimesWhatItTook();
    void selectionTellsWhatItFrees();
    void copies();
    void pinsAndUnpins();
    void otherPagesAreAsked();
    void opensByNameAndDigest();
    void thePaletteFindsImages();
    void platformsThatDidNotComeCanBeAskedForAgain();
    void namesOfOthersAreFitToShow();
    void whatTheBuildSaysOfItselfIsNoMarkup();
    void everythingThatTakesTheFocusHasAName();
};

void ImagesPageTest::rowsComeAsTheyAreTold()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.batchSize = 50;
    QAbstractItemModelTester tester(rig.page->view().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<int> counts;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] {
        if (rig.stateKey() == QLatin1String("loading"))
            counts.push_back(rows(rig));
    });
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rows(rig), static_cast<int>(rig.client.store->images.size()));
    QVERIFY(counts.size() > 3);
    QVERIFY(std::ranges::is_sorted(counts));
    QVERIFY(counts[1] > 0 && counts[1] < rows(rig));
}

void ImagesPageTest::tellsWhatHinders_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("denied") << "denied"
                            << "no_permission";
    QTest::newRow("an older service") << "unsupported"
                                      << "wrong_version";
    QTest::newRow("anything else") << "internal"
                                   << "failed";
}

void ImagesPageTest::tellsWhatHinders()
{
    QFETCH(const QString, code);
    QFETCH(const QString, key);
    Rig rig(fixtures::shared(Rig::noon));
    QCOMPARE(rig.stateKey(), u"never_connected"_s);
    rig.client.hold(u"images"_s);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    rig.client.answer(u"images"_s);
    rig.client.fail(u"images"_s, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE(rig.stateKey(), key);
    rig.client.answer(u"images"_s);
    emit rig.page->pane().pressed(StateButton::RetryNow);
    QTRY_COMPARE(rig.stateKey(), u"ready"_s);
    rig.client.store->images.clear();
    rig.client.store->totals = {};
    rig.page->refresh();
    QTRY_COMPARE(rig.stateKey(), u"empty_store"_s);
}

void ImagesPageTest::stopKeepsWhatCame()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.batchSize = 50;
    connect(&rig.page->pane(), &StatePane::changed, this, [&] {
        if (rig.stateKey() == QLatin1String("loading") && rows(rig) >= 100)
            QMetaObject::invokeMethod(
                rig.page, [&] { rig.page->stop(); }, Qt::QueuedConnection);
    });
    rig.connectService();
    QTRY_COMPARE(rig.stateKey(), u"partial"_s);
    QVERIFY(rows(rig) >= 100);
    QVERIFY(rows(rig) < static_cast<int>(rig.client.store->images.size()));
}

void ImagesPageTest::aFilterThatMatchesNothingOffersALooserOne()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->filterField()->setText(u"library/webster"_s);
    QCOMPARE(rig.stateKey(), u"nothing_matches"_s);
    const auto facts = std::get<state::NothingMatches>(rig.page->pane().state());
    QCOMPARE(facts.filter, u"library/webster"_s);
    QCOMPARE(facts.looserFilter, u"library/web"_s);
    QCOMPARE(facts.looserCount, std::uint64_t(2));
    emit rig.page->pane().pressed(StateButton::LooserFilter);
    QVERIFY(isReady(rig));
    QCOMPARE(rows(rig), 2);
    rig.trigger("view.escape");
    QCOMPARE(rows(rig), 4);
}

void ImagesPageTest::rowsStayWhileTheConnectionIsLost()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->view().setCurrentIndex(rig.page->view().model()->index(2, 0));
    const QString chosen = rig.page->view().currentIndex().data(IdRole).toString();
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rig.page->pane().words().form, StateForm::Strip);
    QCOMPARE(rows(rig), 4);
    QVERIFY(!rig.context.actions().action(u"entry.pin"_s)->isEnabled());
    QCOMPARE(rig.reason("entry.pin"), u"The connection is lost."_s);
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rows(rig), 4);
    QCOMPARE(rig.page->view().currentIndex().data(IdRole).toString(), chosen);
}

void ImagesPageTest::platformsComeWhenAnImageIsOpened()
{
    Rig rig(fixtures::tiny(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    const QString digest = QString::fromStdString(fixtures::tinyDigest("index"));
    QTreeView& view = rig.page->view();
    QModelIndex index;
    for (int row = 0; row < rows(rig); ++row)
        if (view.model()->index(row, 0).data(IdRole).toString() == digest)
            index = view.model()->index(row, 0);
    QVERIFY(index.isValid());
    QVERIFY(view.model()->hasChildren(index));
    QCOMPARE(rig.client.count(u"inspect"_s), 0);
    view.setFocus();
    view.setCurrentIndex(index);
    QTest::keyClick(&view, Qt::Key_Right);
    QTRY_VERIFY(view.model()->rowCount(index) > 0);
    const QModelIndex platform = view.model()->index(0, 0, index);
    QVERIFY(!platform.data().toString().isEmpty());
    view.setCurrentIndex(platform);
    rig.trigger("go.up");
    QCOMPARE(view.currentIndex(), index);
}

void ImagesPageTest::theChosenImageShowsItsLayersAndNames()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(u"docker.io/library/app:1"_s);
    const LayerStack& layers = rig.page->imagePane().layers();
    QTRY_COMPARE(layers.itemCount(), 3);
    QCOMPARE(layers.layerOf(0).digest, fixtures::shared_figures::digest("appTop"));
    QVERIFY(layers.itemValue(2).contains(u"shared with 3 images"_s));
    const auto* facts = rig.page->imagePane().findChild<QTreeWidget*>(u"imageFacts"_s);
    QCOMPARE(facts->findItems(u"docker.io/library/app:"_s, Qt::MatchStartsWith | Qt::MatchRecursive).size(), 2);
    QCOMPARE(rig.context.current().item().id, QString::fromStdString(fixtures::shared_figures::digest("appA")));

    // With the keyboard alone: to the layers, and what is asked then is asked of the layer.
    rig.page->view().setFocus();
    rig.trigger("entry.open");
    QVERIFY(layers.hasFocus());
    QTest::keyClick(&rig.page->imagePane().layers(), Qt::Key_Down);
    QSignalSpy usedBy(&rig.context, &AppContext::detailsRequested);
    rig.trigger("entry.usedBy");
    QCOMPARE(usedBy.size(), 1);
    QCOMPARE(usedBy[0][0].toString().toStdString(), layers.layerOf(layers.currentItem()).digest);
}

void ImagesPageTest::theListComesAnewUnderTheSelection()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTreeView& view = rig.page->view();
    view.setCurrentIndex(view.model()->index(200, 0));
    view.scrollTo(view.currentIndex(), QAbstractItemView::PositionAtCenter);
    const QString chosen = view.currentIndex().data(IdRole).toString();
    const int place = view.visualRect(view.currentIndex()).top();
    // One that sorts before all others.
    ImageRecord image = rig.client.store->images.front();
    image.digest = fixtures::digestOf("a new one");
    image.names = {{"tag", "!/new:one", "", ""}};
    rig.client.store->images.push_back(image);
    rig.client.store->sort();
    const int before = rows(rig);
    EventRecord event;
    event.kind = "tag_moved";
    rig.window.noteEvents(std::span(&event, 1));
    QTRY_COMPARE(rows(rig), before + 1);
    QCOMPARE(view.currentIndex().data(IdRole).toString(), chosen);
    QCOMPARE(view.currentIndex().row(), 201);
    QVERIFY(view.selectionModel()->isRowSelected(201, {}));
    const int rowHeight = view.visualRect(view.currentIndex()).height();
    QVERIFY(std::abs(view.visualRect(view.currentIndex()).top() - place) <= rowHeight);
}

void ImagesPageTest::eventsAreGathered()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    const int asked = rig.client.count(u"images"_s);
    std::vector<EventRecord> events(500);
    for (EventRecord& event : events)
        event.kind = "tag_moved";
    for (int i = 0; i < 20; ++i)
        rig.window.noteEvents(events);
    EventRecord other;
    other.kind = "daemon_started_to_think";
    rig.window.noteEvents(std::span(&other, 1));
    QTRY_COMPARE(rig.client.count(u"images"_s), asked + 1);
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rig.client.count(u"images"_s), asked + 1);
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void ImagesPageTest::aListRestsForManyTimesWhatItTook()
{
    using namespace std::chrono_literals;
    const LoadPace::Clock::time_point start(1000h);
    LoadPace pace;
    QVERIFY(!pace.isResting(start));
    pace.end(start);
    QVERIFY2(!pace.isResting(start), "nothing was loaded");
    pace.begin(start);
    QVERIFY(!pace.isResting(start + 1s));
    pace.end(start + 2s);
    QVERIFY(pace.isResting(start + 2s));
    QVERIFY(pace.isResting(start + 21s));
    QVERIFY(!pace.isResting(start + 22s));
    // Another end of the same load changes nothing.
    pace.end(start + 30s);
    QVERIFY(!pace.isResting(start + 30s));
}

void ImagesPageTest::selectionTellsWhatItFrees()
{
    Rig rig(fixtures::shared(Rig::noon));
    QString told;
    connect(&rig.context, &AppContext::selectionShown, this, [&](const QString& text) { told = text; });
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTreeView& view = rig.page->view();
    QStringList wanted{QString::fromStdString(fixtures::shared_figures::digest("appA")),
                       QString::fromStdString(fixtures::shared_figures::digest("webA"))};
    for (int row = 0; row < rows(rig); ++row)
        if (const QModelIndex index = view.model()->index(row, 0); wanted.contains(index.data(IdRole).toString()))
            view.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    // More than the sum of what each alone frees: a layer is shared by these two only.
    QTRY_COMPARE(told, u"2 selected: frees 750 B (refs 3.3 KiB)"_s);
    view.clearSelection();
    QCOMPARE(told, QString());
}

void ImagesPageTest::copies()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QCOMPARE(rig.reason("entry.copyDigest"), u"Nothing is chosen."_s);
    rig.page->open(u"docker.io/library/web:2"_s);
    const QString digest = QString::fromStdString(fixtures::shared_figures::digest("webB"));
    rig.trigger("entry.copyDigest");
    QCOMPARE(clipboard(), digest);
    rig.trigger("entry.copyName");
    QCOMPARE(clipboard(), u"docker.io/library/web:2"_s);
    rig.trigger("entry.copyPull");
    QCOMPARE(clipboard(), u"layerhold pull docker.io/library/web:2"_s);
    rig.trigger("entry.copyCommand");
    QCOMPARE(clipboard(), u"layerhold inspect "_s + digest);
    rig.trigger("entry.copyRow");
    QVERIFY(clipboard().startsWith(u"docker.io/library/web:2\t"_s + digest));
    QVERIFY(clipboard().contains(u"\t1056\t55\t305\t"_s));
    rig.trigger("entry.copyJson");
    QVERIFY(clipboard().contains(u"\"uniqueBytes\": 55"_s));
}

void ImagesPageTest::pinsAndUnpins()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(u"docker.io/library/web:2"_s);
    QTRY_COMPARE(rig.reason("entry.unpin"), u"It is not pinned."_s);
    rig.trigger("entry.pin");
    auto* dialog = rig.page->findChild<QInputDialog*>(u"pinDialog"_s);
    QVERIFY(dialog);
    dialog->setTextValue(u"for the demo"_s);
    dialog->accept();
    QTRY_COMPARE(rig.reason("entry.pin"), u"It is pinned already."_s);
    QCOMPARE(rig.client.store->pins.size(), std::size_t(1));
    QCOMPARE(rig.client.store->pins[0].note, std::string("for the demo"));
    const auto* facts = rig.page->imagePane().findChild<QTreeWidget*>(u"imageFacts"_s);
    QCOMPARE(facts->findItems(u"for the demo"_s, Qt::MatchExactly | Qt::MatchRecursive).size(), 1);
    rig.trigger("entry.unpin");
    QTRY_VERIFY(rig.client.store->pins.empty());
    QTRY_COMPARE(rig.reason("entry.unpin"), u"It is not pinned."_s);
}

void ImagesPageTest::otherPagesAreAsked()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(u"docker.io/library/web:2"_s);
    const QString digest = QString::fromStdString(fixtures::shared_figures::digest("webB"));
    QSignalSpy why(&rig.context, &AppContext::detailsRequested);
    QSignalSpy plan(&rig.context, &AppContext::planRemovalRequested);
    QSignalSpy pages(&rig.context, &AppContext::pageRequested);
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_W);
    QCOMPARE(why.size(), 1);
    QCOMPARE(why[0][0].toString(), digest);
    QTest::keyClick(&rig.page->view(), Qt::Key_Delete);
    QCOMPARE(plan.size(), 1);
    QCOMPARE(plan[0][0].toStringList(), QStringList{digest});
    QTest::keyClick(&rig.page->view(), Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(plan.size(), 1);
    rig.trigger("entry.history");
    QCOMPARE(pages.last(), (QVariantList{u"tags"_s, u"docker.io/library/web:2"_s}));
    QCOMPARE(rig.client.mutatingCount(), 0);
}

void ImagesPageTest::opensByNameAndDigest()
{
    Rig rig(fixtures::shared(Rig::noon));
    const QString digest = QString::fromStdString(fixtures::shared_figures::digest("toolA"));
    // Before anything is there.
    rig.page->open(digest);
    rig.connectService();
    QTRY_COMPARE(rig.page->view().currentIndex().data(IdRole).toString(), digest);
    QTRY_VERIFY(isReady(rig));
    rig.page->filterField()->setText(u"web"_s);
    rig.page->open(u"docker.io/library/app:latest"_s);
    QCOMPARE(rig.page->filterText(), QString());
    QCOMPARE(rig.page->view().currentIndex().data(IdRole).toString().toStdString(),
             fixtures::shared_figures::digest("appA"));
    rig.page->open(u"nobody/has:this"_s);
    QVERIFY(rig.page->imagePane().layers().notice().contains(u"nobody/has:this"_s));
}

void ImagesPageTest::thePaletteFindsImages()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    std::vector<PaletteEntity> found;
    for (const PaletteSource* source : rig.context.paletteSources())
        for (PaletteEntity& entity : source->find({u"library"_s, u"web:2"_s}, 10))
            found.push_back(std::move(entity));
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(rig.window.showPage(found[0].page, found[0].entity));
    QCOMPARE(rig.page->view().currentIndex().data(IdRole).toString().toStdString(),
             fixtures::shared_figures::digest("webB"));
}

void ImagesPageTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTreeView& view = rig.page->view();
    for (int row = 0; row < rows(rig); ++row) {
        for (int column = 0; column < view.model()->columnCount(); ++column)
            QVERIFY(isFitToShow(view.model()->index(row, column).data().toString()));
        view.setCurrentIndex(view.model()->index(row, 0));
        const LayerStack& layers = rig.page->imagePane().layers();
        QTRY_COMPARE(layers.itemCount(), 2);
        for (int layer = 0; layer < 2; ++layer)
            QVERIFY(isFitToShow(layers.itemName(layer) + layers.itemValue(layer)));
        for (const QLabel* label : rig.page->findChildren<QLabel*>())
            QVERIFY2(isFitToShow(label->text().remove(u'\n')), qUtf8Printable(label->objectName()));
        // What goes into a terminal is nothing that a shell would take apart.
        if (rig.reason("entry.copyPull").isEmpty()) {
            rig.trigger("entry.copyPull");
            static const QRegularExpression harmless(u"\\Alayerhold pull [A-Za-z0-9._/:@+-]+\\z"_s);
            QVERIFY2(harmless.match(clipboard()).hasMatch(), qUtf8Printable(clipboard()));
        }
        rig.trigger("entry.copyRow");
        QCOMPARE(clipboard().count(u'\n'), 1);
        rig.window.grab();
    }
}

void ImagesPageTest::whatTheBuildSaysOfItselfIsNoMarkup()
{
    Rig rig(fixtures::shared(Rig::noon));
    const std::string digest = fixtures::shared_figures::digest("webB");
    ManifestRecord& manifest = rig.client.store->imageDetails.at(digest).manifests.front();
    manifest.platform = "<b>linux</b>";
    manifest.created = "<i>today</i> & tomorrow";
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(QString::fromStdString(digest));
    QTRY_COMPARE(rig.page->imagePane().layers().itemCount(), 2);
    const auto* build = rig.page->findChild<ElidedLabel*>(u"imageBuild"_s);
    QCOMPARE(build->text(), u"<b>linux</b> · built <i>today</i> & tomorrow"_s);
    for (const QLabel* label : rig.page->imagePane().findChildren<QLabel*>()) {
        QVERIFY2(!label->text().contains(u'<'), qUtf8Printable(label->text()));
        // One ampersand is that of the mnemonic.
        QVERIFY2(label->text().count(u'&') <= 1, qUtf8Printable(label->text()));
    }
}

void ImagesPageTest::platformsThatDidNotComeCanBeAskedForAgain()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    QTreeView& view = rig.page->view();
    QModelIndex index;
    for (int row = 0; row < rows(rig) && !index.isValid(); ++row)
        if (view.model()->canFetchMore(view.model()->index(row, 0)))
            index = view.model()->index(row, 0);
    QVERIFY(index.isValid());
    rig.client.fail(u"inspect"_s, CallError(u"internal"_s, u"Not now."_s));
    view.model()->fetchMore(index);
    QTRY_VERIFY(rig.client.count(u"inspect"_s) > 0 && rig.client.openCount(u"inspect"_s) == 0);
    QTRY_VERIFY(view.model()->canFetchMore(index));
    rig.client.answer(u"inspect"_s);
    // Nobody can be asked.
    rig.loseService();
    view.model()->fetchMore(index);
    QVERIFY(view.model()->hasChildren(index));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    index = view.model()->index(index.row(), 0);
    view.expand(index);
    QTRY_VERIFY(view.model()->rowCount(index) > 0);
}

void ImagesPageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::shared(Rig::noon));
    rig.connectService();
    QTRY_VERIFY(isReady(rig));
    rig.page->open(u"docker.io/library/web:2"_s);
    QTRY_COMPARE(rig.page->imagePane().layers().itemCount(), 2);
    QCOMPARE(namelessIn(*rig.page), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::ImagesPageTest)
#include "images_page_test.moc"
