// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/engine/containerd.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace layerhold::test {

/// Pulls images into a containerd, round and round, in a thread of its own. Each is removed, with what only it needs,
/// when the next one is there; the first pull or removal that fails ends it.
class PullLoop
{
public:
    /// The containerd outlives the loop. At least two references.
    PullLoop(const Containerd& containerd, QStringList references);
    /// As stop().
    ~PullLoop();
    PullLoop(const PullLoop&) = delete;
    PullLoop& operator=(const PullLoop&) = delete;

    /// Waits for what is under way. Images that are there stay.
    void stop();

    /// That were successful.
    int pulls() const { return m_pulls; }

    std::optional<Outcome> failure() const;

private:
    void run(const std::stop_token& stop);
    bool isFine(const Outcome& outcome);

    const Containerd& m_containerd;
    const QStringList m_references;
    std::atomic<int> m_pulls = 0;
    mutable std::mutex m_mutex;
    std::optional<Outcome> m_failure;
    std::jthread m_thread; ///< after all that it uses
};

} // namespace layerhold::test
