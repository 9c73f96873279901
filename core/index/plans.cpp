// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/plans.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

#include <algorithm>

namespace layerhold {

namespace {

constexpr std::uint64_t itemsPerPage = 1024;
constexpr std::uint64_t pagesPerWrite = 64;
constexpr std::uint64_t pagesPerSweep = 32;

/// Seven bits a byte, least first, the eighth bit says that more follow (LEB128).
void putNumber(std::string& out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7U)
        out += static_cast<char>(value | 0x80U);
    out += static_cast<char>(value);
}

std::uint8_t takeByte(std::string_view& bytes)
{
    if (bytes.empty())
        failDamagedRow("plan_pages", "a page that is too short");
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    return byte;
}

std::uint64_t takeNumber(std::string_view& bytes)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = takeByte(bytes);
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80)
            return value;
    }
    failDamagedRow("plan_pages", "a number that does not end");
}

void pack(std::string& out, const PackedItem& item)
{
    for (const std::uint8_t small : {item.what, item.decision, item.reason, item.rule, item.kind, item.refetch,
                                     static_cast<std::uint8_t>(item.name.size())})
        out += static_cast<char>(small);
    putNumber(out, item.holder);
    putNumber(out, item.bytes);
    putNumber(out, static_cast<std::uint64_t>(item.created));
    // Coming in counts as the first use: as a rule it is the same, or later.
    putNumber(out, static_cast<std::uint64_t>(item.used) - static_cast<std::uint64_t>(item.created));
    out += item.name;
}

PackedItem unpack(std::string_view& bytes)
{
    PackedItem item;
    item.what = takeByte(bytes);
    item.decision = takeByte(bytes);
    item.reason = takeByte(bytes);
    item.rule = takeByte(bytes);
    item.kind = takeByte(bytes);
    item.refetch = takeByte(bytes);
    const std::uint8_t nameSize = takeByte(bytes);
    item.holder = static_cast<std::uint32_t>(takeNumber(bytes));
    item.bytes = takeNumber(bytes);
    const std::uint64_t created = takeNumber(bytes);
    item.created = static_cast<std::int64_t>(created);
    item.used = static_cast<std::int64_t>(created + takeNumber(bytes));
    if (bytes.size() < nameSize)
        failDamagedRow("plan_pages", "a page that is too short");
    item.name = bytes.substr(0, nameSize);
    bytes.remove_prefix(nameSize);
    return item;
}

std::span<const std::byte> asBytes(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

} // namespace

namespace policies {

std::optional<std::string> find(Connection& index, const std::string& name)
{
    auto use = index.statement("SELECT body, checksum FROM policies WHERE name = ?").use(name);
    if (!use.step())
        return std::nullopt;
    std::string body(use.text(0));
    if (use.integer(1) != RowChecksum().add(name).add(body).value())
        failDamagedRow("policies", name);
    return body;
}

void put(Connection& index, const std::string& name, const std::string& body)
{
    index.statement("INSERT OR REPLACE INTO policies (name, body, checksum) VALUES (?, ?, ?)")
        .use(name, body, RowChecksum().add(name).add(body).value())
        .run();
}

void erase(Connection& index, const std::string& name)
{
    index.statement("DELETE FROM policies WHERE name = ?").use(name).run();
}

} // namespace policies

