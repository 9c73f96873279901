// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/identity.h"

#include "base/text.h"

#include <algorithm>

namespace layerhold {

std::optional<Identity> Identity::fromBytes(std::span<const std::byte> bytes)
{
    if (bytes.size() != size)
        return std::nullopt;
    Identity identity;
    std::copy(bytes.begin(), bytes.end(), identity.m_bytes.begin());
    return identity;
}

std::string Identity::toString() const
{
    return isAnonymous() ? "anonymous" : text::hex(m_bytes);
}

} // namespace layerhold
