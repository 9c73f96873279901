// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/pusher.h"

#include "cache/manifest.h"
#include "registry/platforms.h"
#include "registry/push_run.h"
#include "registry/stored_manifest.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace layerhold::registry {

Digest manifestFor(Cache& cache, const Digest& image, const std::string& platform)
{
    const Manifest manifest = requireManifest(image, readManifest(cache, image));
    if (manifest.kind != BlobKind::Index)
        return image;
    std::vector<Edge> manifests;
    std::copy_if(manifest.edges.begin(), manifest.edges.end(), std::back_inserter(manifests),
                 [](const Edge& edge) { return edge.role == "manifest"; });
    const std::vector<Edge> chosen = chosenManifests(manifests, {platform});
    if (chosen.empty())
        throw Error(ErrorCode::NotFound, "the index names no manifest");
    return chosen.front().child;
}

struct Pusher::Impl
{
    Cache& cache;
    std::shared_ptr<RegistryContext> context;
};

Pusher::Pusher(Cache& cache, std::shared_ptr<RegistryContext> context)
    : m_impl(new Impl{cache, std::move(context)})
{}

Pusher::~Pusher() = default;

PushReport Pusher::push(const PushRequest& request, const OnProgress& onProgress, std::stop_token stop)
{
    try {
        return PushRun(m_impl->cache, m_impl->context, request, onProgress).run(stop);
    } catch (Error& error) {
        error.addContext("cannot push " + request.image.toString() + " to " + request.destination.toString());
        throw;
    }
}

} // namespace layerhold::registry
