// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/ingest_table.h"

#include "base/text.h"
#include "cache/ingest_ref.h"
#include "index/blobs.h"
#include "index/claims.h"
#include "index/engines.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace layerhold {

namespace {

/// Files of left ingests that stay open with their running hash, so that a write that comes back need not hash anew.
constexpr std::size_t mostParked = 32;

std::string heldFor(std::chrono::steady_clock::duration duration)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

IngestRow copyOfRow(const IngestEntry& entry)
{
    const std::lock_guard lock(entry.rowMutex);
    return entry.row;
}

/// The id of the partial that the engine has of the digest; empty when it has none.
std::string partialOf(Connection& index, const std::string& engine, const Digest& digest)
{
    for (const IngestRow& row : ingests::partials(index, digest))
        if (row.engine == engine)
            return row.id;
    return {};
}

} // namespace

std::string newIngestId()
{
    std::array<std::byte, 16> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        throw systemError(errno, "cannot get random bytes for an ingest id");
    return text::hex(random);
}

IngestTable::IngestTable(CacheContext& context)
    : m_context(context)
{}

IngestStatus IngestTable::statusOf(const IngestEntry& entry)
{
    const std::lock_guard lock(entry.rowMutex);
    const IngestRow& row = entry.row;
    return {row.ref, entry.file->size(), row.total, row.expected, row.started, row.updated};
}

std::shared_ptr<IngestEntry> IngestTable::reserve(const Ref& ref)
{
    auto entry = std::make_shared<IngestEntry>();
    entry->openedAt = m_context.clock.steadyNow();
    const std::lock_guard lock(m_mutex);
    const auto [place, isNew] = m_live.emplace(ref, entry);
    if (!isNew)
        throw Error(ErrorCode::Locked,
                    "the ref " + text::quoted(ref.second) + " is being written by another stream, for " +
                        heldFor(m_context.clock.steadyNow() - place->second->openedAt) + " now; wait for it to end");
    return entry;
}

void IngestTable::forget(const Ref& ref)
{
    const std::lock_guard lock(m_mutex);
    m_live.erase(ref);
}

std::shared_ptr<IngestEntry> IngestTable::open(const Engine& engine, const std::string& ref,
                                               const IngestOptions& options)
{
    const Ref key(engine.name, ref);
    auto entry = reserve(key);
    const std::lock_guard fileLock(entry->fileMutex);
    try {
        std::shared_ptr<IngestFile> file;
        const auto stored =
            m_context.index.read([&](Connection& index) { return ingests::findOpen(index, engine.name, ref); });
        std::optional<IngestRow> row;
        if (stored)
            row = resumed(*stored, options, file);
        else
            row = takeOver(engine, ref, options, file);
        if (!row)
            row = created(engine, ref, options, file);
        const std::lock_guard rowLock(entry->rowMutex);
        entry->row = std::move(*row);
        entry->file = std::move(file);
        entry->open = true;
    } catch (...) {
        forget(key);
        throw;
    }
    return entry;
}

std::shared_ptr<IngestFile> IngestTable::openFile(const std::string& id)
{
    if (auto file = unpark(id))
        return file;
    return IngestFile::resume(m_context.fileSystem, m_context.files.layout().ingest(id));
}

IngestRow IngestTable::resumed(IngestRow row, const IngestOptions& options, std::shared_ptr<IngestFile>& file)
{
    const auto path = m_context.files.layout().ingest(row.id);
    const auto identity = m_context.fileSystem.identity(path);
    if (identity) {
        file = openFile(row.id);
        row.updated = std::max(row.updated, fromNanoseconds(identity->mtimeNs));
    } else { // a power cut took the file but not the row
        file = IngestFile::create(m_context.fileSystem, path);
    }
    const bool otherTotal = options.total > 0 && row.total > 0 && options.total != row.total;
    if (otherTotal && file->size() > 0) {
        file->truncate();
        row.takenOver = false;
    }
    if (options.total > 0)
        row.total = options.total;
    if (options.expected)
        row.expected = options.expected;
    return row;
}

std::optional<IngestRow> IngestTable::takeOver(const Engine& engine, const std::string& ref,
                                               const IngestOptions& options, std::shared_ptr<IngestFile>& file)
{
    const auto digest = parseIngestRef(ref).digest;
    if (!digest)
        return std::nullopt;
    const auto candidates = m_context.index.read([&](Connection& index) {
        std::vector<IngestRow> usable;
        for (IngestRow& row : ingests::partials(index, *digest)) {
            const bool own = row.engine == engine.name;
            if (!own) {
                const auto other = engines::find(index, row.engine);
                if (engine.sharing != Sharing::Open || !other || other->sharing != Sharing::Open)
                    continue;
            }
            if (options.total > 0 && row.total > 0 && options.total != row.total)
                continue;
            usable.insert(own ? usable.begin() : usable.end(), std::move(row));
        }
        return usable;
    });
    for (IngestRow row : candidates) {
        const auto identity = m_context.fileSystem.identity(m_context.files.layout().ingest(row.id));
        const std::uint64_t total = options.total > 0 ? options.total : row.total;
        if (!identity || (total > 0 && identity->size > total))
            continue;
        bool taken = false;
        const TimePoint now = m_context.clock.now();
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            const auto current = ingests::find(change.index(), row.id);
            taken = current && current->state == IngestRow::State::Partial;
            if (!taken)
                return; // another writer was faster
            row.engine = engine.name;
            row.ref = ref;
            row.total = total;
            row.expected = options.expected;
            row.started = now;
            row.updated = now;
            row.state = IngestRow::State::Open;
            row.partial = std::nullopt;
            row.takenOver = true;
            ingests::put(change.index(), row);
        });
        if (!taken)
            continue;
        file = openFile(row.id);
        m_context.counters.add(CounterId::BytesResumed, file->size());
        return row;
    }
    return std::nullopt;
}

