// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/entry_scatter_view.h"
#include "charts/kind_shapes.h"
#include "gui/charts/chart_fixtures.h"
#include "gui/charts/lasso.h"
#include "gui/models/entry_fixture.h"

#include <QSignalSpy>

#include <set>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using Choice = EntryScatterView::Choice;

constexpr int patience = 20'000;

class EntryScatterViewTest : public QObject
{
    Q_OBJECT

private:
    struct Asked
    {
        std::vector<EntryId> ids;
        Choice how = Choice::Add;
        int times = 0;
    };

    EntryTable m_table;
    std::vector<EntryId> m_ids;

    void fill(EntryScatterView& view, const std::vector<EntryId>& ids, const Look& look = lightLook())
    {
        view.setFormat(format());
        present(view, {900, 500}, look);
        view.setEntries(m_table.snapshot(), ids, now);
        QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind(), patience);
        QCOMPARE(view.itemCount(), static_cast<int>(ids.size()));
    }

    static void remember(EntryScatterView& view, Asked& asked)
    {
        connect(&view, &EntryScatterView::selectionAsked, &view, [&asked](const auto& ids, Choice how) {
            asked = {ids, how, asked.times + 1};
        });
    }

    static QPolygonF placesOf(EntryScatterView& view, const std::vector<EntryId>& ids)
    {
        QPolygonF places;
        for (const EntryId id : ids)
            places.append(view.placeOf(view.itemOf(id)));
        return places;
    }

