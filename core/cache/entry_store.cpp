// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/entry_store.h"

#include "cache/operation_claims.h"

#include "base/text.h"
#include "cache/entry_recovery.h"
#include "cache/entry_rules.h"
#include "cache/progress_meter.h"
#include "index/claims.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace layerhold {

namespace {

/// Bounds the memory; beyond it the use of an entry not yet listed is not recorded until the next flush.
constexpr std::size_t mostUses = 100'000;

std::string nameOf(const entries::Id& id)
{
    return text::quoted(entryName(id.scope, id.key));
}

void requireWithinBudget(std::uint64_t bytes, std::uint64_t budget)
{
    if (bytes > budget)
        throw Error(ErrorCode::Full, "it has " + std::to_string(bytes) + " bytes or more, and its scope has room for " +
                                         std::to_string(budget) + "; give the scope a larger budget");
}

std::chrono::nanoseconds defaultTtl(const std::vector<Scope>& chain)
{
    for (auto scope = chain.rbegin(); scope != chain.rend(); ++scope)
        if (scope->settings.ttl)
            return *scope->settings.ttl;
    return {};
}

} // namespace

EntryStore::EntryStore(CacheContext& context, BlobGuard& guard, IngestTable& ingests, Committer& committer)
    : m_context(context)
    , m_guard(guard)
    , m_ingests(ingests)
    , m_committer(committer)
    , m_reads(context.counters, ReadMeter::Reader::People)
{}

Scope EntryStore::setScope(const std::string& path, const ScopeSettings& settings, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(path);
    Scope result;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Scope scope;
        scope.path = path;
        scope.settings = settings;
        scope.createdAt = change.now();
        scopes::put(change.index(), scope);
        result = *scopes::find(change.index(), path);
        change.remember(recordOf(result));
        change.event("scope_set", path, {}, "The time to live or the budget of the scope was set.");
    });
    return result;
}

std::vector<Scope> EntryStore::scopes(const std::string& path, std::stop_token stop)
{
    throwIfStopped(stop);
    requireTreePath(path);
    return m_context.index.read([&](Connection& index) { return scopes::tree(index, path); });
}

std::uint64_t EntryStore::budgetOf(const std::string& scope)
{
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (const Scope& one : m_context.index.read([&](Connection& index) { return scopes::chain(index, scope); }))
        if (one.settings.maxBytes > 0)
            least = std::min(least, one.settings.maxBytes);
    return least;
}

Entry EntryStore::put(const std::string& scope, const std::string& key, const std::vector<EntrySource>& sources,
                      const PutOptions& options, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(scope);
    requireEntryKey(key);
    requireSources(sources);
    requireMetadata(options.metadata);
    const Id id{scope, key};
    const Claimant operation{HolderKind::Operation, "put of " + entryName(scope, key) + ' ' + newIngestId()};
    try {
        const std::uint64_t budget = budgetOf(scope);
        std::vector<EntryBlob> blobs;
        for (const EntrySource& source : sources) {
            blobs.push_back(store(source, operation, budget, stop));
            requireWithinBudget(distinctBytes(blobs), budget);
        }
        throwIfStopped(stop);
        const Uses uses = takeUses();
        Entry result;
        DroppedEntries dropped;
        try {
            m_context.index.write(Durability::Durable, [&](Change& change) {
                for (const auto& [used, use] : uses)
                    entries::recordAccess(change.index(), used.scope, used.key, use.last, use.times);
                result = record(change, id, blobs, options, dropped);
                releaseOperation(change, operation);
            });
        } catch (...) {
            addUses(uses);
            throw;
        }
        dropped.tell(m_context);
        return result;
    } catch (Error& error) {
        endOperation(m_context, operation);
        error.addContext("put of entry " + nameOf(id));
        throw;
    } catch (...) {
        endOperation(m_context, operation);
        throw;
    }
}

EntryBlob EntryStore::store(const EntrySource& source, const Claimant& operation, std::uint64_t budget,
                            const std::stop_token& stop)
{
    throwIfStopped(stop);
    requireWithinBudget(source.size.value_or(0), budget);
    EntryBlob blob = [&] {
        if (auto stored = reuse(source, operation, stop))
            return std::move(*stored);
        return ingest(source, operation, budget, stop);
    }();
    if (source.size && *source.size != blob.size)
        throw Error(ErrorCode::FailedPrecondition, "the blob " + text::quoted(source.name) + " has " +
                                                       std::to_string(blob.size) + " bytes, expected " +
                                                       std::to_string(*source.size));
    return blob;
}

