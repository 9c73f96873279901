// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Health: the checks of a diagnosis.
#include "base/text.h"
#include "cache/health.h"
#include "cache/ingest_table.h"
#include "index/events.h"
#include "layerhold/cache.h"

#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace layerhold {

namespace {

using Outcome = HealthCheck::Outcome;

/// Less than this share of the disk, or so many bytes, is little.
constexpr std::uint64_t littleShare = 20; // a twentieth
constexpr std::uint64_t littleBytes = std::uint64_t{1} << 30U;
constexpr std::uint64_t hardlyAny = std::uint64_t{64} << 20U;
constexpr std::chrono::minutes clockTolerance(5);
constexpr std::chrono::hours longScrubDebt(30 * 24);

HealthCheck ok(std::string name, std::string finding)
{
    return {std::move(name), Outcome::Ok, std::move(finding), {}};
}

struct FileSystemKind
{
    std::uint64_t magic;
    std::string_view name;
    std::string_view problem; ///< empty: fine
};

/// Numbers of linux/magic.h and of file systems that are not in it.
constexpr FileSystemKind fileSystemKinds[] = {
    {0xEF53, "ext4", ""},
    {0x58465342, "xfs", ""},
    {0x9123683E, "btrfs", ""},
    {0x2FC12FC1, "zfs", ""},
    {0xF2F52010, "f2fs", ""},
    {0xCA451A4E, "bcachefs", ""},
    {0x01021994, "tmpfs", "its content is gone after a restart of the machine"},
    {0x858458F6, "ramfs", "its content is gone after a restart of the machine"},
    {0x794C7630, "overlayfs", "it is a layer of a container and may go with it"},
    {0x6969, "nfs", "locks and flushes over a network are not to be relied on"},
    {0xFF534D42, "cifs", "locks and flushes over a network are not to be relied on"},
    {0xFE534D42, "smb2", "locks and flushes over a network are not to be relied on"},
    {0x01021997, "9p", "locks and flushes over a network are not to be relied on"},
    {0x65735546, "fuse", "what it promises depends on the program behind it"},
    {0x4D44, "fat", "it knows no owners and no hard links"},
};

std::string days(std::chrono::nanoseconds time)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::hours>(time).count() / 24) + " days";
}

} // namespace

std::string_view toString(HealthCheck::Outcome outcome)
{
    switch (outcome) {
    case Outcome::Ok:
        return "ok";
    case Outcome::Warn:
        return "warn";
    case Outcome::Fail:
        return "fail";
    }
    return "fail";
}

std::vector<HealthCheck> HealthImpl::diagnose(std::stop_token stop)
{
    struct Named
    {
        const char* name;
        HealthCheck (HealthImpl::*check)();
    };

    constexpr Named all[] = {
        {"root", &HealthImpl::checkRoot},       {"file system", &HealthImpl::checkFileSystem},
        {"writing", &HealthImpl::checkWriting}, {"disk space", &HealthImpl::checkDisk},
        {"index", &HealthImpl::checkIndex},     {"quarantine", &HealthImpl::checkQuarantine},
        {"clock", &HealthImpl::checkClock},     {"scrubbing", &HealthImpl::checkScrubbing},
    };
    std::vector<HealthCheck> result;
    for (const auto& [name, check] : all) {
        throwIfStopped(stop);
        try {
            result.push_back((this->*check)());
        } catch (const Error& error) {
            result.push_back({name, Outcome::Fail, error.what(), "See to that first, then look again."});
        }
    }
    return result;
}

HealthCheck HealthImpl::checkRoot()
{
    const auto& root = m_options.root;
    struct stat status = {};
    if (::stat(root.c_str(), &status) != 0)
        throw systemError(errno, "cannot look at the cache root " + text::quotedPath(root));
    const auto mode = static_cast<unsigned>(status.st_mode & 07777U);
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%04o", mode);
    const std::string what = text::quotedPath(root) + " has mode " + digits.data();
    if (status.st_uid != ::geteuid())
        return {"root", Outcome::Fail, what + " and belongs to user " + std::to_string(status.st_uid) + ".",
                "Give it to the user that runs Layerhold."};
    if ((mode & (S_IWGRP | S_IWOTH)) != 0)
        return {"root", Outcome::Fail, what + ": others can exchange what is served.",
                "Run chmod 700 " + root.string() + "."};
    if ((mode & (S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH)) != 0)
        return {"root", Outcome::Warn, what + ": others can read the blobs of every engine.",
                "Run chmod 700 " + root.string() + "."};
    return ok("root", what + ".");
}

