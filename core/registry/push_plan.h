// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/cache.h"
#include "layerhold/operation.h"
#include "layerhold/types.h"

#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

/// What there is to push of an image, all of it stored here, and claimed by the operation.
class PushPlan
{
public:
    struct Manifest
    {
        Descriptor descriptor;
        bool isPartial = false; ///< an index that names manifests which are not pushed with it
    };

    /// Errors: as Pusher.
    PushPlan(Cache& cache, Operation& operation, const Digest& image, const std::vector<std::string>& platforms,
             const std::stop_token& stop);

    /// Each once, in the order in which they are named.
    const std::vector<Descriptor>& blobs() const { return m_blobs; }

    /// Each once, behind those that it names; the last one is the image.
    const std::vector<Manifest>& manifests() const { return m_manifests; }

private:
    /// False when it is not stored. `mediaType` is what an index says of it.
    bool addManifest(const Digest& digest, const std::string& mediaType);
    /// True when there are others.
    bool addManifestsOf(const Digest& index, const std::vector<Edge>& manifests);
    void addBlob(const Edge& edge);

    Cache& m_cache;
    Operation& m_operation;
    const std::vector<std::string>& m_platforms;
    const std::stop_token& m_stop;
    std::set<Digest> m_seenManifests;
    std::set<Digest> m_seenBlobs;
    std::vector<Descriptor> m_blobs;
    std::vector<Manifest> m_manifests;
};

} // namespace layerhold::registry
