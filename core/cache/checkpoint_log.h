// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "index/change.h"
#include "store/layout.h"

#include <functional>
#include <mutex>
#include <vector>

namespace layerhold {

class Index;

/// <root>/checkpoint: an append-only log of checksummed records of what files cannot tell. Written after each index
/// commit, read when the index has to be made anew. Best effort: a failure to write it never fails a commit, but makes
/// the log stale, and then it is written anew from the index. Only records of engines and of the policy are flushed to
/// the disk: an engine that was removed must not come back, nor a policy. Thread-safe.
class CheckpointLog
{
public:
    CheckpointLog(FileSystem& fileSystem, Layout layout);

    void append(const std::vector<CheckpointRecord>& records);
    /// Sees to it that a record tells that event numbers up to `lastEvent` may be in use.
    void reserveEvents(std::uint64_t lastEvent);

    /// Writes the log anew from the index. Commits go on meanwhile. Error{Unavailable} when the index turns out to be
    /// damaged: the log stays as it is then, and the index is made anew from it.
    void compact(Index& index);
    /// True when compacting would make the log much smaller, or it misses records.
    bool isCompactionDue() const;
    /// Makes the log due for compaction when its file is not what was written to it. Reads all of it.
    void checkRecords();
    /// The same, from the file's name and size.
    void checkFile();
    /// The log may miss records: it is due for compaction.
    void markStale();
    bool isStale() const;
    std::uint64_t size() const;

    /// Calls `each` for every whole record in order; damaged stretches are skipped. Returns false when there were any.
    static bool replay(FileSystem& fileSystem, const Layout::Path& path,
                       const std::function<void(const CheckpointRecord&)>& each);

    static std::string encode(const CheckpointRecord& record);

private:
    enum class Flush
    {
        No,
        Yes
    };
    void write(const std::string& bytes, Flush flush);
    void openAtEnd();

    FileSystem& m_fileSystem;
    Layout m_layout;

    std::mutex m_compactMutex; ///< held during I/O
    mutable std::mutex m_mutex;
    UniqueFd m_fd;
    std::uint64_t m_size = 0;
    std::uint64_t m_compactSize = 0;
    std::uint64_t m_eventsUpTo = 0;
    bool m_isStale = false;
    bool m_isCompacting = false;
    std::string m_sinceSnapshot; ///< what was written while compacting
};

} // namespace layerhold
