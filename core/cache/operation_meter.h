// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/counters.h"
#include "cache/latency_window.h"
#include "cache/miss_recorder.h"
#include "layerhold/clock.h"
#include "layerhold/error.h"
#include "layerhold/log.h"
#include "layerhold/types.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace layerhold {

enum class OperationKind : std::uint8_t
{
    Get,   ///< an engine's Info or Read, up to the answer or the first byte
    Put,   ///< an engine's commit
    Delete ///< an engine's release
};

/// True for failures that are not the caller's doing.
bool isFault(ErrorCode code);

/// Counts and times what engines ask for: a clock read at each end, and a few relaxed atomic additions. Only misses and
/// records that somebody asked for in the log take a lock. Thread-safe.
class OperationMeter
{
public:
    using Time = std::chrono::steady_clock::time_point;

    OperationMeter(Counters& counters, const Clock& clock, Logger log)
        : m_counters(counters)
        , m_clock(clock)
        , m_log(std::move(log))
    {}

    Time start() const { return m_clock.steadyNow(); }

    void hit(Time start, const Digest& digest, BlobKind kind, std::uint64_t bytes);
    /// `kind` is nullopt when nothing is known of the blob: then only the totals move.
    void miss(Time start, const Digest& digest, std::optional<BlobKind> kind, const std::string& engine,
              MissReason reason);
    void put(Time start, const Digest& digest, BlobKind kind, std::uint64_t bytes);
    void released(Time start, const Digest& digest);
    void failed(OperationKind operation, Time start, const Digest& digest, const Error& error);

    LatencyWindow& window(OperationKind operation) { return m_windows[static_cast<std::size_t>(operation)]; }

    MissRecorder& misses() { return m_misses; }

    const Logger& log() const { return m_log; }

private:
    std::chrono::nanoseconds end(OperationKind operation, Time start, Time now);
    void countGet(BlobKind kind);

    Counters& m_counters;
    const Clock& m_clock;
    Logger m_log;
    std::array<LatencyWindow, 3> m_windows;
    MissRecorder m_misses;
};

/// Counts what a BlobReader reads.
class ReadMeter
{
public:
    enum class Reader
    {
        Engine,
        People
    };

    ReadMeter(Counters& counters, Reader reader)
        : m_counters(counters)
        , m_reader(reader)
    {}

    void count(std::uint64_t bytes)
    {
        m_counters.add(CounterId::BytesRetrieved, bytes);
        if (m_reader == Reader::Engine)
            m_counters.add(CounterId::BytesServed, bytes);
    }

private:
    Counters& m_counters;
    Reader m_reader;
};

} // namespace layerhold
