// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/engine_store.h"

#include "base/text.h"
#include "cache/open_ingest.h"
#include "index/proofs.h"

#include <algorithm>

namespace layerhold {

namespace {

/// Descriptors kept open for one engine's reads.
constexpr std::size_t openBlobs = 64;
constexpr std::size_t longestRef = 4096;

bool isUsable(std::string_view ref)
{
    return !ref.empty() && ref.size() <= longestRef && ref.find('\0') == std::string_view::npos;
}

std::string checkedRef(std::string_view ref)
{
    if (!isUsable(ref))
        throw Error(ErrorCode::InvalidArgument,
                    "the ref " + text::quoted(ref) + " is not usable; it needs 1 to 4096 bytes without NUL");
    return std::string(ref);
}

/// While it lives, promises of the blobs say that their claims may be on their way out.
class Releasing
{
public:
    Releasing(Promises& promises, const std::string& engine, std::span<const Digest> digests)
        : m_promises(promises)
        , m_engine(engine)
        , m_digests(digests)
    {
        for (const Digest& digest : m_digests)
            m_promises.beginRelease(m_engine, digest);
    }

    Releasing(const Releasing&) = delete;
    Releasing& operator=(const Releasing&) = delete;

    ~Releasing()
    {
        for (const Digest& digest : m_digests)
            m_promises.endRelease(m_engine, digest);
    }

private:
    Promises& m_promises;
    const std::string& m_engine;
    std::span<const Digest> m_digests;
};

} // namespace

EngineStore::EngineStore(CacheContext& context, BlobGuard& guard, IngestTable& ingests, Committer& committer,
                         const Revocations& revocations, Engine engine)
    : m_context(context)
    , m_guard(guard)
    , m_ingests(ingests)
    , m_committer(committer)
    , m_revocations(revocations)
    , m_engine(std::move(engine))
    , m_sharing(m_engine.sharing)
    , m_openBlobs(openBlobs)
    , m_reads(context.counters, ReadMeter::Reader::Engine)
{}

void EngineStore::failNotFound(const Digest& digest)
{
    throw Error(ErrorCode::NotFound, "there is no blob " + digest.toString());
}

bool EngineStore::isVisible(Connection& index, const Digest& digest) const
{
    const Sharing sharing = m_sharing;
    if (sharing == Sharing::Open || supplies::exists(index, m_engine.name, digest))
        return true;
    return sharing == Sharing::Verified && coversEngine(index, m_engine.name, digest, m_context.clock.now(),
                                                        [&](const Proof& proof) { return m_revocations.allow(proof); });
}

EngineStore::View EngineStore::look(Connection& index, const Digest& digest) const
{
    View view;
    view.claim = claims::find(index, HolderKind::Engine, m_engine.name, digest);
    view.isVisible = view.claim || isVisible(index, digest);
    // The row of what the engine may not see is not even read: the time that takes would tell it from what is absent.
    if (view.isVisible)
        view.blob = blobs::find(index, digest);
    if (view.claim)
        view.labels = labels::of(index, m_engine.name, digest);
    return view;
}

void EngineStore::Found::learn(const View& view)
{
    if (!view.isVisible)
        reason = MissReason::Hidden;
    if (!view.blob)
        return;
    kind = view.blob->kind;
    if (view.blob->state == BlobState::Quarantined)
        reason = MissReason::Quarantined;
    else if (view.blob->state == BlobState::Deleting)
        reason = MissReason::Deleting;
    else
        reason = MissReason::Missing; // what is to be said when the lookup finds no file
}

Promises::Now EngineStore::promise(const Digest& digest)
{
    return m_context.promises.make(m_engine.name, digest, m_context.clock.now());
}

std::optional<ContentInfo> EngineStore::info(const Digest& digest)
{
    const auto start = m_context.meter.start();
    try {
        Found found;
        auto info = lookUp(digest, found);
        if (info)
            m_context.meter.hit(start, digest, found.kind.value_or(BlobKind::Other), info->size);
        else
            m_context.meter.miss(start, digest, found.kind, m_engine.name, found.reason);
        return info;
    } catch (const Error& error) {
        m_context.meter.failed(OperationKind::Get, start, digest, error);
        throw;
    }
}

std::optional<ContentInfo> EngineStore::lookUp(const Digest& digest, Found& found)
{
    const auto promised = promise(digest);
    const View view = m_context.index.read([&](Connection& index) { return look(index, digest); });
    found.learn(view);
    if (!view.isVisible)
        return std::nullopt;
    std::uint64_t size = 0;
    if (view.blob && m_guard.isTrusted(*view.blob)) {
        size = view.blob->size;
    } else {
        const auto finding = m_guard.check(digest);
        if (finding.condition == BlobGuard::Condition::Damaged)
            found.reason = MissReason::Quarantined;
        if (finding.condition != BlobGuard::Condition::Trusted)
            return std::nullopt;
        size = finding.row->size;
        found.kind = finding.row->kind;
    }
    if (view.claim && promised == Promises::Now::Stands)
        return ContentInfo{digest, size, view.claim->since, view.claim->updated, view.labels};
    const auto claimed = claim(digest, size);
    if (!claimed)
        return std::nullopt;
    return ContentInfo{digest, size, claimed->since, claimed->updated, {}};
}

std::optional<ClaimRow> EngineStore::claim(const Digest& digest, std::uint64_t size)
{
    std::optional<ClaimRow> result;
    bool isNew = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        const auto row = blobs::find(change.index(), digest);
        if (!row || row->state != BlobState::Present)
            return; // it went away since we looked
        result = claims::find(change.index(), HolderKind::Engine, m_engine.name, digest);
        if (result || !isVisible(change.index(), digest))
            return;
        isNew = true;
        result = ClaimRow{HolderKind::Engine, m_engine.name, digest, change.now(), change.now()};
        claims::put(change.index(), *result);
        blobs::recordAccess(change.index(), digest, change.now(), 0);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Claim;
        record.digest = digest;
        record.holder = m_engine.name;
        record.since = change.now();
        change.remember(std::move(record));
        change.event("blob_claimed", digest.toString(), m_engine.name,
                     "The engine got the blob from the cache, without a download.", size);
    });
    if (isNew) {
        m_context.counters.add(CounterId::BlobsNotDownloaded);
        m_context.counters.add(CounterId::BytesNotDownloaded, size);
    }
    return result;
}

