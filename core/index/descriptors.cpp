// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/descriptors.h"

#include "index/row_checksum.h"

namespace layerhold::descriptors {

namespace {

std::int64_t checksum(const Digest& digest, const Descriptor& descriptor, std::int64_t updatedAt)
{
    const Key key(digest);
    const Key canonical(descriptor.digest);
    return RowChecksum()
        .add(key.bytes())
        .add(canonical.bytes())
        .add(descriptor.size)
        .add(descriptor.mediaType)
        .add(updatedAt)
        .value();
}

} // namespace

std::optional<Descriptor> find(Connection& index, const Digest& digest)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT canonical, size, media_type, updated_at, checksum FROM descriptors "
                              "WHERE digest = ?")
                   .use(key.bytes());
    if (!use.step())
        return std::nullopt;
    Descriptor descriptor{digestColumn(use, 0)};
    descriptor.size = static_cast<std::uint64_t>(use.integer(1));
    descriptor.mediaType = use.text(2);
    if (use.integer(4) != checksum(digest, descriptor, use.integer(3)))
        failDamagedRow("descriptors", digest.toString());
    return descriptor;
}

void put(Connection& index, const Digest& digest, const Descriptor& descriptor, TimePoint now)
{
    const Key key(digest);
    const Key canonical(descriptor.digest);
    index
        .statement("INSERT OR REPLACE INTO descriptors (digest, canonical, size, media_type, updated_at, checksum) "
                   "VALUES (?, ?, ?, ?, ?, ?)")
        .use(key.bytes(), canonical.bytes(), descriptor.size, descriptor.mediaType, toNanoseconds(now),
             checksum(digest, descriptor, toNanoseconds(now)))
        .run();
}

void eraseAll(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM descriptors WHERE digest = ?1 OR canonical = ?1").use(key.bytes()).run();
}

void prune(Connection& index, std::size_t kept, std::size_t most)
{
    index
        .statement("DELETE FROM descriptors WHERE digest IN (SELECT digest FROM descriptors "
                   "ORDER BY updated_at DESC LIMIT ?2 OFFSET ?1)")
        .use(static_cast<std::uint64_t>(kept), static_cast<std::uint64_t>(most))
        .run();
}

} // namespace layerhold::descriptors
