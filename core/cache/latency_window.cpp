// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/latency_window.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace layerhold {

namespace {

constexpr unsigned subBits = 4; // 16 buckets for each power of two

/// Takes a number off the front of `text`, with one separator behind it.
std::optional<std::uint64_t> takeNumber(std::string_view& text)
{
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty())
        text.remove_prefix(1);
    return number;
}

} // namespace

void LatencyWindow::Generation::clear()
{
    for (auto& bucket : buckets)
        bucket.store(0, std::memory_order_relaxed);
    sum.store(0, std::memory_order_relaxed);
    count.store(0, std::memory_order_relaxed);
}

std::size_t LatencyWindow::bucketOf(std::uint64_t ns)
{
    constexpr std::uint64_t longest = (std::uint64_t{1} << largestPower) - 1;
    ns = std::min(ns, longest);
    if (ns < (1U << subBits))
        return static_cast<std::size_t>(ns);
    const auto power = static_cast<unsigned>(std::bit_width(ns)) - 1;
    const std::uint64_t sub = (ns >> (power - subBits)) & ((1U << subBits) - 1);
    return ((power - subBits + 1) << subBits) + static_cast<std::size_t>(sub);
}

std::uint64_t LatencyWindow::middleOf(std::size_t bucket)
{
    if (bucket < (1U << subBits))
        return bucket;
    const auto power = static_cast<unsigned>(bucket >> subBits) + subBits - 1;
    const std::uint64_t width = std::uint64_t{1} << (power - subBits);
    const std::uint64_t sub = bucket & ((1U << subBits) - 1);
    return (std::uint64_t{1} << power) + sub * width + width / 2;
}

void LatencyWindow::record(std::chrono::nanoseconds duration) noexcept
{
    const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    const unsigned current = m_current.load(std::memory_order_acquire);
    Generation& generation = m_generations[current];
    generation.buckets[bucketOf(ns)].fetch_add(1, std::memory_order_relaxed);
    generation.sum.fetch_add(ns, std::memory_order_relaxed);
    if (generation.count.fetch_add(1, std::memory_order_relaxed) + 1 != generationSamples)
        return;
    // Exactly one caller gets here. One that is late adds to the generation it knew; that loses nothing.
    m_generations[1 - current].clear();
    m_current.store(1 - current, std::memory_order_release);
}

std::array<std::uint64_t, LatencyWindow::bucketCount> LatencyWindow::buckets() const
{
    std::array<std::uint64_t, bucketCount> result{};
    for (const Generation& generation : m_generations)
        for (std::size_t i = 0; i < bucketCount; ++i)
            result[i] += generation.buckets[i].load(std::memory_order_relaxed);
    return result;
}

LatencyWindow::Summary LatencyWindow::summary() const
{
    Summary summary;
    for (const Generation& generation : m_generations) {
        summary.samples += generation.count.load(std::memory_order_relaxed);
        summary.sumNs += generation.sum.load(std::memory_order_relaxed);
    }
    const auto counts = buckets();
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts)
        total += count;
    if (summary.samples == 0 || total == 0)
        return {};
    summary.meanNs = summary.sumNs / summary.samples;
    const auto quantile = [&](double share) {
        const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share * double(total))));
        std::uint64_t passed = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            passed += counts[i];
            if (passed >= rank)
                return middleOf(i);
        }
        return middleOf(counts.size() - 1);
    };
    summary.p50Ns = quantile(0.50);
    summary.p95Ns = quantile(0.95);
    summary.p99Ns = quantile(0.99);
    return summary;
}

void LatencyWindow::clear()
{
    for (Generation& generation : m_generations)
        generation.clear();
}

std::string LatencyWindow::encode() const
{
    const Summary now = summary();
    std::string text = std::to_string(now.samples) + ' ' + std::to_string(now.sumNs);
    const auto counts = buckets();
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0)
            text += ' ' + std::to_string(i) + ':' + std::to_string(counts[i]);
    return text;
}

void LatencyWindow::restore(std::string_view text)
{
    clear();
    const auto samples = takeNumber(text);
    const auto sum = takeNumber(text);
    std::vector<std::pair<std::size_t, std::uint32_t>> counts;
    while (samples && sum && !text.empty()) {
        const auto bucket = takeNumber(text);
        const auto count = takeNumber(text);
        if (!bucket || !count || *bucket >= bucketCount)
            return;
        counts.emplace_back(*bucket, static_cast<std::uint32_t>(*count));
    }
    if (!samples || !sum)
        return;
    // As the older generation: it leaves with the next 5,000.
    Generation& older = m_generations[1 - m_current.load()];
    for (const auto& [bucket, count] : counts)
        older.buckets[bucket] = count;
    older.sum = *sum;
    older.count = *samples;
}

} // namespace layerhold