HealthCheck HealthImpl::checkFileSystem()
{
    struct statfs status = {};
    if (::statfs(m_options.root.c_str(), &status) != 0)
        throw systemError(errno, "cannot examine the file system of " + text::quotedPath(m_options.root));
    const auto magic = static_cast<std::uint64_t>(status.f_type) & 0xFFFFFFFFU;
    for (const FileSystemKind& kind : fileSystemKinds) {
        if (kind.magic != magic)
            continue;
        const std::string name(kind.name);
        if (kind.problem.empty())
            return ok("file system", "It is " + name + ".");
        return {"file system", Outcome::Warn, "It is " + name + ": " + std::string(kind.problem) + '.',
                "Put the cache on a local disk."};
    }
    return {"file system", Outcome::Warn, "It is of an unknown kind.",
            "Make sure that it is a local one that keeps what was flushed."};
}

HealthCheck HealthImpl::checkWriting()
{
    // A new ingest file: what is left of it after a crash is swept at the next start.
    const auto path = m_context.files.layout().ingest(newIngestId());
    FileSystem& fileSystem = m_context.fileSystem;
    try {
        const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::CreateNew);
        constexpr std::byte zero{};
        const std::array pieces{std::span(&zero, 1)};
        fileSystem.write(fd.get(), 0, pieces);
        fileSystem.syncData(fd.get());
        fileSystem.remove(path);
    } catch (const Error& error) {
        try {
            fileSystem.remove(path);
        } catch (const Error&) {
            // it was said already that nothing works here
        }
        return {"writing", Outcome::Fail, error.what(),
                error.code() == ErrorCode::Full ? "Make room on the disk: layerhold gc, or layerhold trash empty."
                                                : "Look at the disk and at the kernel's log."};
    }
    return ok("writing", "A file can be written, flushed and removed.");
}

HealthCheck HealthImpl::checkDisk()
{
    const Space space = m_context.fileSystem.space(m_options.root);
    const std::string what = text::byteSize(space.freeBytes) + " of " + text::byteSize(space.totalBytes) + " are free.";
    if (space.freeBytes < hardlyAny)
        return {"disk space", Outcome::Fail, what, "Make room: layerhold gc, or layerhold trash empty."};
    if (space.freeBytes < littleBytes || space.freeBytes < space.totalBytes / littleShare)
        return {"disk space", Outcome::Warn, what, "Make room: layerhold gc --dry-run lists what nobody needs."};
    return ok("disk space", what);
}

HealthCheck HealthImpl::checkIndex()
{
    const auto complaint =
        m_context.index.readAtLength([](Connection& index) { return index.database().quickCheck(); });
    if (complaint)
        return {"index", Outcome::Fail, "It is damaged: " + *complaint,
                "Run layerhold rebuild: it makes the index anew from the files."};
    const auto totals = m_context.index.read([](Connection& index) { return blob_totals::get(index); });
    return ok("index", "It is whole and knows " + std::to_string(totals.count) + " blobs.");
}

HealthCheck HealthImpl::checkQuarantine()
{
    std::uint64_t files = 0;
    for (const std::string& name : m_context.fileSystem.list(m_context.files.layout().quarantineDirectory()))
        files += Layout::parseQuarantined(name) ? 1 : 0;
    if (files == 0)
        return ok("quarantine", "It is empty.");
    return {"quarantine", Outcome::Warn,
            std::to_string(files) + " files with wrong bytes are in " +
                m_context.files.layout().quarantineDirectory().string() + ".",
            "The .json beside each tells why. Look at disk and memory, then delete them."};
}

HealthCheck HealthImpl::checkClock()
{
    const TimePoint now = m_context.clock.now();
    const auto last = m_context.index.read([](Connection& index) {
        const std::uint64_t newest = events::last(index);
        return newest == 0 ? std::vector<Event>() : events::page(index, newest - 1, 1);
    });
    constexpr std::chrono::sys_days longAgo = std::chrono::year(2024) / 1 / 1;
    if (now < longAgo)
        return {"clock", Outcome::Fail, "It shows a time before this program was written.",
                "Set the clock of the machine."};
    if (!last.empty() && last.front().at > now + clockTolerance)
        return {"clock", Outcome::Warn, "The last event is of the future: the clock was set back.",
                "Check the clock of the machine; ages and histories are wrong until it has caught up."};
    return ok("clock", "It goes on from the last event.");
}

HealthCheck HealthImpl::checkScrubbing()
{
    const auto debt = m_metrics.scrubDebt();
    if (!debt.oldestVerified)
        return ok("scrubbing", "Nothing is stored yet.");
    const auto oldest = m_context.clock.now() - *debt.oldestVerified;
    const std::string what =
        text::byteSize(debt.dueBytes) + " were not hashed for a week, the oldest for " + days(oldest) + ".";
    if (oldest <= longScrubDebt)
        return ok("scrubbing", debt.dueBytes == 0 ? "Every blob was hashed within a week." : what);
    return {"scrubbing", Outcome::Warn, what,
            m_options.scrubRate == 0 ? "Run layerhold verify, or a daemon with a scrub_rate."
                                     : "Run layerhold verify, or raise scrub_rate."};
}

} // namespace layerhold
