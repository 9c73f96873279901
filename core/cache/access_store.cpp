// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/access_store.h"

#include "base/text.h"
#include "cache/access_rules.h"
#include "index/deliveries.h"
#include "index/descriptors.h"
#include "index/engines.h"
#include "index/proofs.h"
#include "index/repositories.h"

namespace layerhold {

namespace {

constexpr std::size_t rowsKept = 1'000'000; ///< of each table
constexpr std::size_t rowsPruned = 10'000;  ///< at a time: other writers wait
constexpr std::size_t grantsKept = 256;     ///< of each engine
constexpr std::uint64_t additionsPerPruning = 1024;

void putDescriptor(Change& change, const Digest& digest, const Descriptor& descriptor)
{
    const auto known = descriptors::find(change.index(), digest);
    const Descriptor merged = mergedWith(known, descriptor);
    if (known != merged)
        descriptors::put(change.index(), digest, merged, change.now());
}

/// A media type that is there stays when `mediaType` is empty.
void putMember(Change& change, std::int64_t repository, const Digest& digest, const std::string& mediaType)
{
    const auto known = repository_blobs::find(change.index(), repository, digest);
    if (known && (mediaType.empty() || known->mediaType == mediaType))
        return;
    repository_blobs::put(change.index(), {repository, digest, mediaType, known ? known->addedAt : change.now()});
}

void clearOne(Connection& index, std::int64_t repository, const Digest& digest)
{
    if (repository_blobs::erase(index, repository, digest))
        descriptors::eraseAll(index, digest);
    proofs::eraseFrom(index, repository, digest);
}

} // namespace

void forgetAccess(Connection& index, const Digest& digest)
{
    descriptors::eraseAll(index, digest);
    repository_blobs::eraseAll(index, digest);
    proofs::eraseAll(index, digest);
    deliveries::eraseAll(index, digest);
}

AccessStore::AccessStore(CacheContext& context, const AccessOptions& options)
    : m_context(context)
    , m_options(options)
{
    requireUsable(options);
}

void AccessStore::added(Change& change)
{
    if (m_additions.fetch_add(1) % additionsPerPruning != 0)
        return;
    Connection& index = change.index();
    proofs::prune(index, change.now() - m_options.offlineGrace, rowsKept, rowsPruned);
    repository_blobs::prune(index, rowsKept, rowsPruned);
    deliveries::prune(index, rowsKept, rowsPruned);
    descriptors::prune(index, rowsKept, rowsPruned);
    repositories::eraseUnused(index);
}

void AccessStore::addMember(const std::string& repository, const Digest& digest)
{
    if (isMember(repository, digest))
        return;
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        putMember(change, repositories::require(change.index(), repository), digest, {});
        added(change);
    });
}

bool AccessStore::removeMember(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    bool isRemoved = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        const auto id = repositories::find(change.index(), repository);
        isRemoved = id && repository_blobs::erase(change.index(), *id, digest);
    });
    return isRemoved;
}

bool AccessStore::isMember(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    return m_context.index.read([&](Connection& index) {
        const auto id = repositories::find(index, repository);
        return id && repository_blobs::find(index, *id, digest);
    });
}

std::vector<std::string> AccessStore::repositoriesOf(const Digest& digest, std::size_t limit)
{
    return m_context.index.read(
        [&](Connection& index) { return repository_blobs::repositoriesOf(index, digest, limit); });
}

void AccessStore::setDescriptor(const Digest& digest, const Descriptor& descriptor)
{
    requireDescriptor(digest, descriptor);
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        putDescriptor(change, digest, descriptor);
        if (descriptor.digest != digest)
            putDescriptor(change, descriptor.digest, descriptor);
        added(change);
    });
}

std::optional<Descriptor> AccessStore::descriptor(const Digest& digest)
{
    return m_context.index.read([&](Connection& index) { return descriptors::find(index, digest); });
}

void AccessStore::setDescriptor(const std::string& repository, const Digest& digest, const Descriptor& descriptor)
{
    requireRepository(repository);
    requireDescriptor(digest, descriptor);
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        const std::int64_t id = repositories::require(change.index(), repository);
        putDescriptor(change, digest, descriptor);
        putMember(change, id, digest, descriptor.mediaType);
        if (descriptor.digest != digest) {
            putDescriptor(change, descriptor.digest, descriptor);
            putMember(change, id, descriptor.digest, descriptor.mediaType);
        }
        added(change);
    });
}

std::optional<Descriptor> AccessStore::descriptor(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    return m_context.index.read([&](Connection& index) -> std::optional<Descriptor> {
        const auto id = repositories::find(index, repository);
        const auto member = id ? repository_blobs::find(index, *id, digest) : std::nullopt;
        auto known = member ? descriptors::find(index, digest) : std::nullopt;
        if (known && !member->mediaType.empty())
            known->mediaType = member->mediaType;
        return known;
    });
}