namespace plans {

namespace {

std::int64_t checksum(const PlanRow& row)
{
    return RowChecksum().add(row.id).add(toNanoseconds(row.madeAt)).add(row.body).add(row.run).value();
}

/// Columns id, made_at, body, run, checksum.
PlanRow read(const sqlite::Statement::Use& use)
{
    PlanRow row{std::string(use.text(0)), fromNanoseconds(use.integer(1)), std::string(use.text(2)),
                std::string(use.text(3))};
    if (use.integer(4) != checksum(row))
        failDamagedRow("plans", row.id);
    return row;
}

} // namespace

std::optional<PlanRow> find(Connection& index, const std::string& id)
{
    auto use = index.statement("SELECT id, made_at, body, run, checksum FROM plans WHERE id = ?").use(id);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<PlanRow> all(Connection& index)
{
    std::vector<PlanRow> rows;
    auto use = index.statement("SELECT id, made_at, body, run, checksum FROM plans ORDER BY made_at DESC, id").use();
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const PlanRow& row)
{
    index.statement("INSERT OR REPLACE INTO plans (id, made_at, body, run, checksum) VALUES (?, ?, ?, ?, ?)")
        .use(row.id, toNanoseconds(row.madeAt), row.body, row.run, checksum(row))
        .run();
}

void erase(Connection& index, const std::string& id)
{
    index.statement("DELETE FROM plans WHERE id = ?").use(id).run();
}

Swept sweep(Connection& index, const std::string& beingMade)
{
    index
        .statement("DELETE FROM plan_pages WHERE (plan, first) IN (SELECT plan, first FROM plan_pages "
                   "WHERE plan NOT IN (SELECT id FROM plans) AND plan <> ? LIMIT ?)")
        .use(beingMade, pagesPerSweep)
        .run();
    auto rest = index
                    .statement("SELECT 1 FROM plan_pages WHERE plan NOT IN (SELECT id FROM plans) AND plan <> ? "
                               "LIMIT 1")
                    .use(beingMade);
    return rest.step() ? Swept::Some : Swept::Nothing;
}

void PageWriter::add(const PackedItem& item)
{
    const std::uint64_t page = m_count / itemsPerPage;
    if (page == m_pages.size())
        m_pages.emplace_back();
    pack(m_pages[page], item);
    ++m_count;
}

bool PageWriter::isFull() const
{
    return m_count == itemsPerPage * pagesPerWrite;
}

void PageWriter::write(Connection& index) const
{
    for (std::uint64_t page = 0; page * itemsPerPage < m_count; ++page) {
        const std::uint64_t first = m_first + page * itemsPerPage;
        const auto bytes = asBytes(m_pages[page]);
        index.statement("INSERT INTO plan_pages (plan, first, items, checksum) VALUES (?, ?, ?, ?)")
            .use(m_plan, first, bytes, RowChecksum().add(m_plan).add(first).add(bytes).value())
            .run();
    }
}

void PageWriter::clear()
{
    m_first += m_count;
    m_count = 0;
    for (std::string& page : m_pages)
        page.clear(); // keeps its memory
}

std::vector<PackedItem> items(Connection& index, const std::string& plan, std::uint64_t from, std::size_t limit)
{
    std::vector<PackedItem> result;
    auto use = index
                   .statement("SELECT first, items, checksum FROM plan_pages WHERE plan = ? AND first >= ? "
                              "ORDER BY first")
                   .use(plan, from / itemsPerPage * itemsPerPage);
    std::uint64_t expected = from / itemsPerPage * itemsPerPage;
    while (result.size() < limit && use.step()) {
        const auto first = static_cast<std::uint64_t>(use.integer(0));
        if (first != expected)
            break; // the plan is going, or was lost in part
        expected += itemsPerPage;
        const auto bytes = use.blob(1);
        if (use.integer(2) != RowChecksum().add(plan).add(first).add(bytes).value())
            failDamagedRow("plan_pages", plan);
        std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        for (std::uint64_t position = first; !rest.empty() && result.size() < limit; ++position) {
            PackedItem item = unpack(rest);
            if (position >= from)
                result.push_back(std::move(item));
        }
    }
    return result;
}

} // namespace plans

namespace runs {

namespace {

std::int64_t checksum(const RunRow& row)
{
    return RowChecksum().add(row.id).add(toNanoseconds(row.started)).add(row.body).value();
}

/// Columns id, started, body, checksum.
RunRow read(const sqlite::Statement::Use& use)
{
    RunRow row{std::string(use.text(0)), fromNanoseconds(use.integer(1)), std::string(use.text(2))};
    if (use.integer(3) != checksum(row))
        failDamagedRow("runs", row.id);
    return row;
}

} // namespace

std::optional<RunRow> find(Connection& index, const std::string& id)
{
    auto use = index.statement("SELECT id, started, body, checksum FROM runs WHERE id = ?").use(id);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<RunRow> latest(Connection& index, std::size_t limit)
{
    std::vector<RunRow> rows;
    auto use = index.statement("SELECT id, started, body, checksum FROM runs ORDER BY started DESC, id DESC LIMIT ?")
                   .use(static_cast<std::uint64_t>(limit));
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const RunRow& row)
{
    index.statement("INSERT OR REPLACE INTO runs (id, started, body, checksum) VALUES (?, ?, ?, ?)")
        .use(row.id, toNanoseconds(row.started), row.body, checksum(row))
        .run();
}

void putItem(Connection& index, const std::string& run, const RunItemRow& row)
{
    index
        .statement("INSERT OR REPLACE INTO run_items (run, position, what, name, bytes, outcome, sentence) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .use(run, row.position, static_cast<int>(row.what), row.name, row.bytes, static_cast<int>(row.outcome),
             row.sentence)
        .run();
}

std::vector<RunItemRow> items(Connection& index, const std::string& run, std::uint64_t from, std::size_t limit)
{
    std::vector<RunItemRow> rows;
    auto use = index
                   .statement("SELECT position, what, name, bytes, outcome, sentence FROM run_items "
                              "WHERE run = ? AND position >= ? ORDER BY position LIMIT ?")
                   .use(run, from, static_cast<std::uint64_t>(limit));
    while (use.step())
        rows.push_back({static_cast<std::uint64_t>(use.integer(0)), static_cast<std::uint8_t>(use.integer(1)),
                        std::string(use.text(2)), static_cast<std::uint64_t>(use.integer(3)),
                        static_cast<std::uint8_t>(use.integer(4)), std::string(use.text(5))});
    return rows;
}

void prune(Connection& index, std::size_t kept)
{
    // Those whose trash can still come back stay, whatever their age.
    constexpr std::string_view old = "SELECT id FROM runs WHERE NOT EXISTS (SELECT 1 FROM trash WHERE trash.run = "
                                     "runs.id) ORDER BY started DESC, id DESC LIMIT -1 OFFSET ?";
    std::vector<std::string> ids;
    {
        auto use = index.statement(old).use(static_cast<std::uint64_t>(kept));
        while (use.step())
            ids.emplace_back(use.text(0));
    }
    for (const std::string& id : ids) {
        index.statement("DELETE FROM run_items WHERE run = ?").use(id).run();
        index.statement("DELETE FROM runs WHERE id = ?").use(id).run();
    }
}

} // namespace runs
} // namespace layerhold
