// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/checkpoint_log.h"

#include "cache/entry_recovery.h"
#include "cache/tag_recovery.h"
#include "index/claims.h"
#include "index/engines.h"
#include "index/events.h"
#include "index/holds.h"
#include "index/index.h"
#include "index/plans.h"
#include "index/trash.h"
#include "layerhold/error.h"

#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace layerhold {

namespace {

/// magic (1) | payload length (2) | payload | first 8 bytes of the payload's sha256
constexpr unsigned char magic = 0xC5;
constexpr std::size_t headerSize = 3;
constexpr std::size_t checksumSize = 8;
constexpr std::uint64_t eventBlock = 10'000;
constexpr std::size_t chunk = 1U << 20U;

template <typename T>
void putNumber(std::string& out, T value)
{
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof bytes);
}

void putText(std::string& out, std::string_view text)
{
    putNumber(out, static_cast<std::uint16_t>(text.size()));
    out += text;
}

/// Reads what put… wrote; `isGood` turns false when the bytes do not suffice.
struct Decoder
{
    std::string_view bytes;
    bool isGood = true;

    template <typename T>
    T number()
    {
        T value{};
        if (bytes.size() < sizeof value) {
            isGood = false;
            return value;
        }
        std::memcpy(&value, bytes.data(), sizeof value);
        bytes.remove_prefix(sizeof value);
        return value;
    }

    std::string_view text()
    {
        const auto size = number<std::uint16_t>();
        if (bytes.size() < size) {
            isGood = false;
            return {};
        }
        const auto result = bytes.substr(0, size);
        bytes.remove_prefix(size);
        return result;
    }
};

std::optional<CheckpointRecord> decode(std::string_view payload)
{
    Decoder in{payload};
    CheckpointRecord record;
    record.what = static_cast<CheckpointRecord::What>(in.number<std::uint8_t>());
    record.holderKind = static_cast<HolderKind>(in.number<std::uint8_t>());
    record.sharing = static_cast<Sharing>(in.number<std::uint8_t>());
    record.since = fromNanoseconds(in.number<std::int64_t>());
    record.number = in.number<std::uint64_t>();
    const auto key = in.text();
    record.holder = in.text();
    record.text = in.text();
    if (!key.empty()) {
        record.digest = Digest::fromKey(std::as_bytes(std::span(key)));
        in.isGood = in.isGood && record.digest;
    }
    if (!in.isGood)
        return std::nullopt;
    return record;
}

std::string checksumOf(std::string_view payload)
{
    const Digest digest = Hasher::of(std::as_bytes(std::span(payload)));
    return {reinterpret_cast<const char*>(digest.raw().data()), checksumSize};
}

/// The payload of the record at the start of `bytes`; `size` is then the record's length.
std::optional<CheckpointRecord> recordAt(std::string_view bytes, std::size_t& size)
{
    if (bytes.size() < headerSize || static_cast<unsigned char>(bytes[0]) != magic)
        return std::nullopt;
    std::uint16_t length = 0;
    std::memcpy(&length, bytes.data() + 1, sizeof length);
    size = headerSize + length + checksumSize;
    if (bytes.size() < size)
        return std::nullopt;
    const auto payload = bytes.substr(headerSize, length);
    if (bytes.substr(headerSize + length, checksumSize) != checksumOf(payload))
        return std::nullopt;
    return decode(payload);
}

constexpr std::size_t longestRecord = headerSize + 0xFFFF + checksumSize;

/// What is kept on purpose, what is in the trash, and the policies.
void putCleanup(Connection& rows, const std::function<void(const CheckpointRecord&)>& put)
{
    using What = CheckpointRecord::What;
    for (const PinRow& row : pins::all(rows))
        put({.what = What::Pin, .digest = row.digest, .text = row.note, .since = row.since});
    for (const LeaseRow& row : leases::all(rows))
        put({.what = What::Lease,
             .holder = row.id,
             .since = row.createdAt,
             .number = static_cast<std::uint64_t>(toNanoseconds(row.expiresAt))});
    constexpr std::size_t pageSize = 1000;
    std::optional<Digest> last;
    for (bool isMore = true; isMore;) {
        const auto page = trash::page(rows, last, pageSize);
        isMore = page.size() == pageSize;
        for (const TrashRow& row : page) {
            last = row.digest;
            put({.what = What::Trashed,
                 .digest = row.digest,
                 .holder = row.run,
                 .since = row.trashedAt,
                 .number = static_cast<std::uint64_t>(toNanoseconds(row.expiresAt))});
        }
    }
    if (const auto policy = policies::find(rows, policies::cleanup))
        put({.what = What::Policy, .holder = policies::cleanup, .text = *policy});
}

} // namespace

