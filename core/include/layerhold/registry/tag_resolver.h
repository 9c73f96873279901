// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/clock.h"
#include "layerhold/error.h"
#include "layerhold/image_reference.h"
#include "layerhold/log.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/source.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::registry {

struct ResolveRequest
{
    explicit ResolveRequest(ImageReference image)
        : reference(std::move(image))
    {}

    ImageReference reference;
    std::vector<Source> sources; ///< those without Capability::Resolve are not asked
    std::string by;              ///< for the history of the tag: the user
};

/// Where an answer comes from.
enum class ResolvedBy
{
    Reference, ///< it has a digest: nothing was to be asked
    Cache,     ///< the tag is fresh: the registry was not asked
    Registry,
    Stale, ///< the registry could not be asked; this is what it said last
};

struct Resolution
{
    Digest digest;
    ResolvedBy by = ResolvedBy::Registry;
    std::optional<Digest> movedFrom = {}; ///< what the tag pointed at before, when it has moved just now
    TimePoint checkedAt = {};             ///< when the tag was validated last; {} when nothing was to be asked
};

/// Of one request of many: exactly one of both.
struct ResolveOutcome
{
    std::optional<Resolution> resolution;
    std::optional<Error> error;
};

struct TagResolverOptions
{
    std::size_t mostAtOnce = 8; ///< requests of one resolveAll() that ask registries at one time; at least 1
    /// How old the last word of a registry may be that cannot be asked; 0: it is not used.
    std::chrono::seconds longestStale = std::chrono::hours(24 * 7);
    const Clock* clock = nullptr; ///< the cache's; nullptr: Clock::system(). Outlives the resolver.
    const LogSink* log = nullptr; ///< nullptr: silent. Outlives the resolver.
};

/// What names of images point at. Answers are kept as tags of the cache with the cause Resolve, so that each move is in
/// the tag's history.
///
/// A tag that is fresh (TagOptions::ttl) and whose manifest is stored is answered without a request, to whom a proof
/// covers: one of its digest *from its own repository*, by one of the credentials of the request or the anonymous one.
/// That the same bytes are public elsewhere tells nobody what a private tag points at, or that there is one.
///
/// Otherwise the sources are asked in their order: one HEAD with the requester's own credential, whose success is a
/// proof where the registry is believed (RegistryClient::isBelievedOn). resolve() for the same tag with the same
/// sources at the same time shares it. A refusal (401, 403, 404) voids the proofs of that credential for the repository
/// at once, but for a 404 of a mirror that is not the last source: there it only means that the mirror does not have
/// it. The last refusal is the answer when no later source has one.
///
/// When none refused, and the last could not be asked (no connection, out of time, 5xx, 429), the tag as it was
/// validated last counts for longestStale to whom such a proof covers, in the offline grace too.
///
/// Errors: those of RegistryClient::headManifest; InvalidArgument without a source that resolves. Failures of the cache
/// and of the records only warn: a registry is asked then. Each resolution of a tag, wherever it comes from, counts in
/// the metric tag_resolutions. May block. Thread-safe. No credential is kept beyond a call. `cache` outlives it.
class TagResolver
{
public:
    /// InvalidArgument for options that are not usable.
    TagResolver(Cache& cache, std::shared_ptr<RegistryContext> context, TagResolverOptions options);
    ~TagResolver();
    TagResolver(const TagResolver&) = delete;
    TagResolver& operator=(const TagResolver&) = delete;

    Resolution resolve(const ResolveRequest& request, std::stop_token stop);
    /// One outcome for each request, in their order; equal references with equal sources are asked for once. Throws
    /// only Cancelled.
    std::vector<ResolveOutcome> resolveAll(std::span<const ResolveRequest> requests, std::stop_token stop);
    /// As resolve(), but asks the registry whatever is kept, and throws when it cannot be asked: for people who want to
    /// know it now, and to probe a registry with a name that it is known to have.
    Resolution refresh(const ResolveRequest& request, std::stop_token stop);

    /// Whether the name exists: false when the registry says that it does not (404). What is kept counts as long as it
    /// is fresh, and never as stale. A digest is asked for too.
    bool validate(const ResolveRequest& request, std::stop_token stop);
    /// refresh(): true when the tag does not point at `expected`; what is kept is then what the registry said. When it
    /// cannot be asked, that is thrown and nothing changes. A digest never moves.
    bool hasMoved(const ResolveRequest& request, const Digest& expected, std::stop_token stop);
    /// Lets the next resolve() ask the registry: what is kept is no answer until then, not even as stale
    /// (Tags::invalidate). Again is no error. False when there was nothing kept for it. The tag and its history stay.
    bool invalidate(const ImageReference& reference);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerhold::registry
