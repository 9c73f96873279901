// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/image_graph.h"

#include "index/blobs.h"
#include "index/engine_links.h"

#include <algorithm>
#include <set>

namespace layerhold {

namespace {

constexpr std::string_view manifestsSql = "SELECT digest, size, kind, state, media_type, created_at, accessed_at "
                                          "FROM blobs INDEXED BY blobs_manifests "
                                          "WHERE kind IN (1, 2) AND state NOT IN (4, 5)"; // deleting, trashed

} // namespace

class ImageGraph::Walk
{
public:
    explicit Walk(const ImageGraph& graph)
        : m_graph(graph)
        , m_seen(graph.m_blobs.size())
    {}

    /// Calls `each` once for every blob of the image, the root first.
    template <typename Function>
    void from(Node root, Function each)
    {
        ++m_number;
        m_open.assign(1, root);
        m_seen[root] = m_number;
        while (!m_open.empty()) {
            const Node node = m_open.back();
            m_open.pop_back();
            each(node);
            const std::int32_t manifest = m_graph.m_blobs[node].manifest;
            if (manifest < 0)
                continue;
            for (const Node child : m_graph.m_manifests[static_cast<std::size_t>(manifest)].children) {
                if (m_seen[child] == m_number)
                    continue;
                m_seen[child] = m_number;
                m_open.push_back(child);
            }
        }
    }

private:
    const ImageGraph& m_graph;
    std::vector<std::uint32_t> m_seen;
    std::vector<Node> m_open;
    std::uint32_t m_number = 0;
};

ImageGraph::ImageGraph(Connection& index)
{
    readManifests(index);
    readEdges(index);
    readSizes(index);
    readNames(index);
    compute(index);
}

ImageGraph::Node ImageGraph::nodeOf(const Digest& digest)
{
    const auto [found, isNew] = m_nodes.try_emplace(digest, static_cast<Node>(m_blobs.size()));
    if (isNew)
        m_blobs.push_back({digest});
    return found->second;
}

ImageGraph::Manifest* ImageGraph::manifestOf(const Digest& digest)
{
    const auto found = m_nodes.find(digest);
    if (found == m_nodes.end() || m_blobs[found->second].manifest < 0)
        return nullptr;
    return &m_manifests[static_cast<std::size_t>(m_blobs[found->second].manifest)];
}

void ImageGraph::readManifests(Connection& index)
{
    auto use = index.statement(manifestsSql).use();
    while (use.step()) {
        Manifest manifest;
        manifest.node = nodeOf(digestColumn(use, 0));
        manifest.kind = static_cast<BlobKind>(use.integer(2));
        manifest.state = static_cast<BlobState>(use.integer(3));
        manifest.mediaType = use.text(4);
        manifest.createdAt = fromNanoseconds(use.integer(5));
        manifest.accessedAt = fromNanoseconds(use.integer(6));
        Blob& blob = m_blobs[manifest.node];
        blob.manifest = static_cast<std::int32_t>(m_manifests.size());
        blob.isPresent = manifest.state == BlobState::Present;
        blob.size = blob.isPresent ? static_cast<std::uint64_t>(use.integer(1)) : 0;
        m_manifests.push_back(std::move(manifest));
    }
}

void ImageGraph::readEdges(Connection& index)
{
    auto use = index.statement("SELECT parent, child, role, platform FROM edges ORDER BY parent, position").use();
    while (use.step()) {
        Manifest* parent = manifestOf(digestColumn(use, 0));
        if (!parent)
            continue;
        const Digest digest = digestColumn(use, 1);
        const std::string_view role = use.text(2);
        if (role == "subject") {
            parent->subject = digest;
            if (Manifest* subject = manifestOf(digest))
                ++subject->referrers;
            continue;
        }
        const Node child = nodeOf(digest);
        parent->children.push_back(child);
        if (role == "config") {
            parent->config = child;
        } else if (role == "layer") {
            m_blobs[child].isLayer = true;
        } else {
            m_blobs[child].isChild = true;
            if (Manifest* manifest = manifestOf(digest); manifest && manifest->platform.empty())
                manifest->platform = use.text(3);
        }
    }
}

void ImageGraph::readSizes(Connection& index)
{
    for (Blob& blob : m_blobs) {
        if (blob.manifest >= 0)
            continue;
        const Key key(blob.digest);
        auto use = index.statement("SELECT size FROM blobs WHERE digest = ? AND state = 1").use(key.bytes());
        blob.isPresent = use.step();
        if (blob.isPresent)
            blob.size = static_cast<std::uint64_t>(use.integer(0));
    }
}

void ImageGraph::addName(const Digest& digest, ImageName name)
{
    if (Manifest* manifest = manifestOf(digest))
        manifest->names.push_back(std::move(name));
}

void ImageGraph::readNames(Connection& index)
{
    {
        auto use =
            index.statement("SELECT digest, reference FROM tags WHERE digest IS NOT NULL ORDER BY reference").use();
        while (use.step())
            addName(digestColumn(use, 0), {ImageName::Source::Tag, std::string(use.text(1))});
    }
    engine_images::forEach(index, [this](const EngineImageRow& row) {
        addName(row.digest, {ImageName::Source::Engine, row.name, row.engine, row.space});
    });
    engine_leases::forEach(index, [this](const EngineLeaseRow& row) {
        addName(row.digest, {ImageName::Source::Lease, row.lease, row.engine, row.space});
    });
}

std::vector<const ImageGraph::Manifest*> ImageGraph::roots() const
{
    std::vector<const Manifest*> roots;
    for (const Manifest& manifest : m_manifests)
        if (!manifest.names.empty() || !m_blobs[manifest.node].isChild)
            roots.push_back(&manifest);
    std::sort(roots.begin(), roots.end(), [this](const Manifest* a, const Manifest* b) {
        return m_blobs[a->node].digest < m_blobs[b->node].digest;
    });
    return roots;
}

bool ImageGraph::isPlatform(const std::string& text)
{
    return !text.empty() && text != "/" && !text.starts_with("unknown/"); // the latter are attestations
}

Image ImageGraph::toImage(const Manifest& manifest) const
{
    Image image{m_blobs[manifest.node].digest};
    image.kind = manifest.kind;
    image.state = manifest.state;
    image.mediaType = manifest.mediaType;
    image.names = manifest.names;
    if (manifest.kind == BlobKind::Manifest && isPlatform(manifest.platform))
        image.platforms.push_back(manifest.platform);
    std::set<Node> met; // an index may name a child many times
    for (const Node child : manifest.children) {
        const std::int32_t inner = m_blobs[child].manifest;
        if (inner < 0 || !met.insert(child).second)
            continue;
        const std::string& platform = m_manifests[static_cast<std::size_t>(inner)].platform;
        if (isPlatform(platform))
            image.platforms.push_back(platform);
    }
    if (manifest.config)
        image.config = m_blobs[*manifest.config].digest;
    image.subject = manifest.subject;
    image.referrers = manifest.referrers;
    image.createdAt = manifest.createdAt;
    image.accessedAt = manifest.accessedAt;
    return image;
}

void ImageGraph::compute(Connection& index)
{
    const auto found = roots();
    Walk walk(*this);
    for (const Manifest* root : found)
        walk.from(root->node, [this](Node node) { ++m_blobs[node].sharers; });

    // The first image in digest order gets what a division leaves, so that sums are exact.
    std::vector<bool> hasRemainder(m_blobs.size(), true);
    m_images.reserve(found.size());
    for (const Manifest* root : found) {
        Image image = toImage(*root);
        walk.from(root->node, [&](Node node) {
            const Blob& blob = m_blobs[node];
            image.layers += blob.isLayer ? 1 : 0;
            image.absentBlobs += blob.isPresent ? 0 : 1;
            image.referencedBytes += blob.size;
            image.uniqueBytes += blob.sharers == 1 ? blob.size : 0;
            image.shareBytes += blob.size / blob.sharers;
            if (hasRemainder[node])
                image.shareBytes += blob.size % blob.sharers;
            hasRemainder[node] = false;
        });
        m_images.push_back(std::move(image));
    }
    m_totals.images = m_images.size();
    for (const Blob& blob : m_blobs) {
        m_totals.imageBytes += blob.sharers > 0 ? blob.size : 0;
        m_totals.sharedBytes += blob.sharers > 1 ? blob.size : 0;
    }
    m_totals.otherBytes = blobs::totals(index).bytes - m_totals.imageBytes;
}

std::optional<Image> ImageGraph::describe(const Digest& digest) const
{
    const auto listed = std::lower_bound(m_images.begin(), m_images.end(), digest,
                                         [](const Image& image, const Digest& key) { return image.digest < key; });
    if (listed != m_images.end() && listed->digest == digest)
        return *listed;
    const auto found = m_nodes.find(digest);
    if (found == m_nodes.end() || m_blobs[found->second].manifest < 0)
        return std::nullopt;
    Image image = toImage(m_manifests[static_cast<std::size_t>(m_blobs[found->second].manifest)]);
    Walk walk(*this);
    walk.from(found->second, [&](Node node) {
        const Blob& blob = m_blobs[node];
        image.layers += blob.isLayer ? 1 : 0;
        image.absentBlobs += blob.isPresent ? 0 : 1;
        image.referencedBytes += blob.size;
    });
    return image;
}

std::uint64_t ImageGraph::sharersOf(const Digest& digest) const
{
    const auto found = m_nodes.find(digest);
    return found == m_nodes.end() ? 0 : m_blobs[found->second].sharers;
}

bool ImageGraph::isPresent(const Digest& digest) const
{
    const auto found = m_nodes.find(digest);
    return found != m_nodes.end() && m_blobs[found->second].isPresent;
}

} // namespace layerhold
