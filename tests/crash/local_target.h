// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/mixed_work.h"
#include "layerhold/cache.h"

namespace layerhold::test {

/// A cache in this process, seen as one engine.
class LocalTarget : public Target
{
public:
    LocalTarget(Cache& cache, const std::string& engine);

    void put(const std::string& ref, const PoolBlob& blob, std::size_t pieceSize) override;
    bool claim(const Digest& digest) override;
    void release(const Digest& digest) override;
    void writePart(const std::string& ref, const PoolBlob& blob, std::size_t size) override;
    void abort(const std::string& ref) override;
    std::vector<std::byte> read(const Digest& digest) override;
    void cleanup(std::uint64_t keepBytes) override;
    void moveToTrash(std::uint64_t keepBytes) override;
    void undo() override;
    void emptyTrash() override;
    void repair() override;

private:
    Cache& m_cache;
    std::shared_ptr<ContentStore> m_store;
};

} // namespace layerhold::test
