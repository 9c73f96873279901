// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/blob_statistics.h"

namespace layerhold::blob_statistics {

ScrubDebt scrubDebt(Connection& index, TimePoint limit)
{
    ScrubDebt debt;
    auto use = index
                   .statement("SELECT min(verified_at), coalesce(sum(verified_at < ?1), 0), "
                              "coalesce(sum(CASE WHEN verified_at < ?1 THEN size ELSE 0 END), 0) "
                              "FROM blobs WHERE state = 1")
                   .use(toNanoseconds(limit));
    if (!use.step() || use.isNull(0))
        return debt;
    debt.oldestVerified = fromNanoseconds(use.integer(0));
    debt.dueBlobs = static_cast<std::uint64_t>(use.integer(1));
    debt.dueBytes = static_cast<std::uint64_t>(use.integer(2));
    return debt;
}

std::vector<BlobRow> mostUsed(Connection& index, std::size_t limit)
{
    std::vector<Digest> digests;
    {
        auto use =
            index.statement("SELECT digest FROM blobs WHERE state = 1 ORDER BY access_count DESC, digest LIMIT ?")
                .use(static_cast<std::uint64_t>(limit));
        while (use.step())
            digests.push_back(digestColumn(use, 0));
    }
    std::vector<BlobRow> rows;
    for (const Digest& digest : digests)
        if (auto row = blobs::find(index, digest))
            rows.push_back(std::move(*row));
    return rows;
}

Averages averages(Connection& index)
{
    auto use = index
                   .statement("SELECT count(*), count(*) FILTER (WHERE state = 1), "
                              "coalesce(sum(access_count) FILTER (WHERE state = 1), 0) FROM blobs")
                   .use();
    use.step();
    Averages result;
    result.rows = static_cast<std::uint64_t>(use.integer(0));
    if (use.integer(1) > 0)
        result.accessCount = static_cast<double>(use.integer(2)) / static_cast<double>(use.integer(1));
    return result;
}

} // namespace layerhold::blob_statistics
