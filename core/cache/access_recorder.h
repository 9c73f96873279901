// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace layerhold {

/// Access times and counts in memory, written to the index in batches: reads stay write-free. Thread-safe.
class AccessRecorder
{
public:
    struct Access
    {
        TimePoint last;
        std::uint64_t times = 0;
    };

    using Accesses = std::unordered_map<Digest, Access>;

    void record(const Digest& digest, TimePoint at);
    Accesses take();
    /// Gives back what could not be written.
    void giveBack(const Accesses& accesses);

private:
    void add(const Digest& digest, TimePoint at, std::uint64_t times);

    std::mutex m_mutex;
    Accesses m_accesses;
};

} // namespace layerhold
