// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/storage_contents.h"

#include <algorithm>
#include <numeric>

namespace layerhold::gui {

namespace {

Refetchable refetchOf(const std::string& refetch)
{
    if (refetch == "yes")
        return Refetchable::Yes;
    return refetch == "only_copy" ? Refetchable::OnlyCopy : Refetchable::Unknown;
}

bool isHeldByEngine(const ImageRecord& image)
{
    return std::ranges::any_of(image.names, [](const ImageNameRecord& name) { return name.source != "tag"; });
}

/// "docker.io/library/app:1" → docker.io, library/app.
std::vector<std::string> repositoryPath(const std::string& name)
{
    std::string repository = name.substr(0, name.find('@'));
    const std::size_t slash = repository.find('/');
    if (slash == std::string::npos)
        return {};
    const std::size_t colon = repository.rfind(':');
    if (colon != std::string::npos && colon > repository.rfind('/'))
        repository.resize(colon);
    const std::string registry = repository.substr(0, slash);
    // Without a dot or a port the first part is no registry but a part of a name that an engine made up.
    if (registry.find_first_of(".:") == std::string::npos && registry != "localhost")
        return {};
    return {registry, repository.substr(slash + 1)};
}

} // namespace

StoredKind storedKind(std::string_view name)
{
    if (name == "layer")
        return StoredKind::Layer;
    if (name == "config")
        return StoredKind::Config;
    if (name == "manifest")
        return StoredKind::Manifest;
    return name == "index" ? StoredKind::Index : StoredKind::Other;
}

std::vector<std::string> storagePath(const ImageRecord& image)
{
    for (const ImageNameRecord& name : image.names) {
        if (name.source == "lease")
            continue;
        if (std::vector<std::string> path = repositoryPath(name.name); !path.empty()) {
            path.push_back(image.digest);
            return path;
        }
    }
    return {{}, image.digest};
}

/// Over what manifests contain.
class StorageCollector::Walk
{
public:
    Walk(std::size_t blobs, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges)
        : m_starts(blobs + 1, 0)
        , m_children(edges.size())
        , m_seen(blobs, 0)
    {
        for (const auto& [parent, child] : edges)
            ++m_starts[parent + 1];
        std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
        std::vector<std::uint32_t> next(m_starts.begin(), m_starts.end() - 1);
        for (const auto& [parent, child] : edges)
            m_children[next[parent]++] = child;
    }

    /// Forgets what was visited.
    void restart() { ++m_round; }

    /// Each blob that is reached and was not visited since the restart, once.
    template <class Each>
    void from(std::uint32_t start, Each each)
    {
        if (!visit(start))
            return;
        while (!m_open.empty()) {
            const std::uint32_t blob = m_open.back();
            m_open.pop_back();
            each(blob);
            for (std::uint32_t child = m_starts[blob]; child < m_starts[blob + 1]; ++child)
                visit(m_children[child]);
        }
    }

private:
    bool visit(std::uint32_t blob)
    {
        if (m_seen[blob] == m_round)
            return false;
        m_seen[blob] = m_round;
        m_open.push_back(blob);
        return true;
    }

