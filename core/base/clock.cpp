// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/clock.h"

#include <ctime>

namespace layerhold {

namespace {

class SystemClock final : public Clock
{
public:
    TimePoint now() const override
    {
        timespec time{};
        ::clock_gettime(CLOCK_REALTIME, &time);
        return TimePoint(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
    }

    std::chrono::steady_clock::time_point steadyNow() const override { return std::chrono::steady_clock::now(); }
};

} // namespace

Clock& Clock::system()
{
    static SystemClock clock;
    return clock;
}

} // namespace layerhold