private slots:

    void initTestCase()
    {
        std::vector<EntryId> changed;
        m_table.upsert(fixtureBlobs(), changed);
        m_table.describe(fixtureFacts(), changed);
        for (EntryId id = 0; id < m_table.columns().size(); ++id)
            m_ids.push_back(id);
    }

    void aLassoAsksForThePointsInIt()
    {
        EntryScatterView view;
        fill(view, m_ids);
        Asked asked;
        remember(view, asked);
        // 80 and 50 MiB, a month idle, and 10 MiB a week ago: nothing else is that large.
        drawLasso(view, around(placesOf(view, {3, 4, 7})));
        QCOMPARE(asked.times, 1);
        QCOMPARE(asked.how, Choice::Replace);
        QCOMPARE(asked.ids, (std::vector<EntryId>{3, 4, 7}));
        drawLasso(view, around(placesOf(view, {8})), Qt::ControlModifier);
        QCOMPARE(asked.how, Choice::Add);
        QCOMPARE(asked.ids, (std::vector<EntryId>{8}));
        drawLasso(view, {{880, 100}, {890, 100}, {890, 110}});
        QCOMPARE(asked.how, Choice::Replace);
        QVERIFY(asked.ids.empty());
        QCOMPARE(view.currentItem(), PaintedWidget::noItem);
    }

    void escapeGivesALassoUp()
    {
        EntryScatterView view;
        fill(view, m_ids);
        Asked asked;
        remember(view, asked);
        sendMouse(view, QEvent::MouseButtonPress, {100, 100}, Qt::LeftButton, Qt::LeftButton);
        sendMouse(view, QEvent::MouseMove, {400, 100}, Qt::NoButton, Qt::LeftButton);
        QTest::keyClick(&view, Qt::Key_Escape);
        sendMouse(view, QEvent::MouseButtonRelease, {400, 400}, Qt::LeftButton, Qt::NoButton);
        QCOMPARE(asked.times, 0);
    }

    void aClickChoosesOnePoint()
    {
        EntryScatterView view;
        fill(view, m_ids);
        Asked asked;
        remember(view, asked);
        QSignalSpy chosen(&view, &EntryScatterView::entryChosen);
        clickAt(view, view.placeOf(view.itemOf(3)));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(3));
        QCOMPARE(asked.how, Choice::Replace);
        QCOMPARE(asked.ids, (std::vector<EntryId>{3}));
        clickAt(view, view.placeOf(view.itemOf(8)), Qt::ControlModifier);
        QCOMPARE(asked.how, Choice::Toggle);
        QCOMPARE(asked.ids, (std::vector<EntryId>{8}));
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(8));
        QVERIFY(view.itemToolTip(view.itemOf(3)).contains(QStringLiteral("80.0 MiB")));
        QVERIFY(view.itemToolTip(view.itemOf(3)).contains(QStringLiteral("40 d ago")));
        // Beside all points: nothing is selected, and the current one stays.
        clickAt(view, {890, 95});
        QCOMPARE(asked.how, Choice::Replace);
        QVERIFY(asked.ids.empty());
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(8));
    }

    void keysReachEveryPointTheLargestFirst()
    {
        EntryScatterView view;
        fill(view, m_ids);
        Asked asked;
        remember(view, asked);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(asked.times, 0);
        std::set<EntryId> reached;
        std::uint64_t size = ~std::uint64_t{0};
        for (std::size_t step = 0; step < m_ids.size(); ++step) {
            QTest::keyClick(&view, Qt::Key_Right);
            const EntryId id = view.entryOf(view.currentItem());
            reached.insert(id);
            QVERIFY(m_table.columns()[id].size <= size);
            size = m_table.columns()[id].size;
            QTest::keyClick(&view, Qt::Key_Space);
            QCOMPARE(asked.how, Choice::Toggle);
            QCOMPARE(asked.ids, std::vector{id});
        }
        QCOMPARE(reached.size(), m_ids.size());
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(3));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(8));
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.currentItem(), view.itemCount() - 2);
        QSignalSpy activated(&view, &PaintedWidget::itemActivated);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
    }

    void whatIsCurrentAndSelectedStaysById()
    {
        EntryScatterView view;
        fill(view, m_ids);
        QSignalSpy chosen(&view, &EntryScatterView::entryChosen);
        view.showEntry(4);
        view.setSelected({4, 6});
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(4));
        QVERIFY(view.isItemSelected(view.itemOf(6)) && !view.isItemSelected(view.itemOf(3)));
        QVERIFY(view.itemValue(view.itemOf(6)).endsWith(QStringLiteral("selected")));
        view.setEntries(m_table.snapshot(), {6, 2}, now);
        QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind(), patience);
        QCOMPARE(view.currentItem(), PaintedWidget::noItem);
        QCOMPARE(view.itemOf(4), PaintedWidget::noItem);
        QVERIFY(view.isItemSelected(view.itemOf(6)) && !view.isItemSelected(view.itemOf(2)));
        view.setEntries(m_table.snapshot(), m_ids, now);
        QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind(), patience);
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(4));
        QVERIFY(view.isItemSelected(view.itemOf(4)));
        view.resize(700, 400);
        QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind(), patience);
        QCOMPARE(view.entryOf(view.currentItem()), EntryId(4));
        // Nobody chose anything by hand.
        QCOMPARE(chosen.count(), 0);
        view.clear();
        QTRY_VERIFY_WITH_TIMEOUT(!view.isBehind(), patience);
        QCOMPARE(view.itemCount(), 0);
        QVERIFY(!view.notice().isEmpty());
    }

    void assistiveTechnologySeesPoints()
    {
        EntryScatterView view;
        fill(view, m_ids);
        checkAccessible(view);
        QCOMPARE(focusedName(view), QString());
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(focusedName(view), view.itemName(0));
        QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(!root->child(0)->state().selected);
        view.setSelected({view.entryOf(0)});
        QVERIFY(root->child(0)->state().selected && !root->child(1)->state().selected);
        QVERIFY(view.rect().contains(view.itemRect(0).center()));
    }

    void kindsDifferInTheirShape()
    {
        EntryScatterView view;
        fill(view, m_ids);
        const QImage picture = pictureOf(view, lightLook());
        for (const QColor& color :
             {lightLook().layer, lightLook().config, lightLook().manifest, lightLook().index, lightLook().otherKind})
            QVERIFY2(hasColor(picture, color), qPrintable(color.name()));
        std::vector<QImage> shapes;
        for (const StoredKind kind :
             {StoredKind::Layer, StoredKind::Config, StoredKind::Manifest, StoredKind::Index, StoredKind::Other}) {
            QImage shape(60, 60, QImage::Format_ARGB32);
            shape.fill(Qt::transparent);
            QPainter painter(&shape);
            paintKindMark(painter, {30, 30}, 20, kind, lightLook());
            painter.end();
            shapes.push_back(shape.convertToFormat(QImage::Format_Alpha8));
        }
        for (std::size_t one = 0; one < shapes.size(); ++one)
            for (std::size_t other = one + 1; other < shapes.size(); ++other) {
                int differing = 0;
                for (int y = 0; y < 60; ++y)
                    for (int x = 0; x < 60; ++x)
                        differing +=
                            (shapes[one].constScanLine(y)[x] > 127) != (shapes[other].constScanLine(y)[x] > 127);
                QVERIFY2(differing > 150, qPrintable(QString::number(differing)));
            }
    }

    void anotherPaletteLeavesNoOldColour()
    {
        EntryScatterView view;
        fill(view, m_ids);
        checkPaletteSwitch(view, {lightLook().layer, lightLook().config}, {darkLook().layer, darkLook().config});
    }
};

} // namespace

QTEST_MAIN(EntryScatterViewTest)
#include "entry_scatter_view_test.moc"
