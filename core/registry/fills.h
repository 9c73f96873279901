// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/identity.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <utility>

namespace layerhold::registry {

/// Which blobs are being downloaded now, and from where, so that of those who want one from the same place a single one
/// does it: nobody waits for a registry that is not theirs. Thread-safe.
class Fills
{
public:
    using Fill = std::pair<Identity, Digest>; ///< the origin, and what it is to send

    /// The right to download a digest; gives it back when it is destroyed.
    class Turn
    {
    public:
        Turn(Fills& fills, Fill fill)
            : m_fills(fills)
            , m_fill(std::move(fill))
        {}

        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

    private:
        Fills& m_fills;
        const Fill m_fill;
    };

    /// Waits while somebody else downloads it. Whoever had the turn before may have brought it since one looked last.
    /// Cancelled when asked to stop.
    Turn begin(const Fill& fill, const std::stop_token& stop);

private:
    void end(const Fill& fill);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::set<Fill> m_running;
};

} // namespace layerhold::registry
