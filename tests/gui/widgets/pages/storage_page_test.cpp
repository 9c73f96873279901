// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/widgets/page_rig.h"
#include "models/table_roles.h"
#include "widgets/pages/storage/breadcrumb.h"
#include "widgets/pages/storage/map_controls.h"
#include "widgets/pages/storage/map_statement.h"
#include "widgets/pages/storage/sharers_panel.h"
#include "widgets/pages/storage/storage_tree_view.h"
#include "widgets/pages/storage_page.h"
#include "widgets/standard_actions.h"

#include <QAbstractItemModelTester>
#include <QListWidget>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QWheelEvent>

#include <cmath>

namespace layerhold::gui::test {

using namespace Qt::StringLiterals;

namespace {

using Rig = PageRig<StoragePage>;

constexpr int patience = 20'000;

const StorageTree& tree(const Rig& rig)
{
    return *rig.page->view().tree();
}

/// The service is there, and its map is laid out.
void fill(Rig& rig)
{
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(rig.page->map().itemCount() > 0, patience);
}

void setRule(Rig& rig, ByteRule rule)
{
    if (tree(rig).map().rule == rule)
        return; // laid out by fill()
    QSignalSpy laidOut(&rig.page->map(), &StorageMapView::laidOut);
    rig.page->controls().setRule(rule);
    QTRY_VERIFY_WITH_TIMEOUT(tree(rig).map().rule == rule && laidOut.count() > 0, patience);
}

QString id(std::string_view digest)
{
    return QString::fromUtf8(digest.data(), static_cast<qsizetype>(digest.size()));
}

} // namespace

class StoragePageTest final : public QObject
{
    Q_OBJECT

private slots:
    void tilesAddUpToWhatIsStated_data();
    void tilesAddUpToWhatIsStated();
    void figuresAreThoseOfTheService();
    void mapAndTreeHaveOneSelection();
    void rulesKeepTheSelection();
    void theSharedBlockListsItsSharers();
    void keysReachTiles();
    void levelsAreShownAndLeft();
    void opensWhatItIsGiven();
    void tellsWhatHinders_data();
    void tellsWhatHinders();
    void stoppingSaysThatThereIsNoMap();
    void theMapStaysWhileTheConnectionIsLost();
    void aFailedCountLeavesTheFormerMap();
    void eventsCountAnewUnderTheSelection();
    void colorsSayWhatTheyMean();
    void panesAreSwappedAndStaySo();
    void modelIsSound();
    void namesOfOthersAreFitToShow();
    void everythingThatTakesTheFocusHasAName();
};

void StoragePageTest::tilesAddUpToWhatIsStated_data()
{
    QTest::addColumn<ByteRule>("rule");
    QTest::addColumn<bool>("isWarning");
    QTest::newRow("unique") << ByteRule::Unique << false;
    QTest::newRow("share") << ByteRule::Share << false;
    QTest::newRow("referenced") << ByteRule::Referenced << true;
}

void StoragePageTest::tilesAddUpToWhatIsStated()
{
    QFETCH(const ByteRule, rule);
    QFETCH(const bool, isWarning);
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    setRule(rig, rule);
    const StorageMapView& map = rig.page->map();
    const std::uint64_t stated = tree(rig).map().totalBytes();
    std::uint64_t bytes = 0;
    double area = 0;
    for (int item = 0; item < map.itemCount(); ++item) {
        bytes += map.tileBytes(item);
        area += map.tileArea(item);
    }
    QCOMPARE(bytes, stated);
    const double all = double(map.width()) * map.height();
    QVERIFY2(std::abs(area / all - 1) < 0.001, qPrintable(QString::number(area / all)));
    // Of each tile that is no merged one, too: its part of the area is its part of the bytes.
    for (int item = 0; item < map.itemCount(); ++item)
        if (!map.isMerged(item))
            QVERIFY(std::abs(map.tileArea(item) / all - double(map.tileBytes(item)) / double(stated)) < 0.001);
    const MapStatement& statement = rig.page->statement();
    QVERIFY2(statement.text().contains(rig.context.format().bytes(stated)), qPrintable(statement.text()));
    QCOMPARE(statement.tone() == MapStatement::Tone::Warning, isWarning);
    const std::uint64_t stored = rig.client.store->currentStatus().blobBytes;
    QVERIFY(statement.text().contains(rig.context.format().bytes(stored)));
    if (isWarning)
        QVERIFY(stated > stored);
    else
        QCOMPARE(stated, stored);
}

void StoragePageTest::figuresAreThoseOfTheService()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    for (const auto& [rule, figure] : {std::pair(ByteRule::Unique, &ImageRecord::uniqueBytes),
                                       std::pair(ByteRule::Referenced, &ImageRecord::referencedBytes)}) {
        setRule(rig, rule);
        for (const ImageRecord& image : rig.client.store->images) {
            const auto node = tree(rig).findNamed(QString::fromStdString(image.digest));
            QVERIFY(node);
            QCOMPARE(tree(rig).bytesOf(*node), image.*figure);
        }
    }
    setRule(rig, ByteRule::Share);
    std::uint64_t share = 0;
    for (const ImageRecord& image : rig.client.store->images) {
        const std::uint64_t bytes = tree(rig).bytesOf(*tree(rig).findNamed(QString::fromStdString(image.digest)));
        // What dividing leaves over may be with another one: less than a byte for each blob and sharer.
        QVERIFY(std::abs(double(bytes) - double(image.shareBytes)) < 4 * 4);
        share += bytes;
    }
    QCOMPARE(share, fixtures::shared_figures::reached);
}

