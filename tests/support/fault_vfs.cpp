// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/fault_vfs.h"

#include "base/unique_fd.h"

#include <fcntl.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace layerhold::test {

namespace {

using Call = FaultPlan::Call;
using Fault = FaultPlan::Fault;

/// One file as the disk knows it.
struct DiskFile
{
    UnsyncedData data;
    bool nameIsDurable = true;
    std::optional<std::string> former; // what stands under the name on the disk while the present file's is not durable
};

std::string contentOf(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

struct FaultVfs::State
{
    State(std::string name, FaultPlan& faults);

    /// SQLITE_OK, or the code of an injected fault.
    int mayFail(Call call, int code);

    /// What a sync of the directory does; all files are taken to be in one. With the mutex held.
    void syncNames();

    sqlite3_vfs vfs{}; // first: what SQLite hands back leads to this object through pAppData
    std::string name;
    FaultPlan& plan;
    sqlite3_vfs* real;
    std::mutex mutex;                      // guards what follows
    std::map<std::string, DiskFile> files; // by path; nodes stay where they are
};

namespace {

using State = FaultVfs::State;

State& stateOf(sqlite3_vfs* vfs)
{
    return *static_cast<State*>(vfs->pAppData);
}

/// SQLite allocates szOsFile bytes: this, and behind it the file of the real VFS.
struct File
{
    sqlite3_file base;
    State* state;
    DiskFile* disk; // nullptr for a temporary file without a name
    bool syncsDirectory;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }

    const sqlite3_io_methods& methods() { return *real()->pMethods; }
};

File& fileOf(sqlite3_file* file)
{
    return *reinterpret_cast<File*>(file);
}

/// Call before a change; `size` bytes from `offset` are about to differ.
void aboutToChange(File& file, std::uint64_t offset, std::uint64_t size)
{
    if (file.disk == nullptr)
        return;
    sqlite3_int64 present = 0;
    file.methods().xFileSize(file.real(), &present);
    const auto read = [&](std::uint64_t from, std::span<std::byte> buffer) {
        file.methods().xRead(file.real(), buffer.data(), static_cast<int>(buffer.size()),
                             static_cast<sqlite3_int64>(from));
        return buffer.size();
    };
    const std::lock_guard lock(file.state->mutex);
    file.disk->data.aboutToChange(offset, size, static_cast<std::uint64_t>(present), read);
}

int fileClose(sqlite3_file* file)
{
    return fileOf(file).methods().xClose(fileOf(file).real());
}

int fileRead(sqlite3_file* file, void* buffer, int size, sqlite3_int64 offset)
{
    File& self = fileOf(file);
    if (const int code = self.state->mayFail(Call::Observing, SQLITE_IOERR_READ); code != SQLITE_OK)
        return code;
    return self.methods().xRead(self.real(), buffer, size, offset);
}

int fileWrite(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset)
{
    File& self = fileOf(file);
    const auto fault = self.state->plan.nextCall(Call::Mutating);
    if (fault && *fault != Fault::ShortWrite)
        return *fault == Fault::NoSpace ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    aboutToChange(self, static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(size));
    const int code = self.methods().xWrite(self.real(), data, fault ? size / 2 : size, offset);
    return fault ? SQLITE_IOERR_WRITE : code;
}

int fileTruncate(sqlite3_file* file, sqlite3_int64 size)
{
    File& self = fileOf(file);
    if (const int code = self.state->mayFail(Call::Mutating, SQLITE_IOERR_TRUNCATE); code != SQLITE_OK)
        return code;
    sqlite3_int64 present = 0;
    self.methods().xFileSize(self.real(), &present);
    aboutToChange(self, static_cast<std::uint64_t>(size),
                  present > size ? static_cast<std::uint64_t>(present - size) : 0);
    return self.methods().xTruncate(self.real(), size);
}

int fileSync(sqlite3_file* file, int)
{
    File& self = fileOf(file);
    const int code = self.state->mayFail(Call::Mutating, SQLITE_IOERR_FSYNC);
    if (self.disk == nullptr)
        return code;
    const std::lock_guard lock(self.state->mutex);
    if (code != SQLITE_OK) {
        if (!self.state->plan.powerIsOff())
            self.disk->data.syncFailed();
        return code;
    }
    sqlite3_int64 present = 0;
    self.methods().xFileSize(self.real(), &present);
    self.disk->data.synced(static_cast<std::uint64_t>(present));
    if (std::exchange(self.syncsDirectory, false))
        self.state->syncNames();
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return fileOf(file).methods().xFileSize(fileOf(file).real(), size);
}

int fileLock(sqlite3_file* file, int level)
{
    return fileOf(file).methods().xLock(fileOf(file).real(), level);
}

int fileUnlock(sqlite3_file* file, int level)
{
    return fileOf(file).methods().xUnlock(fileOf(file).real(), level);
}

int fileCheckReservedLock(sqlite3_file* file, int* result)
{
    return fileOf(file).methods().xCheckReservedLock(fileOf(file).real(), result);
}

int fileControl(sqlite3_file* file, int operation, void* argument)
{
    return fileOf(file).methods().xFileControl(fileOf(file).real(), operation, argument);
}

int fileSectorSize(sqlite3_file* file)
{
    return fileOf(file).methods().xSectorSize(fileOf(file).real());
}

int fileDeviceCharacteristics(sqlite3_file* file)
{
    return fileOf(file).methods().xDeviceCharacteristics(fileOf(file).real());
}

int fileShmMap(sqlite3_file* file, int page, int pageSize, int extend, void volatile** result)
{
    return fileOf(file).methods().xShmMap(fileOf(file).real(), page, pageSize, extend, result);
}

int fileShmLock(sqlite3_file* file, int offset, int count, int flags)
{
    return fileOf(file).methods().xShmLock(fileOf(file).real(), offset, count, flags);
}

void fileShmBarrier(sqlite3_file* file)
{
    fileOf(file).methods().xShmBarrier(fileOf(file).real());
}

int fileShmUnmap(sqlite3_file* file, int deleteFlag)
{
    return fileOf(file).methods().xShmUnmap(fileOf(file).real(), deleteFlag);
}

sqlite3_io_methods makeMethods()
{
    sqlite3_io_methods methods{};
    methods.iVersion = 2; // shared memory, but no memory-mapped reads: they would go past this layer
    methods.xClose = fileClose;
    methods.xRead = fileRead;
    methods.xWrite = fileWrite;
    methods.xTruncate = fileTruncate;
    methods.xSync = fileSync;
    methods.xFileSize = fileSize;
    methods.xLock = fileLock;
    methods.xUnlock = fileUnlock;
    methods.xCheckReservedLock = fileCheckReservedLock;
    methods.xFileControl = fileControl;
    methods.xSectorSize = fileSectorSize;
    methods.xDeviceCharacteristics = fileDeviceCharacteristics;
    methods.xShmMap = fileShmMap;
    methods.xShmLock = fileShmLock;
    methods.xShmBarrier = fileShmBarrier;
    methods.xShmUnmap = fileShmUnmap;
    return methods;
}

int vfsOpen(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags, int* outFlags)
{
    static const sqlite3_io_methods methods = makeMethods();
    State& state = stateOf(vfs);
    file->pMethods = nullptr;
    if (const int code = state.mayFail(Call::Observing, SQLITE_CANTOPEN); code != SQLITE_OK)
        return code;

    File& self = *new (file) File{};
    self.state = &state;
    const bool isNew = path != nullptr && !std::filesystem::exists(path);
    const int code = state.real->xOpen(state.real, path, self.real(), flags, outFlags);
    if (code != SQLITE_OK)
        return code;
    if (path != nullptr) {
        const std::lock_guard lock(state.mutex);
        self.disk = &state.files[path];
        if (isNew) {
            self.disk->data = UnsyncedData();
            self.disk->nameIsDurable = false;
        }
        // As the VFS of SQLite for Unix does it: never for the database itself.
        self.syncsDirectory = isNew && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    }
    self.base.pMethods = &methods;
    return SQLITE_OK;
}

int vfsDelete(sqlite3_vfs* vfs, const char* path, int syncDirectory)
{
    State& state = stateOf(vfs);
    if (const int code = state.mayFail(Call::Mutating, SQLITE_IOERR_DELETE); code != SQLITE_OK)
        return code;
    const std::lock_guard lock(state.mutex);
    DiskFile& disk = state.files[path];
    // While its own name is not durable, what the disk holds is what stood there before.
    if (disk.nameIsDurable && std::filesystem::exists(path))
        disk.former = disk.data.durable(contentOf(path));
    const int code = state.real->xDelete(state.real, path, syncDirectory);
    disk.data = UnsyncedData();
    disk.nameIsDurable = false;
    if (syncDirectory != 0)
        state.syncNames();
    return code;
}

int vfsAccess(sqlite3_vfs* vfs, const char* path, int flags, int* result)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xAccess(real, path, flags, result);
}

int vfsFullPathname(sqlite3_vfs* vfs, const char* path, int size, char* result)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xFullPathname(real, path, size, result);
}

