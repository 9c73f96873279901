// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <vector>

namespace layerhold::gui {

/// Number of a record in its RecordRows: stays the same as long as the record is there.
using RecordId = std::uint32_t;

/// Records that only ever come in, in chunks that never change: a copy is cheap, and may be read on another thread
/// while the original grows.
template <class Record>
class RecordRows
{
public:
    using Keep = std::function<bool(const Record&)>;
    using Less = std::function<bool(const Record&, const Record&)>;

    enum class Order
    {
        Ascending,
        Descending
    };

    std::size_t size() const { return m_size; }

    const Record& at(RecordId id) const { return (*m_chunks[id / chunkSize])[id % chunkSize]; }

    /// No id is as high.
    RecordId end() const { return static_cast<RecordId>(m_chunks.size() * chunkSize); }

    /// The ids of the new ones, ascending; not all numbers are used.
    std::vector<RecordId> append(std::vector<Record> records)
    {
        std::vector<RecordId> ids;
        ids.reserve(records.size());
        for (std::size_t begin = 0; begin < records.size(); begin += chunkSize) {
            const std::size_t end = std::min<std::size_t>(begin + chunkSize, records.size());
            const auto first = static_cast<RecordId>(m_chunks.size() * chunkSize);
            for (std::size_t i = begin; i < end; ++i)
                ids.push_back(first + static_cast<RecordId>(i - begin));
            const auto from = records.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto to = records.begin() + static_cast<std::ptrdiff_t>(end);
            m_chunks.push_back(std::make_shared<const std::vector<Record>>(std::make_move_iterator(from),
                                                                           std::make_move_iterator(to)));
        }
        m_size += records.size();
        return ids;
    }

    /// Those that are kept, sorted: equal ones as they came. No `keep`: all; no `less`: as they came.
    std::vector<RecordId> arrange(const Keep& keep, const Less& less, Order order) const
    {
        std::vector<RecordId> ids;
        ids.reserve(m_size);
        for (std::size_t chunk = 0; chunk < m_chunks.size(); ++chunk) {
            for (std::size_t i = 0; i < m_chunks[chunk]->size(); ++i) {
                if (!keep || keep((*m_chunks[chunk])[i]))
                    ids.push_back(static_cast<RecordId>(chunk * chunkSize + i));
            }
        }
        if (less) {
            std::stable_sort(ids.begin(), ids.end(), [&](RecordId a, RecordId b) {
                return order == Order::Descending ? less(at(b), at(a)) : less(at(a), at(b));
            });
        }
        return ids;
    }

private:
    static constexpr std::size_t chunkSize = 4096;

    std::vector<std::shared_ptr<const std::vector<Record>>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace layerhold::gui
