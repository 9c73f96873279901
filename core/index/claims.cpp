// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/claims.h"

#include "index/blobs.h"
#include "index/row_checksum.h"
#include "layerhold/error.h"

namespace layerhold {

namespace claims {

namespace {

std::int64_t checksum(const ClaimRow& row)
{
    const Key key(row.digest);
    return RowChecksum()
        .add(key.bytes())
        .add(static_cast<std::int64_t>(row.holderKind))
        .add(row.holder)
        .add(toNanoseconds(row.since))
        .add(toNanoseconds(row.updated))
        .value();
}

/// Columns digest, holder_kind, holder, since, updated, checksum.
ClaimRow read(const sqlite::Statement::Use& use)
{
    ClaimRow row{static_cast<HolderKind>(use.integer(1)), std::string(use.text(2)), digestColumn(use, 0),
                 fromNanoseconds(use.integer(3)), fromNanoseconds(use.integer(4))};
    if (use.integer(5) != checksum(row))
        failDamagedRow("claims", row.digest.toString());
    return row;
}

} // namespace

std::optional<ClaimRow> find(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims "
                              "WHERE digest = ? AND holder_kind = ? AND holder = ?")
                   .use(key.bytes(), static_cast<int>(kind), holder);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

std::vector<ClaimRow> of(Connection& index, const Digest& digest)
{
    std::vector<ClaimRow> rows;
    const Key key(digest);
    auto use = index
                   .statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims "
                              "WHERE digest = ? ORDER BY holder_kind, holder")
                   .use(key.bytes());
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

bool exists(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest)
{
    const Key key(digest);
    return index.statement("SELECT 1 FROM claims WHERE digest = ? AND holder_kind = ? AND holder = ?")
        .use(key.bytes(), static_cast<int>(kind), holder)
        .step();
}

bool any(Connection& index, const Digest& digest)
{
    const Key key(digest);
    return index.statement("SELECT 1 FROM claims WHERE digest = ? LIMIT 1").use(key.bytes()).step();
}

std::vector<ClaimRow> ofHolder(Connection& index, HolderKind kind, const std::string& holder)
{
    std::vector<ClaimRow> rows;
    auto use = index
                   .statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims "
                              "INDEXED BY claims_of_holder WHERE holder_kind = ? AND holder = ?")
                   .use(static_cast<int>(kind), holder);
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

std::vector<ClaimRow> ofKind(Connection& index, HolderKind kind)
{
    std::vector<ClaimRow> rows;
    auto use = index
                   .statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims "
                              "INDEXED BY claims_of_holder WHERE holder_kind = ?")
                   .use(static_cast<int>(kind));
    while (use.step())
        rows.push_back(read(use));
    return rows;
}

void put(Connection& index, const ClaimRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT OR REPLACE INTO claims (digest, holder_kind, holder, since, updated, checksum) "
                   "VALUES (?, ?, ?, ?, ?, ?)")
        .use(key.bytes(), static_cast<int>(row.holderKind), row.holder, toNanoseconds(row.since),
             toNanoseconds(row.updated), checksum(row))
        .run();
}

bool erase(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM claims WHERE digest = ? AND holder_kind = ? AND holder = ?")
        .use(key.bytes(), static_cast<int>(kind), holder)
        .run();
    return index.database().changes() > 0;
}

void eraseHolder(Connection& index, HolderKind kind, const std::string& holder)
{
    index.statement("DELETE FROM claims WHERE holder_kind = ? AND holder = ?")
        .use(static_cast<int>(kind), holder)
        .run();
}

void forEach(Connection& index, const std::function<void(const ClaimRow&)>& each)
{
    auto use = index.statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims").use();
    while (use.step())
        each(read(use));
}

void forEachReadable(Connection& index, const std::function<void(const ClaimRow&)>& each)
{
    auto use = index.statement("SELECT digest, holder_kind, holder, since, updated, checksum FROM claims").use();
    while (use.step()) {
        std::optional<ClaimRow> row;
        try {
            row = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*row);
    }
}

} // namespace claims

namespace supplies {

namespace {

std::int64_t checksum(const SupplyRow& row)
{
    const Key key(row.digest);
    return RowChecksum().add(key.bytes()).add(row.engine).add(toNanoseconds(row.since)).value();
}

SupplyRow read(const sqlite::Statement::Use& use)
{
    SupplyRow row{std::string(use.text(1)), digestColumn(use, 0), fromNanoseconds(use.integer(2))};
    if (use.integer(3) != checksum(row))
        failDamagedRow("supplies", row.digest.toString());
    return row;
}

} // namespace

bool exists(Connection& index, const std::string& engine, const Digest& digest)
{
    const Key key(digest);
    auto use = index.statement("SELECT digest, engine, since, checksum FROM supplies WHERE digest = ? AND engine = ?")
                   .use(key.bytes(), engine);
    if (!use.step())
        return false;
    read(use);
    return true;
}

bool any(Connection& index, const Digest& digest)
{
    const Key key(digest);
    return index.statement("SELECT 1 FROM supplies WHERE digest = ? LIMIT 1").use(key.bytes()).step();
}

void put(Connection& index, const SupplyRow& row)
{
    const Key key(row.digest);
    index.statement("INSERT OR IGNORE INTO supplies (digest, engine, since, checksum) VALUES (?, ?, ?, ?)")
        .use(key.bytes(), row.engine, toNanoseconds(row.since), checksum(row))
        .run();
}

void eraseAll(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM supplies WHERE digest = ?").use(key.bytes()).run();
}

void eraseEngine(Connection& index, const std::string& engine)
{
    index.statement("DELETE FROM supplies WHERE engine = ?").use(engine).run();
}

void forEach(Connection& index, const std::function<void(const SupplyRow&)>& each)
{
    auto use = index.statement("SELECT digest, engine, since, checksum FROM supplies").use();
    while (use.step())
        each(read(use));
}

void forEachReadable(Connection& index, const std::function<void(const SupplyRow&)>& each)
{
    auto use = index.statement("SELECT digest, engine, since, checksum FROM supplies").use();
    while (use.step()) {
        std::optional<SupplyRow> row;
        try {
            row = read(use);
        } catch (const Error&) {
            continue; // the row is damaged; the next one may be whole
        }
        each(*row);
    }
}

} // namespace supplies

