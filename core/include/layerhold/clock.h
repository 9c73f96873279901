// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace layerhold {

/// Wall-clock time with nanosecond resolution, as containerd's content API carries it.
using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

/// Time is injected so that tests own it. Implementations are thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// CLOCK_REALTIME at full resolution: never a coarse clock, never a file's mtime.
    virtual TimePoint now() const = 0;
    /// For deadlines and durations; unaffected by clock steps.
    virtual std::chrono::steady_clock::time_point steadyNow() const = 0;

    /// The clock of the machine; lives for the whole process.
    static Clock& system();
};

inline std::int64_t toNanoseconds(TimePoint time)
{
    return time.time_since_epoch().count();
}

inline TimePoint fromNanoseconds(std::int64_t nanoseconds)
{
    return TimePoint(std::chrono::nanoseconds(nanoseconds));
}

} // namespace layerhold
