// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Fills the model of entries with a million rows, or as many as the argument says, and prints what its users wait for.
// Times are those of a clock on the wall; those in brackets count only while this program had a processor, which is
// what can be compared when others use the machine as well.
#include "gui/models/bench_tools.h"
#include "models/entry_model.h"
#include "models/entry_scatter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <random>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr std::size_t batchSize = 4000;

class Bench
{
public:
    explicit Bench(std::size_t count)
        : m_blobs(makeBlobs(count))
    {}

    void run()
    {
        load();
        measure("filter kind:layer size>50MiB", [this] { filter("kind:layer size>50MiB"); });
        measure("narrower: idle>30d appended", [this] { filter("kind:layer size>50MiB idle>30d"); });
        measure("filter by text", [this] { filter("3f"); });
        measure("no filter", [this] { filter(""); });
        measure("sort by size", [this] { m_model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder); });
        measure("sort by last use", [this] { m_model.sort(static_cast<int>(EntryColumn::LastUsed)); });
        measure("sort by kind", [this] { m_model.sort(static_cast<int>(EntryColumn::Kind)); });
        measure("sort by digest", [this] { m_model.sort(static_cast<int>(EntryColumn::Digest), Qt::DescendingOrder); });
        liveBatches();
        scatter(); // last: it does here what a worker does, so that the event loop stands still
    }

private:
    void load()
    {
        QElapsedTimer clock;
        clock.start();
        const double before = processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
        m_model.clear(m_blobs.size());
        std::size_t next = 0;
        qint64 firstRows = -1;
        double firstRowsWork = 0;
        QObject::connect(&m_model, &QAbstractItemModel::rowsInserted, [&] {
            if (firstRows >= 0)
                return;
            firstRows = clock.elapsed();
            firstRowsWork = processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before;
        });
        QTimer feed;
        QObject::connect(&feed, &QTimer::timeout, [&] {
            const std::size_t size = std::min(batchSize, m_blobs.size() - next);
            m_model.upsert(std::span(m_blobs).subspan(next, size));
            next += size;
            if (next == m_blobs.size())
                feed.stop();
        });
        feed.start(0);
        wait([&] { return static_cast<std::size_t>(m_model.rowCount()) == m_blobs.size(); });
        std::printf("first rows after %lld ms (%.0f), all %zu after %lld ms (%.0f)\n",
                    static_cast<long long>(firstRows), firstRowsWork, m_blobs.size(),
                    static_cast<long long>(clock.elapsed()), processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before);
        m_model.disconnect();
        m_stalls.tell();
    }

    void filter(const char* text)
    {
        m_model.setFilter(std::get<EntryFilter>(EntryFilter::parse(QString::fromUtf8(text))));
    }

    template <class Start>
    void measure(const char* what, Start start)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
        start();
        wait([this] { return !m_model.isBusy(); });
        std::printf("%s: %lld ms (%.0f), %d rows\n", what, static_cast<long long>(clock.elapsed()),
                    processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before, m_model.rowCount());
        m_stalls.tell();
    }

    /// What a worker does for the points, and what a lasso around most of them costs.
    void scatter()
    {
        constexpr MapRect area{.x = 60, .y = 60, .width = 1300, .height = 700};
        const auto timed = [](const char* what, auto work) {
            const double before = processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
            auto result = work();
            std::printf("%s: (%.0f)\n", what, processorMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - before);
            return result;
        };
        const EntryScatter points =
            timed("points of all", [&] { return scatterOf(m_model.snapshot(), m_model.ids(), Format::systemNow()); });
        const ScatterPlane plane = planeOf(points, area, 10);
        const ScatterMarks marks = timed("their marks", [&] { return marksOf(points, plane, area, 7); });
        std::vector<PlanePoint> corners;
        for (int corner = 0; corner < 500; ++corner)
            corners.push_back({710 + (640 - corner % 7) * std::cos(corner * 0.01257),
                               410 + (340 - corner % 5) * std::sin(corner * 0.01257)});
        const auto inside = timed("a lasso", [&] { return pointsIn(Lasso(corners), points, plane); });
        std::printf("    %zu marks, %zu points in the lasso\n", marks.marks.size(), inside.size());
    }

    void liveBatches()
    {
        std::mt19937 random(2);
        for (int round = 0; round < 20; ++round) {
            std::vector<BlobRecord> batch;
            for (int i = 0; i < 500; ++i) {
                BlobRecord& blob = m_blobs[random() % m_blobs.size()];
                blob.size = random() % 500'000'000;
                batch.push_back(blob);
            }
            m_model.upsert(batch);
            QElapsedTimer clock;
            clock.start();
            wait([&] { return clock.elapsed() > EntryModel::batchInterval.count() + 20; });
        }
        std::printf("20 live batches of 500 changes\n");
        m_stalls.tell();
    }

    std::vector<BlobRecord> m_blobs;
    EntryModel m_model;
    StallMeter m_stalls;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
    Bench(count).run();
    return 0;
}
