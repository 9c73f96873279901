// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/tag_recovery.h"

#include "index/claims.h"
#include "index/engine_links.h"
#include "index/engines.h"
#include "index/tag_records.h"
#include "layerhold/error.h"

#include <algorithm>
#include <vector>

namespace layerhold::tag_recovery {

namespace {

using What = CheckpointRecord::What;

bool hasItsClaim(Connection& index, const TagRow& row)
{
    return !row.isClaim || !row.digest || claims::exists(index, HolderKind::Tag, row.reference, *row.digest);
}

/// When the row was written, as far as it tells: one that was invalidated only knows of its move.
TimePoint writtenAt(const TagRow& row)
{
    return std::max(row.updatedAt, row.movedAt);
}

bool isOutOfDate(Connection& index, const TagRow& told)
{
    const auto stored = tags::find(index, told.reference);
    if (!stored || writtenAt(*stored) < writtenAt(told))
        return true;
    if (tags::isInvalidated(told) && !tags::isInvalidated(*stored) && told.digest == stored->digest)
        return true; // at worst a registry is asked once more
    return recordOf(*stored) == recordOf(told) && !hasItsClaim(index, told);
}

void claim(Connection& index, const TagRow& row)
{
    if (!hasItsClaim(index, row))
        claims::put(index, {HolderKind::Tag, row.reference, *row.digest, row.movedAt, row.movedAt});
}

} // namespace

void replay(Connection& draft, const CheckpointRecord& record)
{
    if (const auto tag = tagOf(record))
        tags::put(draft, *tag);
    else if (const auto move = tagMoveOf(record))
        tag_moves::put(draft, *move);
    else if (record.what == What::TagForgotten)
        tags::erase(draft, record.holder);
    else if (record.what == What::EngineLink && !record.text.empty())
        engine_links::put(draft, {record.holder, record.text, {}});
    else if (record.what == What::EngineLink || record.what == What::EngineRemoved)
        engine_links::erase(draft, record.holder);
}

void copy(Connection& old, const std::function<void(const std::function<void(Connection&)>&)>& put)
{
    const auto untilUnreadable = [](const std::function<void()>& copyTable) {
        try {
            copyTable();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Corrupted && error.code() != ErrorCode::Internal)
                throw;
        }
    };
    untilUnreadable([&] {
        tags::forEachReadable(old, [&](const TagRow& row) {
            put([&](Connection& draft) {
                const auto known = tags::find(draft, row.reference);
                if (!known || writtenAt(*known) <= writtenAt(row))
                    tags::put(draft, row);
                tags::recordAccess(draft, row.reference, row.accessedAt, known ? row.accessCount : 0);
            });
        });
    });
    untilUnreadable([&] {
        tag_moves::forEachReadable(
            old, [&](const TagMoveRow& row) { put([&](Connection& draft) { tag_moves::put(draft, row); }); });
    });
    untilUnreadable([&] {
        for (const EngineLinkRow& row : engine_links::readable(old))
            put([&](Connection& draft) { engine_links::put(draft, row); });
    });
    untilUnreadable([&] {
        engine_images::forEach(
            old, [&](const EngineImageRow& row) { put([&](Connection& draft) { engine_images::put(draft, row); }); });
    });
}

void settleClaims(Connection& draft)
{
    for (const ClaimRow& row : claims::ofKind(draft, HolderKind::Tag)) {
        const auto tag = tags::find(draft, row.holder);
        if (!tag || !tag->isClaim || tag->digest != row.digest)
            claims::erase(draft, HolderKind::Tag, row.holder, row.digest);
    }
    std::vector<TagRow> unclaimed;
    tags::forEach(draft, [&](const TagRow& row) {
        if (!hasItsClaim(draft, row))
            unclaimed.push_back(row);
    });
    for (const TagRow& row : unclaimed)
        claim(draft, row);
}

void snapshot(Connection& index, const std::function<void(const CheckpointRecord&)>& put)
{
    tags::forEach(index, [&](const TagRow& row) { put(recordOf(row)); });
    tag_moves::forEach(index, [&](const TagMoveRow& row) { put(recordOf(row)); });
    for (const EngineLinkRow& row : engine_links::all(index))
        put(recordOf(row));
}

bool isRecord(const CheckpointRecord& record)
{
    return record.what == What::Tag || record.what == What::TagMove || record.what == What::TagForgotten ||
           record.what == What::EngineLink || record.what == What::EngineRemoved;
}

void Lost::add(Connection& index, const CheckpointRecord& record)
{
    if (const auto tag = tagOf(record)) {
        if (isOutOfDate(index, *tag))
            m_tags[tag->reference].row = *tag;
        else
            m_tags.erase(tag->reference);
    } else if (const auto move = tagMoveOf(record)) {
        if (const auto found = m_tags.find(move->reference); found != m_tags.end())
            found->second.moves.push_back(*move);
    } else if (record.what == What::TagForgotten) {
        m_tags.erase(record.holder);
    } else if (record.what == What::EngineLink && !record.text.empty() && !engine_links::find(index, record.holder)) {
        m_addresses[record.holder] = record.text;
    } else if (record.what == What::EngineLink || record.what == What::EngineRemoved) {
        m_addresses.erase(record.holder);
    }
}

void Lost::finish(Connection& index)
{
    std::erase_if(m_addresses, [&](const auto& link) { return !engines::find(index, link.first); });
}

void Lost::restore(Change& change) const
{
    Connection& index = change.index();
    for (const auto& [reference, lost] : m_tags) {
        const auto before = tags::find(index, reference);
        if (before && before->digest && before->digest != lost.row.digest)
            claims::erase(index, HolderKind::Tag, reference, *before->digest);
        tags::put(index, lost.row);
        for (const TagMoveRow& move : lost.moves)
            tag_moves::put(index, move);
        claim(index, lost.row);
    }
    for (const auto& [engine, address] : m_addresses)
        engine_links::put(index, {engine, address, {}});
    change.event("tags_restored", {}, {},
                 std::to_string(m_tags.size()) + " tags and " + std::to_string(m_addresses.size()) +
                     " links to engines that the index had lost came from the checkpoint.");
}

} // namespace layerhold::tag_recovery