void StoragePageTest::mapAndTreeHaveOneSelection()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    StorageMapView& map = rig.page->map();
    StorageTreeView& view = rig.page->view();
    QRandomGenerator random(4711);
    for (int pick = 0; pick < 50; ++pick) {
        const int item = static_cast<int>(random.bounded(map.itemCount()));
        const QRect place = map.itemRect(item);
        if (map.itemAt(place.center()) != item)
            continue;
        QTest::mouseClick(&map, Qt::LeftButton, {}, place.center());
        QCOMPARE(map.currentItem(), item);
        const std::uint32_t node = map.nodeOf(item);
        QCOMPARE(view.currentNode(), node);
        QCOMPARE(rig.page->currentNode(), node);
        if (const std::string_view digest = tree(rig).digestOf(node); !digest.empty())
            QCOMPARE(rig.context.current().item().id, id(digest));
    }
    const auto nodes = static_cast<quint32>(tree(rig).map().nodes.size());
    for (int pick = 0; pick < 50; ++pick) {
        const std::uint32_t node = 1 + random.bounded(nodes - 1);
        view.setCurrentIndex(view.treeModel().indexOf(node));
        QCOMPARE(map.chosenNode(), node);
        QCOMPARE(rig.page->currentNode(), node);
        // Its own tile, the one of many small ones, or the area of all that is in it.
        if (tree(rig).childCount(node) == 0 && tree(rig).bytesOf(node) > 0)
            QVERIFY(map.currentItem() != PaintedWidget::noItem);
        if (const std::string_view digest = tree(rig).digestOf(node); !digest.empty())
            QCOMPARE(rig.context.current().item(),
                     (Item{tree(rig).imageOf(node) ? Item::Kind::Image : Item::Kind::Blob, id(digest), u"storage"_s}));
    }
}

void StoragePageTest::rulesKeepTheSelection()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    setRule(rig, ByteRule::Share);
    const std::string base = fixtures::shared_figures::digest("base");
    rig.page->open(QString::fromStdString(base));
    QVERIFY(tree(rig).imageOf(tree(rig).parentOf(rig.page->currentNode())));
    // There, what is shared has its place in a block of its own.
    setRule(rig, ByteRule::Unique);
    QCOMPARE(id(tree(rig).digestOf(rig.page->currentNode())), QString::fromStdString(base));
    QVERIFY(tree(rig).map().nodes[tree(rig).parentOf(rig.page->currentNode())].kind == StorageNode::Kind::SharedBlock);
    QCOMPARE(rig.page->map().chosenNode(), rig.page->currentNode());
}

void StoragePageTest::theSharedBlockListsItsSharers()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    QVERIFY(!rig.page->sharers().list().isEnabled());
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("mid")));
    QStringList shown;
    for (int row = 0; row < rig.page->sharers().list().count(); ++row)
        shown += rig.page->sharers().list().item(row)->data(Qt::UserRole).toString();
    shown.sort();
    QStringList expected;
    for (const char* image : {"appA", "webA"})
        expected += QString::fromStdString(fixtures::shared_figures::digest(image));
    expected.sort();
    QCOMPARE(shown, expected);
    QCOMPARE(rig.page->sharers().title(), u"Used by 2 images:"_s);
    const StorageMapView& map = rig.page->map();
    QVERIFY(map.currentItem() != PaintedWidget::noItem);
    for (const std::uint32_t image : tree(rig).contents().sharersOf(*tree(rig).blobOf(rig.page->currentNode())))
        QVERIFY(map.itemToolTip(map.currentItem()).contains(imageTitle(tree(rig).contents().images[image])));
    QVERIFY(map.itemValue(map.currentItem()).contains(u"shared by 2"_s));
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("loose")));
    QCOMPARE(rig.page->sharers().title(), u"Used by no image."_s);
    QSignalSpy usedBy(&rig.context, &AppContext::detailsRequested);
    rig.trigger("entry.usedBy");
    QCOMPARE(usedBy.count(), 1);
    QSignalSpy asked(&rig.context, &AppContext::pageRequested);
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("mid")));
    emit rig.page->sharers().list().itemActivated(rig.page->sharers().list().item(0));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.front().front().toString(), u"images"_s);
}

