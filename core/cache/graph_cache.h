// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_graph.h"
#include "index/index.h"
#include "layerhold/clock.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace layerhold {

/// The graph of all blobs for those who count bytes and make plans. With very many blobs it takes a second to read, so
/// that plans leave theirs for the figures that are asked for next. Thread-safe; one reads at a time.
class GraphCache
{
public:
    struct Reading
    {
        std::shared_ptr<const BlobGraph> graph = {};
        std::uint64_t version = 0; ///< of the index, before reading
        TimePoint readAt = {};
        std::uint64_t number = 0; ///< from 1; readings of the same number are the same
    };

    GraphCache(Index& index, const Clock& clock)
        : m_index(index)
        , m_clock(clock)
    {}

    /// All that was committed before the call is in it.
    Reading exact();
    /// Exact where that is cheap. A dear one may be as old as a hundred times what it takes, at most a minute: a figure
    /// that is said to be a few seconds old is better than waiting for one.
    Reading recent();

    /// From time to time, in the background: a dear graph that somebody asks for is read before it is too old; one that
    /// nobody read or asked for in an hour gives its memory back.
    void freshen();

private:
    using Steady = std::chrono::steady_clock;

    bool isRecentLocked(Steady::time_point now) const;
    bool isToFreshenLocked(Steady::time_point now) const;
    Reading read(); ///< with m_readMutex locked

    Index& m_index;
    const Clock& m_clock;
    std::mutex m_readMutex; ///< held during I/O, and taken first
    std::mutex m_mutex;
    Reading m_last;
    Steady::duration m_cost{};
    Steady::time_point m_readSteadyAt{};
    std::optional<Steady::time_point> m_askedAt; ///< for recent figures
};

} // namespace layerhold
