// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "crash/local_target.h"

#include "layerhold/health.h"

#include <algorithm>

namespace layerhold::test {

LocalTarget::LocalTarget(Cache& cache, const std::string& engine)
    : Target(cache.status().root)
    , m_cache(cache)
    , m_store(cache.contentStore(engine))
{}

void LocalTarget::put(const std::string& ref, const PoolBlob& blob, std::size_t pieceSize)
{
    try {
        const auto ingest = m_store->ingest(ref, {.total = blob.bytes.size(), .expected = blob.digest});
        const std::span<const std::byte> bytes(blob.bytes);
        while (ingest->offset() < bytes.size()) {
            const std::size_t offset = ingest->offset();
            const std::span<const std::byte> pieces[] = {
                bytes.subspan(offset, std::min(pieceSize, bytes.size() - offset))};
            ingest->append(pieces);
        }
        CommitRequest request;
        request.total = bytes.size();
        request.expected = blob.digest;
        ingest->commitAndWait(std::move(request));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::AlreadyExists)
            throw;
    }
}

bool LocalTarget::claim(const Digest& digest)
{
    return m_store->info(digest).has_value();
}

void LocalTarget::release(const Digest& digest)
{
    m_store->release(digest);
}

void LocalTarget::writePart(const std::string& ref, const PoolBlob& blob, std::size_t size)
{
    const auto ingest = m_store->ingest(ref, {.total = blob.bytes.size(), .expected = {}});
    if (ingest->offset() >= size)
        return;
    const std::span<const std::byte> pieces[] = {
        std::span(blob.bytes).subspan(ingest->offset(), size - ingest->offset())};
    ingest->append(pieces);
}

void LocalTarget::abort(const std::string& ref)
{
    m_store->abort(ref);
}

std::vector<std::byte> LocalTarget::read(const Digest& digest)
{
    const BlobReader reader = m_store->open(digest);
    std::vector<std::byte> bytes(reader.size());
    std::size_t done = 0;
    while (done < bytes.size()) {
        const std::size_t count = reader.read(done, std::span(bytes).subspan(done));
        if (count == 0)
            throw Error(ErrorCode::DataLoss, "short read");
        done += count;
    }
    return bytes;
}

void LocalTarget::cleanup(std::uint64_t keepBytes)
{
    m_cache.cleanup().collect({CleanupOptions::Mode::Run, keepBytes}, {}, {});
}

void LocalTarget::moveToTrash(std::uint64_t keepBytes)
{
    CleanupPolicy policy;
    CleanupRule& rule = policy.rules.emplace_back();
    rule.name = "all";
    rule.maxUsed = {SpaceLimit::Unit::Bytes, keepBytes};
    const Plan plan = m_cache.cleanup().plan({policy, "manual"}, {});
    m_cache.cleanup().apply(plan.id, Disposal::Trash, {}, {});
}

void LocalTarget::undo()
{
    m_cache.cleanup().undo({}, {}, {});
}

void LocalTarget::emptyTrash()
{
    m_cache.cleanup().emptyTrash({}, {}, {});
}

void LocalTarget::repair()
{
    m_cache.health().repair(IntegrityDepth::Quick, {}, {});
}

} // namespace layerhold::test