void AccessStore::clear(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (const auto id = repositories::find(change.index(), repository))
            clearOne(change.index(), *id, digest);
    });
}

void AccessStore::clear(const std::string& repository)
{
    requireRepository(repository);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        const auto id = repositories::find(index, repository);
        if (!id)
            return;
        for (const Digest& digest : repository_blobs::ofRepository(index, *id))
            descriptors::eraseAll(index, digest);
        repository_blobs::eraseRepository(index, *id);
        proofs::eraseRepository(index, *id);
    });
}

void AccessStore::forget(const Digest& digest)
{
    m_context.index.write(Durability::Durable, [&](Change& change) { forgetAccess(change.index(), digest); });
}

std::optional<Descriptor> AccessStore::stat(const std::string& repository, const Digest& digest, const AskRegistry& ask)
{
    return readThrough(*this, m_context.counters, m_context.meter.log(), repository, digest, ask);
}

AccessRecords::LookupCounts AccessStore::lookupCounts()
{
    return layerhold::lookupCounts(m_context.counters);
}

Identity AccessStore::identityOf(std::string_view host, std::string_view kind, std::string_view username,
                                 std::string_view secret)
{
    const std::lock_guard lock(m_keyMutex);
    if (!m_key)
        m_key = IdentityKey::load(m_context.fileSystem, m_context.files.layout());
    return m_key->identityOf(host, kind, username, secret);
}

bool AccessStore::record(const Identity& identity, const std::string& repository, const Digest& digest,
                         ProofMethod method, TimePoint when)
{
    requireRepository(repository);
    bool isAllowed = false;
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        // Asked in the writer's turn: a revocation from before is known, and one from now on comes after this change.
        isAllowed = m_revocations.allow(identity, repository, when);
        if (!isAllowed)
            return;
        Connection& index = change.index();
        const std::int64_t id = repositories::require(index, repository);
        const auto known = layerhold::proofs::find(index, digest, identity, id);
        if (!known || known->checkedAt < when)
            layerhold::proofs::put(index, {digest, identity, id, method, when, when + m_options.proofLifetime});
        added(change);
    });
    return isAllowed;
}

bool AccessStore::hasProof(const Identity& identity, const Digest& digest, const layerhold::proofs::Span& span,
                           const std::string& prefix)
{
    const auto accept = [&](const Proof& proof) {
        return proof.repository.starts_with(prefix) && m_revocations.allow(proof);
    };
    return m_context.index.read([&](Connection& index) {
        return layerhold::proofs::covers(index, identity, digest, span, accept) ||
               layerhold::proofs::covers(index, Identity::anonymous(), digest, span, accept);
    });
}

bool AccessStore::covers(const Identity& identity, const Digest& digest, TimePoint now)
{
    return hasProof(identity, digest, {now, now}, {});
}

bool AccessStore::coversOffline(const Identity& identity, const Digest& digest, TimePoint now,
                                const std::string& registry)
{
    requireRegistry(registry);
    return covers(identity, digest, now) ||
           hasProof(identity, digest, {now, now - m_options.offlineGrace}, registry + '/');
}

void AccessStore::revoke(const Identity& identity, const std::string& repository)
{
    requireRepository(repository);
    const TimePoint now = m_context.clock.now();
    m_revocations.add(identity, repository, now);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (const auto id = repositories::find(change.index(), repository))
            layerhold::proofs::erasePair(change.index(), identity, *id);
    });
    m_revocations.erased(identity, repository, now);
}

std::vector<Proof> AccessStore::proofs(const Digest& digest, std::size_t limit)
{
    return m_context.index.read([&](Connection& index) { return layerhold::proofs::of(index, digest, limit); });
}

void AccessStore::noteDelivery(const Identity& origin, const Digest& digest)
{
    if (hasDelivered(origin, digest))
        return;
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        deliveries::put(change.index(), origin, digest, change.now());
        added(change);
    });
}

bool AccessStore::hasDelivered(const Identity& origin, const Digest& digest)
{
    return m_context.index.read([&](Connection& index) { return deliveries::has(index, origin, digest); });
}

void AccessStore::grant(const std::string& engine, const Identity& identity)
{
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (!engines::find(change.index(), engine))
            throw Error(ErrorCode::NotFound, "there is no engine " + text::quoted(engine) + "; add it first");
        grants::put(change.index(), engine, identity, change.now(), grantsKept);
    });
}

bool AccessStore::withdraw(const std::string& engine, const Identity& identity)
{
    bool isWithdrawn = false;
    m_context.index.write(Durability::Durable,
                          [&](Change& change) { isWithdrawn = grants::erase(change.index(), engine, identity); });
    return isWithdrawn;
}

std::vector<Identity> AccessStore::granted(const std::string& engine)
{
    return m_context.index.read([&](Connection& index) { return grants::of(index, engine); });
}

} // namespace layerhold
