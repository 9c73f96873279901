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
#include <vector>

namespace layerhold {

/// "absent", "missing", …
std::string_view toString(MissReason reason);

/// Misses in memory, written to the index in batches. Thread-safe; one batch is written at a time.
class MissRecorder
{
public:
    using Misses = std::unordered_map<Digest, MissRow>;

    void record(const Digest& digest, TimePoint at, const std::string& engine, MissReason reason);

    /// The batch to write. It stays known, and the reference good, until it is said to be written or not.
    const Misses& beginWrite();
    void endWrite();
    /// What was recorded since is newer.
    void cancelWrite();

    /// What is not, or perhaps not yet, in the index about a digest, oldest first.
    std::vector<MissRow> pending(const Digest& digest) const;

private:
    mutable std::mutex m_mutex;
    Misses m_misses;
    Misses m_beingWritten;
};

} // namespace layerhold
