// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/misses.h"

namespace layerhold::misses {

namespace {

MissRow read(const sqlite::Statement::Use& use)
{
    MissRow row{digestColumn(use, 0)};
    row.at = fromNanoseconds(use.integer(1));
    row.engine = use.text(2);
    row.reason = static_cast<MissReason>(use.integer(3));
    row.times = static_cast<std::uint64_t>(use.integer(4));
    return row;
}

} // namespace

void put(Connection& index, const MissRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT INTO misses (digest, at, engine, reason, times) VALUES (?, ?, ?, ?, ?) "
                   "ON CONFLICT (digest) DO UPDATE SET at = excluded.at, engine = excluded.engine, "
                   "reason = excluded.reason, times = times + excluded.times")
        .use(key.bytes(), toNanoseconds(row.at), row.engine, static_cast<int>(row.reason), row.times)
        .run();
}

std::optional<MissRow> find(Connection& index, const Digest& digest)
{
    const Key key(digest);
    auto use =
        index.statement("SELECT digest, at, engine, reason, times FROM misses WHERE digest = ?").use(key.bytes());
    if (!use.step())
        return std::nullopt;
    return read(use);
}

void forEach(Connection& index, const std::function<void(const MissRow&)>& each)
{
    auto use = index.statement("SELECT digest, at, engine, reason, times FROM misses ORDER BY digest").use();
    while (use.step())
        each(read(use));
}

void prune(Connection& index, std::uint64_t kept)
{
    index.statement("DELETE FROM misses WHERE at <= (SELECT at FROM misses ORDER BY at DESC LIMIT 1 OFFSET ?)")
        .use(kept)
        .run();
}

} // namespace layerhold::misses
