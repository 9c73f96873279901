// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace layerhold {

/// How long the last few thousand operations of one sort took: between 5,000 and 10,000 of them once there were so
/// many. Two histograms with buckets that are 1/16 of their power of two wide; when the newer one has its 5,000 the
/// older is emptied and takes over. Recording is three atomic additions. Thread-safe, lock-free.
class LatencyWindow
{
public:
    static constexpr std::uint64_t generationSamples = 5'000;

    void record(std::chrono::nanoseconds duration) noexcept;

    struct Summary
    {
        std::uint64_t samples = 0;
        std::uint64_t sumNs = 0;
        std::uint64_t meanNs = 0; ///< exact; 0 without samples
        std::uint64_t p50Ns = 0;  ///< within 1/32
        std::uint64_t p95Ns = 0;
        std::uint64_t p99Ns = 0;
    };

    Summary summary() const;
    void clear();

    /// "count sum bucket:count …", for the index.
    std::string encode() const;
    /// Replaces what is here by what encode() made; text that it did not make leaves the window empty.
    void restore(std::string_view text);

private:
    /// Longer durations (18 minutes) count as that long.
    static constexpr unsigned largestPower = 40;
    static constexpr std::size_t bucketCount = std::size_t{largestPower - 2} * 16;

    struct Generation
    {
        std::atomic<std::uint64_t> count{0};
        std::atomic<std::uint64_t> sum{0};
        std::array<std::atomic<std::uint32_t>, bucketCount> buckets{};

        void clear();
    };

    static std::size_t bucketOf(std::uint64_t ns);
    static std::uint64_t middleOf(std::size_t bucket);
    std::array<std::uint64_t, bucketCount> buckets() const;

    std::array<Generation, 2> m_generations;
    std::atomic<unsigned> m_current{0};
};

} // namespace layerhold
