// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixture_builder.h"

#include <algorithm>
#include <bit>

namespace layerhold::gui::test::fixtures {

namespace {

constexpr std::uint64_t gib = std::uint64_t(1) << 30;

std::uint64_t scrambled(std::uint64_t number)
{
    number += 0x9e3779b97f4a7c15U;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}

std::string mediaTypeOf(const std::string& kind)
{
    if (kind == "index")
        return "application/vnd.oci.image.index.v1+json";
    if (kind == "manifest")
        return "application/vnd.oci.image.manifest.v1+json";
    if (kind == "config")
        return "application/vnd.oci.image.config.v1+json";
    if (kind == "layer")
        return "application/vnd.oci.image.layer.v1.tar+gzip";
    return "application/octet-stream";
}

} // namespace

std::string digestOf(std::string_view label)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : label)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    std::string digest = "sha256:";
    for (int word = 0; word < 4; ++word) {
        hash = scrambled(hash);
        for (int shift = 60; shift >= 0; shift -= 4)
            digest += "0123456789abcdef"[(hash >> shift) & 15];
    }
    return digest;
}

PolicyRecord standardPolicy()
{
    PolicyRecord policy{"manual", "72h", "5%<=2GiB", {}};
    policy.rules.push_back({"layers unused for 60 days", {"kind==layer"}, "used", "60d", "", "", "", "lru"});
    policy.rules.push_back({"unused for 90 days", {}, "used", "90d", "", "", "", "lru"});
    return policy;
}

FixtureBuilder::FixtureBuilder(Moment now, std::uint64_t seed)
    : m_now(now)
    , m_random(seed)
{
    FakeStore& store = *m_store;
    store.now = now;
    store.status.root = "/var/lib/layerhold";
    store.status.pid = store.version.pid;
    store.status.isDaemon = true;
    store.status.diskFree = 212 * gib;
    store.status.diskTotal = 512 * gib;
    store.status.openedAt = now - std::chrono::hours(50);
    store.status.engines = {{"containerd", "/run/layerhold/containerd.sock", "verified", true, "",
                             "/run/containerd/containerd.sock", true, ""}};
    store.policy = standardPolicy();
    store.metrics = someMetrics(now);
    store.checks = {{"owner", "ok", "The daemon with pid 4711 owns the cache.", ""},
                    {"index", "ok", "The index is whole.", ""},
                    {"space", "ok", "212.0 GiB of 512.0 GiB are free.", ""}};
}

std::uint64_t FixtureBuilder::random(std::uint64_t first, std::uint64_t last)
{
    return first + m_random() % (last - first + 1);
}

std::uint64_t FixtureBuilder::randomSize(std::uint64_t least, std::uint64_t most)
{
    const auto bits = static_cast<std::uint64_t>(std::bit_width(most / least));
    const std::uint64_t top = least << random(0, bits - 1);
    return std::min(most, top + random(0, top));
}

std::string FixtureBuilder::blob(const std::string& digest, const std::string& kind, std::uint64_t size, Age age,
                                 const std::string& state)
{
    BlobRecord record;
    record.digest = digest;
    record.size = size;
    record.mediaType = mediaTypeOf(kind);
    record.kind = kind;
    record.state = state;
    record.createdAt = ago(age.created);
    record.accessedAt = ago(age.used);
    record.verifiedAt = ago(std::min(age.created, std::chrono::seconds(std::chrono::hours(30))));
    record.accessCount = 1 + size % 23;
    record.origin = "docker.io";
    record.refetch = "yes";
    m_store->blobs.push_back(std::move(record));
    return digest;
}

