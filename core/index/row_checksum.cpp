// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/row_checksum.h"

#include "layerhold/digest.h"

#include <cstring>

namespace layerhold {

RowChecksum& RowChecksum::add(std::int64_t value)
{
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    return add('i', std::string_view(bytes, sizeof bytes));
}

RowChecksum& RowChecksum::add(std::string_view text)
{
    return add('t', text);
}

RowChecksum& RowChecksum::add(std::span<const std::byte> blob)
{
    return add('b', std::string_view(reinterpret_cast<const char*>(blob.data()), blob.size()));
}

RowChecksum& RowChecksum::add(char type, std::string_view bytes)
{
    const std::uint64_t size = bytes.size();
    char prefix[sizeof size];
    std::memcpy(prefix, &size, sizeof size);
    m_columns += type;
    m_columns.append(prefix, sizeof prefix);
    m_columns += bytes;
    return *this;
}

std::int64_t RowChecksum::value() const
{
    const Digest digest = Hasher::of(std::as_bytes(std::span(m_columns)));
    std::int64_t value = 0;
    std::memcpy(&value, digest.raw().data(), sizeof value);
    return value;
}

} // namespace layerhold