void StoragePageTest::keysReachTiles()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    StorageMapView& map = rig.page->map();
    map.setFocus();
    QTRY_VERIFY(map.hasFocus());
    QTest::keyClick(&map, Qt::Key_Right);
    QCOMPARE(map.currentItem(), 0);
    QTest::keyClick(&map, Qt::Key_Right);
    QTest::keyClick(&map, Qt::Key_Down);
    QVERIFY(map.currentItem() > 0);
    map.setCurrentItem(0);
    for (int item = 1; item < map.itemCount(); ++item) {
        QTest::keyClick(&map, Qt::Key_PageDown);
        QCOMPARE(map.currentItem(), item);
        QCOMPARE(rig.page->currentNode(), map.nodeOf(item));
    }
    QTest::keyClick(&map, Qt::Key_PageDown);
    QCOMPARE(map.currentItem(), map.itemCount() - 1);
    QTest::keyClick(&map, Qt::Key_PageUp);
    QCOMPARE(map.currentItem(), map.itemCount() - 2);
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&map);
    QVERIFY(spoken);
    QCOMPARE(spoken->childCount(), map.itemCount());
    for (int item = 0; item < map.itemCount(); ++item) {
        QCOMPARE(spoken->child(item)->text(QAccessible::Name), map.itemName(item));
        QVERIFY(!spoken->child(item)->text(QAccessible::Value).isEmpty());
    }
    QCOMPARE(spoken->focusChild()->text(QAccessible::Name), map.itemName(map.currentItem()));
}

void StoragePageTest::levelsAreShownAndLeft()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    StorageMapView& map = rig.page->map();
    QCOMPARE(rig.page->breadcrumb().texts(), QStringList{u"All"_s});
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("appA")));
    map.setFocus();
    QTRY_VERIFY(map.hasFocus());
    QTest::keyClick(&map, Qt::Key_Plus);
    QTest::keyClick(&map, Qt::Key_Plus);
    QCOMPARE(rig.page->breadcrumb().texts(), (QStringList{u"All"_s, u"docker.io"_s, u"library/app"_s}));
    QTest::keyClick(&map, Qt::Key_Minus);
    QCOMPARE(rig.page->breadcrumb().texts(), (QStringList{u"All"_s, u"docker.io"_s}));
    QTest::keyClick(&map, Qt::Key_Plus);
    QTest::keyClick(&map, Qt::Key_Backspace);
    QCOMPARE(rig.page->breadcrumb().texts(), (QStringList{u"All"_s, u"docker.io"_s}));
    QTest::keyClick(&map, Qt::Key_0);
    QCOMPARE(rig.page->breadcrumb().texts(), QStringList{u"All"_s});
    QVERIFY(!rig.reason("view.zoomOut").isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(map.itemCount() > 0, patience);
    const QPoint place(2, 2);
    QWheelEvent in(place, map.mapToGlobal(place), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&map, &in);
    QCOMPARE(rig.page->breadcrumb().texts().size(), 2);
    // A level is left for what is chosen outside of it.
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("toolA")));
    QVERIFY(tree(rig).contains(map.rootNode(), rig.page->currentNode()));
    emit rig.page->breadcrumb().chosen(0);
    QCOMPARE(map.rootNode(), 0U);
}

void StoragePageTest::opensWhatItIsGiven()
{
    Rig rig(fixtures::shared(Rig::noon));
    // Before anything is there.
    rig.page->open(u"docker.io/library/web"_s);
    fill(rig);
    QTRY_COMPARE(tree(rig).nameOf(rig.page->currentNode()), u"library/web"_s);
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("webB")));
    QVERIFY(tree(rig).imageOf(rig.page->currentNode()));
    rig.page->open(u"\u202egone"_s);
    QVERIFY(rig.page->controls().summary().contains(u"is not stored"_s));
    QVERIFY(isFitToShow(rig.page->controls().summary()));
    QSignalSpy asked(&rig.context, &AppContext::pageRequested);
    rig.trigger("entry.open");
    QCOMPARE(asked.count(), 1);
}

