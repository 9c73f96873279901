// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/wire.h"

#include "layerhold/error.h"
#include "service/content/wire_reader.h"

#include <utility>

namespace layerhold::service::wire {

namespace {

using Type = WireReader::WireType;

/// What a request may carry beside its payload: far more than any client sends, and little enough to be worked on at
/// once. The index takes labels in one transaction, and an Info with them has to fit into 16 MiB.
constexpr std::size_t mostTexts = 4096;
constexpr std::size_t mostTextBytes = std::size_t{1} << 20;
constexpr std::size_t mostFilterBytes = std::size_t{64} << 10;

class Allowance
{
public:
    Allowance(std::string_view what, std::size_t bytes)
        : m_what(what)
        , m_limit(bytes)
    {}

    void spend(std::size_t bytes)
    {
        m_bytes += bytes;
        if (++m_count > mostTexts || m_bytes > m_limit)
            throw Error(ErrorCode::InvalidArgument, "the request has too many " + std::string(m_what) + ": at most " +
                                                        std::to_string(mostTexts) + " with " +
                                                        std::to_string(m_limit >> 10) + " KiB together are taken");
    }

private:
    std::string_view m_what;
    std::size_t m_limit;
    std::size_t m_bytes = 0;
    std::size_t m_count = 0;
};

std::vector<std::string> parseTexts(std::span<const Bytes> pieces, Allowance& allowance)
{
    std::vector<std::string> texts;
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed)) {
            texts.push_back(reader.text());
            allowance.spend(texts.back().size());
        } else {
            reader.skip(*field);
        }
    }
    return texts;
}

void appendVarint(std::string& out, std::uint64_t value)
{
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}

void appendTag(std::string& out, std::uint32_t number, Type type)
{
    appendVarint(out, (number << 3) | static_cast<std::uint32_t>(type));
}

/// As proto3 has it: zero is not written.
void appendNumber(std::string& out, std::uint32_t number, std::uint64_t value)
{
    if (value == 0)
        return;
    appendTag(out, number, Type::Varint);
    appendVarint(out, value);
}

void appendBytes(std::string& out, std::uint32_t number, std::string_view value)
{
    appendTag(out, number, Type::Lengthed);
    appendVarint(out, value.size());
    out.append(value);
}

/// google.protobuf.Timestamp: seconds, and nanoseconds that count forward also before 1970.
void appendTime(std::string& out, std::uint32_t number, TimePoint time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch());
    const auto nanoseconds = time.time_since_epoch() - seconds;
    std::string text;
    appendNumber(text, 1, static_cast<std::uint64_t>(seconds.count()));
    appendNumber(text, 2, static_cast<std::uint64_t>(nanoseconds.count()));
    appendBytes(out, number, text);
}

std::string encodeInfoFields(const ContentInfo& info)
{
    std::string out;
    appendBytes(out, 1, info.digest.toString());
    appendNumber(out, 2, info.size);
    appendTime(out, 3, info.createdAt);
    appendTime(out, 4, info.updatedAt);
    for (const auto& [key, value] : info.labels) {
        std::string entry;
        appendBytes(entry, 1, key);
        appendBytes(entry, 2, value);
        appendBytes(out, 5, entry);
    }
    return out;
}

std::string encodeStatusFields(const IngestStatus& status)
{
    std::string out;
    appendTime(out, 1, status.startedAt);
    appendTime(out, 2, status.updatedAt);
    appendBytes(out, 3, status.ref);
    appendNumber(out, 4, status.offset);
    appendNumber(out, 5, status.total);
    if (status.expected)
        appendBytes(out, 6, status.expected->toString());
    return out;
}

void parseLabel(std::span<const Bytes> pieces, Labels& labels, Allowance& allowance)
{
    std::string key;
    std::string value;
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed))
            key = reader.text();
        else if (field->is(2, Type::Lengthed))
            value = reader.text();
        else
            reader.skip(*field);
    }
    allowance.spend(key.size() + value.size());
    labels.insert_or_assign(std::move(key), std::move(value));
}

