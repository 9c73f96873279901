// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <random>
#include <utility>

namespace layerhold::gui::test {

inline double processorMilliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Ascending by digest; the same at every run, but for the time.
inline std::vector<BlobRecord> makeBlobs(std::size_t count)
{
    std::mt19937_64 random(1);
    std::vector<BlobRecord> blobs(count);
    for (BlobRecord& blob : blobs) {
        std::array<char, 65> digits{};
        std::snprintf(digits.data(), digits.size(), "%016llx%016llx%016llx%016llx",
                      static_cast<unsigned long long>(random()), static_cast<unsigned long long>(random()),
                      static_cast<unsigned long long>(random()), static_cast<unsigned long long>(random()));
        const auto choice = random() % 10;
        blob.digest = "sha256:" + std::string(digits.data(), 64);
        blob.kind = choice < 7 ? "layer" : choice < 9 ? "config" : "manifest";
        blob.mediaType = "application/vnd.oci.image." + blob.kind;
        blob.state = "present";
        blob.origin = "engine main";
        blob.size = random() % 500'000'000;
        blob.createdAt = Format::systemNow() - std::chrono::seconds(random() % 31'000'000);
        blob.accessedAt = blob.createdAt + std::chrono::seconds(random() % 100'000);
        blob.accessCount = random() % 1000;
        blob.isReleased = random() % 4 == 0;
    }
    std::sort(blobs.begin(), blobs.end(),
              [](const auto& left, const auto& right) { return left.digest < right.digest; });
    return blobs;
}

template <class Condition>
void wait(Condition isDone)
{
    while (!isDone())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
}

/// How long the event loop did not get round, by a timer of 10 ms.
class StallMeter
{
public:
    StallMeter()
    {
        m_beat.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_beat, &QTimer::timeout, [this] {
            m_longestStall = std::max(m_longestStall, m_sinceBeat.restart() - m_beat.interval());
            const double now = processorMilliseconds(CLOCK_THREAD_CPUTIME_ID);
            m_longestTurn = std::max(m_longestTurn, now - std::exchange(m_lastBeat, now));
        });
        m_sinceBeat.start();
        m_lastBeat = processorMilliseconds(CLOCK_THREAD_CPUTIME_ID);
        m_beat.start(10);
    }

    /// Since the last time that it was told, in milliseconds.
    qint64 longestStall() const { return m_longestStall; }

    /// Prints the longest since the last time.
    void tell()
    {
        QElapsedTimer clock;
        clock.start();
        wait([&] { return clock.elapsed() > 30; });
        std::printf("    longest stall of the event loop %lld ms (%.0f)\n", static_cast<long long>(m_longestStall),
                    m_longestTurn);
        std::fflush(stdout);
        m_longestTurn = 0;
        m_longestStall = 0;
    }

private:
    QTimer m_beat;
    QElapsedTimer m_sinceBeat;
    qint64 m_longestStall = 0;
    double m_lastBeat = 0;
    double m_longestTurn = 0; ///< of this thread, between two beats
};

} // namespace layerhold::gui::test