IngestRow IngestTable::created(const Engine& engine, const std::string& ref, const IngestOptions& options,
                               std::shared_ptr<IngestFile>& file)
{
    IngestRow row;
    row.id = newIngestId();
    row.engine = engine.name;
    row.ref = ref;
    row.total = options.total;
    row.expected = options.expected;
    row.started = m_context.clock.now();
    row.updated = row.started;
    const auto path = m_context.files.layout().ingest(row.id);
    file = IngestFile::create(m_context.fileSystem, path);
    try {
        m_context.index.write(Durability::Relaxed, [&](Change& change) { ingests::put(change.index(), row); });
    } catch (...) {
        file.reset();
        m_context.fileSystem.remove(path);
        throw;
    }
    return row;
}

void IngestTable::save(const IngestEntry& entry)
{
    const IngestRow row = copyOfRow(entry);
    m_context.index.write(Durability::Relaxed, [&](Change& change) { ingests::put(change.index(), row); });
}

void IngestTable::close(const std::shared_ptr<IngestEntry>& entry)
{
    std::unique_lock fileLock(entry->fileMutex);
    entry->committed.wait(fileLock, [&] { return !entry->committing; });
    if (entry->gone)
        return;
    try {
        save(*entry);
        park(entry->row.id, entry->file);
    } catch (const std::exception&) {
        // The row keeps its older times and total; the bytes are all there, and the next stream finds them.
    }
    entry->gone = true;
    forget({entry->row.engine, entry->row.ref});
}

void IngestTable::finish(const std::shared_ptr<IngestEntry>& entry, RowIs rowIs)
{
    const IngestRow& row = entry->row;
    if (rowIs == RowIs::Left) {
        try {
            m_context.index.write(Durability::Relaxed, [&](Change& change) { ingests::erase(change.index(), row.id); });
        } catch (const std::exception&) {
            // A row without a file counts as absent and is swept at the next start.
        }
    }
    removeFile(row.id);
    {
        const std::lock_guard fileLock(entry->fileMutex);
        entry->gone = true;
        entry->committing = false;
    }
    forget({row.engine, row.ref});
    entry->committed.notify_all();
}

void IngestTable::removeFile(const std::string& id) noexcept
{
    try {
        unpark(id);
        m_context.fileSystem.remove(m_context.files.layout().ingest(id));
    } catch (const std::exception&) {
        return; // a file without a row is swept at the next start
    }
}

void IngestTable::endCommit(IngestEntry& entry)
{
    {
        const std::lock_guard lock(entry.fileMutex);
        entry.committing = false;
    }
    entry.committed.notify_all();
}

void IngestTable::abort(const std::string& engine, const std::string& ref)
{
    const Ref key(engine, ref);
    for (;;) {
        std::shared_ptr<IngestEntry> entry;
        bool isOurs = false;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_live.find(key);
            if (found != m_live.end()) {
                entry = found->second;
            } else { // keeps others off the ref while it is being dropped
                entry = std::make_shared<IngestEntry>();
                entry->openedAt = m_context.clock.steadyNow();
                m_live.emplace(key, entry);
                isOurs = true;
            }
        }
        std::unique_lock fileLock(entry->fileMutex);
        entry->committed.wait(fileLock, [&] { return !entry->committing; });
        if (entry->gone || (!isOurs && !entry->open))
            continue; // it ended just now, or could not be opened: look again
        try {
            entry->gone = true;
            const auto row =
                m_context.index.read([&](Connection& index) { return ingests::findOpen(index, engine, ref); });
            if (entry->open)
                park(entry->row.id, entry->file);
            if (row)
                settleAborted(entry->open ? copyOfRow(*entry) : *row);
        } catch (...) {
            forget(key);
            throw;
        }
        forget(key);
        return;
    }
}

