// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// fill_index ROOT COUNT: puts COUNT blobs, claimed by the engine "default", into the index of a root that layerhold
// has made and that nobody has open. The blobs have no files: it is the index whose size is measured.
#include "index/blobs.h"
#include "index/claims.h"
#include "index/index.h"
#include "store/layout.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace layerhold;

Digest digestOf(std::uint64_t number)
{
    const std::string text = "blob " + std::to_string(number);
    return Hasher::of(std::as_bytes(std::span(text)));
}

void putBlob(Connection& connection, std::uint64_t number, TimePoint now)
{
    BlobRow row{.digest = digestOf(number), .size = 4096 + number % 4096};
    row.mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
    row.kind = BlobKind::Layer;
    row.createdAt = row.verifiedAt = row.accessedAt = now;
    row.identity.inode = number + 1;
    row.identity.size = row.size;
    row.origin = "engine default";
    blobs::put(connection, row);
    claims::put(connection, {.holder = "default", .digest = row.digest, .since = now, .updated = now});
    supplies::put(connection, {.engine = "default", .digest = row.digest, .since = now});
}

void fill(const std::filesystem::path& root, std::uint64_t count)
{
    Index::Options options;
    options.path = Layout(root).indexDatabase();
    options.clock = &Clock::system();
    Index index(std::move(options));
    index.open(Index::Empty::IsNew);
    constexpr std::uint64_t batch = 20'000;
    for (std::uint64_t begin = 0; begin < count; begin += batch)
        index.write(Index::Durability::Relaxed, [&](Change& change) {
            for (std::uint64_t number = begin; number < std::min(count, begin + batch); ++number)
                putBlob(change.index(), number, change.now());
        });
    index.close();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s ROOT COUNT\n", argv[0]);
        return 2;
    }
    try {
        fill(argv[1], std::strtoull(argv[2], nullptr, 10));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