namespace labels {

Labels of(Connection& index, const std::string& engine, const Digest& digest)
{
    Labels result;
    const Key key(digest);
    auto use =
        index.statement("SELECT key, value FROM labels WHERE engine = ? AND digest = ?").use(engine, key.bytes());
    while (use.step())
        result.emplace(use.text(0), use.text(1));
    return result;
}

std::map<Digest, Labels> ofRange(Connection& index, const std::string& engine, const Digest& first, const Digest& last)
{
    std::map<Digest, Labels> result;
    const Key from(first);
    const Key to(last);
    auto use = index
                   .statement("SELECT digest, key, value FROM labels WHERE engine = ? AND digest BETWEEN ? AND ? "
                              "ORDER BY digest, key")
                   .use(engine, from.bytes(), to.bytes());
    while (use.step())
        result[digestColumn(use, 0)].emplace(use.text(1), use.text(2));
    return result;
}

bool nameSource(Connection& index, const Digest& digest)
{
    const Key key(digest);
    // By the primary key, once for each engine.
    auto use = index
                   .statement("SELECT 1 FROM labels WHERE engine IN (SELECT name FROM engines) AND digest = ? "
                              "AND key > 'containerd.io/distribution.source.' "
                              "AND key < 'containerd.io/distribution.source/' LIMIT 1")
                   .use(key.bytes());
    return use.step();
}

void set(Connection& index, const std::string& engine, const Digest& digest, const std::string& name,
         const std::string& value)
{
    const Key key(digest);
    index.statement("INSERT OR REPLACE INTO labels (engine, digest, key, value) VALUES (?, ?, ?, ?)")
        .use(engine, key.bytes(), name, value)
        .run();
}

void erase(Connection& index, const std::string& engine, const Digest& digest, const std::string& name)
{
    const Key key(digest);
    index.statement("DELETE FROM labels WHERE engine = ? AND digest = ? AND key = ?")
        .use(engine, key.bytes(), name)
        .run();
}

void eraseAll(Connection& index, const std::string& engine, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM labels WHERE engine = ? AND digest = ?").use(engine, key.bytes()).run();
}

void eraseEngine(Connection& index, const std::string& engine)
{
    index.statement("DELETE FROM labels WHERE engine = ?").use(engine).run();
}

void forEach(Connection& index, const std::function<void(const Row&)>& each)
{
    auto use = index.statement("SELECT engine, digest, key, value FROM labels").use();
    while (use.step())
        each({std::string(use.text(0)), digestColumn(use, 1), std::string(use.text(2)), std::string(use.text(3))});
}

void remember(Change& change, const std::string& engine, const Digest& digest)
{
    CheckpointRecord none;
    none.what = CheckpointRecord::What::Label;
    none.digest = digest;
    none.holder = engine;
    std::uint64_t position = 0;
    for (auto& [key, value] : of(change.index(), engine, digest))
        if (auto record = toRecord({engine, digest, key, value}, position)) {
            change.remember(std::move(*record));
            ++position;
        }
    if (position == 0)
        change.remember(std::move(none));
}

std::optional<CheckpointRecord> toRecord(const Row& row, std::uint64_t position)
{
    constexpr std::size_t longest = 32'768; // containerd allows 4096
    if (row.key.size() + row.value.size() > longest)
        return std::nullopt;
    CheckpointRecord record;
    record.what = CheckpointRecord::What::Label;
    record.digest = row.digest;
    record.holder = row.engine;
    record.text = row.key + '\0' + row.value;
    record.number = position;
    return record;
}

void replay(Connection& index, const CheckpointRecord& record)
{
    if (record.number == 0)
        eraseAll(index, record.holder, *record.digest);
    const std::size_t end = record.text.find('\0');
    if (end != std::string::npos)
        set(index, record.holder, *record.digest, record.text.substr(0, end), record.text.substr(end + 1));
}

} // namespace labels

std::vector<HeldBlob> heldBlobs(Connection& index, const std::string& engine, const std::optional<Digest>& after,
                                std::size_t limit)
{
    std::vector<HeldBlob> held;
    static constexpr std::byte none[1] = {std::byte{0}}; // below every digest key
    std::optional<Key> key;
    if (after)
        key.emplace(*after);
    auto use = index
                   .statement("SELECT digest, holder_kind, holder, since, updated, checksum "
                              "FROM claims INDEXED BY claims_of_holder "
                              "WHERE holder_kind = 1 AND holder = ? AND digest > ? ORDER BY digest")
                   .use(engine, key ? key->bytes() : std::span<const std::byte>(none));
    while (held.size() < limit && use.step()) {
        ClaimRow claim = claims::read(use);
        const auto blob = blobs::find(index, claim.digest);
        if (blob && blob->state != BlobState::Deleting)
            held.push_back({std::move(claim), blob->size});
    }
    return held;
}

} // namespace layerhold