CheckpointLog::CheckpointLog(FileSystem& fileSystem, Layout layout)
    : m_fileSystem(fileSystem)
    , m_layout(std::move(layout))
{
    openAtEnd(); // how small it could be shows when it is compacted
}

void CheckpointLog::openAtEnd()
{
    UniqueFd fd = m_fileSystem.open(m_layout.checkpoint(), FileSystem::OpenMode::Append);
    m_size = m_fileSystem.identity(fd.get()).size;
    m_fd = std::move(fd);
}

std::string CheckpointLog::encode(const CheckpointRecord& record)
{
    std::string payload;
    putNumber(payload, static_cast<std::uint8_t>(record.what));
    putNumber(payload, static_cast<std::uint8_t>(record.holderKind));
    putNumber(payload, static_cast<std::uint8_t>(record.sharing));
    putNumber(payload, toNanoseconds(record.since));
    putNumber(payload, record.number);
    putText(payload, record.digest ? record.digest->key() : std::string());
    putText(payload, record.holder);
    putText(payload, record.text);
    std::string out(1, static_cast<char>(magic));
    putNumber(out, static_cast<std::uint16_t>(payload.size()));
    return out + payload + checksumOf(payload);
}

void CheckpointLog::append(const std::vector<CheckpointRecord>& records)
{
    using What = CheckpointRecord::What;
    std::string bytes;
    auto flush = Flush::No;
    for (const CheckpointRecord& record : records) {
        bytes += encode(record);
        if (record.what == What::Engine || record.what == What::EngineRemoved || record.what == What::Policy)
            flush = Flush::Yes;
    }
    if (bytes.empty())
        return;
    const std::lock_guard lock(m_mutex);
    write(bytes, flush);
}

void CheckpointLog::reserveEvents(std::uint64_t lastEvent)
{
    const std::lock_guard lock(m_mutex);
    if (lastEvent <= m_eventsUpTo)
        return;
    m_eventsUpTo = lastEvent + eventBlock;
    CheckpointRecord record;
    record.what = CheckpointRecord::What::EventsUpTo;
    record.number = m_eventsUpTo;
    write(encode(record), Flush::No);
}

void CheckpointLog::write(const std::string& bytes, Flush flush)
{
    if (m_isCompacting)
        m_sinceSnapshot += bytes;
    try {
        const std::array pieces{std::as_bytes(std::span(bytes))};
        m_fileSystem.write(m_fd.get(), m_size, pieces);
        m_size += bytes.size();
        if (flush == Flush::Yes)
            m_fileSystem.syncData(m_fd.get());
    } catch (const Error&) {
        m_isStale = true;
    }
}

void CheckpointLog::markStale()
{
    const std::lock_guard lock(m_mutex);
    m_isStale = true;
}

bool CheckpointLog::isStale() const
{
    const std::lock_guard lock(m_mutex);
    return m_isStale;
}

std::uint64_t CheckpointLog::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_size;
}

void CheckpointLog::checkFile()
{
    const std::lock_guard lock(m_mutex);
    try {
        const auto named = m_fileSystem.identity(m_layout.checkpoint());
        const auto open = m_fileSystem.identity(m_fd.get());
        if (!named || named->inode != open.inode || open.size != m_size)
            m_isStale = true;
    } catch (const Error&) {
        m_isStale = true;
    }
}

void CheckpointLog::checkRecords()
{
    const bool isWhole = replay(m_fileSystem, m_layout.checkpoint(), [](const CheckpointRecord&) {});
    if (!isWhole)
        markStale();
}

bool CheckpointLog::isCompactionDue() const
{
    const std::lock_guard lock(m_mutex);
    return m_isStale || m_size > 2 * m_compactSize + chunk;
}

