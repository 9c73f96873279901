// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/engine_mirror_store.h"

#include "base/text.h"
#include "cache/ingest_ref.h"
#include "cache/progress_meter.h"
#include "cache/tag_changes.h"
#include "index/engine_links.h"
#include "index/engines.h"
#include "index/ingests.h"
#include "layerhold/image_reference.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t pageSize = 256;
/// Claims that are released in one transaction: others do not wait long for it.
constexpr std::size_t releaseBatch = 64;
/// sockaddr_un has room for 107 bytes and the NUL.
constexpr std::size_t longestAddress = 107;
/// containerd's own limits are lower; what is longer is no name of an image.
constexpr std::size_t longestName = 4096;
/// So many claims may go whatever else the engine holds.
constexpr std::size_t fewClaims = 16;

void requireEngine(Connection& index, const std::string& engine)
{
    if (!engines::find(index, engine))
        throw Error(ErrorCode::NotFound, "there is no engine " + text::quoted(engine));
}

/// Names like "sha256:…" or with a digest cannot move, and what is no normal form could stand for something else.
bool isTagName(const std::string& name)
{
    const auto reference = ImageReference::parse(name);
    return reference && !reference->digest() && reference->toString() == name;
}

bool isUsable(const EngineImage& image)
{
    return !image.name.empty() && image.name.size() <= longestName && image.space.size() <= longestName;
}

std::set<Digest> openWrites(Connection& index, const std::string& engine)
{
    std::set<Digest> digests;
    for (const IngestRow& row : ingests::ofEngine(index, engine)) {
        if (row.state != IngestRow::State::Open)
            continue;
        if (row.expected)
            digests.insert(*row.expected);
        if (const auto digest = parseIngestRef(row.ref).digest)
            digests.insert(*digest);
    }
    return digests;
}

} // namespace

EngineMirrorStore::EngineMirrorStore(CacheContext& context, TagStore& tags,
                                     std::function<std::shared_ptr<EngineStore>(const std::string& engine)> storeOf)
    : m_context(context)
    , m_tags(tags)
    , m_storeOf(std::move(storeOf))
{}

std::vector<EngineLink> EngineMirrorStore::links()
{
    std::vector<EngineLink> links;
    for (EngineLinkRow& row : m_context.index.read([](Connection& index) { return engine_links::all(index); }))
        links.push_back({std::move(row.engine), std::move(row.address), row.seenAt});
    return links;
}

std::vector<std::string> EngineMirrorStore::sourcesOf(const Digest& digest)
{
    return m_context.index.read([&](Connection& index) { return engine_sources::of(index, digest); });
}

void EngineMirrorStore::watchLinked()
{
    for (const EngineLink& link : links())
        m_context.promises.watch(link.engine, m_context.clock.now());
}

void EngineMirrorStore::setAddress(const std::string& engine, const std::string& address)
{
    if (!address.empty() &&
        (address.front() != '/' || address.size() > longestAddress || address.find('\0') != std::string::npos))
        throw Error(ErrorCode::InvalidArgument, "the address " + text::quoted(address) + " of engine " + engine +
                                                    " is not usable; take the absolute path of containerd's socket, "
                                                    "of at most 107 bytes");
    const std::lock_guard oneAtATime(m_addresses);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        requireEngine(index, engine);
        const auto before = engine_links::find(index, engine);
        if ((before ? before->address : std::string()) == address)
            return;
        engine_links::erase(index, engine); // what another containerd told is of no use
        if (!address.empty())
            engine_links::put(index, {engine, address, {}});
        change.remember(recordOf(EngineLinkRow{engine, address, {}}));
        change.event(address.empty() ? "engine_unlinked" : "engine_linked", engine, engine,
                     address.empty() ? "Its own API is not asked any more." : "Its own API is at " + address + '.');
    });
    if (address.empty())
        m_context.promises.unwatch(engine);
    else
        m_context.promises.watch(engine, m_context.clock.now());
    const std::lock_guard lock(m_mutex);
    m_doubted.erase(engine);
}

void EngineMirrorStore::putImage(Change& change, const std::string& engine, const EngineImage& image)
{
    if (!isUsable(image))
        return;
    engine_images::put(change.index(),
                       {engine, image.space, image.name, image.digest, image.createdAt, image.updatedAt});
    if (isTagName(image.name))
        tag_changes::put(change, m_tags.options(), image.name, image.digest, {TagCause::Engine, engine});
}

void EngineMirrorStore::eraseImage(Change& change, const std::string& engine, const std::string& space,
                                   const std::string& name)
{
    Connection& index = change.index();
    engine_images::erase(index, engine, space, name);
    const auto tag = tags::find(index, name);
    if (!tag || !tag->digest || tag->cause != TagCause::Engine)
        return;
    const auto other = engine_images::latestOfName(index, name);
    if (other && other->digest != *tag->digest)
        tag_changes::put(change, m_tags.options(), name, other->digest, {TagCause::Engine, other->engine});
    else if (!other && !tag->isClaim)
        tag_changes::remove(change, m_tags.options(), name, {TagCause::Engine, engine});
}

