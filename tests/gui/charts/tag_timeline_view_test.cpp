// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/tag_timeline_view.h"
#include "gui/charts/chart_fixtures.h"

#include <QSignalSpy>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using std::chrono::hours;

class TagTimelineViewTest : public QObject
{
    Q_OBJECT

private:
    static void fill(TimeAxis& axis, TagTimelineView& view)
    {
        axis.setBounds({noon - hours(72), noon + hours(1)});
        view.setFormat(format());
        view.setLanes(lanes());
        present(view, {1000, view.sizeHint().height()});
    }

private slots:

    void assistiveTechnologySeesBlocks()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        checkAccessible(view);
    }

    void arrowsStepBetweenMoves()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentItem(), 0);
        QVERIFY(view.blockOf(0).kind == TagBlock::Kind::Unknown || view.blockOf(0).digest == digest('d'));
        int steps = 0;
        Moment before = view.blockOf(0).from;
        for (int item = view.currentItem();; item = view.currentItem(), ++steps) {
            QTest::keyClick(&view, Qt::Key_Right);
            if (view.currentItem() == item) {
                break;
            }
            const TagBlock& block = view.blockOf(view.currentItem());
            QVERIFY(block.from > before);
            before = block.from;
            QCOMPARE(axis.crosshair(), std::optional(block.from));
            QCOMPARE(focusedName(view), view.itemName(view.currentItem()));
        }
        QVERIFY2(steps >= 4, "every move of the lane, and none of the next lane");
        QCOMPARE(view.laneOf(view.currentItem()).reference, std::string("docker.io/library/node:latest"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.blockOf(view.currentItem()).digest, digest('a'));
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.blockOf(view.currentItem()).digest, digest('f'));
    }

    void equalDigestsLookTheSame()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        view.clearFocus();
        const QImage picture = pictureOf(view, lightLook());
        QHash<QString, QColor> colors;
        for (int item = 0; item < view.itemCount(); ++item) {
            if (view.blockOf(item).kind == TagBlock::Kind::Digest) {
                const QColor color = picture.pixelColor(view.itemRect(item).topLeft() + QPoint(3, 3));
                const QString name = QString::fromStdString(view.blockOf(item).digest);
                QVERIFY(!colors.contains(name) || colors[name] == color);
                colors[name] = color;
            }
        }
        QCOMPARE(colors.size(), 4);
        const QList<QColor> all = colors.values();
        QVERIFY(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }

    void unknownAndDeletedTimesAreNoDigest()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        const QImage picture = pictureOf(view, lightLook());
        int unknown = 0;
        int deleted = 0;
        for (int item = 0; item < view.itemCount(); ++item) {
            const QRect place = view.itemRect(item).adjusted(2, 2, -2, -2);
            if (view.blockOf(item).kind == TagBlock::Kind::Digest || place.width() < 10) {
                continue;
            }
            for (const QColor& color : lightLook().series) {
                QVERIFY(!hasColor(picture, color, place));
            }
            if (view.blockOf(item).kind == TagBlock::Kind::Unknown) {
                ++unknown;
                QVERIFY2(hasColor(picture, lightLook().hatch, place), "unknown is hatched");
                QVERIFY(view.itemName(item).endsWith("unknown"));
            } else {
                ++deleted;
                QVERIFY(view.itemName(item).endsWith("deleted"));
            }
        }
        QVERIFY(unknown >= 1);
        QCOMPARE(deleted, 1);
    }

    void twoBlocksAreMarkedForComparing()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        QSignalSpy changed(&view, &TagTimelineView::markedItemsChanged);
        QList<int> digests;
        for (int item = 0; item < view.itemCount(); ++item) {
            if (view.blockOf(item).kind == TagBlock::Kind::Digest) {
                digests.append(item);
            } else {
                view.setCurrentItem(item);
                QTest::keyClick(&view, Qt::Key_Space);
                QVERIFY(view.markedItems().empty());
            }
        }
        for (const int item : digests.mid(0, 3)) {
            view.setCurrentItem(item);
            QTest::keyClick(&view, Qt::Key_Space);
        }
        QCOMPARE(view.markedItems(), (std::vector<int>{digests[1], digests[2]}));
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(view.markedItems(), std::vector<int>{digests[1]});
        QCOMPARE(changed.count(), 4);
    }

    void keysZoomAndStepsStayInView()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        QTest::keyClick(&view, Qt::Key_Right);
        for (int times = 0; times < 8; ++times) {
            QTest::keyClick(&view, Qt::Key_Plus);
        }
        QVERIFY(axis.range().length() < hours(24));
        for (int times = 0; times < 5; ++times) {
            QTest::keyClick(&view, Qt::Key_Right);
            QVERIFY(!view.itemRect(view.currentItem()).isEmpty());
        }
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(axis.range(), axis.bounds());
    }

    void onlyWhatIsHeldIsDragged()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        const QPoint inside(600, view.height() / 2);
        const auto drag = [&](const QPoint& from) {
            QTest::mousePress(&view, Qt::LeftButton, {}, from);
            QMouseEvent move(QEvent::MouseMove, from + QPoint(40, 0), view.mapToGlobal(from + QPoint(40, 0)),
                             Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&view, &move);
            QTest::mouseRelease(&view, Qt::LeftButton, {}, from + QPoint(40, 0));
        };
        axis.setRange({noon - hours(40), noon - hours(20)});
        const TimeRange before = axis.range();
        drag(inside);
        QVERIFY(axis.range().from < before.from);
        const TimeRange dragged = axis.range();
        // The names cannot be dragged.
        drag({5, view.height() / 2});
        QCOMPARE(axis.range(), dragged);
    }

    void blocksBeginBehindTheNames()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        axis.setRange({noon - hours(10), noon});
        // Names take no more than a part of it.
        view.resize(2000, view.height());
        const auto firstLeft = [&view] {
            int left = view.width();
            for (int item = 0; item < view.itemCount(); ++item) {
                if (!view.itemRect(item).isEmpty()) {
                    left = std::min(left, view.itemRect(item).left());
                }
            }
            return left;
        };
        const int before = firstLeft();
        QFont font = view.font();
        font.setPointSizeF(font.pointSizeF() * 1.3);
        view.setFont(font);
        const int larger = firstLeft();
        QVERIFY(larger > before);
        std::vector<TagLane> shorter = lanes();
        for (TagLane& lane : shorter) {
            lane.reference = "x:1";
        }
        view.setLanes(shorter);
        QVERIFY(firstLeft() < before);
    }

    void anotherPaletteLeavesNoOldColour()
    {
        TimeAxis axis;
        TagTimelineView view(&axis);
        fill(axis, view);
        checkPaletteSwitch(view, {lightLook().base, lightLook().series[0]}, {darkLook().base, darkLook().series[0]});
    }
};

} // namespace

QTEST_MAIN(TagTimelineViewTest)
#include "tag_timeline_view_test.moc"
