// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/image_graph.h"
#include "cache/tag_store.h"
#include "layerhold/images.h"

#include <memory>
#include <mutex>

namespace layerhold {

/// Images of one cache.
class ImageStore final : public Images
{
public:
    ImageStore(CacheContext& context, BlobGuard& guard, TagStore& tags);

    ImagePage list(const ImageFilter& filter, const std::optional<Digest>& after, std::size_t limit) override;
    std::optional<ImageDetails> inspect(const Digest& digest) override;
    std::optional<Digest> resolve(std::string_view name) override;
    void putManifest(std::string_view reference, const Digest& digest, std::span<const std::byte> document,
                     const std::string& by) override;
    std::optional<ManifestDocument> manifest(const Digest& digest) override;
    bool hasManifest(const Digest& digest) override;

private:
    std::shared_ptr<const ImageGraph> graph();
    std::vector<Edge> children(const Digest& digest);
    ImageManifest describe(const ImageGraph& graph, const Digest& digest, const std::string& platform);
    ImageReferrer describeReferrer(const Digest& digest);
    /// The whole of a small blob; nullopt when it cannot be had.
    std::optional<std::string> readDocument(const Digest& digest);

    CacheContext& m_context;
    BlobGuard& m_guard;
    TagStore& m_tags;

    std::mutex m_making; ///< one makes the graph, the others wait; held during I/O
    std::mutex m_mutex;  ///< guards what follows; never held during I/O
    std::shared_ptr<const ImageGraph> m_graph;
    std::uint64_t m_graphVersion = 0; ///< of the index it was made from
};

} // namespace layerhold
