// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/wire_reader.h"

#include "layerhold/error.h"

#include <algorithm>

namespace layerhold::service {

namespace {

/// As deep as protobuf's own parsers go into unknown groups is not needed: no version of the API has one.
constexpr int MaximumGroupDepth = 16;

[[noreturn]] void malformed(const char* what)
{
    throw Error(ErrorCode::InvalidArgument, std::string("malformed request message: ") + what);
}

bool isUtf8(std::string_view text)
{
    const auto byteAt = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t at = 0; at < text.size();) {
        const unsigned char lead = byteAt(at);
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || text.size() - at <= more)
            return false;
        const unsigned char second = byteAt(at + 1);
        // Over-long forms, surrogates, and what lies beyond U+10FFFF.
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
            (lead == 0xf4 && second > 0x8f))
            return false;
        for (std::size_t i = 1; i <= more; ++i) {
            if ((byteAt(at + i) & 0xc0) != 0x80)
                return false;
        }
        at += more + 1;
    }
    return true;
}

} // namespace

WireReader::WireReader(std::span<const Bytes> pieces)
    : m_pieces(pieces)
{
    for (const Bytes& piece : pieces)
        m_left += piece.size();
}

std::byte WireReader::nextByte()
{
    if (m_left == 0)
        malformed("it ends in the middle of a field");
    while (m_current.empty()) {
        m_current = m_pieces.front();
        m_pieces = m_pieces.subspan(1);
    }
    const std::byte result = m_current.front();
    m_current = m_current.subspan(1);
    --m_left;
    return result;
}

std::optional<WireReader::Field> WireReader::next()
{
    if (m_left == 0)
        return std::nullopt;
    const std::uint64_t tag = varint();
    const std::uint64_t number = tag >> 3;
    const auto type = static_cast<std::uint8_t>(tag & 7);
    if (number == 0 || number > 0x1fffffff || type > 5)
        malformed("a field has an impossible tag");
    return Field{static_cast<std::uint32_t>(number), static_cast<WireType>(type)};
}

std::uint64_t WireReader::varint()
{
    std::uint64_t result = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
        const auto byte = std::to_integer<std::uint64_t>(nextByte());
        result |= (byte & 0x7f) << shift;
        if (byte < 0x80)
            return result;
    }
    malformed("a number has more than ten bytes");
}

std::uint64_t WireReader::length()
{
    const std::uint64_t count = varint();
    if (count > m_left)
        malformed("a field is longer than the message");
    return count;
}

std::vector<Bytes> WireReader::take(std::uint64_t count)
{
    std::vector<Bytes> result;
    while (count > 0) {
        if (m_current.empty()) {
            m_current = m_pieces.front();
            m_pieces = m_pieces.subspan(1);
            continue;
        }
        const std::size_t here = std::min<std::uint64_t>(count, m_current.size());
        result.push_back(m_current.first(here));
        m_current = m_current.subspan(here);
        m_left -= here;
        count -= here;
    }
    return result;
}

std::vector<Bytes> WireReader::bytes()
{
    return take(length());
}

std::string WireReader::text()
{
    std::string result;
    const std::uint64_t count = length();
    result.reserve(count);
    for (const Bytes& piece : take(count))
        result.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    if (!isUtf8(result))
        malformed("a string is not valid UTF-8");
    return result;
}

void WireReader::skip(const Field& field)
{
    skipField(field, 0);
}

void WireReader::skipField(const Field& field, int depth)
{
    switch (field.type) {
    case WireType::Varint:
        varint();
        return;
    case WireType::Fixed64:
    case WireType::Fixed32: {
        const std::uint64_t size = field.type == WireType::Fixed64 ? 8 : 4;
        if (size > m_left)
            malformed("it ends in the middle of a field");
        take(size);
        return;
    }
    case WireType::Lengthed:
        bytes();
        return;
    case WireType::GroupStart:
        if (depth == MaximumGroupDepth)
            malformed("groups are nested too deeply");
        for (;;) {
            const std::optional<Field> inner = next();
            if (!inner)
                malformed("a group has no end");
            if (inner->type == WireType::GroupEnd) {
                if (inner->number != field.number)
                    malformed("a group ends as another one");
                return;
            }
            skipField(*inner, depth + 1);
        }
    case WireType::GroupEnd:
        malformed("a group ends that did not begin");
    }
}

} // namespace layerhold::service
