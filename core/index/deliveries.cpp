// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/deliveries.h"

#include "index/row_checksum.h"

namespace layerhold::deliveries {

namespace {

std::int64_t checksum(const Key& key, const Identity& origin, std::int64_t at)
{
    return RowChecksum().add(key.bytes()).add(origin.bytes()).add(at).value();
}

} // namespace

bool has(Connection& index, const Identity& origin, const Digest& digest)
{
    const Key key(digest);
    auto use = index.statement("SELECT at, checksum FROM deliveries WHERE digest = ? AND origin = ?")
                   .use(key.bytes(), origin.bytes());
    if (!use.step())
        return false;
    if (use.integer(1) != checksum(key, origin, use.integer(0)))
        failDamagedRow("deliveries", digest.toString());
    return true;
}

void put(Connection& index, const Identity& origin, const Digest& digest, TimePoint at)
{
    const Key key(digest);
    index.statement("INSERT OR REPLACE INTO deliveries (digest, origin, at, checksum) VALUES (?, ?, ?, ?)")
        .use(key.bytes(), origin.bytes(), toNanoseconds(at), checksum(key, origin, toNanoseconds(at)))
        .run();
}

void eraseAll(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM deliveries WHERE digest = ?").use(key.bytes()).run();
}

void prune(Connection& index, std::size_t kept, std::size_t most)
{
    index
        .statement("DELETE FROM deliveries WHERE (digest, origin) IN (SELECT digest, origin FROM deliveries "
                   "ORDER BY at DESC LIMIT ?2 OFFSET ?1)")
        .use(static_cast<std::uint64_t>(kept), static_cast<std::uint64_t>(most))
        .run();
}

} // namespace layerhold::deliveries
