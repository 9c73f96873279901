// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/registry/registry_options.h"

#include <cstdint>

namespace layerhold::registry {

/// Tells when one transfer takes too long. A trickle is no progress: within each `stall` at least 1 KiB has to move.
class ProgressWatch
{
public:
    enum class Verdict
    {
        Fine,
        NoHeaders,
        Stalled,
        TooLong,
    };

    ProgressWatch(const Clock& clock, const Deadlines& deadlines);

    /// Deadlines but `total` count from here; connecting has its own.
    void connected();
    /// Bytes of the request's body went: the answer is not due yet.
    void sent(std::uint64_t bytes);
    void headersCame();

    /// Bytes of the answer's body came.
    void moved(std::uint64_t bytes) { m_bytes += bytes; }

    Verdict look();

private:
    using Time = std::chrono::steady_clock::time_point;

    const Clock& m_clock;
    const Deadlines m_deadlines;
    const Time m_start;
    Time m_windowStart;
    std::uint64_t m_bytes = 0; ///< in this window
    bool m_isConnected = false;
    bool m_isSending = false; ///< since the window began
    bool m_hasHeaders = false;
};

} // namespace layerhold::registry
