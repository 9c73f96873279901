// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "entry_fixture.h"
#include "models/entry_scatter.h"

#include <cmath>
#include <random>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr MapRect area{.x = 100, .y = 20, .width = 800, .height = 400};
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Listed
{
    EntryTable table;
    std::vector<EntryId> ids;

    explicit Listed(const std::vector<BlobRecord>& blobs)
    {
        std::vector<EntryId> changed;
        table.upsert(blobs, changed);
        for (EntryId id = 0; id < table.columns().size(); ++id)
            ids.push_back(id);
    }

    EntryScatter scatter() { return scatterOf(table.snapshot(), ids, now); }
};

BlobRecord blob(const std::string& digest, std::uint64_t size, std::chrono::seconds idle,
                const std::string& kind = "layer")
{
    BlobRecord record;
    record.digest = digestOf(digest);
    record.size = size;
    record.kind = kind;
    record.accessedAt = now - idle;
    return record;
}

/// As many as are wanted, the same at each run; some at the edges.
std::vector<BlobRecord> manyBlobs(std::size_t count)
{
    std::mt19937 random(7);
    const char* kinds[] = {"layer", "config", "manifest", "index", "attestation"};
    std::vector<BlobRecord> blobs;
    for (std::size_t i = 0; i < count; ++i) {
        char digest[17];
        std::snprintf(digest, sizeof digest, "%016zx", i);
        blobs.push_back(blob(digest, std::uint64_t{1} << (random() % 34), std::chrono::seconds(1U << (random() % 26)),
                             kinds[random() % 5]));
        blobs.back().size += random() % 1000;
        if (random() % 50 == 0)
            blobs.back().size = 0;
        if (random() % 50 == 0)
            blobs.back().accessedAt = Moment{};
    }
    return blobs;
}

bool isWithin(const PlanePoint& point)
{
    return point.x >= area.x && point.x <= area.x + area.width && point.y >= area.y && point.y <= area.y + area.height;
}

} // namespace

class EntryScatterTest : public QObject
{
    Q_OBJECT

private slots:

    void theLargestComesFirst()
    {
        Listed listed({blob("a", 5, std::chrono::hours(1)), blob("b", 500, std::chrono::hours(1)),
                       blob("c", 5, std::chrono::hours(3)), blob("d", 0, std::chrono::hours(1))});
        const EntryScatter scatter = listed.scatter();
        std::vector<EntryId> order;
        for (const ScatterPoint& point : scatter.points)
            order.push_back(point.id);
        // Of equal ones what was used the longest ago.
        QCOMPARE(order, (std::vector<EntryId>{1, 2, 0, 3}));
        for (std::uint32_t point = 0; point < scatter.points.size(); ++point)
            QCOMPARE(scatter.pointOf(scatter.points[point].id), point);
        QCOMPARE(scatter.pointOf(4), noPoint);
        QCOMPARE(scatter.pointOf(1000), noPoint);
    }

    void onlyWhatIsListedIsThere()
    {
        Listed listed(fixtureBlobs());
        listed.ids = {3, 5};
        const EntryScatter scatter = listed.scatter();
        QCOMPARE(scatter.points.size(), std::size_t(2));
        QCOMPARE(scatter.points[0].id, EntryId(3));
        QCOMPARE(scatter.pointOf(0), noPoint);
        QVERIFY(scatterOf(listed.table.snapshot(), {}, now).points.empty());
    }

