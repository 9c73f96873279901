// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/tag_records.h"

#include <charconv>

namespace layerhold {

namespace {

using What = CheckpointRecord::What;

constexpr std::uint64_t claimBit = 0x100;
constexpr std::string_view nothing = "-";

/// The word up to the next space, which is taken off `rest` with it.
std::string_view takeWord(std::string_view& rest)
{
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

std::optional<std::int64_t> takeNumber(std::string_view& rest)
{
    const auto word = takeWord(rest);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (failure != std::errc() || end != word.data() + word.size())
        return std::nullopt;
    return number;
}

} // namespace

CheckpointRecord recordOf(const TagRow& row)
{
    CheckpointRecord record;
    record.what = What::Tag;
    record.holderKind = HolderKind::Tag;
    record.holder = row.reference;
    record.digest = row.digest;
    record.since = row.updatedAt;
    record.number = static_cast<std::uint64_t>(row.cause) | (row.isClaim ? claimBit : 0);
    record.text =
        std::to_string(toNanoseconds(row.createdAt)) + ' ' + std::to_string(toNanoseconds(row.movedAt)) + ' ' + row.by;
    return record;
}

CheckpointRecord recordOf(const TagMoveRow& row)
{
    CheckpointRecord record;
    record.what = What::TagMove;
    record.holderKind = HolderKind::Tag;
    record.holder = row.reference;
    record.digest = row.move.to;
    record.since = row.move.at;
    record.number = static_cast<std::uint64_t>(row.move.cause);
    record.text = std::to_string(row.number) + ' ' +
                  (row.move.from ? row.move.from->toString() : std::string(nothing)) + ' ' + row.move.by;
    return record;
}

std::optional<TagRow> tagOf(const CheckpointRecord& record)
{
    if (record.what != What::Tag || record.holder.empty())
        return std::nullopt;
    std::string_view rest = record.text;
    const auto created = takeNumber(rest);
    const auto moved = takeNumber(rest);
    if (!created || !moved)
        return std::nullopt;
    TagRow row{record.holder, record.digest};
    row.cause = static_cast<TagCause>(record.number & 0xFF);
    row.by = rest;
    row.createdAt = fromNanoseconds(*created);
    row.movedAt = fromNanoseconds(*moved);
    row.updatedAt = record.since;
    row.isClaim = (record.number & claimBit) != 0;
    return row;
}

std::optional<TagMoveRow> tagMoveOf(const CheckpointRecord& record)
{
    if (record.what != What::TagMove || record.holder.empty())
        return std::nullopt;
    std::string_view rest = record.text;
    const auto number = takeNumber(rest);
    const auto from = takeWord(rest);
    const auto digest = Digest::parse(from);
    if (!number || (!digest && from != nothing))
        return std::nullopt;
    return TagMoveRow{
        record.holder,
        *number,
        {record.since, digest, record.digest, static_cast<TagCause>(record.number & 0xFF), std::string(rest)}};
}

} // namespace layerhold
