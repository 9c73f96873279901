// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "index/change.h"
#include "index/entries.h"

#include <functional>
#include <map>
#include <string>

namespace layerhold {

/// Entries and their scopes in the checkpoint log, and what is made of that when the index lost them.
CheckpointRecord recordOf(const Entry& entry);
CheckpointRecord recordOf(const Scope& scope);
CheckpointRecord removalOf(const entries::Id& id);

/// True when the record is of an entry or a scope; it is applied to the index then. A record that tells less than the
/// index knows changes nothing.
bool replayEntryRecord(Connection& index, const CheckpointRecord& record);
bool isEntryRecord(const CheckpointRecord& record);
/// Everything that a checkpoint log has to tell of entries. Error{Corrupted} when a row is damaged: a log that lacks
/// something must not replace one that has it.
void forEachEntryRecord(Connection& index, const std::function<void(const CheckpointRecord&)>& each);

using InBatch = std::function<void(const std::function<void(Connection&)>&)>;
/// What is readable in the old index and newer than what the new one has.
void copyEntries(Connection& old, const InBatch& put);

/// Entries that stand in the checkpoint log and not in the index: a damaged WAL silently loses committed rows.
class LostEntries
{
public:
    void add(Connection& index, const CheckpointRecord& record);

    /// After the last record. Leaves entries all of whose bytes are there.
    void finish(const BlobFiles& files);

    bool isEmpty() const { return m_records.empty(); }

    std::size_t count() const { return m_records.size(); }

    void restore(Change& change) const;

private:
    std::map<std::string, CheckpointRecord> m_records; ///< the last of each name
};

/// Drops what puts that a crash cut off had claimed.
void dropOperationClaims(CacheContext& context);

} // namespace layerhold
