// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/tar_input.h"
#include "layerhold/cache.h"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// Members of an archive as blobs of the cache, claimed for one operation.
class MemberStore
{
public:
    struct Member
    {
        Digest digest;
        std::uint64_t size = 0;
        std::array<std::byte, 4> head{}; ///< the first bytes
    };

    MemberStore(Cache& cache, std::stop_token stop);

    /// Brings a member that is a blob by its name. One that is stored already is only hashed: whoever has the bytes may
    /// have the blob. Error{Corrupted} when the bytes are others.
    void bring(TarInput& input, const TarMember& member, const Digest& digest);
    /// Brings a member whose digest nobody has stated.
    void bring(TarInput& input, const TarMember& member);
    /// Brings a document of our own; returns its digest.
    Digest bringDocument(std::string_view document);

    /// nullptr when there is none of that path.
    const Member* find(const std::string& path) const;
    /// The size of a blob that came; nullopt for others.
    std::optional<std::uint64_t> sizeOf(const Digest& digest) const;

    const ArchiveReadReport& report() const { return m_report; }

private:
    Digest hash(TarInput& input, const TarMember& member, DigestAlgorithm algorithm);
    Digest deliver(TarInput& input, const TarMember& member, const std::optional<Digest>& digest);
    void readAll(TarInput& input, const TarMember& member,
                 const std::function<void(std::span<const std::byte>)>& onPiece);
    void note(const std::string& path, const Digest& digest, std::uint64_t size);

    const std::stop_token m_stop;
    const std::unique_ptr<Operation> m_operation;
    std::vector<std::byte> m_buffer;
    std::array<std::byte, 4> m_head{}; ///< of the member that is read
    std::map<std::string, Member> m_members;
    std::map<Digest, std::uint64_t> m_sizes;
    ArchiveReadReport m_report;
};

} // namespace layerhold
