// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/metric_samples.h"

#include <algorithm>
#include <map>
#include <optional>

namespace layerhold::metric_samples {

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::size_t valueBytes = 8;

std::vector<std::byte> pack(const std::vector<std::int64_t>& values)
{
    std::vector<std::byte> bytes;
    bytes.reserve(values.size() * valueBytes);
    for (const std::int64_t value : values)
        for (std::size_t i = 0; i < valueBytes; ++i)
            bytes.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * i)));
    return bytes;
}

std::vector<std::int64_t> unpack(std::span<const std::byte> bytes)
{
    std::vector<std::int64_t> values;
    for (; bytes.size() >= valueBytes; bytes = bytes.subspan(valueBytes)) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < valueBytes; ++i)
            value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
        values.push_back(static_cast<std::int64_t>(value));
    }
    return values;
}

sys_seconds floorTo(sys_seconds at, seconds step)
{
    return sys_seconds(at.time_since_epoch() / step * step);
}

void merge(MetricSample& into, const MetricSample& sample, std::span<const RollUp> rollUps)
{
    into.values.resize(std::max(into.values.size(), sample.values.size()), -1);
    for (std::size_t i = 0; i < sample.values.size(); ++i) {
        const bool isMax = i < rollUps.size() && rollUps[i] == RollUp::Max;
        into.values[i] = isMax ? std::max(into.values[i], sample.values[i]) : sample.values[i];
    }
}

/// The newest row of a step that is not in the future: a clock that was set wrong leaves such rows.
std::optional<sys_seconds> newest(Connection& index, seconds step, sys_seconds now)
{
    auto use = index.statement("SELECT max(at) FROM metric_samples WHERE step = ? AND at <= ?")
                   .use(step.count(), now.time_since_epoch().count());
    if (!use.step() || use.isNull(0))
        return std::nullopt;
    return sys_seconds(seconds(use.integer(0)));
}

void rollUp(Connection& index, seconds finer, seconds coarser, std::span<const RollUp> rollUps, sys_seconds now)
{
    const auto last = newest(index, coarser, now);
    const sys_seconds from = last ? *last + coarser : sys_seconds(seconds(0));
    const sys_seconds end = floorTo(now, coarser); // what begins there is not complete
    if (from >= end)
        return;
    std::map<sys_seconds, MetricSample> buckets;
    for (const MetricSample& sample : since(index, finer, from)) {
        if (sample.at >= end)
            break;
        MetricSample& bucket = buckets[floorTo(sample.at, coarser)];
        merge(bucket, sample, rollUps);
    }
    for (auto& [start, bucket] : buckets) {
        bucket.at = start;
        put(index, coarser, bucket);
    }
}

void prune(Connection& index, const Step& step, sys_seconds now)
{
    index.statement("DELETE FROM metric_samples WHERE step = ? AND at < ?")
        .use(step.step.count(), (now - step.kept * step.step).time_since_epoch().count())
        .run();
    // Rows of a clock that ran ahead are in nobody's way, but must not add up.
    index
        .statement(
            "DELETE FROM metric_samples WHERE step = ?1 AND at <= (SELECT at FROM metric_samples WHERE step = ?1 "
            "ORDER BY at DESC LIMIT 1 OFFSET ?2)")
        .use(step.step.count(), step.kept)
        .run();
}

} // namespace

void add(Connection& index, std::span<const MetricSample> samples, std::span<const RollUp> rollUps, sys_seconds now)
{
    for (const MetricSample& sample : samples)
        put(index, steps[0].step, sample);
    for (std::size_t i = 1; i < std::size(steps); ++i)
        rollUp(index, steps[i - 1].step, steps[i].step, rollUps, now);
    for (const Step& step : steps)
        prune(index, step, now);
}

std::vector<MetricSample> since(Connection& index, seconds step, sys_seconds since)
{
    std::vector<MetricSample> result;
    auto use = index.statement("SELECT at, sample FROM metric_samples WHERE step = ? AND at >= ? ORDER BY at")
                   .use(step.count(), since.time_since_epoch().count());
    while (use.step())
        result.push_back({sys_seconds(seconds(use.integer(0))), unpack(use.blob(1))});
    return result;
}

void forEach(Connection& index, const std::function<void(seconds step, const MetricSample& sample)>& each)
{
    auto use = index.statement("SELECT step, at, sample FROM metric_samples ORDER BY step, at").use();
    while (use.step())
        each(seconds(use.integer(0)), {sys_seconds(seconds(use.integer(1))), unpack(use.blob(2))});
}

void put(Connection& index, seconds step, const MetricSample& sample)
{
    const std::vector<std::byte> packed = pack(sample.values);
    index.statement("INSERT OR REPLACE INTO metric_samples (step, at, sample) VALUES (?, ?, ?)")
        .use(step.count(), sample.at.time_since_epoch().count(), std::span<const std::byte>(packed))
        .run();
}

} // namespace layerhold::metric_samples
