// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/push_plan.h"

#include "cache/manifest.h"
#include "cache/progress_meter.h"
#include "layerhold/error.h"
#include "registry/manifest_check.h"
#include "registry/platforms.h"
#include "registry/stored_manifest.h"

#include <utility>

namespace layerhold::registry {

namespace {

[[noreturn]] void refuseAbsent(const Digest& digest)
{
    throw Error(ErrorCode::NotFound, digest.toString() + " of the image is not stored here; pull the image again, or "
                                                         "name the platforms that are here");
}

struct TypedManifest
{
    layerhold::Manifest manifest;
    std::string mediaType;
};

TypedManifest read(Cache& cache, const Digest& digest, const std::string& mediaType)
{
    const std::string document = readManifest(cache, digest);
    // What is against the specification and was taken elsewhere is the registry's to refuse.
    const auto recognised = recogniseManifest(digest, document);
    auto manifest = recognised ? *recognised : requireManifest(digest, document);
    const auto blob = cache.blob(digest);
    auto type = pushedMediaType(document, manifest.kind, {mediaType, blob ? blob->mediaType : std::string()});
    return {std::move(manifest), std::move(type)};
}

} // namespace

PushPlan::PushPlan(Cache& cache, Operation& operation, const Digest& image, const std::vector<std::string>& platforms,
                   const std::stop_token& stop)
    : m_cache(cache)
    , m_operation(operation)
    , m_platforms(platforms)
    , m_stop(stop)
{
    if (!addManifest(image, {}))
        refuseAbsent(image);
}

bool PushPlan::addManifest(const Digest& digest, const std::string& mediaType)
{
    throwIfStopped(m_stop);
    if (m_seenManifests.contains(digest))
        return true;
    if (!m_operation.keep(digest, m_stop))
        return false;
    m_seenManifests.insert(digest);
    if (m_seenManifests.size() > mostManifests)
        throw Error(ErrorCode::FailedPrecondition, "it has more than " + std::to_string(mostManifests) + " manifests");
    const auto [manifest, type] = read(m_cache, digest, mediaType);
    std::vector<Edge> manifests;
    for (const Edge& edge : manifest.edges) {
        if (edge.role == "manifest")
            manifests.push_back(edge);
        else if (edge.role == "config" || edge.role == "layer")
            addBlob(edge);
    }
    const bool isPartial = addManifestsOf(digest, manifests);
    m_manifests.push_back({{digest, m_cache.open(digest).size(), type}, isPartial});
    return true;
}

bool PushPlan::addManifestsOf(const Digest& index, const std::vector<Edge>& manifests)
{
    if (manifests.empty())
        return false;
    std::size_t added = 0;
    const std::vector<Edge> chosen = chosenManifests(manifests, m_platforms);
    for (const Edge& edge : chosen) {
        if (addManifest(edge.child, edge.mediaType))
            ++added;
        else if (!m_platforms.empty())
            refuseAbsent(edge.child);
    }
    if (added == 0)
        throw Error(ErrorCode::NotFound, "none of the manifests of the index " + index.toString() +
                                             " is stored here, such as " + manifests.front().child.toString() +
                                             "; pull the image again");
    return added < manifests.size();
}

void PushPlan::addBlob(const Edge& edge)
{
    throwIfStopped(m_stop);
    if (!m_seenBlobs.insert(edge.child).second)
        return;
    if (!m_operation.keep(edge.child, m_stop))
        refuseAbsent(edge.child);
    m_blobs.push_back({edge.child, m_cache.open(edge.child).size(), edge.mediaType});
}

} // namespace layerhold::registry
