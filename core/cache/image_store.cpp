// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/image_store.h"

#include "cache/image_config.h"
#include "cache/manifest.h"
#include "cache/manifest_writer.h"
#include "cache/tag_changes.h"
#include "index/edges.h"
#include "index/engine_links.h"
#include "layerhold/filter.h"
#include "layerhold/image_reference.h"

#include <algorithm>
#include <set>
#include <utility>

namespace layerhold {

namespace {

/// Of a config that is read.
constexpr std::uint64_t largestDocument = largestManifest;
constexpr int openTries = 4; // each time the file changed between the check and the opening

/// One of the things that an image has several of.
struct View
{
    const ImageName* name = nullptr;
    const std::string* platform = nullptr;
};

std::string flag(bool value)
{
    return value ? "true" : "false";
}

std::optional<std::string> field(const Image& image, const View& view, const std::vector<std::string>& path)
{
    if (path.size() != 1)
        return std::nullopt;
    const std::string& name = path.front();
    if (name == "digest")
        return image.digest.toString();
    if (name == "kind")
        return std::string(toString(image.kind));
    if (name == "mediatype")
        return image.mediaType;
    if (name == "name" && view.name)
        return view.name->name;
    if (name == "engine" && view.name && !view.name->engine.empty())
        return view.name->engine;
    if (name == "platform" && view.platform)
        return *view.platform;
    if (name == "named")
        return flag(!image.names.empty());
    if (name == "artifact")
        return flag(image.subject.has_value());
    if (name == "complete")
        return flag(image.absentBlobs == 0);
    return std::nullopt;
}

/// An image of several names and platforms matches when it matches as seen from one of each.
bool matches(const Filter& filter, const Image& image)
{
    if (filter.matchesEverything())
        return true;
    std::vector<View> names{{}};
    for (const ImageName& name : image.names)
        names.push_back({&name});
    std::vector<const std::string*> platforms{nullptr};
    for (const std::string& platform : image.platforms)
        platforms.push_back(&platform);
    for (View view : names)
        for (const std::string* platform : platforms) {
            view.platform = platform;
            if (filter.matches([&](const std::vector<std::string>& path) { return field(image, view, path); }))
                return true;
        }
    return false;
}

} // namespace

std::string_view toString(ImageName::Source source)
{
    switch (source) {
    case ImageName::Source::Tag:
        return "tag";
    case ImageName::Source::Engine:
        return "engine";
    case ImageName::Source::Lease:
        return "lease";
    }
    return "unknown";
}

ImageStore::ImageStore(CacheContext& context, BlobGuard& guard, TagStore& tags)
    : m_context(context)
    , m_guard(guard)
    , m_tags(tags)
{}

std::shared_ptr<const ImageGraph> ImageStore::graph()
{
    const std::lock_guard alone(m_making);
    const std::uint64_t version = m_context.index.version(); // before the reading: what comes between is read again
    {
        const std::lock_guard lock(m_mutex);
        if (m_graph && m_graphVersion == version)
            return m_graph;
    }
    auto made =
        m_context.index.readAtLength([](Connection& index) { return std::make_shared<const ImageGraph>(index); });
    const std::lock_guard lock(m_mutex);
    m_graph = made;
    m_graphVersion = version;
    return made;
}

ImagePage ImageStore::list(const ImageFilter& filter, const std::optional<Digest>& after, std::size_t limit)
{
    const Filter compiled = Filter::parseAny(filter.filters);
    const auto current = graph();
    ImagePage page;
    page.totals = current->totals();
    const auto& all = current->images();
    auto at = all.begin();
    if (after)
        at = std::upper_bound(all.begin(), all.end(), *after,
                              [](const Digest& key, const Image& image) { return key < image.digest; });
    for (; at != all.end() && page.images.size() < limit; ++at)
        if (matches(compiled, *at))
            page.images.push_back(*at);
    return page;
}

std::optional<Digest> ImageStore::resolve(std::string_view name)
{
    if (const auto reference = ImageReference::parse(name))
        if (const auto tag = m_tags.find(reference->toString()))
            return tag->digest;
    const auto image =
        m_context.index.read([&](Connection& index) { return engine_images::latestOfName(index, std::string(name)); });
    return image ? std::optional(image->digest) : std::nullopt;
}

std::vector<Edge> ImageStore::children(const Digest& digest)
{
    return m_context.index.read([&](Connection& index) { return edges::children(index, digest); });
}

std::optional<std::string> ImageStore::readDocument(const Digest& digest)
{
    for (int i = 0; i < openTries; ++i) {
        const auto finding = m_guard.check(digest);
        if (finding.condition != BlobGuard::Condition::Trusted || finding.row->size > largestDocument)
            return std::nullopt;
        const auto blob = m_context.files.open(digest, finding.row->identity);
        if (!blob)
            continue;
        std::string document(blob->size(), '\0');
        document.resize(blob->read(0, std::as_writable_bytes(std::span(document))));
        return document;
    }
    return std::nullopt;
}

ImageManifest ImageStore::describe(const ImageGraph& graph, const Digest& digest, const std::string& platform)
{
    ImageManifest manifest{digest};
    manifest.platform = platform;
    manifest.isPresent = graph.isPresent(digest);
    const auto document = manifest.isPresent ? readDocument(digest) : std::nullopt;
    if (!document)
        return manifest;
    if (const auto parsed = recogniseManifest(digest, *document))
        manifest.artifactType = parsed->artifactType;
    ImageConfig config;
    for (const Edge& edge : children(digest)) {
        if (edge.role == "config") {
            manifest.config = edge.child;
            const auto text = graph.isPresent(edge.child) ? readDocument(edge.child) : std::nullopt;
            if (text)
                config = parseImageConfig(*text);
        } else if (edge.role == "layer") {
            const std::size_t position = manifest.layers.size();
            manifest.layers.push_back({edge.child, edge.mediaType, edge.size, graph.isPresent(edge.child),
                                       graph.sharersOf(edge.child),
                                       position < config.commands.size() ? config.commands[position] : std::string()});
        }
    }
    manifest.created = config.created;
    if (manifest.platform.empty())
        manifest.platform = config.platform;
    return manifest;
}

ImageReferrer ImageStore::describeReferrer(const Digest& digest)
{
    ImageReferrer referrer{digest};
    const auto document = readDocument(digest);
    const auto manifest = document ? recogniseManifest(digest, *document) : std::nullopt;
    if (!manifest)
        return referrer;
    referrer.size = document->size();
    referrer.artifactType = manifest->artifactType;
    for (const Edge& edge : manifest->edges)
        if (edge.role == "config" && referrer.artifactType.empty())
            referrer.artifactType = edge.mediaType;
    return referrer;
}

std::optional<ImageDetails> ImageStore::inspect(const Digest& digest)
{
    const auto current = graph();
    auto image = current->describe(digest);
    if (!image)
        return std::nullopt;
    ImageDetails details{std::move(*image)};
    if (details.image.kind == BlobKind::Index) {
        std::set<Digest> met; // an index may name a child many times
        for (const Edge& edge : children(digest))
            if (edge.role == "manifest" && met.insert(edge.child).second)
                details.manifests.push_back(describe(*current, edge.child, edge.platform));
    } else {
        details.manifests.push_back(
            describe(*current, digest, details.image.platforms.empty() ? "" : details.image.platforms.front()));
    }
    const auto parents = m_context.index.read([&](Connection& index) {
        details.sources = engine_sources::of(index, digest);
        return edges::parents(index, digest);
    });
    for (const Edge& edge : parents)
        if (edge.role == "subject" && current->isPresent(edge.parent)) // reading takes blobs out of the trash
            details.referrers.push_back(describeReferrer(edge.parent));
    return details;
}

void ImageStore::putManifest(std::string_view reference, const Digest& digest, std::span<const std::byte> document,
                             const std::string& by)
{
    const ImageReference name = TagStore::requireUsable(reference, digest, by);
    const Digest actual = Hasher::of(document, digest.algorithm());
    if (actual != digest)
        throw Error(ErrorCode::InvalidArgument,
                    "the manifest hashes to " + actual.toString() + ", not to " + digest.toString());
    const std::string_view text(reinterpret_cast<const char*>(document.data()), document.size());
    const Manifest manifest = requireManifest(digest, text);
    writeManifest(m_context, m_guard, {digest, manifest, document}, [&](Change& change) {
        tag_changes::put(change, m_tags.options(), name.toString(), digest, {TagCause::Push, by});
    });
}

std::optional<ManifestDocument> ImageStore::manifest(const Digest& digest)
{
    const auto row = m_context.index.read([&](Connection& index) { return blobs::find(index, digest); });
    if (!row || (row->kind != BlobKind::Manifest && row->kind != BlobKind::Index))
        return std::nullopt;
    if (const auto finding = m_guard.check(digest); finding.condition == BlobGuard::Condition::Damaged)
        throw Error(ErrorCode::DataLoss, "the stored bytes of the manifest " + digest.toString() +
                                             " are damaged and were set aside; fetch it again (" + finding.reason +
                                             ")");
    auto document = readDocument(digest);
    if (!document)
        return std::nullopt;
    m_context.accesses.record(digest, m_context.clock.now());
    return ManifestDocument{row->kind, row->mediaType, std::move(*document)};
}

bool ImageStore::hasManifest(const Digest& digest)
{
    try {
        const auto row = m_context.index.read([&](Connection& index) { return blobs::find(index, digest); });
        return row && (row->kind == BlobKind::Manifest || row->kind == BlobKind::Index) && m_guard.isTrusted(*row);
    } catch (const Error&) {
        return false; // what cannot be read is as good as absent
    }
}

} // namespace layerhold
