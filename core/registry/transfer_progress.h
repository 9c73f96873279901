// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/progress.h"

#include <chrono>
#include <cstdint>
#include <mutex>

namespace layerhold::registry {

/// How far several threads are with one image; `onProgress` outlives it and is called on them, one at a time.
/// Thread-safe.
class TransferProgress
{
public:
    explicit TransferProgress(const OnProgress& onProgress);

    /// There is one blob more to do.
    void plan(std::uint64_t bytes);
    void moved(std::uint64_t bytes, const Digest& blob);
    /// One of the blobs is done; `restBytes` of it had not to be moved.
    void done(std::uint64_t restBytes = 0);
    void finish();

private:
    void tick();

    const OnProgress& m_onProgress;
    std::mutex m_mutex; ///< of what follows
    Progress m_progress;
    std::chrono::steady_clock::time_point m_toldAt{};
};

} // namespace layerhold::registry
