// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/blob_pool.h"
#include "crash/expectation.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A store under test, in this process or behind a socket. Every function throws when the answer is not a success; what
/// then happened to the store is unknown.
class Target
{
public:
    /// What a failing disk does to a file.
    enum class Damage
    {
        Lost,
        Changed,
    };

    explicit Target(std::filesystem::path root)
        : m_root(std::move(root))
    {}

    virtual ~Target() = default;
    /// Writes and commits. A blob that is held already counts as success.
    virtual void put(const std::string& ref, const PoolBlob& blob, std::size_t pieceSize) = 0;
    /// Info: true when the blob is there, and then claimed.
    virtual bool claim(const Digest& digest) = 0;
    virtual void release(const Digest& digest) = 0;
    /// Writes the first `size` bytes and leaves the write open for a resume.
    virtual void writePart(const std::string& ref, const PoolBlob& blob, std::size_t size) = 0;
    virtual void abort(const std::string& ref) = 0;
    virtual std::vector<std::byte> read(const Digest& digest) = 0;
    /// Removes released blobs until `keepBytes` of them are left.
    virtual void cleanup(std::uint64_t keepBytes) = 0;
    /// Plans and applies: released blobs go to the trash until `keepBytes` of all are left.
    virtual void moveToTrash(std::uint64_t keepBytes) = 0;
    /// Brings back the newest run's blobs.
    virtual void undo() = 0;
    virtual void emptyTrash() = 0;
    /// Looks at what was touched, and mends what is wrong.
    virtual void repair() = 0;

    /// Damages the file of a blob behind the store's back; nothing when there is none.
    void damage(const Digest& digest, Damage kind) const;

private:
    std::filesystem::path m_root;
};

/// What the work found wrong while it ran: bytes that are not those that were asked for.
using Violations = std::vector<std::string>;

struct MixedWork
{
    std::uint64_t seed = 1;
    unsigned worker = 0;  ///< this worker of
    unsigned workers = 1; ///< so many; each has its own share of the pool
    unsigned steps = 100;
};

/// Puts, claims, releases, abandons, resumes, aborts, reads and cleans up, in an order that follows from the seed. Goes
/// on after failures until the steps are done or `stop` says true.
Violations runMixedWork(Target& target, const BlobPool& pool, Expectation& expectation, const MixedWork& work,
                        const std::function<bool()>& stop);

} // namespace layerhold::test
