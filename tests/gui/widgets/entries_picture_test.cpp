// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/charts/lasso.h"
#include "gui/widgets/page_rig.h"
#include "widgets/details/details_panel.h"
#include "widgets/details/used_by_view.h"
#include "widgets/details/ways_view.h"
#include "widgets/pages/entries/entry_scatter_pane.h"
#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/entries_page.h"
#include "widgets/pages/entry_pages.h"

#include <QDir>
#include <QLineEdit>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

struct Rig : PageRig<EntriesPage>
{
    using PageRig::PageRig;

    bool isSettled() const
    {
        return client.openCount() == 0 && !page->model().isBusy() &&
               static_cast<std::uint64_t>(page->model().rowCount()) == page->model().facets().matching.entries &&
               page->model().facets().all.entries == client.store->blobs.size();
    }

    DetailsPanel* details = addDetails(window, context);
};

/// The pictures stay beside the test, for people to look at.
void picture(QWidget& widget, const QString& name, const Look& look)
{
    const QDir folder(QCoreApplication::applicationDirPath() + u"/pictures"_s);
    QVERIFY(folder.mkpath(u"."_s));
    // What was laid out anew by now.
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const QString kind = look.kind == Look::Kind::Light ? u"light"_s : u"dark"_s;
    QVERIFY(widget.grab().save(folder.filePath(u"%1-%2.png"_s.arg(name, kind))));
}

} // namespace

/// Paints the entries and their details in both palettes, and in the smallest window.
class EntriesPictureTest final : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void entries_data();
    void entries();
    void scatter_data();
    void scatter();
};

void EntriesPictureTest::cleanup()
{
    QApplication::setPalette(QPalette());
}

void EntriesPictureTest::entries_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<const Look*>("look");
    for (const Look* look : {&lightLook(), &darkLook()}) {
        const char* kind = look->kind == Look::Kind::Light ? "light" : "dark";
        QTest::addRow("usual, %s", kind) << u"entries"_s << QSize(1440, 900) << look;
        QTest::addRow("small, %s", kind) << u"entries-small"_s << QSize(960, 600) << look;
    }
}

void EntriesPictureTest::entries()
{
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    Rig rig(fixtures::typical(Rig::noon));
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled(), patience);
    EntryTableView& view = rig.page->view();
    view.sortByColumn(static_cast<int>(EntryColumn::Names), Qt::DescendingOrder);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled(), patience);
    view.scrollToTop();
    view.selectRow(3);
    view.setFocus();
    QTRY_COMPARE_WITH_TIMEOUT(rig.details->state(), DetailsPanel::State::Ready, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    picture(rig.window, name, *look);

    const auto& images = rig.client.store->imageDetails;
    const std::string layer = images.begin()->second.manifests.front().layers.front().digest;
    rig.page->filterField()->setText(u"kind:layer size>1MiB"_s);
    rig.page->open(QString::fromStdString(layer));
    rig.context.requestDetails(QString::fromStdString(layer), DetailsTab::WhyKept);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled() && rig.details->ways().tree().topLevelItemCount() > 0, patience);
    picture(rig.window, name + u"-why"_s, *look);
    rig.context.requestDetails(QString::fromStdString(layer), DetailsTab::UsedBy);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled() && rig.details->usedBy().tree().topLevelItemCount() > 0, patience);
    rig.page->filterField()->setText(u"kind:layer sizee>1MiB"_s);
    picture(rig.window, name + u"-usedby"_s, *look);
}

void EntriesPictureTest::scatter_data()
{
    entries_data();
}

void EntriesPictureTest::scatter()
{
    QFETCH(const QString, name);
    QFETCH(const QSize, size);
    QFETCH(const Look*, look);
    QApplication::setPalette(toQPalette(*look));
    Rig rig(fixtures::typical(Rig::noon));
    // A clock that is ahead, what nobody used yet, and what has no bytes.
    rig.client.store->blobs[3].accessedAt = Rig::noon + std::chrono::hours(30);
    for (std::size_t i = 10; i < 40; i += 3)
        rig.client.store->blobs[i].accessedAt = Moment();
    rig.client.store->blobs[50].size = 0;
    rig.window.resize(size);
    rig.connectService();
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled(), patience);
    rig.page->setForm(EntriesPage::Form::Scatter);
    EntryScatterView& view = rig.page->scatter().view();
    QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind() && view.itemCount() == rig.page->model().rowCount(), patience);
    const QString kind = name + u"-scatter"_s;
    picture(rig.window, kind, *look);
    const QPointF middle(view.width() * 0.6, view.height() * 0.35);
    drawLasso(view, {middle, middle + QPointF(90, 20), middle + QPointF(70, 70), middle + QPointF(0, 60)});
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    sendMouse(view, QEvent::MouseButtonPress, middle - QPointF(200, 0), Qt::LeftButton, Qt::LeftButton);
    for (const QPointF step : {QPointF(-120, 30), QPointF(-60, 90), QPointF(-190, 110)})
        sendMouse(view, QEvent::MouseMove, middle + step, Qt::NoButton, Qt::LeftButton);
    picture(rig.window, kind + u"-selected"_s, *look);
    sendMouse(view, QEvent::MouseButtonRelease, middle - QPointF(200, 0), Qt::LeftButton, Qt::NoButton);
    rig.page->filterField()->setText(u"repo:library/* kind:manifest"_s);
    QTRY_VERIFY_WITH_TIMEOUT(rig.isSettled() && view.itemCount() == rig.page->model().rowCount(), patience);
    picture(rig.window, kind + u"-few"_s, *look);
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EntriesPictureTest)
#include "entries_picture_test.moc"
