// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// How entries go: removed by somebody, expired, or evicted for the budget of their scope.

#include "cache/dropped_entries.h"
#include "cache/entry_rules.h"
#include "cache/entry_store.h"
#include "cache/progress_meter.h"

#include <algorithm>

namespace layerhold {

namespace {

using Why = DroppedEntries::Why;

/// Entries that go in one transaction.
constexpr std::size_t batchSize = 256;
/// For so long get() tells what became of an entry, unless somebody cleans.
constexpr std::chrono::hours voidGrace(1);

constexpr std::string_view expiredSentence = "It had expired or was invalidated.";

} // namespace

void EntryStore::shrink(Change& change, const std::string& scope, std::uint64_t maxBytes,
                        const std::optional<Id>& spared, std::size_t most, DroppedEntries& dropped)
{
    Connection& index = change.index();
    const auto bytes = [&] {
        const auto row = scopes::find(index, scope);
        return row ? row->bytes : 0;
    };
    while (bytes() > maxBytes && dropped.count() < most) {
        Why why = Why::Expired;
        std::string_view sentence = "It had expired or was invalidated, and the scope needed room.";
        auto victims = entries::voidOnes(index, scope, change.now(), batchSize);
        std::erase_if(victims, [&](const Id& id) { return id == spared; });
        if (victims.empty()) {
            why = Why::Evicted;
            sentence = "It was the least recently used of its scope, which needed room.";
            victims = entries::leastRecentlyUsed(index, scope, batchSize);
            std::erase_if(victims, [&](const Id& id) { return id == spared; });
        }
        const std::size_t before = dropped.count();
        for (const Id& id : victims) {
            if (bytes() <= maxBytes || dropped.count() == most)
                break;
            dropped.drop(change, id, why, sentence);
        }
        if (dropped.count() == before)
            break; // nothing is left that could go
    }
}

bool EntryStore::remove(const std::string& scope, const std::string& key, std::stop_token stop)
{
    throwIfStopped(stop);
    requireScopePath(scope);
    requireEntryKey(key);
    DroppedEntries dropped;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        dropped.drop(change, {scope, key}, Why::Removed, "The entry was removed.");
    });
    return dropped.count() > 0;
}

EntryTotals EntryStore::clear(const std::string& scope, std::stop_token stop)
{
    throwIfStopped(stop);
    requireTreePath(scope);
    const EntryTotals before = size(scope, stop);
    const std::uint64_t dropped = dropAll([&](Connection& index) { return entries::tree(index, scope, {}, batchSize); },
                                          Why::Removed, "The scope was cleared.", stop);
    const std::uint64_t left = size(scope, {}).bytes;
    return {dropped, before.bytes - std::min(before.bytes, left)};
}

EntryTotals EntryStore::clean(const std::string& scope, const CleanOptions& options, std::stop_token stop)
{
    throwIfStopped(stop);
    requireTreePath(scope);
    if (options.maxBytes > 0 && scope.empty())
        throw Error(ErrorCode::InvalidArgument, "how many bytes may stay is said of a scope; name one");
    const auto start = m_context.clock.steadyNow();
    flush();
    const EntryTotals before = size(scope, stop);
    const TimePoint now = m_context.clock.now();
    std::uint64_t all = dropAll([&](Connection& index) { return entries::voidOnes(index, scope, now, batchSize); },
                                Why::Expired, expiredSentence, stop);
    if (options.maxAge.count() > 0)
        all += dropAll(
            [&](Connection& index) { return entries::putBefore(index, scope, now - options.maxAge, batchSize); },
            Why::Removed, "It was put too long ago.", stop);
    for (std::size_t gone = batchSize; options.maxBytes > 0 && gone == batchSize; all += gone) {
        throwIfStopped(stop);
        DroppedEntries dropped;
        m_context.index.write(Durability::Durable, [&](Change& change) {
            shrink(change, scope, options.maxBytes, std::nullopt, batchSize, dropped);
        });
        dropped.tell(m_context);
        gone = dropped.count();
    }
    const std::uint64_t left = size(scope, {}).bytes;
    const EntryTotals removed{all, before.bytes - std::min(before.bytes, left)};
    m_context.meter.log().cleanup("cleanup_expired", removed.entries, removed.bytes,
                                  m_context.clock.steadyNow() - start);
    return removed;
}

void EntryStore::dropVoid(const std::stop_token& stop)
{
    const TimePoint limit = m_context.clock.now() - voidGrace;
    dropAll([&](Connection& index) { return entries::voidBefore(index, {}, limit, batchSize); }, Why::Expired,
            expiredSentence, stop);
}

std::uint64_t EntryStore::dropAll(const Pick& pick, Why why, std::string_view sentence, const std::stop_token& stop)
{
    std::uint64_t all = 0;
    for (std::size_t count = 1; count > 0; all += count) {
        throwIfStopped(stop);
        DroppedEntries dropped;
        const auto ids = m_context.index.readAtLength(pick);
        if (!ids.empty())
            m_context.index.write(Durability::Durable, [&](Change& change) {
                for (const Id& id : ids)
                    dropped.drop(change, id, why, sentence);
            });
        dropped.tell(m_context);
        count = dropped.count();
    }
    return all;
}

} // namespace layerhold