void StoragePageTest::tellsWhatHinders_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("key");
    QTest::newRow("denied") << "blobs"
                            << "denied"
                            << "no_permission";
    QTest::newRow("an older service") << "edges"
                                      << "unsupported"
                                      << "wrong_version";
    QTest::newRow("anything else") << "images"
                                   << "internal"
                                   << "failed";
}

void StoragePageTest::tellsWhatHinders()
{
    QFETCH(const QString, call);
    QFETCH(const QString, code);
    QFETCH(const QString, key);
    Rig rig(fixtures::shared(Rig::noon));
    QCOMPARE(rig.stateKey(), u"never_connected"_s);
    rig.client.hold(call);
    rig.connectService();
    QCOMPARE(rig.stateKey(), u"loading"_s);
    rig.client.answer(call);
    rig.client.fail(call, CallError(code, u"It does not work today."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), key, patience);
    rig.client.answer(call);
    emit rig.page->pane().pressed(StateButton::RetryNow);
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
    rig.client.store->images.clear();
    rig.client.store->blobs.clear();
    rig.client.store->edges.clear();
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"empty_store"_s, patience);
}

void StoragePageTest::stoppingSaysThatThereIsNoMap()
{
    Rig rig(fixtures::typical(Rig::noon));
    rig.client.hold(u"edges"_s);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(u"edges"_s), 1, patience);
    QCOMPARE(rig.stateKey(), u"loading"_s);
    emit rig.page->pane().pressed(StateButton::Stop);
    QCOMPARE(rig.stateKey(), u"failed"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    rig.client.answer(u"edges"_s);
    emit rig.page->pane().pressed(StateButton::RetryNow);
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
}

void StoragePageTest::theMapStaysWhileTheConnectionIsLost()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    const int items = rig.page->map().itemCount();
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("appA")));
    rig.loseService();
    QCOMPARE(rig.stateKey(), u"stale"_s);
    QCOMPARE(rig.page->map().itemCount(), items);
    for (const char* action : {"entry.pin", "entry.planRemoval", "entry.whyKept", "view.refresh"})
        QVERIFY2(!rig.reason(action).isEmpty(), action);
    rig.trigger("entry.pin");
    QCOMPARE(rig.client.mutatingCount(), 0);
    rig.connectService();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"ready"_s, patience);
}

void StoragePageTest::aFailedCountLeavesTheFormerMap()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    rig.client.fail(u"images"_s, CallError(u"internal"_s, u"The disk is on fire."_s));
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.stateKey(), u"partial"_s, patience);
    QVERIFY(rig.page->map().itemCount() > 0);
}

void StoragePageTest::eventsCountAnewUnderTheSelection()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    rig.page->open(QString::fromStdString(fixtures::shared_figures::digest("appTop")));
    const QModelIndex open = rig.page->view().currentIndex().parent();
    QVERIFY(rig.page->view().isExpanded(open));
    auto& blobs = rig.client.store->blobs;
    std::erase_if(blobs, [](const BlobRecord& blob) { return blob.size == 500; });
    EventRecord event;
    event.kind = "blob_removed";
    rig.page->noteEvents(std::span(&event, 1));
    QTRY_COMPARE_WITH_TIMEOUT(tree(rig).map().totalBytes(), fixtures::shared_figures::reached, patience);
    QCOMPARE(id(tree(rig).digestOf(rig.page->currentNode())),
             QString::fromStdString(fixtures::shared_figures::digest("appTop")));
    QVERIFY(rig.page->view().isExpanded(rig.page->view().currentIndex().parent()));
    QTRY_COMPARE_WITH_TIMEOUT(rig.page->map().chosenNode(), rig.page->currentNode(), patience);
}