std::optional<ContentInfo> EngineStore::tryInfo(const Digest& digest)
{
    if (promise(digest) == Promises::Now::BeingLost)
        return std::nullopt;
    const auto start = m_context.meter.start();
    const auto view = m_context.index.tryRead([&](Connection& index) { return look(index, digest); });
    if (!view || !view->claim || !view->blob || !m_guard.isTrusted(*view->blob))
        return std::nullopt;
    m_context.meter.hit(start, digest, view->blob->kind, view->blob->size);
    return ContentInfo{digest, view->blob->size, view->claim->since, view->claim->updated, view->labels};
}

std::vector<ContentInfo> EngineStore::list(const std::optional<Digest>& after, std::size_t limit)
{
    return m_context.index.read([&](Connection& index) {
        std::vector<ContentInfo> result;
        const auto page = heldBlobs(index, m_engine.name, after, limit);
        if (page.empty())
            return result;
        const auto labelled =
            labels::ofRange(index, m_engine.name, page.front().claim.digest, page.back().claim.digest);
        for (const auto& [claim, size] : page) {
            const auto found = labelled.find(claim.digest);
            result.push_back(
                {claim.digest, size, claim.since, claim.updated, found == labelled.end() ? Labels() : found->second});
        }
        return result;
    });
}

ContentInfo EngineStore::updateLabels(const Digest& digest, const LabelUpdate& update)
{
    std::optional<ContentInfo> result;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        auto claim = claims::find(index, HolderKind::Engine, m_engine.name, digest);
        const auto blob = blobs::find(index, digest);
        if (!claim || !blob)
            failNotFound(digest);
        if (update.mode == LabelUpdate::Mode::ReplaceAll) {
            labels::eraseAll(index, m_engine.name, digest);
            for (const auto& [key, value] : update.labels)
                labels::set(index, m_engine.name, digest, key, value);
        } else {
            for (const std::string& key : update.keys) {
                const auto value = update.labels.find(key);
                if (value == update.labels.end() || value->second.empty())
                    labels::erase(index, m_engine.name, digest, key);
                else
                    labels::set(index, m_engine.name, digest, key, value->second);
            }
        }
        labels::remember(change, m_engine.name, digest);
        claim->updated = change.now();
        claims::put(index, *claim);
        result =
            ContentInfo{digest, blob->size, claim->since, claim->updated, labels::of(index, m_engine.name, digest)};
    });
    return *result;
}