void IngestTable::settleAborted(IngestRow row)
{
    const auto& layout = m_context.files.layout();
    const auto identity = m_context.fileSystem.identity(layout.ingest(row.id));
    const auto digest = parseIngestRef(row.ref).digest;
    const bool isKept = digest && identity && identity->size > 0 && !holds(row.engine, *digest);
    std::string dropped; // the id of the ingest that goes
    for (bool isSettled = false; !isSettled;) {
        std::string other;
        if (isKept)
            other = m_context.index.read([&](Connection& index) { return partialOf(index, row.engine, *digest); });
        dropped = isKept ? smaller(row.id, identity->size, other) : row.id;
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            isSettled = !isKept || partialOf(change.index(), row.engine, *digest) == other;
            if (!isSettled)
                return; // another abort was faster: compare with what it left
            if (!dropped.empty())
                ingests::erase(change.index(), dropped);
            if (dropped == row.id)
                return;
            row.state = IngestRow::State::Partial;
            row.partial = digest;
            row.takenOver = false;
            ingests::put(change.index(), row);
        });
    }
    if (!dropped.empty())
        removeFile(dropped);
}

bool IngestTable::holds(const std::string& engine, const Digest& digest)
{
    return m_context.index.read([&](Connection& index) {
        const auto blob = blobs::find(index, digest);
        return blob && blob->state == BlobState::Present && claims::exists(index, HolderKind::Engine, engine, digest);
    });
}

std::string IngestTable::smaller(const std::string& id, std::uint64_t size, const std::string& other) const
{
    if (other.empty())
        return {};
    const auto identity = m_context.fileSystem.identity(m_context.files.layout().ingest(other));
    return identity && identity->size >= size ? id : other;
}

std::optional<IngestStatus> IngestTable::storedStatus(const IngestRow& row) const
{
    const auto identity = m_context.fileSystem.identity(m_context.files.layout().ingest(row.id));
    if (!identity)
        return std::nullopt;
    return IngestStatus{row.ref,      identity->size, row.total,
                        row.expected, row.started,    std::max(row.updated, fromNanoseconds(identity->mtimeNs))};
}

std::optional<IngestStatus> IngestTable::status(const std::string& engine, const std::string& ref)
{
    std::shared_ptr<IngestEntry> entry;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_live.find({engine, ref}); found != m_live.end())
            entry = found->second;
    }
    if (entry) {
        std::unique_lock lock(entry->rowMutex);
        const bool open = entry->open;
        lock.unlock();
        if (open)
            return statusOf(*entry);
    }
    const auto row = m_context.index.read([&](Connection& index) { return ingests::findOpen(index, engine, ref); });
    return row ? storedStatus(*row) : std::nullopt;
}

std::vector<IngestStatus> IngestTable::statuses(const std::string& engine)
{
    const auto rows = m_context.index.read([&](Connection& index) { return ingests::ofEngine(index, engine); });
    std::vector<IngestStatus> result;
    for (const IngestRow& row : rows) {
        if (row.state != IngestRow::State::Open)
            continue;
        if (auto found = status(engine, row.ref))
            result.push_back(std::move(*found));
    }
    return result;
}

bool IngestTable::removePartial(const std::string& id, const std::string& reason, std::uint64_t bytes,
                                std::optional<TimePoint> unchangedSince)
{
    bool isGone = false;
    m_context.index.write(Durability::Relaxed, [&](Change& change) {
        const auto row = ingests::find(change.index(), id);
        isGone = !row || row->state != IngestRow::State::Partial || (unchangedSince && row->updated > *unchangedSince);
        if (isGone)
            return;
        ingests::erase(change.index(), id);
        change.event("partial_removed", row->ref, row->engine, reason, bytes);
    });
    if (!isGone)
        removeFile(id);
    return !isGone;
}

bool IngestTable::isAnyOpen(const std::string& engine) const
{
    const std::lock_guard lock(m_mutex);
    const auto first = m_live.lower_bound({engine, std::string()});
    return first != m_live.end() && first->first.first == engine;
}

std::vector<IngestRow> IngestTable::openRows() const
{
    std::vector<IngestRow> rows;
    const std::lock_guard lock(m_mutex);
    for (const auto& [ref, entry] : m_live) {
        const std::lock_guard rowLock(entry->rowMutex);
        if (entry->open && !entry->gone)
            rows.push_back(entry->row);
    }
    return rows;
}

void IngestTable::park(const std::string& id, std::shared_ptr<IngestFile> file)
{
    Parked dropped; // closed after the lock is free
    Parked parked{id, std::move(file), {}};
    parked.identity = parked.file->identity();
    const std::lock_guard lock(m_mutex);
    m_parked.push_front(std::move(parked));
    if (m_parked.size() > mostParked) {
        dropped = std::move(m_parked.back());
        m_parked.pop_back();
    }
}

std::shared_ptr<IngestFile> IngestTable::unpark(const std::string& id)
{
    Parked parked;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_parked.begin(), m_parked.end(), [&](const Parked& p) { return p.id == id; });
        if (found == m_parked.end())
            return nullptr;
        parked = std::move(*found);
        m_parked.erase(found);
    }
    // Only bytes that nobody touched since are still the bytes that were hashed.
    if (m_context.fileSystem.identity(m_context.files.layout().ingest(id)) != parked.identity)
        return nullptr;
    return parked.file;
}

} // namespace layerhold
