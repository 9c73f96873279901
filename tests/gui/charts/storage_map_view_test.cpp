// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/storage_map_view.h"
#include "gui/charts/chart_fixtures.h"

#include <QSignalSpy>
#include <QWheelEvent>

#include <limits>
#include <memory>
#include <random>
#include <set>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;

class StorageMapViewTest : public QObject
{
    Q_OBJECT

private:
    static MapScene scene(const StorageGraph& of = graph())
    {
        auto map = std::make_shared<StorageMap>(storageMap(of, ByteRule::Unique));
        MapScene scene{.map = map, .tints = {}, .nameOf = {}, .detailsOf = {}};
        for (std::size_t node = 0; node < map->nodes.size(); ++node) {
            scene.tints.push_back(MapTint::Layer);
        }
        scene.nameOf = [map](std::uint32_t node) { return QString("node %1").arg(node); };
        return scene;
    }

    static void fill(StorageMapView& view, QSize size = {900, 500})
    {
        QSignalSpy laidOut(&view, &StorageMapView::laidOut);
        view.setFormat(format());
        present(view, size);
        view.setScene(scene());
        QTRY_VERIFY(view.itemCount() > 10);
    }

private slots:

    void tilesFillTheRectangle()
    {
        StorageMapView view;
        fill(view);
        view.clearFocus();
        double area = 0;
        for (int item = 0; item < view.itemCount(); ++item) {
            const QPoint middle = view.itemRect(item).center();
            QVERIFY(view.rect().contains(middle));
            area += view.itemRect(item).width() * view.itemRect(item).height();
        }
        QVERIFY(area >= 900 * 500);
        const QImage picture = pictureOf(view, lightLook());
        for (const QPoint corner : {QPoint(3, 496), QPoint(896, 496), QPoint(896, 3)}) {
            QVERIFY(picture.pixelColor(corner) != lightLook().base);
        }
    }

    void smallOnesAreMergedAndSayHowMany()
    {
        StorageMapView view;
        fill(view);
        std::set<QString> names;
        for (int item = 0; item < view.itemCount(); ++item) {
            if (view.isMerged(item)) {
                names.insert(view.itemName(item).section(' ', 1, 1));
                QVERIFY(!view.itemValue(item).isEmpty());
            }
        }
        QVERIFY2(names.contains("smaller") || !names.empty(), "thousands of small blobs are in one tile");
    }

    void aLargeTileStaysItselfWithSmallOnesInIt()
    {
        StorageGraph graph;
        graph.blobs = {{"sha256:a", 1ULL << 30}, {"sha256:b", 1}, {"sha256:c", 2}};
        graph.entities = {{.path = {"registry.example.org", "team/web", "image"}, .blobs = {0, 1, 2}}};
        auto map = std::make_shared<StorageMap>(storageMap(graph, ByteRule::Unique));
        StorageMapView view;
        view.setFormat(format());
        present(view, {900, 500});
        const auto nameOf = [map](std::uint32_t node) {
            return map->nodes[node].kind == StorageNode::Kind::Blob ? QString("blob %1").arg(map->nodes[node].index)
                                                                    : QString("group");
        };
        view.setScene({.map = map,
                       .tints = std::vector(map->nodes.size(), MapTint::Config),
                       .nameOf = nameOf,
                       .detailsOf = [](std::uint32_t node) { return QString("details of %1").arg(node); }});
        QTRY_COMPARE(view.itemCount(), 1);
        QVERIFY(!view.isMerged(0));
        QCOMPARE(view.itemName(0), QString("blob 0"));
        QCOMPARE(view.itemValue(0), QString("1.0 GiB with 2 smaller"));
        QVERIFY(view.itemToolTip(0).contains(QString("details of %1").arg(view.nodeOf(0))));
        QVERIFY(hasColor(pictureOf(view, lightLook()), lightLook().config));
        // One of the small ones is in that tile.
        for (std::uint32_t node = 0; node < map->nodes.size(); ++node) {
            if (map->nodes[node].kind == StorageNode::Kind::Blob && map->nodes[node].index == 1) {
                view.showNode(node);
                QCOMPARE(view.chosenNode(), node);
            }
        }
        QCOMPARE(view.currentItem(), 0);
    }

    void assistiveTechnologySeesTiles()
    {
        StorageMapView view;
        fill(view);
        checkAccessible(view);
        QCOMPARE(focusedName(view), QString());
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(focusedName(view), view.itemName(0));
    }