std::optional<EntryBlob> EntryStore::reuse(const EntrySource& source, const Claimant& operation,
                                           const std::stop_token& stop)
{
    const auto size =
        source.expected ? claimStored(m_context, m_guard, operation, *source.expected, stop) : std::nullopt;
    return size ? std::optional(EntryBlob{source.name, *source.expected, *size}) : std::nullopt;
}

EntryBlob EntryStore::ingest(const EntrySource& source, const Claimant& operation, std::uint64_t budget,
                             const std::stop_token& stop)
{
    constexpr std::size_t bufferSize = 1U << 20U;
    const std::string ref = "entry-" + newIngestId();
    const Engine nobody; // what a crash leaves of a write without an engine is swept at the next start
    OpenIngest write(m_context, m_ingests, m_guard, m_committer,
                     m_ingests.open(nobody, ref, {source.size.value_or(0), source.expected}), operation);
    try {
        std::vector<std::byte> buffer(bufferSize);
        const std::uint64_t most = source.size.value_or(std::numeric_limits<std::uint64_t>::max());
        for (;;) {
            throwIfStopped(stop);
            const std::size_t count = source.read(buffer);
            if (count == 0)
                break;
            if (count > buffer.size())
                throw Error(ErrorCode::InvalidArgument, "the source of " + text::quoted(source.name) +
                                                            " claims to have read more than it was asked for");
            const std::array pieces{std::span<const std::byte>(buffer).first(count)};
            write.append(pieces);
            requireWithinBudget(write.offset(), budget);
            if (write.offset() > most)
                throw Error(ErrorCode::FailedPrecondition, "the blob " + text::quoted(source.name) +
                                                               " has more than the expected " + std::to_string(most) +
                                                               " bytes");
        }
        throwIfStopped(stop);
        const std::uint64_t size = write.offset();
        const Digest digest = source.expected ? *source.expected : write.runningDigest();
        try {
            write.commitAndWait({0, digest, {}});
        } catch (const Error& error) {
            if (error.code() != ErrorCode::AlreadyExists) // by another blob of this put
                throw;
        }
        return {source.name, digest, size};
    } catch (...) {
        try {
            m_ingests.abort(nobody.name, ref);
        } catch (const std::exception&) {
            // Swept at the next start; what is told is why the put failed.
        }
        throw;
    }
}

Entry EntryStore::record(Change& change, const Id& id, const std::vector<EntryBlob>& blobs, const PutOptions& options,
                         DroppedEntries& dropped)
{
    Connection& index = change.index();
    const auto before = entries::find(index, id.scope, id.key);
    const auto chain = scopes::chain(index, id.scope);
    Entry entry;
    entry.scope = id.scope;
    entry.key = id.key;
    entry.metadata = options.metadata;
    entry.updatedAt = change.now();
    if (before) // a clock that was set back must not make the older one win
        entry.updatedAt = std::max(entry.updatedAt, before->updatedAt + std::chrono::nanoseconds(1));
    entry.createdAt = before ? before->createdAt : entry.updatedAt;
    entry.usedAt = entry.updatedAt;
    entry.ttl = options.ttl.value_or(defaultTtl(chain));
    entry.blobs = blobs;
    if (before && options.otherNames == PutOptions::OtherNames::Keep)
        for (const EntryBlob& other : before->blobs)
            if (std::none_of(blobs.begin(), blobs.end(), [&](const EntryBlob& b) { return b.name == other.name; }))
                entry.blobs.push_back(other);
    requireBlobCount(entry.blobs.size());
    std::sort(entry.blobs.begin(), entry.blobs.end(),
              [](const EntryBlob& a, const EntryBlob& b) { return a.name < b.name; });
    const std::uint64_t bytes = distinctBytes(entry.blobs);
    for (const Scope& scope : chain)
        if (scope.settings.maxBytes > 0)
            requireWithinBudget(bytes, scope.settings.maxBytes);
    entries::put(index, entry);
    if (before)
        for (const EntryBlob& blob : before->blobs)
            forgetIfLost(change, blob.digest);
    change.remember(recordOf(entry));
    change.event("entry_put", entryName(id.scope, id.key), {},
                 before ? "The entry was replaced." : "The entry was put.", bytes);
    for (auto scope = chain.rbegin(); scope != chain.rend(); ++scope)
        if (scope->settings.maxBytes > 0)
            shrink(change, scope->path, scope->settings.maxBytes, id, SIZE_MAX, dropped);
    return *entries::find(index, id.scope, id.key);
}

std::optional<Entry> EntryStore::find(const std::string& scope, const std::string& key, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(scope);
    requireEntryKey(key);
    return m_context.index.read([&](Connection& index) { return entries::find(index, scope, key); });
}

