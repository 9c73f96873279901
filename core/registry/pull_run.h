// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/manifest.h"
#include "layerhold/operation.h"
#include "layerhold/registry/puller.h"
#include "registry/fills.h"
#include "registry/pull_progress.h"
#include "registry/pull_sources.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerhold::registry {

/// One pull: the manifests one after the other, then the blobs of all of them, some at a time.
class PullRun
{
public:
    PullRun(Cache& cache, const std::shared_ptr<RegistryContext>& context, Fills& fills, const PullRequest& request,
            const OnProgress& onProgress);

    PullReport run(const std::stop_token& stop);

private:
    Digest resolve(const std::stop_token& stop);
    /// What the tag pointed at when the registry was last heard, if the caller may know.
    std::optional<Digest> lastKnown();

    /// `size`: as an index says; nullopt: nobody does.
    void bringManifest(const Digest& digest, std::optional<std::uint64_t> size, const std::stop_token& stop);
    bool keepManifest(const Digest& digest, const std::stop_token& stop);
    void downloadManifest(const Digest& digest, const std::stop_token& stop);
    void want(const Edge& edge);

    void bringBlobs(const std::stop_token& stop);
    void bringBlob(const Edge& edge, const std::stop_token& stop);
    bool keepBlob(const Edge& edge, const std::stop_token& stop);
    void downloadBlob(const Edge& edge, const std::stop_token& stop);
    void downloadFrom(PullSource& source, const Edge& edge, PullProgress::Item& item, const std::stop_token& stop);

    std::optional<Blob> storedBlob(const Digest& digest);
    /// Throws unless the registry lets us at the blob, and has it in that size.
    void ask(RegistryClient& client, const Blob& blob, ProofMethod method, const std::stop_token& stop);
    /// The size of the blob when it is stored, and the one who pulls may have it, whom the sources are asked for when
    /// no proof is known; it is claimed for the operation then.
    std::optional<std::uint64_t> keepStored(const Digest& digest, ProofMethod method, Absence absence,
                                            const std::stop_token& stop);
    /// As keepStored, of what somebody else has brought from that source meanwhile.
    std::optional<std::uint64_t> keepBrought(PullSource& source, const Digest& digest, ProofMethod method,
                                             const std::stop_token& stop);
    Absence absenceOf(const Edge& edge) const;

    Cache& m_cache;
    const Clock& m_clock;
    Fills& m_fills;
    const PullRequest& m_request;
    PullSources m_sources;
    PullProgress m_progress;
    std::unique_ptr<Operation> m_operation;
    bool m_isStale = false;
    std::set<Digest> m_manifests;
    std::set<Digest> m_wanted; ///< of m_blobs
    std::vector<Edge> m_blobs; ///< each once
    std::uint64_t m_bytes = 0; ///< of these
    std::set<Digest> m_foreign;
};

} // namespace layerhold::registry