    void arrowsGoToTheTileOnThatSide()
    {
        StorageMapView view;
        fill(view);
        view.setCurrentItem(view.itemAt({450, 250}));
        for (const auto& [key, dx, dy] : std::vector<std::tuple<Qt::Key, int, int>>{
                 {Qt::Key_Left, -1, 0}, {Qt::Key_Right, 1, 0}, {Qt::Key_Up, 0, -1}, {Qt::Key_Down, 0, 1}}) {
            view.setCurrentItem(view.itemAt({450, 250}));
            const QRect before = view.itemRect(view.currentItem());
            QTest::keyClick(&view, key);
            const QRect after = view.itemRect(view.currentItem());
            if (before != after) {
                QVERIFY(dx == 0 || (after.center().x() - before.center().x()) * dx > 0);
                QVERIFY(dy == 0 || (after.center().y() - before.center().y()) * dy > 0);
            }
        }
        view.setCurrentItem(view.itemAt({1, 1}));
        const int corner = view.currentItem();
        QTest::keyClick(&view, Qt::Key_Left);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.currentItem(), corner);
    }

    void zoomGoesALevelInAndOut()
    {
        StorageMapView view;
        fill(view);
        QSignalSpy changed(&view, &StorageMapView::rootChanged);
        view.setCurrentItem(view.itemAt({10, 10}));
        const std::uint32_t node = view.nodeOf(view.currentItem());
        QSignalSpy laidOut(&view, &StorageMapView::laidOut);
        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(changed.count(), 1);
        const std::uint32_t inside = view.rootNode();
        QVERIFY(inside != 0);
        QTRY_COMPARE(laidOut.count(), 1);
        QTRY_VERIFY(view.currentItem() != PaintedWidget::noItem);
        QCOMPARE(view.nodeOf(view.currentItem()), node);
        QTest::keyClick(&view, Qt::Key_Backspace);
        QCOMPARE(view.rootNode(), std::uint32_t(0));
        QTest::keyClick(&view, Qt::Key_Backspace);
        QCOMPARE(view.rootNode(), std::uint32_t(0));
        QTRY_COMPARE(laidOut.count(), 2);
        const QPoint place(10, 10);
        QWheelEvent in(place, view.mapToGlobal(place), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &in);
        QCOMPARE(view.rootNode(), inside);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.rootNode(), std::uint32_t(0));
    }

    void aTouchpadGoesALevelForAWholeStep()
    {
        StorageMapView view;
        fill(view);
        const auto turn = [&view](int by) {
            const QPoint place(10, 10);
            QWheelEvent event(place, view.mapToGlobal(place), {}, {0, by}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view, &event);
        };
        QSignalSpy changed(&view, &StorageMapView::rootChanged);
        for (int times = 0; times < 7; ++times) {
            turn(15);
        }
        QCOMPARE(changed.count(), 0);
        turn(15);
        QCOMPARE(changed.count(), 1);
        // The other way what was turned before does not count.
        turn(105);
        turn(-105);
        QCOMPARE(changed.count(), 1);
        turn(-15);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(view.rootNode(), std::uint32_t(0));
    }

    void sharedBlobsAreHatched()
    {
        StorageMapView view;
        fill(view);
        const MapScene shown = scene();
        int hatched = 0;
        const QImage picture = pictureOf(view, lightLook());
        for (int item = 0; item < view.itemCount(); ++item) {
            const std::uint32_t node = view.nodeOf(item);
            const bool isShared = !view.isMerged(item) &&
                                  shown.map->nodes[shown.map->tree[node].parent].kind == StorageNode::Kind::SharedBlock;
            if (isShared && view.itemRect(item).width() > 60) {
                ++hatched;
                QVERIFY(view.itemValue(item).contains("shared by"));
                std::set<QRgb> colors;
                const QRect edge = view.itemRect(item).adjusted(4, 4, -4, -4);
                for (int x = edge.left(); x <= edge.right(); ++x) {
                    colors.insert(picture.pixel(x, edge.bottom()));
                }
                QVERIFY(colors.size() > 1);
            }
        }
        QVERIFY(hatched > 0);
    }

    void aNodeIsShownByItsTileOrTheMergedOne()
    {
        StorageMapView view;
        fill(view);
        const MapScene shown = scene();
        for (std::uint32_t node = 1; node < shown.map->tree.size(); node += 97) {
            if (shown.map->tree[node].childCount == 0) {
                view.showNode(node);
                QVERIFY(view.currentItem() != PaintedWidget::noItem);
                const std::uint32_t found = view.nodeOf(view.currentItem());
                QVERIFY(found == node || view.isMerged(view.currentItem()));
            }
        }
    }

    void aMillionBlobsArePainted()
    {
        StorageGraph large;
        std::mt19937 random(1); // NOLINT: the same map each time
        for (int repository = 0; repository < 5000; ++repository) {
            StorageGraph::Entity entity{.path = {"example.org", "team/" + std::to_string(repository)}, .blobs = {}};
            for (int blob = 0; blob < 200; ++blob) {
                entity.blobs.push_back(static_cast<std::uint32_t>(large.blobs.size()));
                large.blobs.push_back({std::to_string(large.blobs.size()), std::uint64_t(1) << (random() % 28)});
            }
            large.entities.push_back(std::move(entity));
        }
        StorageMapView view;
        view.setFormat(format());
        present(view, {1600, 900});
        const MapScene shown = scene(large);
        QElapsedTimer timer;
        timer.start();
        view.setScene(shown);
        const qint64 handedOver = timer.elapsed();
        QTRY_VERIFY(view.itemCount() > 1000);
        qint64 bytes = 0;
        for (int item = 0; item < view.itemCount(); ++item) {
            bytes += static_cast<qint64>(view.tileBytes(item));
            QVERIFY(view.itemRect(item).width() >= 3 && view.itemRect(item).height() >= 3);
        }
        QCOMPARE(static_cast<std::uint64_t>(bytes), shown.map->totalBytes());
        qint64 best = std::numeric_limits<qint64>::max();
        for (const Look* look : {&darkLook(), &lightLook(), &darkLook()}) {
            view.setPalette(toQPalette(*look));
            timer.restart();
            QVERIFY(!view.grab().isNull());
            best = std::min(best, timer.elapsed());
        }
        qInfo("a million blobs: handed over in %lld ms, %d tiles painted in %lld ms",
              static_cast<long long>(handedOver), view.itemCount(), static_cast<long long>(best));
    }

    void anotherPaletteLeavesNoOldColour()
    {
        StorageMapView view;
        fill(view);
        checkPaletteSwitch(view, {lightLook().layer}, {darkLook().layer});
    }
};

} // namespace

QTEST_MAIN(StorageMapViewTest)
#include "storage_map_view_test.moc"