void EngineMirrorStore::reconcile(const std::string& engine, const EngineListing& listing)
{
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        auto link = engine_links::find(index, engine);
        if (!link)
            throw Error(ErrorCode::NotFound, "the engine " + text::quoted(engine) + " has no link");
        std::map<std::pair<std::string, std::string>, EngineImageRow> gone;
        for (EngineImageRow& row : engine_images::ofEngine(index, engine))
            gone.emplace(std::pair(row.space, row.name), std::move(row));
        for (const EngineImage& image : listing.images) {
            const auto known = gone.find({image.space, image.name});
            // Two engines may call different images the same: only what changed since the last look moves a tag.
            if (known == gone.end() || known->second.digest != image.digest)
                putImage(change, engine, image);
            else if (known->second.updatedAt != image.updatedAt)
                engine_images::put(index,
                                   {engine, image.space, image.name, image.digest, image.createdAt, image.updatedAt});
            if (known != gone.end())
                gone.erase(known);
        }
        for (const auto& [key, row] : gone)
            eraseImage(change, engine, row.space, row.name);
        for (const std::string& reference : tags::orphansOf(index, engine))
            tag_changes::remove(change, m_tags.options(), reference, {TagCause::Engine, engine});
        std::vector<EngineLeaseRow> leases;
        for (const EngineLease& lease : listing.leases)
            leases.push_back({engine, lease.space, lease.id, lease.digest});
        engine_leases::replace(index, engine, leases);
        std::vector<EngineSourceRow> sources;
        for (const EngineSource& source : listing.sources)
            sources.push_back({engine, source.digest, source.repository});
        engine_sources::replace(index, engine, sources);
        link->seenAt = listing.startedAt;
        engine_links::put(index, *link);
    });
}

void EngineMirrorStore::imageChanged(const std::string& engine, const EngineImage& image)
{
    m_context.index.write(Durability::Durable, [&](Change& change) {
        requireEngine(change.index(), engine);
        putImage(change, engine, image);
    });
}

void EngineMirrorStore::imageRemoved(const std::string& engine, const std::string& space, const std::string& name)
{
    m_context.index.write(Durability::Durable, [&](Change& change) {
        requireEngine(change.index(), engine);
        eraseImage(change, engine, space, name);
    });
}

std::uint64_t EngineMirrorStore::releaseUnknown(const std::string& engine, const EngineListing& listing,
                                                std::chrono::seconds grace, std::stop_token stop)
{
    const auto store = m_storeOf(engine);
    const TimePoint before = listing.startedAt - grace;
    const std::vector<Digest> unknown = unknownClaims(engine, listing, before, stop);
    std::uint64_t released = 0;
    for (std::size_t from = 0; from < unknown.size(); from += releaseBatch) {
        throwIfStopped(stop);
        const std::size_t count = std::min(releaseBatch, unknown.size() - from);
        released += store->releaseUnlessPromisedSince(std::span(unknown).subspan(from, count), before);
    }
    m_context.promises.forgetBefore(engine, before);
    return released;
}

std::vector<Digest> EngineMirrorStore::unknownClaims(const std::string& engine, const EngineListing& listing,
                                                     TimePoint before, const std::stop_token& stop)
{
    // Containerds have blobs in common, such as that of the pause image: one that matches proves nothing.
    const bool isOurs = m_context.index.readAtLength([&](Connection& index) {
        return std::all_of(listing.content.begin(), listing.content.end(), [&](const Digest& digest) {
            throwIfStopped(stop);
            return claims::exists(index, HolderKind::Engine, engine, digest);
        });
    });
    if (!isOurs || listing.content.empty())
        return {};
    const std::size_t most = std::max(listing.content.size(), fewClaims);
    std::vector<Digest> unknown;
    std::optional<Digest> last;
    for (;;) {
        throwIfStopped(stop);
        const std::size_t seen = m_context.index.read([&](Connection& index) {
            const auto writes = openWrites(index, engine);
            const auto page = heldBlobs(index, engine, last, pageSize);
            for (const HeldBlob& held : page) {
                last = held.claim.digest;
                if (!listing.content.contains(*last) && !writes.contains(*last) && held.claim.since < before)
                    unknown.push_back(*last);
            }
            return page.size();
        });
        if (unknown.size() > most) {
            doubt(engine);
            return {};
        }
        if (seen < pageSize)
            break;
    }
    const std::lock_guard lock(m_mutex);
    m_doubted.erase(engine);
    return unknown;
}

void EngineMirrorStore::doubt(const std::string& engine)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_doubted.insert(engine).second)
            return;
    }
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        change.event("engine_doubted", engine, engine,
                     "Its own API lists few of the blobs that it holds, as another containerd would: no claims are "
                     "released. See that the engine is linked to its own containerd.");
    });
}

} // namespace layerhold