    void whatNoLogarithmHasIsInTheStrips()
    {
        Listed listed({blob("a", 1, std::chrono::seconds(0)), blob("b", 1024, std::chrono::hours(30)),
                       blob("c", 0, std::chrono::hours(1)), blob("d", 7, -std::chrono::hours(5)),
                       blob("e", 9, -std::chrono::seconds(20)), blob("f", 11, std::chrono::hours(1))});
        std::vector<EntryId> changed;
        BlobRecord never = blob("f", 11, std::chrono::hours(1));
        never.accessedAt = Moment{};
        listed.table.upsert(std::vector{never}, changed);
        const EntryScatter scatter = listed.scatter();
        QVERIFY(scatter.idle.hasBelow && scatter.idle.hasAbove && scatter.size.hasBelow && !scatter.size.hasAbove);
        QCOMPARE(scatter.size.lowest, 1.0);
        QCOMPARE(scatter.size.highest, 1024.0);
        QCOMPARE(scatter.idle.lowest, 1.0);
        QCOMPARE(scatter.idle.highest, 30 * 3600.0);
        const ScatterPlane plane = planeOf(scatter, area, 6);
        const auto at = [&](EntryId id) { return plane.at(scatter.points[scatter.pointOf(id)]); };
        QCOMPARE(at(2).y, *plane.size.below());
        QCOMPARE(at(3).x, *plane.idle.below());
        QCOMPARE(at(5).x, *plane.idle.above());
        // A clock that is ahead by a moment is not told of.
        QCOMPARE(at(4).x, plane.idle.begin());
        QCOMPARE(at(0).x, plane.idle.begin());
        QVERIFY(*plane.idle.below() < plane.idle.begin() && plane.idle.begin() < plane.idle.end());
        QVERIFY(plane.idle.end() < *plane.idle.above());
        // Sizes grow upwards.
        QVERIFY(*plane.size.below() > plane.size.begin() && plane.size.begin() > plane.size.end());
        QVERIFY(at(1).y < at(4).y);
        for (const ScatterPoint& point : scatter.points)
            QVERIFY(isWithin(plane.at(point)));
    }

    void axesHaveNoStripWithoutNeed()
    {
        Listed listed({blob("a", 100, std::chrono::hours(1)), blob("b", 200, std::chrono::hours(2))});
        const ScatterPlane plane = planeOf(listed.scatter(), area, 6);
        QVERIFY(!plane.idle.below() && !plane.idle.above() && !plane.size.below() && !plane.size.above());
        const LogAxis axis(0, 100, {.lowest = 1, .highest = 100, .hasBelow = false, .hasAbove = false}, {1, 10, 100},
                           20);
        QCOMPARE(axis.at(1), 0.0);
        QCOMPARE(axis.at(10), 50.0);
        QCOMPARE(axis.at(100), 100.0);
        QCOMPARE(axis.at(0.1), 0.0);
        QCOMPARE(axis.at(1e9), 100.0);
        QCOMPARE(axis.at(0), 0.0);
        QCOMPARE(axis.at(infinite), 100.0);
    }

    void nothingAndOneAreDrawable()
    {
        for (const std::vector<BlobRecord>& blobs :
             {std::vector<BlobRecord>{},
              {blob("a", 0, std::chrono::seconds(0))},
              {blob("a", ~std::uint64_t{0}, std::chrono::hours(24 * 365 * 200))}}) {
            Listed listed(blobs);
            const EntryScatter scatter = listed.scatter();
            const ScatterPlane plane = planeOf(scatter, area, 6);
            const ScatterMarks marks = marksOf(scatter, plane, area, 7);
            QCOMPARE(marks.marks.size(), blobs.size());
            for (const ScatterMark& mark : marks.marks)
                QVERIFY(std::isfinite(mark.at.x) && isWithin(mark.at));
        }
    }