void parseUpdateInfo(std::span<const Bytes> pieces, UpdateRequest& request, Allowance& labels)
{
    request.hasInfo = true;
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed))
            request.digest = reader.text();
        else if (field->is(5, Type::Lengthed))
            parseLabel(reader.bytes(), request.labels, labels);
        else
            reader.skip(*field);
    }
}

} // namespace

std::string parseName(std::span<const Bytes> pieces)
{
    std::string name;
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed))
            name = reader.text();
        else
            reader.skip(*field);
    }
    return name;
}

std::vector<std::string> parseFilters(std::span<const Bytes> pieces)
{
    Allowance filters("filters", mostFilterBytes);
    return parseTexts(pieces, filters);
}

ReadRequest parseRead(std::span<const Bytes> pieces)
{
    ReadRequest request;
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed))
            request.digest = reader.text();
        else if (field->is(2, Type::Varint))
            request.offset = reader.int64();
        else if (field->is(3, Type::Varint))
            request.size = reader.int64();
        else
            reader.skip(*field);
    }
    return request;
}

UpdateRequest parseUpdate(std::span<const Bytes> pieces)
{
    UpdateRequest request;
    Allowance labels("labels", mostTextBytes);
    Allowance paths("field paths", mostTextBytes);
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Lengthed)) {
            parseUpdateInfo(reader.bytes(), request, labels);
        } else if (field->is(2, Type::Lengthed)) {
            const std::vector<Bytes> mask = reader.bytes();
            for (std::string& path : parseTexts(mask, paths)) // FieldMask.paths: strings in field 1, too
                request.maskPaths.push_back(std::move(path));
        } else {
            reader.skip(*field);
        }
    }
    return request;
}

WriteRequest parseWrite(std::span<const Bytes> pieces)
{
    WriteRequest request;
    Allowance labels("labels", mostTextBytes);
    WireReader reader(pieces);
    while (const auto field = reader.next()) {
        if (field->is(1, Type::Varint))
            request.action = reader.int32();
        else if (field->is(2, Type::Lengthed))
            request.ref = reader.text();
        else if (field->is(3, Type::Varint))
            request.total = reader.int64();
        else if (field->is(4, Type::Lengthed))
            request.expected = reader.text();
        else if (field->is(5, Type::Varint))
            request.offset = reader.int64();
        else if (field->is(6, Type::Lengthed))
            request.data = reader.bytes();
        else if (field->is(7, Type::Lengthed))
            parseLabel(reader.bytes(), request.labels, labels);
        else
            reader.skip(*field);
    }
    for (const Bytes& piece : request.data)
        request.dataSize += piece.size();
    return request;
}

std::string encodeInfo(const ContentInfo& info)
{
    std::string out;
    appendInfo(out, info);
    return out;
}

std::string encodeStatus(const IngestStatus& status)
{
    std::string out;
    appendStatus(out, status);
    return out;
}

std::string encodeWriteReply(const WriteReply& reply)
{
    std::string out;
    // An enum is sign-extended to 64 bits on the wire.
    appendNumber(out, 1, static_cast<std::uint64_t>(std::int64_t{reply.action}));
    if (reply.startedAt)
        appendTime(out, 2, *reply.startedAt);
    if (reply.updatedAt)
        appendTime(out, 3, *reply.updatedAt);
    appendNumber(out, 4, reply.offset);
    appendNumber(out, 5, reply.total);
    if (reply.digest)
        appendBytes(out, 6, reply.digest->toString());
    return out;
}

void appendInfo(std::string& message, const ContentInfo& info)
{
    appendBytes(message, 1, encodeInfoFields(info));
}

void appendStatus(std::string& message, const IngestStatus& status)
{
    appendBytes(message, 1, encodeStatusFields(status));
}

std::string encodeReadHeader(std::uint64_t offset, std::size_t dataSize)
{
    std::string out;
    appendNumber(out, 1, offset);
    appendTag(out, 2, Type::Lengthed);
    appendVarint(out, dataSize);
    return out;
}

} // namespace layerhold::service::wire