std::string FixtureBuilder::image(const Image& image)
{
    blob(image.digest, "manifest", image.manifestBytes, image.age);
    FakeStore& store = *m_store;
    const auto sizeOf = [&](const std::string& digest) {
        const auto found = std::ranges::find(store.blobs, digest, &BlobRecord::digest);
        return found == store.blobs.end() ? 0 : found->size;
    };
    store.edges.push_back({image.digest, image.config, "config", mediaTypeOf("config"), "", sizeOf(image.config)});
    ManifestRecord manifest{image.digest, true, image.platform, "", image.config, "2026-01-15T09:30:00Z", {}};
    for (const std::string& layer : image.layers) {
        store.edges.push_back({image.digest, layer, "layer", mediaTypeOf("layer"), "", sizeOf(layer)});
        manifest.layers.push_back({layer, mediaTypeOf("layer"), sizeOf(layer), true, 0,
                                   "RUN make step-" + std::to_string(manifest.layers.size() + 1)});
    }
    ImageRecord record;
    record.digest = image.digest;
    record.kind = "manifest";
    record.state = "present";
    record.mediaType = mediaTypeOf("manifest");
    record.platforms = {image.platform};
    record.config = image.config;
    record.createdAt = ago(image.age.created);
    record.accessedAt = ago(image.age.used);
    store.images.push_back(record);
    store.imageDetails[image.digest] = {std::move(record), {std::move(manifest)}, {}, {}};
    return image.digest;
}

std::string FixtureBuilder::index(const std::string& digest, const std::vector<std::string>& manifests, Age age)
{
    blob(digest, "index", 900, age);
    FakeStore& store = *m_store;
    ImageRecord record;
    record.digest = digest;
    record.kind = "index";
    record.state = "present";
    record.mediaType = mediaTypeOf("index");
    record.createdAt = ago(age.created);
    record.accessedAt = ago(age.used);
    ImageDetails details;
    for (const std::string& manifest : manifests) {
        const ImageDetails& part = store.imageDetails.at(manifest);
        record.platforms.push_back(part.manifests.front().platform);
        store.edges.push_back({digest, manifest, "manifest", mediaTypeOf("manifest"), record.platforms.back(), 1500});
        details.manifests.push_back(part.manifests.front());
        // Part of an index: no image of its own.
        std::erase_if(store.images, [&](const ImageRecord& image) { return image.digest == manifest; });
    }
    details.image = record;
    store.images.push_back(std::move(record));
    store.imageDetails[digest] = std::move(details);
    return digest;
}

void FixtureBuilder::claim(const std::string& kind, const std::string& holder, const std::string& digest,
                           std::chrono::seconds since)
{
    m_store->claims.push_back({kind, holder, digest, ago(since)});
}

void FixtureBuilder::tag(const std::string& reference, const std::string& digest, std::chrono::seconds movedAgo,
                         const std::string& cause)
{
    FakeStore& store = *m_store;
    TagRecord record;
    record.reference = reference;
    record.digest = digest;
    record.cause = cause;
    record.by = "uid 1000";
    record.createdAt = record.movedAt = ago(movedAgo);
    record.updatedAt = ago(movedAgo / 2);
    record.accessedAt = ago(movedAgo / 3);
    record.accessCount = 7;
    record.isPresent = true;
    record.claims = true;
    store.histories[reference] = {reference, record, {{record.movedAt, "", digest, cause, record.by}}};
    store.tags.push_back(record);
    claim("tag", reference, digest, movedAgo);
    const auto image = std::ranges::find(store.images, digest, &ImageRecord::digest);
    if (image != store.images.end())
        image->names.push_back({"tag", reference, "", ""});
}

void FixtureBuilder::engineName(const std::string& engine, const std::string& name, const std::string& digest)
{
    FakeStore& store = *m_store;
    const auto image = std::ranges::find(store.images, digest, &ImageRecord::digest);
    if (image != store.images.end())
        image->names.push_back({"engine", name, engine, "default"});
    claim("engine", engine, digest, std::chrono::hours(5));
}

void FixtureBuilder::event(const std::string& kind, const std::string& subject, std::chrono::seconds before,
                           std::uint64_t bytes, const std::string& detail, const std::string& engine)
{
    m_store->append({0, ago(before), kind, subject, engine, detail, bytes});
}

Fixture FixtureBuilder::finish()
{
    order();
    m_store->settle();
    describeImages();
    countBytes();
    m_store->makePlan(m_store->policy);
    return std::move(m_store);
}

void FixtureBuilder::order()
{
    m_store->sort();
    for (ImageRecord& image : m_store->images)
        std::ranges::sort(image.names, {}, &ImageNameRecord::name);
}

} // namespace layerhold::gui::test::fixtures
