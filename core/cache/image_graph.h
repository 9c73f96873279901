// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/images.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace layerhold {

/// All images at one moment, with their byte figures: read from the index in one pass over its manifests, edges and
/// names, then computed in memory. Immutable once made, so thread-safe. Costs a few hundred bytes for each blob that a
/// manifest names.
class ImageGraph
{
public:
    /// All queries have to see one state of the index.
    explicit ImageGraph(Connection& index);

    const ImageTotals& totals() const { return m_totals; }

    /// Ascending by digest.
    const std::vector<Image>& images() const { return m_images; }

    /// The image in the list; of a manifest that is no root, the same without unique and share bytes. nullopt for
    /// anything else.
    std::optional<Image> describe(const Digest& digest) const;
    /// Images that have the blob.
    std::uint64_t sharersOf(const Digest& digest) const;
    bool isPresent(const Digest& digest) const;

private:
    using Node = std::uint32_t;

    struct Blob
    {
        Digest digest;
        std::uint64_t size = 0; ///< 0 when it is not stored
        bool isPresent = false;
        bool isLayer = false; ///< some manifest says so
        bool isChild = false; ///< some index refers to it
        std::uint32_t sharers = 0;
        std::int32_t manifest = -1; ///< its place in m_manifests
    };

    struct Manifest
    {
        Node node = 0;
        BlobKind kind = BlobKind::Manifest;
        BlobState state = BlobState::Present;
        std::string mediaType;
        std::string platform; ///< as an index told it
        TimePoint createdAt;
        TimePoint accessedAt;
        std::vector<Node> children = {};
        std::optional<Node> config = std::nullopt;
        std::optional<Digest> subject = std::nullopt;
        std::uint64_t referrers = 0;
        std::vector<ImageName> names = {};
    };

    /// Which blobs a walk has met. One for many walks: it need not be cleared between them.
    class Walk;

    Node nodeOf(const Digest& digest);
    Manifest* manifestOf(const Digest& digest);
    void readManifests(Connection& index);
    void readEdges(Connection& index);
    void readSizes(Connection& index);
    void readNames(Connection& index);
    void addName(const Digest& digest, ImageName name);
    /// The roots' manifests, ascending by digest.
    std::vector<const Manifest*> roots() const;
    void compute(Connection& index);
    /// Without the byte figures.
    Image toImage(const Manifest& manifest) const;
    static bool isPlatform(const std::string& text);

    std::vector<Blob> m_blobs;
    std::vector<Manifest> m_manifests;
    std::unordered_map<Digest, Node> m_nodes;
    std::vector<Image> m_images;
    ImageTotals m_totals;
};

} // namespace layerhold