    void marksHaveEveryPointOnceAndAreBounded()
    {
        Listed listed(manyBlobs(20'000));
        const EntryScatter scatter = listed.scatter();
        const ScatterPlane plane = planeOf(scatter, area, 6);
        const ScatterMarks marks = marksOf(scatter, plane, area, 7);
        std::vector<int> seen(scatter.points.size(), 0);
        for (std::size_t number = 0; number < marks.marks.size(); ++number) {
            const ScatterMark& mark = marks.marks[number];
            const auto members = marks.membersOf(mark);
            QVERIFY(!members.empty() && std::is_sorted(members.begin(), members.end()));
            for (const std::uint32_t point : members) {
                ++seen[point];
                QCOMPARE(scatter.points[point].kind, mark.kind);
                QCOMPARE(marks.markOf[point], std::uint32_t(number));
                const PlanePoint at = plane.at(scatter.points[point]);
                QVERIFY(std::abs(at.x - mark.at.x) <= 7.001 && std::abs(at.y - mark.at.y) <= 7.001);
            }
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
        // Fewer than there are squares and kinds, however many points come.
        QVERIFY(marks.marks.size() < scatter.points.size() / 2);
    }

    void theNearestPointIsFound()
    {
        Listed listed(manyBlobs(300));
        const EntryScatter scatter = listed.scatter();
        const ScatterPlane plane = planeOf(scatter, area, 6);
        const ScatterMarks marks = marksOf(scatter, plane, area, 7);
        for (const ScatterPoint& point : scatter.points) {
            const PlanePoint at = plane.at(point);
            const std::uint32_t found = pointNear(scatter, plane, marks, at, 9);
            QVERIFY(found != noPoint);
            const PlanePoint there = plane.at(scatter.points[found]);
            QVERIFY(std::hypot(there.x - at.x, there.y - at.y) <= 18);
        }
        QCOMPARE(pointNear(scatter, plane, marks, {-100, -100}, 9), noPoint);
    }

    void lassoKnowsItsInside_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<bool>("isInside");
        QTest::newRow("in the left arm") << 1.0 << 5.0 << true;
        QTest::newRow("in the right arm") << 9.0 << 5.0 << true;
        QTest::newRow("in the gap between them") << 5.0 << 5.0 << false;
        QTest::newRow("below the gap") << 5.0 << 9.5 << true;
        QTest::newRow("left") << -0.1 << 5.0 << false;
        QTest::newRow("right") << 10.1 << 5.0 << false;
        QTest::newRow("above") << 1.0 << -3.0 << false;
        QTest::newRow("below") << 1.0 << 10.5 << false;
        QTest::newRow("no number") << 1.0 << std::numeric_limits<double>::quiet_NaN() << false;
        QTest::newRow("far away") << 1.0 << 1e300 << false;
    }

    void lassoKnowsItsInside()
    {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(bool, isInside);
        // A U.
        const Lasso lasso({{0, 0}, {2, 0}, {2, 9}, {8, 9}, {8, 0}, {10, 0}, {10, 10}, {0, 10}});
        QCOMPARE(lasso.contains({x, y}), isInside);
    }

    void aLineIsNoLasso()
    {
        QVERIFY(!Lasso({}).contains({0, 0}));
        QVERIFY(!Lasso({{0, 0}}).contains({0, 0}));
        QVERIFY(!Lasso({{0, 0}, {10, 10}}).contains({5, 5}));
        QVERIFY(!Lasso({{0, 5}, {10, 5}, {20, 5}}).contains({5, 5}));
    }

    /// With the rows of edges as without them.
    void lassoAgreesWithAllEdges()
    {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> place(-50, 150);
        for (int round = 0; round < 50; ++round) {
            std::vector<PlanePoint> corners;
            for (int corner = 0; corner < 3 + round; ++corner)
                corners.push_back({place(random), place(random)});
            const Lasso lasso(corners);
            for (int probe = 0; probe < 200; ++probe) {
                const PlanePoint point{place(random), place(random)};
                bool isInside = false;
                for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++)
                    if ((corners[i].y > point.y) != (corners[j].y > point.y) &&
                        point.x < corners[i].x + (point.y - corners[i].y) / (corners[j].y - corners[i].y) *
                                                     (corners[j].x - corners[i].x))
                        isInside = !isInside;
                QCOMPARE(lasso.contains(point), isInside);
            }
        }
    }

    void pointsOfALassoComeLargestFirst()
    {
        Listed listed(fixtureBlobs());
        const EntryScatter scatter = listed.scatter();
        const ScatterPlane plane = planeOf(scatter, area, 6);
        const Lasso all({{0, 0}, {2000, 0}, {2000, 2000}, {0, 2000}});
        const std::vector<std::uint32_t> points = pointsIn(all, scatter, plane);
        QCOMPARE(points.size(), scatter.points.size());
        QVERIFY(std::is_sorted(points.begin(), points.end()));
        QVERIFY(pointsIn(Lasso({}), scatter, plane).empty());
    }
};

QTEST_GUILESS_MAIN(EntryScatterTest)
#include "entry_scatter_test.moc"
