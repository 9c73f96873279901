// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace layerhold {

/// Who asks a registry, without the secret: a hash over the credential, keyed with a random key that stays on the
/// machine (AccessRecords::identityOf). Equal credentials for one registry are one identity. A value.
class Identity
{
public:
    static constexpr std::size_t size = 32;

    /// Nobody in particular: no credential at all. It is the same everywhere, and no credential ever gives it.
    static Identity anonymous() { return {}; }

    /// nullopt for another number of bytes.
    static std::optional<Identity> fromBytes(std::span<const std::byte> bytes);

    bool isAnonymous() const { return *this == Identity(); }

    std::span<const std::byte, size> bytes() const { return m_bytes; }

    /// "anonymous", or 64 hexadecimal digits. It tells nothing of the secret.
    std::string toString() const;

    friend bool operator==(const Identity&, const Identity&) = default;
    friend auto operator<=>(const Identity&, const Identity&) = default;

private:
    Identity() = default;

    std::array<std::byte, size> m_bytes{};
};

} // namespace layerhold
