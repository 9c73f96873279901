// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_codec.h"
#include "client/snapshot_contents.h"

#include <QCryptographicHash>
#include <QSaveFile>
#include <QString>

#include <array>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace layerhold::gui {

// A snapshot file: eight bytes that no text has, the format as a number, the version of the app that wrote it; then
// blocks, each with the number of its section, its length, its length when unpacked, and records of that section packed
// by zlib; last an empty block of section 0, and the SHA-256 of all before. Numbers are big-endian, 32 bits. Formats
// differ in what follows the version of the app: that any reader can tell.

inline constexpr std::uint32_t snapshotFormat = 1;

/// Where the records of a snapshot go in its file. Numbers are for ever.
enum class SnapshotSection : std::uint32_t
{
    End,
    Info,
    Version,
    Status,
    Checks,
    Policy,
    Metrics,
    Histories,
    RateLimits,
    Plans,
    Runs,
    Pins,
    Trash,
    Usage,
    Events,
    Blobs,
    Edges,
    Claims,
    Images,
    ImageTotals,
    ImageDetails,
    Tags,
    TagHistories,
    Gaps
};

/// Writes a snapshot as its records come, without keeping them: nothing is at the place of the file until all of it is.
/// Errors: CallError that says what the disk said; the file that was there stays.
class SnapshotFileWriter
{
public:
    SnapshotFileWriter(const QString& file, const QString& appVersion);

    /// In any order of sections; in each, in the order of its records.
    template <class Record>
    void add(SnapshotSection section, const Record& record)
    {
        RecordEncoder& waiting = m_waiting[static_cast<std::size_t>(section)];
        waiting.put(record);
        if (waiting.bytes().size() >= blockSize)
            flush(section);
    }

    /// What was written by now.
    std::uint64_t bytes() const { return m_written; }

    void commit();

private:
    static constexpr qsizetype blockSize = qsizetype(256) * 1024;
    static constexpr std::size_t sections = static_cast<std::size_t>(SnapshotSection::Gaps) + 1;

    void flush(SnapshotSection section);
    void write(const QByteArray& bytes);

    QSaveFile m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    std::array<RecordEncoder, sections> m_waiting;
    std::uint64_t m_written = 0;
};

/// All of a snapshot. Errors: CallError with a sentence: it is none, is cut off, damaged, too large, or of a newer
/// format. Throws Cancelled.
SnapshotContents readSnapshot(const QString& file, std::stop_token stop = {});

} // namespace layerhold::gui
