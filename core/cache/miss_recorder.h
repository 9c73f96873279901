// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/misses.h"
#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace layerhold {

/// "absent", "hidden", …
std::string_view toString(MissReason reason);

/// Misses in memory, written to the index in batches. Thread-safe.
class MissRecorder
{
public:
    using Misses = std::unordered_map<Digest, MissRow>;

    void record(const Digest& digest, TimePoint at, const std::string& engine, MissReason reason);
    Misses take();
    /// Gives back what could not be written; what was recorded since is newer.
    void giveBack(const Misses& misses);

private:
    std::mutex m_mutex;
    Misses m_misses;
};

} // namespace layerhold