void EngineStore::release(const Digest& digest)
{
    const auto start = m_context.meter.start();
    try {
        dropClaim(digest);
    } catch (const Error& error) {
        m_context.meter.failed(OperationKind::Delete, start, digest, error);
        throw;
    }
    m_context.meter.released(start, digest);
}

void EngineStore::dropClaim(const Digest& digest)
{
    m_openBlobs.erase(digest);
    const bool isHeld = m_context.index.read(
        [&](Connection& index) { return claims::find(index, HolderKind::Engine, m_engine.name, digest).has_value(); });
    if (!isHeld)
        return;
    bool isReleased = false;
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        Connection& index = change.index();
        isReleased = claims::exists(index, HolderKind::Engine, m_engine.name, digest);
        if (isReleased)
            dropClaim(change, digest, "The engine no longer needs the blob.");
    });
    m_openBlobs.erase(digest); // what a reader opened while the claim was on its way out
    if (isReleased)
        m_context.counters.add(CounterId::ClaimsReleased);
}

std::uint64_t EngineStore::releaseUnlessPromisedSince(std::span<const Digest> digests, TimePoint before)
{
    std::vector<Digest> released;
    {
        const Releasing releasing(m_context.promises, m_engine.name, digests);
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const Digest& digest : digests) {
                const auto claim = claims::find(change.index(), HolderKind::Engine, m_engine.name, digest);
                // A clock that was set back has stamped promises of now with times before `before`.
                const bool isReleased = claim && claim->since < before && m_context.clock.now() >= before &&
                                        !m_context.promises.mayBeMadeSince(m_engine.name, digest, before);
                if (!isReleased)
                    continue;
                dropClaim(change, digest, "The engine does not know the blob any more.");
                released.push_back(digest);
            }
        });
    }
    for (const Digest& digest : released)
        m_openBlobs.erase(digest);
    m_context.counters.add(CounterId::ClaimsReleased, released.size());
    return released.size();
}

void EngineStore::dropClaim(Change& change, const Digest& digest, std::string_view reason)
{
    Connection& index = change.index();
    claims::erase(index, HolderKind::Engine, m_engine.name, digest);
    labels::eraseAll(index, m_engine.name, digest);
    CheckpointRecord record;
    record.what = CheckpointRecord::What::Release;
    record.digest = digest;
    record.holder = m_engine.name;
    change.remember(std::move(record));
    const auto blob = blobs::find(index, digest);
    change.event("claim_released", digest.toString(), m_engine.name, std::string(reason), blob ? blob->size : 0);
    forgetIfLost(change, digest);
}

void EngineStore::countOpen(const Digest& digest)
{
    m_context.counters.add(CounterId::BlobsOpened);
    m_context.accesses.record(digest, m_context.clock.now());
}

