// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Sends 5,000 events a second through a client to the page Events in its window, for a minute or for as many seconds as
// the argument says, and prints as JSON what becomes of its promises. Paused for the middle third, which ends with more
// events than the ring holds. Needs no screen: QT_QPA_PLATFORM=offscreen.
#include "gui/models/bench_tools.h"
#include "gui/widgets/pages/cleanup_window.h"

#include <QFile>
#include <QScrollBar>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr std::size_t perSecond = 5'000;
constexpr std::size_t perBurst = 500;
constexpr double mebi = 1024.0 * 1024.0;

double residentMebibytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        qFatal("/proc/self/statm cannot be read");
    return statm.readAll().split(' ').at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / mebi;
}

class Bench
{
public:
    Bench()
    {
        m_window.store().events.clear();
        m_window.connectClient();
        m_window.show("events");
        m_following = m_window.client.followEvents(
            0, &m_window.window, [this](const std::vector<EventRecord>& events) { take(events); }, {});
    }

    void run(int seconds)
    {
        fill();
        const double before = residentMebibytes();
        StallMeter stalls;
        feed(seconds / 3.0);

        // By the key, as a user does, with a place in the middle of the list.
        RecordView& view = page().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Space);
        view.verticalScrollBar()->setValue(20'000);
        const auto place = [&view] {
            return std::pair(view.verticalScrollBar()->value(), view.indexAt(QPoint(0, 0)).data(IdRole).toULongLong());
        };
        const auto placeBefore = place();
        feed(seconds / 3.0);
        while (page().model().waitingCount() <= EventModel::capacity)
            publish(perBurst);
        const bool keptPlace = page().isPaused() && place() == placeBefore;

        QTest::keyClick(&view, Qt::Key_Space);
        int overflowRows = 0;
        for (int row = 0; row < page().model().rowCount(); ++row)
            overflowRows += page().model().rowAt(row).kind == EventRow::Kind::Overflow ? 1 : 0;
        feed(seconds / 3.0);

        std::printf(
            "{\"rows\": %d, \"stall_ms\": %lld, \"growth_mib\": %.1f, \"kept_place\": %d, \"overflow_rows\": %d}\n",
            page().model().rowCount(), static_cast<long long>(stalls.longestStall()),
            std::max(0.0, std::max(m_mostResident, residentMebibytes()) - before), keptPlace ? 1 : 0, overflowRows);
    }

private:
    EventsPage& page() { return *m_window.pages.events; }

    void take(const std::vector<EventRecord>& events)
    {
        m_window.window.noteEvents(events);
        m_taken = events.back().sequence;
        // What was taken is not to count as memory of the app.
        auto& kept = m_window.store().events;
        kept.erase(kept.begin(), std::ranges::upper_bound(kept, m_taken - 1, {}, &EventRecord::sequence));
    }

    /// A full ring that is shown.
    void fill()
    {
        while (m_published < EventModel::capacity)
            publish(perBurst);
        wait([this] { return page().model().rowCount() == static_cast<int>(EventModel::capacity); });
    }

    void feed(double seconds)
    {
        const std::size_t first = m_published;
        QElapsedTimer clock;
        clock.start();
        QTimer beat;
        QObject::connect(&beat, &QTimer::timeout, [&] {
            const auto due = static_cast<std::size_t>(static_cast<double>(clock.elapsed()) / 1e3 * perSecond);
            while (m_published - first < due)
                publishOne();
            m_mostResident = std::max(m_mostResident, residentMebibytes());
        });
        beat.start(10);
        wait([&] { return static_cast<double>(clock.elapsed()) / 1e3 >= seconds; });
    }

    /// Faster than they come from a cache; they are taken before more are sent.
    void publish(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            publishOne();
        const std::uint64_t last = m_window.store().events.back().sequence;
        wait([&] { return m_taken >= last; });
    }

    void publishOne()
    {
        const bool isTag = m_published % 8 == 0;
        m_window.client.publish({0, m_window.now, isTag ? "tag_moved" : "blob_committed",
                                 isTag ? "docker.io/library/x:" + std::to_string(m_published)
                                       : fixtures::digestOf(std::to_string(m_published)),
                                 "containerd", "", m_published});
        ++m_published;
    }

    CleanupWindow m_window{fixtures::tiny};
    QFuture<void> m_following;
    std::size_t m_published = 0;
    std::uint64_t m_taken = 0; ///< the last that came to the window
    double m_mostResident = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    Bench().run(argc > 1 ? std::stoi(argv[1]) : 60);
    return 0;
}
