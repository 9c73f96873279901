// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "cache/metric_table.h"
#include "index/blob_statistics.h"
#include "index/metric_state.h"
#include "layerhold/metrics.h"

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

/// What was not hashed for so long is due for the scrubber.
inline constexpr std::chrono::hours scrubAge(7 * 24);

class MetricsImpl final : public Metrics
{
public:
    explicit MetricsImpl(CacheContext& context);

    MetricsSnapshot snapshot() override;
    void reset() override;
    std::vector<MetricDescription> series() override;
    std::vector<std::chrono::seconds> steps() override;
    std::vector<MetricPoint> history(const std::string& series, std::chrono::seconds step, TimePoint since) override;

    /// Takes up where the last process left off; once the index is open.
    void load();
    /// The index was exchanged for a new one.
    void indexWasExchanged();

    /// Keeps what is now for the history. Called by the housekeeper every second; a second that was sampled already is
    /// left alone, and one in which the index cannot be asked is a gap.
    void sample();

    enum class Activity
    {
        None, ///< nothing was counted since the last write
        Some
    };
    /// Whether there is enough to be worth a write of its own: an idle cache writes its samples in batches.
    bool isWriteDue() const;
    /// Writes what is in memory only. What it returns is for written(), once that is committed.
    std::chrono::sys_seconds write(Change& change, Activity activity);
    void written(std::chrono::sys_seconds upTo);
    /// The cache is closing: everything is due.
    void close();

    blob_statistics::ScrubDebt scrubDebt();

private:
    static constexpr std::size_t metricCount = static_cast<std::size_t>(MetricId::Count);

    enum class Baseline
    {
        Subtracted, ///< since the last reset
        Ignored     ///< since ever: for the history
    };

    /// What the counters stood at when they were reset.
    using Baselines = std::array<std::uint64_t, static_cast<std::size_t>(CounterId::Count)>;

    struct Figures
    {
        std::array<std::optional<std::uint64_t>, metricCount> numbers;
        double hitRate = 0;
        double peakHitRate = 0;

        std::optional<std::uint64_t>& operator[](MetricId id) { return numbers[static_cast<std::size_t>(id)]; }
    };

    Figures figures(Baseline baseline, const blob_totals::Totals& totals);
    void addCounters(Figures& figures, Baseline baseline);
    void addLatencies(Figures& figures);
    void addTimes(Figures& figures);
    double raisedPeakHitRate(double now);
    void logPerformance(Figures& figures);
    static void storeBaseline(Connection& index, TimePoint since, const Baselines& baseline);
    std::uint64_t counted(CounterId id, Baseline baseline);

    CacheContext& m_context;

    mutable std::mutex m_mutex; ///< guards what follows; never held during I/O
    TimePoint m_since;
    std::chrono::steady_clock::time_point m_startedAt;
    Baselines m_baseline{};
    double m_peakHitRate = 0;
    bool m_isBaselineStored = false;
    bool m_isClosing = false;
    std::vector<MetricSample> m_pending; ///< samples that are not written yet
    std::chrono::sys_seconds m_lastSampled{};
    std::chrono::steady_clock::time_point m_lastLogged;
    std::optional<blob_statistics::ScrubDebt> m_debt;
    std::chrono::steady_clock::time_point m_debtAt;
};

} // namespace layerhold
