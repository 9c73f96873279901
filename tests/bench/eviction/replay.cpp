// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "eviction/replay.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace layerhold::bench {

namespace {

std::uint32_t blobOf(const std::string& key)
{
    std::uint32_t blob = 0;
    std::from_chars(key.data(), key.data() + key.size(), blob);
    return blob;
}

class Belady final : public EvictionStrategy
{
public:
    Belady(Foresight foresight, const Future& future)
        : m_foresight(foresight)
        , m_future(future)
    {}

    std::string_view name() const override
    {
        return m_foresight == Foresight::FurthestNextUse ? "belady" : "belady-size";
    }

    std::vector<std::size_t> select(std::span<const EvictionCandidate> candidates,
                                    const EvictionGoal& goal) const override
    {
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto distance = static_cast<double>(m_future.nextRequests[blobOf(candidates[i].key)] - m_future.now);
            const bool weighsSize = m_foresight == Foresight::FurthestNextUseTimesSize;
            order.emplace_back(weighsSize ? distance * static_cast<double>(candidates[i].bytes) : distance, i);
        }
        std::sort(order.begin(), order.end(), std::greater());
        std::vector<std::size_t> result;
        std::uint64_t freed = 0;
        for (const auto& [distance, index] : order) {
            if (freed >= goal.bytesToFree)
                break;
            freed += candidates[index].bytes;
            result.push_back(index);
        }
        return result;
    }

private:
    Foresight m_foresight;
    const Future& m_future;
};

/// When each request's blob is asked for again.
std::vector<std::uint64_t> nextRequests(const Trace& trace)
{
    std::vector<std::uint64_t> result;
    std::vector<std::uint64_t> last(trace.sizes.size(), never);
    for (const Pull& pull : trace.pulls)
        for (const std::uint32_t blob : pull.blobs) {
            if (last[blob] != never)
                result[last[blob]] = result.size();
            last[blob] = result.size();
            result.push_back(never);
        }
    return result;
}

class SimulatedCache
{
public:
    explicit SimulatedCache(const ReplayOptions& options)
        : m_options(options)
    {}

    /// True when it was there.
    bool request(std::uint32_t blob, std::uint64_t bytes, TimePoint now)
    {
        if (const auto found = m_slots.find(blob); found != m_slots.end()) {
            EvictionCandidate& held = m_held[found->second];
            held.usedAt = now;
            ++held.uses;
            return true;
        }
        m_slots.emplace(blob, m_held.size());
        m_held.push_back({keyOf(blob), bytes, now, now, 0, now + m_options.ttl, 1.0});
        m_bytes += bytes;
        return false;
    }

    void evict(const EvictionStrategy& strategy, TimePoint now)
    {
        if (m_bytes <= m_options.limit)
            return;
        const auto aim = static_cast<std::uint64_t>(static_cast<double>(m_options.limit) * (1 - m_options.slack));
        remove(strategy.select(m_held, {m_bytes - aim, now}));
        if (m_bytes > m_options.limit)
            removeNewest();
    }

private:
    void remove(std::vector<std::size_t> indices)
    {
        std::sort(indices.begin(), indices.end(), std::greater());
        for (const std::size_t index : indices) {
            m_bytes -= m_held[index].bytes;
            m_slots.erase(blobOf(m_held[index].key));
            if (index + 1 < m_held.size()) {
                m_held[index] = std::move(m_held.back());
                m_slots[blobOf(m_held[index].key)] = index;
            }
            m_held.pop_back();
        }
    }

    void removeNewest()
    {
        std::vector<std::size_t> heap(m_held.size());
        std::iota(heap.begin(), heap.end(), std::size_t(0));
        const auto isOlder = [this](std::size_t a, std::size_t b) { return m_held[a].createdAt < m_held[b].createdAt; };
        std::make_heap(heap.begin(), heap.end(), isOlder);
        std::vector<std::size_t> refused;
        for (std::uint64_t left = m_bytes; left > m_options.limit; heap.pop_back()) {
            std::pop_heap(heap.begin(), heap.end(), isOlder);
            left -= m_held[heap.back()].bytes;
            refused.push_back(heap.back());
        }
        remove(std::move(refused));
    }

    ReplayOptions m_options;
    std::vector<EvictionCandidate> m_held;
    std::unordered_map<std::uint32_t, std::size_t> m_slots;
    std::uint64_t m_bytes = 0;
};

} // namespace

std::string keyOf(std::uint32_t blob)
{
    std::string digits = std::to_string(blob);
    return std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

HitRatio replay(const Trace& trace, const ReplayOptions& options, const MakeStrategy& makeStrategy)
{
    const std::vector<std::uint64_t> next = nextRequests(trace);
    Future future{0, std::vector<std::uint64_t>(trace.sizes.size(), never)};
    const auto strategy = makeStrategy(future);
    SimulatedCache cache(options);
    std::uint64_t hits = 0;
    std::uint64_t bytes = 0;
    std::uint64_t hitBytes = 0;
    for (const Pull& pull : trace.pulls) {
        for (const std::uint32_t blob : pull.blobs) {
            const std::uint64_t size = trace.sizes[blob];
            bytes += size;
            if (cache.request(blob, size, pull.at)) {
                ++hits;
                hitBytes += size;
            }
            future.nextRequests[blob] = next[future.now++];
        }
        cache.evict(*strategy, pull.at);
    }
    const auto ratio = [](std::uint64_t part, std::uint64_t whole) {
        return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    return {ratio(hits, future.now), ratio(hitBytes, bytes)};
}

std::unique_ptr<EvictionStrategy> makeBelady(Foresight foresight, const Future& future)
{
    return std::make_unique<Belady>(foresight, future);
}

} // namespace layerhold::bench