    std::vector<std::uint32_t> m_starts;
    std::vector<std::uint32_t> m_children;
    std::vector<std::uint32_t> m_seen;
    std::vector<std::uint32_t> m_open;
    std::uint32_t m_round = 1;
};

std::uint32_t StorageCollector::find(const std::string& digest) const
{
    const auto found = std::ranges::lower_bound(m_digests, digest);
    return found != m_digests.end() && *found == digest ? static_cast<std::uint32_t>(found - m_digests.begin()) : none;
}

void StorageCollector::addBlobs(const std::vector<BlobRecord>& blobs)
{
    for (const BlobRecord& blob : blobs) {
        // What goes while the list is made may come twice; what is not in its place could not be found.
        if (!m_digests.empty() && blob.digest <= m_digests.back())
            continue;
        m_digests.push_back(blob.digest);
        m_known.push_back({blob.size,
                           {storedKind(blob.kind), blob.isReleased ? KeepReason::None : KeepReason::Other,
                            refetchOf(blob.refetch), blob.accessedAt},
                           blob.state == "present"});
    }
}

void StorageCollector::addEdges(const std::vector<EdgeRecord>& edges)
{
    const std::string* former = nullptr;
    std::uint32_t parent = none;
    for (const EdgeRecord& edge : edges) {
        if (!former || *former != edge.parent)
            parent = find(edge.parent);
        former = &edge.parent;
        // A signature does not contain what it signs.
        if (parent == none || edge.role == "subject")
            continue;
        if (const std::uint32_t child = find(edge.child); child != none)
            m_edges.emplace_back(parent, child);
    }
}

void StorageCollector::addImages(std::vector<ImageRecord> images)
{
    m_images.insert(m_images.end(), std::make_move_iterator(images.begin()), std::make_move_iterator(images.end()));
}

void StorageCollector::addTags(const std::vector<TagRecord>& tags)
{
    for (const TagRecord& tag : tags)
        if (const std::uint32_t blob = tag.claims ? find(tag.digest) : none; blob != none)
            m_tagged.push_back(blob);
}

void StorageCollector::addPins(const std::vector<PinRecord>& pins)
{
    for (const PinRecord& pin : pins)
        if (const std::uint32_t blob = find(pin.digest); blob != none)
            m_pinned.push_back(blob);
}

std::vector<std::uint32_t> StorageCollector::storedNumbers() const
{
    std::vector<std::uint32_t> numbers(m_known.size(), none);
    std::uint32_t next = 0;
    for (std::size_t blob = 0; blob < m_known.size(); ++blob)
        if (m_known[blob].isStored)
            numbers[blob] = next++;
    return numbers;
}

void StorageCollector::findSharers(StorageContents& contents, Walk& walk,
                                   const std::vector<std::uint32_t>& stored) const
{
    std::vector<std::uint32_t>& starts = contents.sharerStarts;
    starts.assign(contents.graph.blobs.size() + 1, 0);
    for (const ImageRecord& image : m_images) {
        StorageGraph::Entity& entity = contents.graph.entities.emplace_back();
        entity.path = storagePath(image);
        const std::uint32_t root = find(image.digest);
        if (root == none)
            continue;
        walk.restart();
        walk.from(root, [&](std::uint32_t blob) {
            if (stored[blob] != none)
                entity.blobs.push_back(stored[blob]);
        });
        for (const std::uint32_t blob : entity.blobs)
            ++starts[blob + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    contents.sharers.resize(starts.back());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t entity = 0; entity < contents.graph.entities.size(); ++entity)
        for (const std::uint32_t blob : contents.graph.entities[entity].blobs)
            contents.sharers[next[blob]++] = entity;
}

void StorageCollector::findReasons(Walk& walk)
{
    walk.restart();
    const auto mark = [&](std::uint32_t start, KeepReason reason) {
        walk.from(start, [&](std::uint32_t blob) {
            // What the service calls released is: a list that is a moment older does not keep it.
            if (m_known[blob].facts.kept != KeepReason::None)
                m_known[blob].facts.kept = reason;
        });
    };
    for (const std::uint32_t blob : m_pinned)
        mark(blob, KeepReason::Pin);
    for (const std::uint32_t blob : m_tagged)
        mark(blob, KeepReason::Tag);
    for (const ImageRecord& image : m_images)
        if (const std::uint32_t root = isHeldByEngine(image) ? find(image.digest) : none; root != none)
            mark(root, KeepReason::Engine);
}

StorageContents StorageCollector::finish() &&
{
    StorageContents contents;
    const std::vector<std::uint32_t> stored = storedNumbers();
    Walk walk(m_known.size(), m_edges);
    findReasons(walk);
    for (std::size_t blob = 0; blob < m_known.size(); ++blob) {
        if (stored[blob] == none)
            continue;
        contents.graph.blobs.push_back({m_digests[blob], m_known[blob].bytes});
        contents.blobs.push_back(m_known[blob].facts);
    }
    findSharers(contents, walk, stored);
    contents.images = std::move(m_images);
    return contents;
}

} // namespace layerhold::gui
