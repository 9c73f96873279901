// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/metrics.h"
#include "cache/progress_meter.h"
#include "layerhold/health.h"

#include <mutex>

namespace layerhold {

struct CacheOptions;

class HealthImpl final : public Health
{
public:
    /// All must outlive it. `longWork` is held by whoever does long work.
    HealthImpl(CacheContext& context, BlobGuard& guard, MetricsImpl& metrics, std::mutex& longWork,
               const CacheOptions& options);

    HealthReport collect(std::stop_token stop) override;
    std::vector<EntryInfo> topEntries() override;
    EntryInfo entry(const Digest& digest) override;
    StorageInfo storage(std::stop_token stop) override;
    IntegrityReport checkIntegrity(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop) override;
    RepairReport repair(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop) override;
    CompactReport compact(std::stop_token stop) override;
    std::vector<HealthCheck> diagnose(std::stop_token stop) override;
    MissExplanation explain(const Digest& digest) override;

private:
    EntryInfo toEntry(const BlobRow& row) const;
    IndexStatistics indexStatistics();
    CacheStatistics cacheStatistics(const MetricsSnapshot& metrics);
    std::map<std::string, std::string> config() const;
    std::uint64_t indexBytes() const;
    void walk(const Layout::Path& directory, int depth, StorageInfo& info, const std::stop_token& stop);

    IntegrityReport check(IntegrityDepth depth, ProgressMeter& meter, const std::stop_token& stop);
    void checkOne(const BlobRow& row, IntegrityDepth depth, IntegrityReport& report, ProgressMeter& meter,
                  const std::stop_token& stop);
    void repairMissing(const IntegrityProblem& problem, RepairReport& report);

    HealthCheck checkRoot();
    HealthCheck checkFileSystem();
    HealthCheck checkWriting();
    HealthCheck checkDisk();
    HealthCheck checkIndex();
    HealthCheck checkQuarantine();
    HealthCheck checkClock();
    HealthCheck checkScrubbing();

    CacheContext& m_context;
    BlobGuard& m_guard;
    MetricsImpl& m_metrics;
    std::mutex& m_longWork;
    const CacheOptions& m_options;
};

} // namespace layerhold
