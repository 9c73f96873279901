// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/dropped_entries.h"

#include "cache/blob_guard.h"
#include "cache/entry_recovery.h"

#include <set>
#include <utility>

namespace layerhold {

namespace {

std::string_view eventKind(DroppedEntries::Why why)
{
    switch (why) {
    case DroppedEntries::Why::Removed:
        return "entry_removed";
    case DroppedEntries::Why::Expired:
        return "entry_expired";
    case DroppedEntries::Why::Evicted:
        return "entry_evicted";
    }
    return "entry_removed";
}

} // namespace

std::uint64_t distinctBytes(const std::vector<EntryBlob>& blobs)
{
    std::uint64_t sum = 0;
    std::set<Digest> seen;
    for (const EntryBlob& blob : blobs)
        if (seen.insert(blob.digest).second)
            sum += blob.size;
    return sum;
}

void DroppedEntries::drop(Change& change, const entries::Id& id, Why why, std::string_view sentence)
{
    const auto entry = entries::erase(change.index(), id.scope, id.key);
    if (!entry)
        return;
    for (const EntryBlob& blob : entry->blobs)
        forgetIfLost(change, blob.digest);
    change.remember(removalOf(id));
    Dropped dropped{entryName(id.scope, id.key), distinctBytes(entry->blobs), why, std::string(sentence)};
    change.event(eventKind(why), dropped.name, {}, dropped.sentence, dropped.bytes);
    m_dropped.push_back(std::move(dropped));
}

void DroppedEntries::tell(CacheContext& context) const
{
    for (const Dropped& dropped : m_dropped) {
        if (dropped.why == Why::Removed)
            continue;
        context.counters.add(CounterId::EntriesEvicted);
        context.counters.add(CounterId::EntryBytesEvicted, dropped.bytes);
        context.meter.log().eviction(dropped.name, dropped.bytes, dropped.sentence);
    }
}

} // namespace layerhold