int vfsRandomness(sqlite3_vfs* vfs, int size, char* result)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xRandomness(real, size, result);
}

int vfsSleep(sqlite3_vfs* vfs, int microseconds)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xSleep(real, microseconds);
}

int vfsCurrentTime(sqlite3_vfs* vfs, double* result)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xCurrentTime(real, result);
}

int vfsGetLastError(sqlite3_vfs* vfs, int size, char* result)
{
    sqlite3_vfs* real = stateOf(vfs).real;
    return real->xGetLastError(real, size, result);
}

/// Takes one file to what is on the disk.
void revert(const std::string& path, const DiskFile& disk, Loss loss, std::mt19937_64& random)
{
    const bool nameArrived = disk.nameIsDurable || (loss == Loss::Torn && (random() & 1U) != 0);
    if (!nameArrived) {
        std::filesystem::remove(path);
        if (disk.former)
            std::ofstream(path, std::ios::binary) << *disk.former;
        return;
    }
    if (!std::filesystem::exists(path))
        return;
    const UniqueFd fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    disk.data.revert(fd.get(), loss, random);
}

} // namespace

FaultVfs::State::State(std::string vfsName, FaultPlan& faults)
    : name(std::move(vfsName))
    , plan(faults)
    , real(sqlite3_vfs_find("unix-excl"))
{
    if (real == nullptr)
        throw std::runtime_error("SQLite has no unix-excl VFS");
    vfs.iVersion = 1;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    vfs.mxPathname = real->mxPathname;
    vfs.zName = name.c_str();
    vfs.pAppData = this;
    vfs.xOpen = vfsOpen;
    vfs.xDelete = vfsDelete;
    vfs.xAccess = vfsAccess;
    vfs.xFullPathname = vfsFullPathname;
    vfs.xRandomness = vfsRandomness;
    vfs.xSleep = vfsSleep;
    vfs.xCurrentTime = vfsCurrentTime;
    vfs.xGetLastError = vfsGetLastError;
}

int FaultVfs::State::mayFail(Call call, int code)
{
    const auto fault = plan.nextCall(call);
    return fault ? code : SQLITE_OK;
}

void FaultVfs::State::syncNames()
{
    for (auto& [path, disk] : files) {
        disk.nameIsDurable = true;
        disk.former.reset();
    }
}

FaultVfs::FaultVfs(std::string name, FaultPlan& plan)
    : m_state(std::make_unique<State>(std::move(name), plan))
{
    if (sqlite3_vfs_register(&m_state->vfs, 0) != SQLITE_OK)
        throw std::runtime_error("cannot register a VFS");
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(&m_state->vfs);
}

const std::string& FaultVfs::name() const
{
    return m_state->name;
}

void FaultVfs::powerCut(Loss loss, std::uint64_t seed)
{
    const std::lock_guard lock(m_state->mutex);
    std::mt19937_64 random(seed);
    for (const auto& [path, disk] : m_state->files)
        revert(path, disk, loss, random);
    m_state->files.clear();
}

} // namespace layerhold::test