void StoragePageTest::colorsSayWhatTheyMean()
{
    Rig rig(fixtures::tiny(Rig::noon));
    fill(rig);
    const StorageContents& contents = tree(rig).contents();
    const auto keptBy = [&](std::string_view name) {
        const auto node = tree(rig).findNamed(QString::fromStdString(fixtures::tinyDigest(name)));
        return node ? contents.blobs[*tree(rig).blobOf(*node)].kept : KeepReason::Other;
    };
    QCOMPARE(keptBy("layer"), KeepReason::Tag);
    QCOMPARE(keptBy("pinned"), KeepReason::Pin);
    QCOMPARE(keptBy("unused"), KeepReason::None);
    QCOMPARE(keptBy("leased"), KeepReason::Other);
    const auto refetchOf = [&](std::string_view name) {
        const auto node = tree(rig).findNamed(QString::fromStdString(fixtures::tinyDigest(name)));
        return node ? contents.blobs[*tree(rig).blobOf(*node)].refetch : Refetchable::Unknown;
    };
    QCOMPARE(refetchOf("layer"), Refetchable::Yes);
    QCOMPARE(refetchOf("unused"), Refetchable::OnlyCopy);
    for (const MapColoring coloring :
         {MapColoring::Kind, MapColoring::Idle, MapColoring::KeepReason, MapColoring::Refetch}) {
        const std::vector<MapTint> tints = mapTints(tree(rig), coloring, Rig::noon);
        const std::vector<LegendEntry> legend = mapLegend(coloring);
        for (std::uint32_t node = 0; node < tints.size(); ++node)
            if (tree(rig).blobOf(node))
                QVERIFY(std::ranges::count(legend, tints[node], &LegendEntry::tint) == 1);
    }
}

void StoragePageTest::panesAreSwappedAndStaySo()
{
    Rig rig(fixtures::shared(Rig::noon));
    fill(rig);
    const auto isTreeFirst = [](StoragePage& page) {
        const auto placeOf = [&](QWidget& part) { return part.mapTo(&page, QPoint()).x(); };
        return placeOf(page.view()) < placeOf(page.map());
    };
    QVERIFY(isTreeFirst(*rig.page));
    const int treeWidth = rig.page->view().width();
    const int mapWidth = rig.page->map().width();
    rig.trigger("view.swapPanes");
    QTRY_VERIFY_WITH_TIMEOUT(!isTreeFirst(*rig.page), patience);
    QCOMPARE(rig.page->view().width(), treeWidth);
    QCOMPARE(rig.page->map().width(), mapWidth);
    // Tab leads from the map to the tree, and what is chosen in one is chosen in the other.
    rig.page->map().setFocus();
    QTest::keyClick(&rig.page->map(), Qt::Key_Tab);
    QVERIFY(rig.page->view().hasFocus());
    QTest::keyClick(&rig.page->view(), Qt::Key_Tab, Qt::ShiftModifier);
    QVERIFY(rig.page->map().hasFocus());

    Settings settings(rig.folder.filePath(u"gui.conf"_s));
    QCOMPARE(settings.storagePanes(), StoragePanes::MapFirst);
    AppContext context(settings, {.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return Rig::noon; }});
    addStandardActions(context.actions());
    StoragePage again(context);
    again.resize(1200, 700);
    again.grab();
    QVERIFY(!isTreeFirst(again));
    rig.trigger("view.swapPanes");
    QTRY_VERIFY_WITH_TIMEOUT(isTreeFirst(*rig.page), patience);
    rig.page->view().setFocus();
    QTest::keyClick(&rig.page->view(), Qt::Key_Tab, Qt::ShiftModifier);
    QVERIFY(!rig.page->map().hasFocus());
}

void StoragePageTest::modelIsSound()
{
    Rig rig(fixtures::shared(Rig::noon));
    const QAbstractItemModelTester tester(&rig.page->view().treeModel(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    fill(rig);
    rig.page->view().expandAll();
    setRule(rig, ByteRule::Share);
    rig.page->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(rig.client.openCount(), 0, patience);
    setRule(rig, ByteRule::Referenced);
    QVERIFY(rig.page->view().treeModel().rowCount() > 0);
}

void StoragePageTest::namesOfOthersAreFitToShow()
{
    Rig rig(fixtures::hostile(Rig::noon));
    fill(rig);
    const Format& format = rig.context.format();
    for (std::uint32_t node = 0; node < tree(rig).map().nodes.size(); ++node) {
        QVERIFY(isFitToShow(tree(rig).nameOf(node)));
        for (const QString& line : tree(rig).describe(node, format))
            QVERIFY2(isFitToShow(line), qPrintable(line));
        rig.page->view().showNode(node);
        rig.page->map().showNode(node);
    }
    for (int item = 0; item < rig.page->map().itemCount(); ++item)
        QVERIFY(isFitToShow(rig.page->map().itemName(item)));
}

void StoragePageTest::everythingThatTakesTheFocusHasAName()
{
    Rig rig(fixtures::typical(Rig::noon));
    fill(rig);
    QCOMPARE(namelessIn(*rig.page), QString());
}

} // namespace layerhold::gui::test

QTEST_MAIN(layerhold::gui::test::StoragePageTest)
#include "storage_page_test.moc"