bool EntryStore::has(const std::string& scope, const std::string& key, std::stop_token stop)
{
    const auto entry = find(scope, key, std::move(stop));
    if (!entry || entry->invalidatedAt || entry->isExpired(m_context.clock.now()))
        return false;
    return std::all_of(entry->blobs.begin(), entry->blobs.end(), [this](const EntryBlob& blob) {
        const auto row = m_context.index.read([&](Connection& index) { return blobs::find(index, blob.digest); });
        return row && row->state == BlobState::Present && m_context.files.identity(blob.digest);
    });
}

std::optional<BlobReader> EntryStore::get(const std::string& scope, const std::string& key, const std::string& name,
                                          std::stop_token stop)
{
    const auto entry = find(scope, key, stop);
    if (!entry)
        return std::nullopt;
    const auto blob =
        std::find_if(entry->blobs.begin(), entry->blobs.end(), [&](const EntryBlob& one) { return one.name == name; });
    if (blob == entry->blobs.end())
        return std::nullopt;
    const Id id{scope, key};
    if (entry->invalidatedAt)
        throw Error(ErrorCode::Invalidated, "the entry " + nameOf(id) + " was invalidated; put it again");
    const TimePoint now = m_context.clock.now();
    if (entry->isExpired(now))
        throw Error(ErrorCode::Expired, "the entry " + nameOf(id) + " is past its time to live; put it again");
    BlobReader reader = open(*entry, *blob, stop);
    Uses use;
    use[id] = {now, 1};
    addUses(use);
    return reader;
}

BlobReader EntryStore::open(const Entry& entry, const EntryBlob& blob, const std::stop_token& stop)
{
    const std::string what = "the blob " + text::quoted(blob.name) + " of entry " + nameOf({entry.scope, entry.key});
    constexpr int tries = 4; // each time the file changed between the check and the opening
    for (int i = 0; i < tries; ++i) {
        const auto finding = m_guard.check(blob.digest, stop);
        if (finding.condition == BlobGuard::Condition::Damaged)
            throw Error(ErrorCode::Corrupted,
                        what + " is damaged, and its bytes were set aside (" + finding.reason + "); put it again");
        if (finding.condition == BlobGuard::Condition::Absent)
            throw Error(ErrorCode::Corrupted, what + " has lost its bytes; put it again");
        if (auto file = m_context.files.open(blob.digest, finding.row->identity)) {
            m_context.accesses.record(blob.digest, m_context.clock.now());
            return BlobReader(std::move(file), &m_reads);
        }
    }
    throw Error(ErrorCode::Corrupted, what + " keeps changing while it is opened; find out what writes to the cache");
}

bool EntryStore::invalidate(const std::string& scope, const std::string& key, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(scope);
    requireEntryKey(key);
    bool isKnown = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        auto entry = entries::find(change.index(), scope, key);
        isKnown = entry.has_value();
        if (!entry || entry->invalidatedAt)
            return;
        entry->invalidatedAt = std::max(change.now(), entry->updatedAt + std::chrono::nanoseconds(1));
        entries::put(change.index(), *entry);
        change.remember(recordOf(*entry));
        change.event("entry_invalidated", entryName(scope, key), {}, "The entry was invalidated.");
    });
    return isKnown;
}

std::vector<Entry> EntryStore::list(const std::string& scope, const std::string& prefix, const std::string& after,
                                    std::size_t limit, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(scope);
    return m_context.index.read([&](Connection& index) { return entries::list(index, scope, prefix, after, limit); });
}

EntryTotals EntryStore::size(const std::string& scope, std::stop_token stop)
{
    throwIfStopped(stop);
    requireTreePath(scope);
    return m_context.index.readAtLength([&](Connection& index) {
        const auto row = scope.empty() ? std::nullopt : scopes::find(index, scope);
        return row ? EntryTotals{entries::count(index, scope), row->bytes} : entries::totals(index, scope);
    });
}

EntryStore::Uses EntryStore::takeUses()
{
    const std::lock_guard lock(m_usesMutex);
    return std::exchange(m_uses, {});
}

void EntryStore::addUses(const Uses& uses)
{
    const std::lock_guard lock(m_usesMutex);
    for (const auto& [id, use] : uses) {
        if (m_uses.size() >= mostUses && !m_uses.contains(id))
            continue;
        Use& known = m_uses[id];
        known.last = std::max(known.last, use.last);
        known.times += use.times;
    }
}

void EntryStore::flush()
{
    const Uses uses = takeUses();
    if (uses.empty())
        return;
    try {
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const auto& [id, use] : uses)
                entries::recordAccess(change.index(), id.scope, id.key, use.last, use.times);
        });
    } catch (...) {
        addUses(uses);
        throw;
    }
}

} // namespace layerhold
