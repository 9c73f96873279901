// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"
#include "models/storage_map.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerhold::gui {

/// By what a blob is kept, the strongest first.
enum class KeepReason : std::uint8_t
{
    Pin,
    Tag,
    Engine,
    Other, ///< something that none of the lists tells: an entry, a lease, work that goes on
    None   ///< released: a cleanup may remove it
};

enum class StoredKind : std::uint8_t
{
    Layer,
    Config,
    Manifest,
    Index,
    Other
};

/// By the name of a kind in records.h; Other for names nobody knows.
StoredKind storedKind(std::string_view name);

/// Whether the bytes could be had again.
enum class Refetchable : std::uint8_t
{
    Yes,
    Unknown,
    OnlyCopy
};

/// What the map of the store is made from. Does not change any more.
struct StorageContents
{
    struct Blob
    {
        StoredKind kind = StoredKind::Other;
        KeepReason kept = KeepReason::Other;
        Refetchable refetch = Refetchable::Unknown;
        Moment usedAt;
    };

    StorageGraph graph;              ///< the blobs that are stored, by ascending digest; images as entities
    std::vector<Blob> blobs;         ///< beside those of the graph
    std::vector<ImageRecord> images; ///< beside the entities of the graph

    /// The entities that reach a blob, ascending.
    std::span<const std::uint32_t> sharersOf(std::uint32_t blob) const
    {
        return std::span(sharers).subspan(sharerStarts[blob], sharerStarts[blob + 1] - sharerStarts[blob]);
    }

    std::vector<std::uint32_t> sharerStarts; ///< one more than there are blobs
    std::vector<std::uint32_t> sharers;
};

/// Where an image is in the tree: registry, repository, digest, by the first of its names that is one of a registry's;
/// an empty name and the digest when it has none.
std::vector<std::string> storagePath(const ImageRecord& image);

/// Takes the lists of the service as they come, the blobs first, and keeps no more of them than the map needs. What
/// refers to a blob that is not in the list is left out. finish() takes its time: it is for a worker.
class StorageCollector
{
public:
    void addBlobs(const std::vector<BlobRecord>& blobs); ///< ascending by digest
    void addEdges(const std::vector<EdgeRecord>& edges);
    void addImages(std::vector<ImageRecord> images);
    void addTags(const std::vector<TagRecord>& tags);
    void addPins(const std::vector<PinRecord>& pins);

    std::size_t blobCount() const { return m_digests.size(); }

    StorageContents finish() &&;

private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Known
    {
        std::uint64_t bytes = 0;
        StorageContents::Blob facts;
        bool isStored = false;
    };

    class Walk;

    std::uint32_t find(const std::string& digest) const;
    std::vector<std::uint32_t> storedNumbers() const;
    void findSharers(StorageContents& contents, Walk& walk, const std::vector<std::uint32_t>& stored) const;
    void findReasons(Walk& walk);

    // All blobs that are known, stored or not: what is missing still refers to others.
    std::vector<std::string> m_digests;
    std::vector<Known> m_known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_edges; ///< parent and child
    std::vector<ImageRecord> m_images;
    std::vector<std::uint32_t> m_tagged;
    std::vector<std::uint32_t> m_pinned;
};

} // namespace layerhold::gui
