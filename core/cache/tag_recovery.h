// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "index/connection.h"
#include "index/tags.h"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

/// How tags come through a loss of the index: from the checkpoint log, and from what is readable of the old index.
namespace layerhold::tag_recovery {

/// Takes a record of tags or engine links into an index that is made anew. Others are left alone.
void replay(Connection& draft, const CheckpointRecord& record);
/// Calls `put` with a change for each row of these tables in the old index. Ends early where that cannot be read on.
void copy(Connection& old, const std::function<void(const std::function<void(Connection&)>&)>& put);
/// For an index that is made anew: the tags' claims become what the tags say, whichever source each came from.
void settleClaims(Connection& draft);
/// Calls `put` with the records that tell the present rows of these tables. Error{Corrupted} when a row is damaged: a
/// log that lacks something must not replace one that has it.
void snapshot(Connection& index, const std::function<void(const CheckpointRecord&)>& put);
/// True for records that Lost::add looks at.
bool isRecord(const CheckpointRecord& record);

/// Tags and engine links that stand in the checkpoint log and not in the index: a damaged WAL silently loses committed
/// rows.
class Lost
{
public:
    void add(Connection& index, const CheckpointRecord& record);

    /// After the last record, and after lost engines came back. Leaves links of engines that are there.
    void finish(Connection& index);

    bool isEmpty() const { return m_tags.empty() && m_addresses.empty(); }

    std::size_t tagCount() const { return m_tags.size(); }

    void restore(Change& change) const;

private:
    struct LostTag
    {
        TagRow row = {};
        std::vector<TagMoveRow> moves = {}; ///< since the index knew the tag
    };

    std::map<std::string, LostTag> m_tags;
    std::map<std::string, std::string> m_addresses; ///< of engines
};

} // namespace layerhold::tag_recovery
