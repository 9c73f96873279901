// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

namespace layerhold::gui {

/// While a busy service tells of news all the time, a list that nobody asked for anew is to take a small part of it: it
/// rests for many times what its last load took.
class LoadPace final
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr int restFactor = 10;

    void begin(Clock::time_point now = Clock::now()) { m_begun = now; }

    /// Does nothing when no load has begun.
    void end(Clock::time_point now = Clock::now())
    {
        if (m_begun)
            m_restsUntil = now + restFactor * (now - *m_begun);
        m_begun.reset();
    }

    bool isResting(Clock::time_point now = Clock::now()) const { return now < m_restsUntil; }

private:
    std::optional<Clock::time_point> m_begun; ///< of the load that has not ended
    Clock::time_point m_restsUntil = Clock::time_point::min();
};

} // namespace layerhold::gui
