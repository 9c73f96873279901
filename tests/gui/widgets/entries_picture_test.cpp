// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"
#include "gui/widgets/page_rig.h"
#include "widgets/details/details_panel.h"
#include "widgets/details/used_by_view.h"
#include "widgets/details/ways_view.h"
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

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::EntriesPictureTest)
#include "entries_picture_test.moc"
