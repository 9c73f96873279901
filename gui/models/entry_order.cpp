// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_order.h"

#include "models/sentences.h"

#include <algorithm>
#include <numeric>

namespace layerhold::gui {

namespace {

int compareTexts(const QString& left, const QString& right)
{
    const int order = left.compare(right, Qt::CaseInsensitive);
    return order != 0 ? order : left.compare(right);
}

const QString& firstText(const EntryColumns& columns, EntryColumn column, const EntryCells& cells)
{
    const EntryList& names = columns.list(cells.names);
    const QStringList& texts = column == EntryColumn::Names ? names.texts : names.repositories;
    return texts.isEmpty() ? columns.text(0) : texts.front();
}

bool isByFirstName(EntryColumn column)
{
    return column == EntryColumn::Names || column == EntryColumn::Repositories;
}

/// Of the columns whose values are texts of the pool.
StringId stringOf(EntryColumn column, const EntryCells& cells)
{
    switch (column) {
    case EntryColumn::Kind:
        return cells.kind;
    case EntryColumn::MediaType:
        return cells.mediaType;
    case EntryColumn::State:
        return cells.state;
    case EntryColumn::Refetch:
        return cells.refetch;
    default:
        return cells.origin;
    }
}

bool isText(EntryColumn column)
{
    return column == EntryColumn::Kind || column == EntryColumn::MediaType || column == EntryColumn::State ||
           column == EntryColumn::Origin || column == EntryColumn::Refetch;
}

/// The weaker what holds it, the higher.
std::uint64_t holderRank(const EntryList& holders)
{
    if (holders.texts.isEmpty())
        return 1;
    const auto codes = codesOf(CodeSet::HolderKind);
    const std::string strongest = holders.texts.front().toStdString();
    return 2 + static_cast<std::uint64_t>(std::find(codes.begin(), codes.end(), strongest) - codes.begin());
}

/// Of the columns whose values are numbers.
std::uint64_t numberOf(const EntryColumns& columns, EntryColumn column, const EntryCells& cells)
{
    switch (column) {
    case EntryColumn::Size:
        return cells.size;
    case EntryColumn::Freed:
        return cells.freed + 1; // what is not known becomes 0
    case EntryColumn::Users:
        return cells.users == unknownCount ? 0 : std::uint64_t{cells.users} + 1;
    case EntryColumn::FirstSeen:
        return static_cast<std::uint64_t>(std::max<std::int64_t>(cells.createdAt, 0));
    case EntryColumn::LastUsed:
        return static_cast<std::uint64_t>(std::max<std::int64_t>(cells.accessedAt, 0));
    case EntryColumn::AccessCount:
        return cells.accessCount;
    case EntryColumn::Kept:
        return cells.isReleased ? 0 : holderRank(columns.list(cells.holders));
    default:
        return 0;
    }
}

struct Keyed
{
    std::uint64_t key;
    EntryId id;
};

std::uint64_t digestKey(const EntryCells& cells)
{
    return std::accumulate(cells.digest.begin(), cells.digest.begin() + 8, std::uint64_t{0},
                           [](std::uint64_t key, std::uint8_t byte) { return key << 8U | byte; });
}

void sortByDigest(const EntryColumns& columns, std::vector<EntryId>& ids)
{
    std::vector<Keyed> keyed;
    keyed.reserve(ids.size());
    for (const EntryId id : ids)
        keyed.push_back({digestKey(columns[id]), id});
    const auto isBefore = [&](const Keyed& left, const Keyed& right) {
        return left.key != right.key ? left.key < right.key : columns.compareDigests(left.id, right.id) < 0;
    };
    if (std::is_sorted(keyed.begin(), keyed.end(), isBefore))
        return;
    std::sort(keyed.begin(), keyed.end(), isBefore);
    std::transform(keyed.begin(), keyed.end(), ids.begin(), [](const Keyed& one) { return one.id; });
}

/// For each number below `count` the place of its text among all.
template <class TextOf>
std::vector<std::uint32_t> ranksOf(std::size_t count, TextOf textOf)
{
    std::vector<std::uint32_t> sorted(count);
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(),
              [&](std::uint32_t left, std::uint32_t right) { return compareTexts(textOf(left), textOf(right)) < 0; });
    std::vector<std::uint32_t> ranks(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool isSame = i > 0 && compareTexts(textOf(sorted[i - 1]), textOf(sorted[i])) == 0;
        ranks[sorted[i]] = isSame ? ranks[sorted[i - 1]] : i;
    }
    return ranks;
}

std::vector<std::uint32_t> ranksFor(const EntryColumns& columns, EntryColumn column)
{
    if (isByFirstName(column))
        return ranksOf(columns.lists.size(), [&](std::uint32_t list) -> const QString& {
            EntryCells cells;
            cells.names = list;
            return firstText(columns, column, cells);
        });
    if (isText(column))
        return ranksOf(columns.strings.size(),
                       [&](std::uint32_t text) -> const QString& { return columns.text(text); });
    return {};
}

} // namespace

bool precedes(const EntryColumns& columns, EntryOrder order, EntryId left, EntryId right)
{
    const EntryCells& first = columns[left];
    const EntryCells& second = columns[right];
    const bool isAscending = order.direction == Qt::AscendingOrder;
    if (order.column == EntryColumn::Digest)
        return columns.compareDigests(isAscending ? left : right, isAscending ? right : left) < 0;

    int relation = 0;
    if (isByFirstName(order.column)) {
        relation = first.names == second.names ? 0
                                               : compareTexts(firstText(columns, order.column, first),
                                                              firstText(columns, order.column, second));
    } else if (isText(order.column)) {
        const StringId own = stringOf(order.column, first);
        const StringId other = stringOf(order.column, second);
        relation = own == other ? 0 : compareTexts(columns.text(own), columns.text(other));
    } else {
        const std::uint64_t own = numberOf(columns, order.column, first);
        const std::uint64_t other = numberOf(columns, order.column, second);
        relation = own < other ? -1 : own > other ? 1 : 0;
    }
    if (relation == 0)
        return columns.compareDigests(left, right) < 0;
    return (relation < 0) == isAscending;
}

/// By digests first and then, keeping that, by a number that stands for the value: comparing texts and digests row by
/// row would cost seconds.
void sortEntries(const EntryColumns& columns, EntryOrder order, std::vector<EntryId>& ids)
{
    sortByDigest(columns, ids);
    const bool isAscending = order.direction == Qt::AscendingOrder;
    if (order.column == EntryColumn::Digest) {
        if (!isAscending)
            std::reverse(ids.begin(), ids.end());
        return;
    }
    const std::vector<std::uint32_t> ranks = ranksFor(columns, order.column);
    std::vector<Keyed> keyed;
    keyed.reserve(ids.size());
    for (const EntryId id : ids) {
        const EntryCells& cells = columns[id];
        std::uint64_t key = 0;
        if (isByFirstName(order.column))
            key = ranks[cells.names];
        else if (isText(order.column))
            key = ranks[stringOf(order.column, cells)];
        else
            key = numberOf(columns, order.column, cells);
        keyed.push_back({isAscending ? key : ~key, id});
    }
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](const Keyed& left, const Keyed& right) { return left.key < right.key; });
    std::transform(keyed.begin(), keyed.end(), ids.begin(), [](const Keyed& one) { return one.id; });
}

} // namespace layerhold::gui
