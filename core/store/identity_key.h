// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "layerhold/identity.h"
#include "store/layout.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace layerhold {

/// The random key that identities are hashed with: without it, somebody who gets hold of an index could try passwords
/// against the hashes in it. It is no secret of any registry, and never in the index. Wiped when it ends.
class IdentityKey
{
public:
    static IdentityKey random();
    /// That of the root, which is made when there is none, or none of use: proofs of identities that were hashed with
    /// another one are never found again, and expire. Denied when others may write to its file.
    static IdentityKey load(FileSystem& fileSystem, const Layout& layout);

    IdentityKey(const IdentityKey&) = default;
    IdentityKey& operator=(const IdentityKey&) = default;
    ~IdentityKey();

    /// As AccessRecords::identityOf.
    Identity identityOf(std::string_view host, std::string_view kind, std::string_view username,
                        std::string_view secret) const;

private:
    IdentityKey() = default;

    std::array<std::byte, 32> m_bytes{};
};

} // namespace layerhold
