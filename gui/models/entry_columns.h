// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QString>
#include <QStringList>

#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::gui {

/// Stands for one entry as long as a load lasts, also after the entry is gone and back again.
using EntryId = std::uint32_t;

inline constexpr std::uint32_t unknownCount = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint64_t unknownBytes = std::numeric_limits<std::uint64_t>::max();

/// Numbers of an EntryColumns' pools. The first of each pool is the empty one.
using StringId = std::uint32_t;
using ListId = std::uint32_t;

/// Names or holders of an entry.
struct EntryList
{
    bool isKnown = false;
    QStringList texts;
    QStringList repositories; ///< of names: without tag and digest, each once
};

struct EntryCells
{
    std::array<std::uint8_t, 32> digest{}; ///< of longer ones the beginning
    std::uint64_t size = 0;
    std::int64_t createdAt = 0;  ///< milliseconds since the epoch; 0: unknown
    std::int64_t accessedAt = 0; ///< as createdAt
    std::int64_t verifiedAt = 0; ///< as createdAt
    std::uint64_t accessCount = 0;
    std::uint64_t freed = unknownBytes;
    StringId digestText = 0; ///< of what is not "sha256:" and 64 digits
    StringId kind = 0;
    StringId state = 0;
    StringId mediaType = 0;
    StringId origin = 0;
    StringId refetch = 0;
    ListId names = 0;
    ListId holders = 0; ///< kinds, the strongest first
    std::uint32_t users = unknownCount;
    bool isReleased = false;
    bool isStored = false; ///< false: it is gone

    friend bool operator==(const EntryCells&, const EntryCells&) = default;
};

/// A value per row, in blocks that copies of the whole share until one of them writes. A copy costs a pointer per
/// block. Written by one thread, the one that copies; copies may be read on any.
template <class Value>
class SharedColumn
{
public:
    /// Small, as changes here and there after a copy make as many blocks anew.
    static constexpr std::size_t blockSize = 256;

    std::size_t size() const { return m_size; }

    const Value& operator[](std::size_t row) const { return (*m_blocks[row / blockSize].values)[row % blockSize]; }

    void append(Value value)
    {
        if (m_size == m_blocks.size() * blockSize)
            m_blocks.push_back({std::make_shared<Block>(), m_epoch});
        // No copy reads what lies behind its own end, so a shared block need not be made anew for this.
        (*m_blocks[m_size / blockSize].values)[m_size % blockSize] = std::move(value);
        ++m_size;
    }

    Value& write(std::size_t row)
    {
        Slot& slot = m_blocks[row / blockSize];
        if (slot.epoch != m_epoch)
            slot = {std::make_shared<Block>(*slot.values), m_epoch};
        return (*slot.values)[row % blockSize];
    }

    /// A copy that later writes to this one do not reach.
    SharedColumn share()
    {
        SharedColumn copy(*this);
        ++m_epoch;
        return copy;
    }

private:
    using Block = std::array<Value, blockSize>;

    /// A block belongs to this column alone when no copy was taken since it was made.
    struct Slot
    {
        std::shared_ptr<Block> values;
        std::uint64_t epoch = 0;
    };

    std::vector<Slot> m_blocks;
    std::size_t m_size = 0;
    std::uint64_t m_epoch = 0;
};

/// What is known of all entries, to be read. Texts are interned: equal texts have equal ids.
struct EntryColumns
{
    SharedColumn<EntryCells> cells;
    SharedColumn<QString> strings;
    SharedColumn<EntryList> lists;

    std::size_t size() const { return cells.size(); } ///< ids are below it

    const EntryCells& operator[](EntryId id) const { return cells[id]; }

    const QString& text(StringId id) const { return strings[id]; }

    const EntryList& list(ListId id) const { return lists[id]; }

    QString digest(EntryId id) const;
    std::strong_ordering compareDigests(EntryId left, EntryId right) const;
};

/// The repository of an image's name: without tag and digest.
QString repositoryOf(const QString& name);

} // namespace layerhold::gui
