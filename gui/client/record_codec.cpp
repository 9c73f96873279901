// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/record_codec.h"

#include <QtEndian>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::string_view hidden = "…";
/// Milliseconds, 285 000 years: times that are further away could not be told from each other without an overflow.
constexpr std::int64_t longestTime = std::int64_t(1) << 53;

/// "https://user:password@host" → "https://…@host"
void hideUsers(std::string& text)
{
    constexpr std::string_view start = "://";
    for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
        at += start.size();
        const auto end = text.find_first_of("/?# \t\r\n\"'", at);
        const auto sign = text.substr(at, end == std::string::npos ? end : end - at).rfind('@');
        if (sign != std::string::npos)
            text.replace(at, sign, hidden);
    }
}

/// "Bearer eyJ…" → "Bearer …"
void hideCredentials(std::string& text, std::string_view scheme)
{
    for (auto at = text.find(scheme); at != std::string::npos; at = text.find(scheme, at)) {
        at += scheme.size();
        const auto end = text.find_first_of(" \t\r\n\"',;", at);
        text.replace(at, end == std::string::npos ? end : end - at, hidden);
    }
}

} // namespace

std::string withoutSecrets(std::string text)
{
    hideUsers(text);
    for (const std::string_view scheme : {"Bearer ", "bearer ", "Basic "})
        hideCredentials(text, scheme);
    return text;
}

void RecordEncoder::put(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        m_bytes.append(static_cast<char>(value | 0x80));
    m_bytes.append(static_cast<char>(value));
}

void RecordEncoder::put(double value)
{
    char bytes[sizeof(double)];
    qToLittleEndian(std::bit_cast<std::uint64_t>(value), bytes);
    m_bytes.append(bytes, sizeof bytes);
}

void RecordEncoder::put(const std::string& text)
{
    // Most texts are digests and words of a few letters.
    if (text.find_first_of(" /") != std::string::npos)
        putPlain(withoutSecrets(text));
    else
        putPlain(text);
}

void RecordEncoder::putPlain(const std::string& text)
{
    put(static_cast<std::uint64_t>(text.size()));
    m_bytes.append(text.data(), static_cast<qsizetype>(text.size()));
}

void RecordDecoder::get(bool& value)
{
    const char byte = take(1).front();
    if (byte != '\0' && byte != '\1')
        throw MalformedRecord();
    value = byte == '\1';
}

void RecordDecoder::get(std::uint64_t& value)
{
    value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(take(1).front());
        const std::uint64_t bits = byte & 0x7F;
        if (shift == 63 && bits > 1)
            throw MalformedRecord();
        value |= bits << shift;
        if (byte < 0x80)
            return;
    }
    throw MalformedRecord();
}

void RecordDecoder::get(double& value)
{
    value = std::bit_cast<double>(qFromLittleEndian<std::uint64_t>(take(sizeof(double)).data()));
}

void RecordDecoder::get(std::string& text)
{
    text = take(takeLength());
}

void RecordDecoder::get(Moment& moment)
{
    moment = Moment(Moment::duration(std::clamp(get<std::int64_t>(), -longestTime, longestTime)));
}

void RecordDecoder::get(std::chrono::seconds& time)
{
    time = std::chrono::seconds(std::clamp(get<std::int64_t>(), -longestTime / 1000, longestTime / 1000));
}

std::size_t RecordDecoder::takeLength()
{
    const auto length = get<std::uint64_t>();
    if (length > m_left.size())
        throw MalformedRecord();
    return static_cast<std::size_t>(length);
}

std::string_view RecordDecoder::take(std::size_t length)
{
    if (length > m_left.size())
        throw MalformedRecord();
    const std::string_view taken = m_left.substr(0, length);
    m_left.remove_prefix(length);
    return taken;
}

} // namespace layerhold::gui
