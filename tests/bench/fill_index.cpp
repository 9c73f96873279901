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

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

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

void putBlob(Connection& connection, const Digest& digest, std::uint64_t number, const Amounts& amounts, TimePoint now)
{
    BlobRow row{.digest = digest, .size = 4096 + number % 4096};
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

using Numbered = std::pair<Digest, std::uint64_t>;

/// By digest, so that neighbouring rows are written together; first the one half, then the other one in between, which
/// leaves pages as full as those of blobs that came one by one.
std::vector<Numbered> inOrderOfWriting(std::uint64_t count)
{
    std::vector<Numbered> sorted;
    sorted.reserve(count);
    for (std::uint64_t number = 0; number < count; ++number)
        sorted.emplace_back(digestOf(number), number);
    std::sort(sorted.begin(), sorted.end());
    std::vector<Numbered> result;
    result.reserve(count);
    for (const std::size_t first : {0U, 1U})
        for (std::size_t i = first; i < sorted.size(); i += 2)
            result.push_back(sorted[i]);
    return result;
}

void fill(const std::filesystem::path& root, const Amounts& amounts)
{
    Index::Options options;
    options.path = Layout(root).indexDatabase();
    options.clock = &Clock::system();
    Index index(std::move(options));
    index.open(Index::Empty::IsNew);
    constexpr std::size_t batch = 1000; // SQLite's time for a transaction grows with the square of its changes
    const auto blobs = inOrderOfWriting(amounts.blobs);
    for (std::size_t begin = 0; begin < blobs.size(); begin += batch)
        index.write(Index::Durability::Relaxed, [&](Change& change) {
            for (std::size_t i = begin; i < std::min(blobs.size(), begin + batch); ++i)
                putBlob(change.index(), blobs[i].first, blobs[i].second, amounts, change.now());
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
