// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/messages.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace layerhold::service {

/// Reads the protobuf wire format from a message that lies in several pieces, without joining them. Malformed input is
/// Error{InvalidArgument}.
///
///   while (const auto field = reader.next()) {
///       if (field->is(1, WireType::Lengthed)) name = reader.text(); else reader.skip(*field);
///   }
class WireReader
{
public:
    enum class WireType : std::uint8_t
    {
        Varint = 0,
        Fixed64 = 1,
        Lengthed = 2,
        GroupStart = 3,
        GroupEnd = 4,
        Fixed32 = 5
    };

    struct Field
    {
        std::uint32_t number = 0;
        WireType type = WireType::Varint;

        bool is(std::uint32_t wantedNumber, WireType wantedType) const
        {
            return number == wantedNumber && type == wantedType;
        }
    };

    /// The pieces must outlive the reader and what bytes() returned.
    explicit WireReader(std::span<const Bytes> pieces);

    /// The next field's tag; nullopt at the end of the message.
    std::optional<Field> next();

    std::uint64_t varint();

    std::int64_t int64() { return static_cast<std::int64_t>(varint()); }

    /// An enum or int32: the low 32 bits, as protobuf parsers take them.
    std::int32_t int32() { return static_cast<std::int32_t>(static_cast<std::uint32_t>(varint())); }

    /// A length-delimited field, left where it lies.
    std::vector<Bytes> bytes();
    /// A `string` field: valid UTF-8.
    std::string text();
    void skip(const Field& field);

private:
    std::byte nextByte();
    std::uint64_t length();
    std::vector<Bytes> take(std::uint64_t count);
    void skipField(const Field& field, int depth);

    std::span<const Bytes> m_pieces;
    Bytes m_current;          ///< what is left of the piece in work
    std::uint64_t m_left = 0; ///< bytes to the end of the message
};

} // namespace layerhold::service
