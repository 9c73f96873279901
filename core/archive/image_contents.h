// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/manifest.h"
#include "layerhold/cache.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerhold {

/// A manifest with what it is made of.
struct ImageVariant
{
    Digest manifest;
    std::string platform; ///< as the index says; empty when nothing says it
    std::string artifactType;
    std::optional<Edge> config;
    std::vector<Edge> layers;
};

/// The bytes of a manifest or index that is stored. InvalidArgument when the blob is too large to be one.
std::string readDocument(Cache& cache, const Digest& digest);

/// All that images are made of, found by reading their manifests from the cache.
class ImageContents
{
public:
    enum class Partial
    {
        LeaveOut, ///< of what an index names, manifests that are not whole
        Refuse    ///< only those that are not there
    };
    /// Says whether a blob is there.
    using Has = std::function<bool(const Edge&)>;

    ImageContents(Cache& cache, Has has, Partial partial)
        : m_cache(cache)
        , m_has(std::move(has))
        , m_partial(partial)
    {}

    /// Adds what the image of this descriptor is made of. Error{NotFound} names the blobs that are not there, or the
    /// platform; InvalidArgument for documents that are no manifests, and more of them than images have.
    void add(const Edge& image, const std::vector<std::string>& platforms);

    /// Each once, and after those that it names: the last one is that of the last image.
    const std::vector<Digest>& documents() const { return m_documents; }

    const std::vector<ImageVariant>& variants() const { return m_variants; }

    /// Configs and layers, each once; without layers that may not be distributed and are not there.
    const std::vector<Edge>& blobs() const { return m_blobs; }

private:
    void addIndex(const Edge& index, const Manifest& manifest, const std::vector<std::string>& platforms,
                  std::size_t depth);
    /// `foreignLayers` need not be there: every user has to fetch them from their maker.
    void addManifest(const Edge& image, const Manifest& manifest, const std::set<Digest>& foreignLayers);
    void addDocument(const Edge& image, const std::vector<std::string>& platforms, std::size_t depth);
    bool has(const Edge& edge);

    Cache& m_cache;
    const Has m_has;
    const Partial m_partial;
    std::set<Digest> m_seen; ///< documents and blobs that were added
    std::size_t m_read = 0;  ///< documents
    std::size_t m_readBytes = 0;
    std::vector<Digest> m_documents;
    std::vector<ImageVariant> m_variants;
    std::vector<Edge> m_blobs;
};

} // namespace layerhold
