// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/image_reference.h"
#include "layerhold/progress.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/source.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

struct PushRequest
{
    PushRequest(const Digest& what, ImageReference where, Source registry)
        : image(what)
        , destination(std::move(where))
        , source(std::move(registry))
    {}

    Digest image; ///< a manifest or an index
    /// A tag to be set, or a digest, which has to be that of `image`.
    ImageReference destination;
    Source source; ///< of the destination: its endpoint pushes
    /// Repositories of the destination's registry ("library/nginx") that a blob may be mounted from. Empty: any.
    std::vector<std::string> mountFrom;
    /// As PullRequest::platforms. Empty: all manifests of an index that are stored here, of which there is at least
    /// one. An index that is pushed in part keeps its digest, and names manifests that are not there: some registries
    /// refuse that.
    std::vector<std::string> platforms;
    std::string by; ///< for the history of the tag: the user
};

struct PushReport
{
    Digest digest;
    std::uint64_t blobs = 0; ///< different ones, manifests included
    std::uint64_t bytes = 0; ///< of these
    std::uint64_t mountedBlobs = 0;
    std::uint64_t presentBlobs = 0;  ///< the registry had them in the repository; manifests included
    std::uint64_t uploadedBytes = 0; ///< of what the registry took, each once; manifests included
};

/// The manifest of an index for a platform ("linux/arm64", as PullRequest::platforms); of a manifest itself. NotFound
/// when there is none for it, InvalidArgument for what is neither.
Digest manifestFor(Cache& cache, const Digest& image, const std::string& platform);

/// Brings images from the cache into a registry: blobs first, three at a time, then the manifests from the leaves to
/// the root, byte for byte as they are stored, so that nothing names what is not there; the tag comes last. What the
/// repository has already is not sent. What a `subject` names is not part of an image, and is not pushed.
///
/// A blob is mounted from another repository that is known to have it, when a proof covers it for the credential;
/// where the registry does not do that, it is uploaded: in one request, and, when that breaks off in the middle, once
/// more in chunks.
///
/// The tag of the destination is recorded in the cache with the cause Push afterwards, and keeps the image. What was
/// pushed is a membership of the repository. What the registry confirmed to have, by HEAD or by taking its bytes, is a
/// proof for the credential, unless that may only write; a mount is none, it needs one. No cleanup takes a part of the
/// image during the push.
///
/// Errors: those of RegistryClient. Before anything is sent: NotFound when a blob of the image is not stored here,
/// which names it, or when no manifest is for a platform; InvalidArgument for a destination of another digest, an
/// endpoint that is not for pushes, and what is no manifest. Blobs that were pushed by then stay there when a push
/// fails, without a name. Thread-safe: pushes run side by side. `cache` outlives it.
class Pusher
{
public:
    Pusher(Cache& cache, std::shared_ptr<RegistryContext> context);
    ~Pusher();
    Pusher(const Pusher&) = delete;
    Pusher& operator=(const Pusher&) = delete;

    /// `onProgress` is called on threads of the push, one at a time.
    PushReport push(const PushRequest& request, const OnProgress& onProgress, std::stop_token stop);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerhold::registry
