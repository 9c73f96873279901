// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// fill_index ROOT COUNT [MANIFESTS [RELEASED]]: puts COUNT blobs, claimed by the engine "default", into the index of a
// root that layerhold has made and that nobody has open. The first MANIFESTS of them refer to eight others each; every
// RELEASED-th blob and manifest is not claimed. The blobs have no files: it is the index whose size is measured.
#include "index/blobs.h"
#include "index/claims.h"
#include "index/edges.h"
#include "index/index.h"
#include "store/layout.h"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

using namespace layerhold;

Digest digestOf(std::uint64_t number)
{
    const std::string text = "blob " + std::to_string(number);
    return Hasher::of(std::as_bytes(std::span(text)));
}

struct Amounts
{
    std::uint64_t blobs = 0;
    std::uint64_t manifests = 0;
    std::uint64_t released = 0;
};

void putEdges(Connection& connection, std::uint64_t number, const Amounts& amounts)
{
    constexpr std::uint64_t layers = 8;
    for (std::uint64_t i = 0; i < layers; ++i) {
        const std::uint64_t child =
            amounts.manifests + (number * 7919 + i * i * 104'729) % (amounts.blobs - amounts.manifests);
        edges::put(connection, static_cast<std::int64_t>(i),
                   {digestOf(number), digestOf(child), "layer", "application/vnd.oci.image.layer.v1.tar+gzip", "", 1});
    }
}

void putBlob(Connection& connection, std::uint64_t number, const Amounts& amounts, TimePoint now)
{
    BlobRow row{.digest = digestOf(number), .size = 4096 + number % 4096};
    row.mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
    row.kind = BlobKind::Layer;
    row.createdAt = row.verifiedAt = row.accessedAt = now;
    row.identity.inode = number + 1;
    row.identity.size = row.size;
    row.origin = "engine default";
    if (number < amounts.manifests) {
        row.kind = BlobKind::Manifest;
        putEdges(connection, number, amounts);
    }
    blobs::put(connection, row);
    if (amounts.released == 0 || number % amounts.released != 0)
        claims::put(connection, {.holder = "default", .digest = row.digest, .since = now, .updated = now});
    supplies::put(connection, {.engine = "default", .digest = row.digest, .since = now});
}

void fill(const std::filesystem::path& root, const Amounts& amounts)
{
    Index::Options options;
    options.path = Layout(root).indexDatabase();
    options.clock = &Clock::system();
    Index index(std::move(options));
    index.open(Index::Empty::IsNew);
    constexpr std::uint64_t batch = 20'000;
    for (std::uint64_t begin = 0; begin < amounts.blobs; begin += batch)
        index.write(Index::Durability::Relaxed, [&](Change& change) {
            for (std::uint64_t number = begin; number < std::min(amounts.blobs, begin + batch); ++number)
                putBlob(change.index(), number, amounts, change.now());
        });
    index.close();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3 || argc > 5) {
        std::fprintf(stderr, "usage: %s ROOT COUNT [MANIFESTS [RELEASED]]\n", argv[0]);
        return 2;
    }
    try {
        const auto number = [&](int i) { return i < argc ? std::strtoull(argv[i], nullptr, 10) : 0; };
        const Amounts amounts{number(2), number(3), number(4)};
        if (amounts.manifests > 0 && amounts.manifests >= amounts.blobs)
            throw std::runtime_error("there are to be more blobs than manifests");
        fill(argv[1], amounts);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
