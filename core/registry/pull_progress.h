// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/progress.h"
#include "layerhold/registry/puller.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace layerhold::registry {

/// What a pull did so far, and who is told. Thread-safe.
class PullProgress
{
public:
    PullProgress(const Clock& clock, const OnProgress& onProgress);

    /// A blob on its way. One thread at a time.
    struct Item
    {
        Digest digest;
        std::uint64_t size = 0;
        std::uint64_t shown = 0; ///< how much of it is part of the progress
    };

    /// Before anything else about the blob.
    void plan(std::uint64_t bytes);
    void kept(const Digest& digest, std::uint64_t bytes);
    /// `bytes` came over the wire; `offset` of the blob are here now.
    void received(Item& item, std::size_t bytes, std::uint64_t offset);
    void downloaded(Item& item);
    /// The registry does not have the foreign layer.
    void leftOut(std::uint64_t bytes);

    /// Tells the end.
    PullReport finish(PullReport rest);

private:
    /// With m_telling held.
    void tell();

    const Clock& m_clock;
    const OnProgress& m_onProgress;
    std::mutex m_telling; ///< one at a time; taken first
    std::chrono::steady_clock::time_point m_toldAt{};
    std::mutex m_mutex; ///< of what follows; never held while somebody is told
    PullReport m_report;
    Progress m_progress;
};

} // namespace layerhold::registry