void CheckpointLog::compact(Index& index)
{
    const std::lock_guard alone(m_compactMutex);
    const auto path = m_layout.newCheckpoint();
    const UniqueFd fd = m_fileSystem.open(path, FileSystem::OpenMode::Replace);
    {
        const std::lock_guard lock(m_mutex);
        m_isCompacting = true;
        m_isStale = true; // until this succeeds
        m_sinceSnapshot.clear();
    }
    std::uint64_t size = 0;
    std::string buffer;
    const auto spill = [&] {
        const std::array pieces{std::as_bytes(std::span(buffer))};
        m_fileSystem.write(fd.get(), size, pieces);
        size += buffer.size();
        buffer.clear();
    };
    const auto put = [&](const CheckpointRecord& record) {
        buffer += encode(record);
        if (buffer.size() >= chunk)
            spill();
    };
    const auto putRow = [&](CheckpointRecord::What what, const Digest& digest, HolderKind kind,
                            const std::string& holder, TimePoint since) {
        CheckpointRecord record;
        record.what = what;
        record.digest = digest;
        record.holderKind = kind;
        record.holder = holder;
        record.since = since;
        put(record);
    };
    try {
        index.readAtLength([&](Connection& rows) {
            for (const Engine& engine : engines::all(rows)) {
                CheckpointRecord record;
                record.what = CheckpointRecord::What::Engine;
                record.holder = engine.name;
                record.sharing = engine.sharing;
                record.text = engine.socket;
                record.since = engine.addedAt;
                put(record);
            }
            claims::forEach(rows, [&](const ClaimRow& row) {
                putRow(CheckpointRecord::What::Claim, row.digest, row.holderKind, row.holder, row.since);
            });
            supplies::forEach(rows, [&](const SupplyRow& row) {
                putRow(CheckpointRecord::What::Supply, row.digest, HolderKind::Engine, row.engine, row.since);
            });
            putCleanup(rows, put);
            forEachEntryRecord(rows, put);
            std::pair<std::string, std::optional<Digest>> of;
            std::uint64_t position = 0;
            labels::forEach(rows, [&](const labels::Row& row) {
                if (std::exchange(of, {row.engine, row.digest}) != std::pair(row.engine, std::optional(row.digest)))
                    position = 0;
                if (const auto record = labels::toRecord(row, position)) {
                    put(*record);
                    ++position;
                }
            });
            tag_recovery::snapshot(rows, put);
            CheckpointRecord record;
            record.what = CheckpointRecord::What::EventsUpTo;
            record.number = events::last(rows) + eventBlock;
            put(record);
        });
        spill();
        m_fileSystem.syncData(fd.get()); // most of it, while commits go on
        {
            const std::lock_guard lock(m_mutex);
            buffer = std::move(m_sinceSnapshot);
            spill();
            m_fileSystem.syncData(fd.get());
            m_fileSystem.rename(path, m_layout.checkpoint());
            openAtEnd(); // while that fails, what is appended goes to a file without a name
            m_isCompacting = false;
            m_sinceSnapshot = {};
            m_compactSize = m_size;
            m_isStale = false;
        }
        m_fileSystem.syncDirectory(m_layout.root());
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        m_isCompacting = false;
        m_sinceSnapshot = {};
        m_isStale = true;
        throw; // the next time replaces the file
    }
}

bool CheckpointLog::replay(FileSystem& fileSystem, const Layout::Path& path,
                           const std::function<void(const CheckpointRecord&)>& each)
{
    if (!fileSystem.identity(path))
        return true;
    const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Read);
    bool isWhole = true;
    std::string window;
    std::size_t at = 0;
    std::uint64_t offset = 0;
    for (bool isAtEnd = false;;) {
        if (!isAtEnd && window.size() - at < longestRecord) {
            window.erase(0, at);
            at = 0;
            const std::size_t old = window.size();
            window.resize(old + chunk);
            const auto count =
                fileSystem.read(fd.get(), offset, std::as_writable_bytes(std::span(window).subspan(old)));
            window.resize(old + count);
            offset += count;
            isAtEnd = count < chunk;
        }
        if (at >= window.size())
            return isWhole;
        std::size_t size = 0;
        if (const auto record = recordAt(std::string_view(window).substr(at), size)) {
            each(*record);
            at += size;
        } else {
            isWhole = false;
            ++at; // look for the next record
        }
    }
}

} // namespace layerhold
