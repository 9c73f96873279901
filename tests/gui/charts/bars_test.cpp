// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/layer_stack.h"
#include "charts/space_bar.h"
#include "gui/charts/chart_fixtures.h"

#include <QSignalSpy>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;

constexpr std::uint64_t gibibyte = std::uint64_t(1) << 30;

class BarsTest : public QObject
{
    Q_OBJECT

private:
    static SpaceFigures figures()
    {
        return {.inUse = 41 * gibibyte,
                .kept = 8 * gibibyte,
                .canGo = 12 * gibibyte,
                .trash = 1,
                .other = 9 * gibibyte,
                .free = 30 * gibibyte - 1,
                .lowMark = 80 * gibibyte,
                .highMark = 90 * gibibyte};
    }

    static std::vector<LayerRecord> layers()
    {
        return {{.digest = digest('a'),
                 .mediaType = {},
                 .size = 30 << 20,
                 .isPresent = true,
                 .images = 4,
                 .command = "ADD rootfs.tar /"},
                {.digest = digest('b'),
                 .mediaType = {},
                 .size = 200 << 20,
                 .isPresent = true,
                 .images = 1,
                 .command = "RUN apt-get\ninstall"},
                {.digest = digest('c'), .mediaType = {}, .size = 5, .isPresent = false, .images = 2, .command = {}}};
    }

private slots:

    void spaceBarHasAPlaceForEachPart()
    {
        SpaceBar bar;
        bar.setFormat(format());
        bar.setFigures(figures());
        present(bar, {700, bar.heightForWidth(700)});
        checkAccessible(bar);
        QCOMPARE(bar.itemCount(), 8);
        QCOMPARE(bar.itemName(2), QString("Can go"));
        QVERIFY(bar.itemValue(2).startsWith("12.0 GiB"));
        QCOMPARE(bar.itemName(7), QString("High mark"));
        int right = 0;
        for (int item = 0; item < 6; ++item) {
            const QRect place = bar.itemRect(item);
            QVERIFY2(place.width() >= 3, "even one byte can be pointed at");
            QVERIFY(bar.rect().contains(place));
            QVERIFY(place.left() >= right - 2);
            right = place.right();
        }
        QVERIFY(std::abs(right - 699) <= 2);
        const int high = bar.itemRect(7).center().x();
        QVERIFY2(std::abs(high - 0.9 * 700) <= 3, qPrintable(QString::number(high)));
        QTest::keyClick(&bar, Qt::Key_Right);
        QCOMPARE(focusedName(bar), QString("In use"));
        QTest::keyClick(&bar, Qt::Key_Right);
        QCOMPARE(focusedName(bar), QString("Kept by policy"));
    }

    void spaceBarInventsNoFigures()
    {
        SpaceBar bar;
        bar.setFigures(std::nullopt);
        bar.setNotice("Not reported by this server");
        bar.resize(500, 60);
        QCOMPARE(bar.itemCount(), 0);
        QVERIFY(!hasColor(pictureOf(bar, lightLook()), lightLook().inUse));
        bar.setNotice({});
        bar.setFigures(SpaceFigures{});
        QCOMPARE(bar.itemCount(), 0);
        QVERIFY(!hasColor(pictureOf(bar, lightLook()), lightLook().inUse));
    }

    void spaceBarIsAsHighAsItsLegendNeeds()
    {
        SpaceBar bar;
        bar.setFormat(format());
        bar.setFigures(figures());
        QVERIFY(bar.heightForWidth(250) > bar.heightForWidth(1200));
    }

    void layerStackTellsOfSharingAndCommands()
    {
        LayerStack stack;
        stack.setFormat(format());
        stack.setLayers(layers());
        present(stack, stack.sizeHint());
        checkAccessible(stack);
        QVERIFY2(stack.itemValue(0).contains("not stored"), "the highest layer is the first row");
        QVERIFY(stack.itemValue(1).contains("only in this image"));
        QVERIFY(stack.itemValue(1).contains(QString("apt-get\u240Ainstall")));
        QVERIFY(stack.itemValue(2).contains("shared with 3 images"));
        QCOMPARE(stack.layerOf(2).digest, digest('a'));
        QSignalSpy activated(&stack, &PaintedWidget::itemActivated);
        QTest::keyClick(&stack, Qt::Key_Down);
        QTest::keyClick(&stack, Qt::Key_Down);
        QCOMPARE(stack.currentItem(), 1);
        QTest::keyClick(&stack, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QTest::mouseClick(&stack, Qt::LeftButton, {}, stack.itemRect(2).center());
        QCOMPARE(stack.currentItem(), 2);
        stack.setLayers({});
        QCOMPARE(stack.currentItem(), PaintedWidget::noItem);
        QCOMPARE(QAccessible::queryAccessibleInterface(&stack)->childCount(), 0);
    }

    void anotherPaletteLeavesNoOldColour()
    {
        SpaceBar bar;
        bar.setFigures(figures());
        bar.resize(700, bar.heightForWidth(700));
        checkPaletteSwitch(bar, {lightLook().base, lightLook().inUse, lightLook().canGo},
                           {darkLook().base, darkLook().inUse, darkLook().canGo});
        LayerStack stack;
        stack.setLayers(layers());
        stack.resize(stack.sizeHint());
        checkPaletteSwitch(stack, {lightLook().base, lightLook().layer}, {darkLook().base, darkLook().layer});
    }
};

} // namespace

QTEST_MAIN(BarsTest)
#include "bars_test.moc"
