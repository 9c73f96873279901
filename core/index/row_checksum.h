// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace layerhold {

/// The first eight bytes of the sha256 over a row's columns, each with its type and length. SQLite does not notice
/// half of all one-byte flips; this does.
class RowChecksum
{
public:
    RowChecksum& add(std::int64_t value);

    RowChecksum& add(std::uint64_t value) { return add(static_cast<std::int64_t>(value)); }

    RowChecksum& add(std::string_view text);
    RowChecksum& add(std::span<const std::byte> blob);
    std::int64_t value() const;

private:
    RowChecksum& add(char type, std::string_view bytes);
    std::string m_columns;
};

} // namespace layerhold
