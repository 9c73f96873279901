// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/blob_scan.h"

namespace layerhold::scan {

std::size_t mostBlobs(Connection& index)
{
    constexpr std::int64_t smallestRow = 128; // with its claim or its supply
    auto pages = index.statement("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").use();
    return pages.step() ? static_cast<std::size_t>(pages.integer(0) / smallestRow) : 0;
}

void blobs(Connection& index, const std::function<void(const ScannedBlob&)>& each)
{
    auto use = index
                   .statement("SELECT digest, size, kind, state, created_at, mtime, accessed_at, access_count, "
                              "media_type, origin FROM blobs ORDER BY digest")
                   .use();
    while (use.step()) {
        ScannedBlob blob{digestColumn(use, 0)};
        blob.size = static_cast<std::uint64_t>(use.integer(1));
        blob.kind = static_cast<BlobKind>(use.integer(2));
        blob.state = static_cast<BlobState>(use.integer(3));
        blob.createdAt = fromNanoseconds(use.integer(4));
        blob.writtenAt = fromNanoseconds(use.integer(5));
        blob.usedAt = fromNanoseconds(use.integer(6));
        blob.uses = static_cast<std::uint64_t>(use.integer(7));
        blob.mediaType = use.text(8);
        blob.origin = use.text(9);
        each(blob);
    }
}

void claims(Connection& index,
            const std::function<void(HolderKind kind, std::string_view holder, const Digest& digest)>& each)
{
    auto use = index
                   .statement("SELECT holder_kind, holder, digest FROM claims INDEXED BY claims_of_holder "
                              "ORDER BY holder_kind, holder, digest")
                   .use();
    while (use.step())
        each(static_cast<HolderKind>(use.integer(0)), use.text(1), digestColumn(use, 2));
}

void edges(Connection& index, const std::function<void(const Digest& parent, const Digest& child)>& each)
{
    auto use = index.statement("SELECT parent, child FROM edges INDEXED BY edges_of_child").use();
    while (use.step())
        each(digestColumn(use, 0), digestColumn(use, 1));
}

void sources(Connection& index, const std::function<void(const Digest& digest)>& each)
{
    auto use = index.statement("SELECT digest FROM labels WHERE key LIKE 'containerd.io/distribution.source.%'").use();
    while (use.step())
        each(digestColumn(use, 0));
}

} // namespace layerhold::scan
