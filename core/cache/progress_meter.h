// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/clock.h"
#include "layerhold/error.h"

namespace layerhold {

/// Tells the caller how far long work is: a few times a second, and once at the end.
class ProgressMeter
{
public:
    ProgressMeter(const Clock& clock, const OnProgress& onProgress)
        : m_clock(clock)
        , m_onProgress(onProgress)
    {}

    Progress& now() { return m_progress; }

    void tick()
    {
        constexpr std::chrono::milliseconds interval(250);
        if (m_onProgress && m_clock.steadyNow() - m_last >= interval)
            tell();
    }

    void finish()
    {
        m_progress.current.clear();
        if (m_onProgress)
            tell();
    }

private:
    void tell()
    {
        m_last = m_clock.steadyNow();
        m_onProgress(m_progress);
    }

    const Clock& m_clock;
    const OnProgress& m_onProgress;
    Progress m_progress;
    std::chrono::steady_clock::time_point m_last{};
};

inline void throwIfStopped(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled();
}

} // namespace layerhold
