// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/digest.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/host_config.h"
#include "layerhold/registry/registry_client.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace layerhold::registry {

struct ProverOptions
{
    HostConfigOptions hosts; ///< the machine's, not those of a user
    /// The machine's own credential for a registry, from the administrator's file. Empty: there is none.
    CredentialCallback credential;
    std::chrono::milliseconds interval = std::chrono::minutes(5); ///< between two periodic rounds; at least 1 ms,
                                                                  ///< and shorter than proofs last, or they lapse
    std::size_t requestsPerMinute = 60;                           ///< of each registry; at least 1
    std::size_t mostPerRound = 600;                               ///< requests; at least 1
    std::size_t mostQueued = 10'000;                              ///< blobs; at least 1
};

/// Since the prover was made.
struct ProverCounts
{
    std::uint64_t rounds = 0;
    std::uint64_t queued = 0;  ///< blobs that wait now; without those that a round in work is at
    std::uint64_t dropped = 0; ///< the oldest of the queue, when it was full
    std::uint64_t asked = 0;   ///< requests for a blob or manifest
    std::uint64_t proven = 0;
    std::uint64_t refused = 0;     ///< 401, 403, 404, and answers that are none
    std::uint64_t unavailable = 0; ///< no connection, out of time, 5xx, 429
    std::uint64_t failures = 0;    ///< of the index, of settings, or of the machine's credential
};

/// Makes proofs in the background, so that engines in `verified` mode get public content that is stored here: what
/// engines ask never waits for a network.
///
/// Two kinds of blobs are asked for, as long as there is an engine in `verified` mode:
///  - what is enqueued, once, unless a proof covers it now;
///  - in each periodic round, what is stored, was used within a day, and whose repository is known, from pulls
///    (AccessRecords::repositoriesOf) or from engines (EngineMirror::sourcesOf), as long as no proof covers it until
///    the next round. So proofs of what is in use are renewed before they expire, and those of the rest are let go.
///
/// One HEAD to the registry itself (no mirror, and no endpoint that shows headers or a certificate of its own), without
/// a credential. Only when that is refused, and the machine's own credential was granted to an engine in `verified`
/// mode (CacheAccess::grant), one with that credential.
///
/// Politely: never more than requestsPerMinute for each registry; after 429, 5xx or no answer that registry is left
/// alone for a minute, then for twice as long each time, up to an hour. What was refused is not asked again within a
/// day: after 401 and 403 nothing of that repository, after 404 not that blob; nor what got an odd answer within an
/// hour. That is kept in memory. A refusal voids
/// the proofs of that identity for the repository, as any does.
///
/// Runs one thread of its own. Thread-safe. Destruction stops it within a moment. `cache` outlives it.
class Prover
{
public:
    /// `context` has the records of the cache.
    Prover(Cache& cache, std::shared_ptr<RegistryContext> context, ProverOptions options);
    ~Prover();
    Prover(const Prover&) = delete;
    Prover& operator=(const Prover&) = delete;

    /// After a pull: the blobs that the repository ("docker.io/library/nginx") has. When too many wait, the oldest are
    /// dropped: the periodic rounds find them. Never waits. Error{InvalidArgument} for another name of a repository.
    void enqueue(const std::string& repository, std::span<const Digest> digests);

    ProverCounts counts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerhold::registry