BlobReader EngineStore::open(const Digest& digest)
{
    if (auto reader = tryOpen(digest))
        return std::move(*reader);
    const auto start = m_context.meter.start();
    Found found;
    try {
        auto blob = openVerified(digest, found);
        m_context.meter.hit(start, digest, found.kind.value_or(BlobKind::Other), blob->size());
        return BlobReader(std::move(blob), &m_reads);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::NotFound)
            m_context.meter.miss(start, digest, found.kind, m_engine.name, found.reason);
        else
            m_context.meter.failed(OperationKind::Get, start, digest, error);
        throw;
    }
}

std::shared_ptr<OpenBlob> EngineStore::openVerified(const Digest& digest, Found& found)
{
    const std::uint64_t generation = m_openBlobs.generation();
    constexpr int tries = 4; // each time the file changed between the check and the opening
    for (int i = 0; i < tries; ++i) {
        const View view = m_context.index.read([&](Connection& index) { return look(index, digest); });
        found.learn(view);
        if (!view.isVisible)
            failNotFound(digest);
        const auto finding = m_guard.check(digest);
        if (finding.condition == BlobGuard::Condition::Damaged)
            throw Error(ErrorCode::DataLoss, "the stored bytes of " + digest.toString() +
                                                 " are damaged and were set aside; fetch the blob again (" +
                                                 finding.reason + ")");
        if (finding.condition == BlobGuard::Condition::Absent || (!view.claim && !claim(digest, finding.row->size)))
            failNotFound(digest);
        auto blob = m_context.files.open(digest, finding.row->identity);
        if (!blob)
            continue;
        found.kind = finding.row->kind;
        m_openBlobs.insert({blob, finding.row->kind}, generation);
        countOpen(digest);
        return blob;
    }
    throw Error(ErrorCode::DataLoss, "the file of " + digest.toString() +
                                         " keeps changing while it is opened; find out what writes to the cache root");
}

std::optional<BlobReader> EngineStore::tryOpen(const Digest& digest)
{
    const auto start = m_context.meter.start();
    auto [blob, kind] = m_openBlobs.find(digest);
    if (!blob)
        return std::nullopt;
    if (!blob->isUnchanged()) {
        m_openBlobs.erase(digest);
        return std::nullopt;
    }
    countOpen(digest);
    m_context.meter.hit(start, digest, kind, blob->size());
    return BlobReader(std::move(blob), &m_reads);
}

std::unique_ptr<Ingest> EngineStore::ingest(std::string_view ref, const IngestOptions& options)
{
    const std::string name = checkedRef(ref);
    if (options.expected && promise(*options.expected) == Promises::Now::Stands) {
        const bool isHeld = m_context.index.read([&](Connection& index) {
            return claims::find(index, HolderKind::Engine, m_engine.name, *options.expected).has_value();
        });
        if (isHeld && m_guard.check(*options.expected).condition == BlobGuard::Condition::Trusted)
            throw Error(ErrorCode::AlreadyExists, "the blob " + options.expected->toString() +
                                                      " is stored for engine " + m_engine.name + " already");
    }
    Engine engine = m_engine;
    engine.sharing = m_sharing;
    return std::make_unique<OpenIngest>(m_context, m_ingests, m_guard, m_committer,
                                        m_ingests.open(engine, name, options),
                                        Claimant{HolderKind::Engine, m_engine.name});
}

std::optional<IngestStatus> EngineStore::status(std::string_view ref)
{
    if (!isUsable(ref))
        return std::nullopt;
    return m_ingests.status(m_engine.name, std::string(ref));
}

std::vector<IngestStatus> EngineStore::statuses()
{
    return m_ingests.statuses(m_engine.name);
}

void EngineStore::abort(std::string_view ref)
{
    if (!isUsable(ref))
        return;
    m_ingests.abort(m_engine.name, std::string(ref));
}

} // namespace layerhold
