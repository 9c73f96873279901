// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/image_reference.h"
#include "layerhold/progress.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/source.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

struct PullRequest
{
    explicit PullRequest(ImageReference image)
        : reference(std::move(image))
    {}

    ImageReference reference;
    /// In the order to be tried: mirrors, and the registry last. What one cannot give or does not have is asked of the
    /// next.
    std::vector<Source> sources;
    /// "os/architecture" or "os/architecture/variant", of an index; "arm64" is "arm64/v8". Empty: all there are.
    std::vector<std::string> platforms;
    std::string by; ///< for the history of the tag: the user
};

struct PullReport
{
    Digest digest;           ///< of what the reference names
    std::uint64_t blobs = 0; ///< manifests included
    std::uint64_t bytes = 0;
    std::uint64_t downloadedBlobs = 0; ///< the others were here already
    std::uint64_t downloadedBytes = 0; ///< over the wire, also what came twice
    std::uint64_t foreignLayers = 0;   ///< left out: the registry does not have them
    /// The registry could not be asked what the tag points at: it is what was known last.
    bool isStale = false;
    std::vector<Digest> digests = {};        ///< of all blobs, for Prover::enqueue
    std::optional<RateLimit> rateLimit = {}; ///< of the registry itself, as it said last in this pull
};

/// "linux/amd64": what images for this machine are made for.
std::string ownPlatform();

/// Brings images into the cache. Each blob is verified before anybody can read it, and downloaded once, however many
/// pulls want it at the same time; a download that is cut goes on where it was. A blob that is here already is not
/// downloaded when the one who pulls may have it: a proof covers it, or the registry says so when asked.
///
/// What is a proof: a success of the request for the thing itself, with the caller's credential, at the true upstream.
/// That is the registry, told by the address that is talked to. Of the other sources this follows:
///  - A mirror is a registry of its own. What it lets through or refuses counts for an identity of the credential *at
///    that mirror*, never for the registry's, nor for the anonymous one: what a mirror gives to anybody is not public.
///    The registry's own proofs are made when it is asked itself: by a later pull that needs one, or by the Prover.
///  - A mirror's word alone is nothing, for whoever runs one could have it say "yes" to every digest. It is believed
///    about blobs that it has sent once, in full: bytes that others got before are not made use of then. So a pull
///    through a mirror asks nothing of the registry that the mirror can give, and works while the registry is away.
///  - An endpoint that shows something of its own (headers, a client's certificate) makes no proof: what it lets
///    through is not for the credential alone. Its refusals count.
///
/// Sources without Capability::Resolve are not asked for tags, those without Pull not for content.
///
/// While the registry cannot be asked (no connection, out of time, 5xx, 429; never after 401, 403 or 404), what is
/// stored here is kept when a proof in the offline grace covers it (AccessOptions::offlineGrace). A tag then is what a
/// registry said of it last (a tag of the cause Pull or Resolve), up to longestStale ago; it is left as it is, so that
/// it grows no younger.
///
/// `urls` in manifests are not followed. Foreign layers (those with urls, or of a type that is not to be distributed)
/// are left out when the registry answers 404.
///
/// The tag points at the image afterwards, with the cause Pull, and keeps it. Nothing points anywhere when a pull
/// fails; what it brought until then is released.
///
/// Errors: those of RegistryClient and Operation; NotFound when no manifest is for a platform, with those there are;
/// Corrupted when a manifest states another size than what it names has; FailedPrecondition for images beyond all
/// measure, and when no source may be asked. Thread-safe: pulls run side by side. `cache` outlives it.
class Puller
{
public:
    /// How old the last word about a tag may be when the registry is away.
    static constexpr std::chrono::hours longestStale = std::chrono::hours(24 * 7);

    Puller(Cache& cache, std::shared_ptr<RegistryContext> context);
    ~Puller();
    Puller(const Puller&) = delete;
    Puller& operator=(const Puller&) = delete;

    /// `onProgress` is called on threads of the pull, one at a time.
    PullReport pull(const PullRequest& request, const OnProgress& onProgress, std::stop_token stop);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerhold::registry
