// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/blob_files.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace layerhold {

namespace {

constexpr int mostVerifications = 3;
constexpr std::size_t verifyPiece = std::size_t{1} << 20U;

constexpr std::string_view ociLayoutText = R"({"imageLayoutVersion":"1.0.0"})";
constexpr std::string_view emptyIndexText =
    R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";

void writeDurably(FileSystem& fileSystem, const Layout::Path& path, std::string_view text)
{
    const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Replace);
    const std::array pieces{std::as_bytes(std::span(text))};
    fileSystem.write(fd.get(), 0, pieces);
    fileSystem.syncData(fd.get());
}

void copyDurably(FileSystem& fileSystem, const Layout::Path& from, const Layout::Path& to)
{
    const UniqueFd source = fileSystem.open(from, FileSystem::OpenMode::Read);
    const UniqueFd target = fileSystem.open(to, FileSystem::OpenMode::CreateNew);
    std::vector<std::byte> buffer(verifyPiece);
    for (std::uint64_t offset = 0;;) {
        const std::size_t count = fileSystem.read(source.get(), offset, buffer);
        if (count == 0)
            break;
        const std::array<std::span<const std::byte>, 1> pieces{std::span(buffer).first(count)};
        fileSystem.write(target.get(), offset, pieces);
        offset += count;
    }
    fileSystem.setReadOnly(target.get());
    fileSystem.syncData(target.get());
}

/// A power cut between creation and flush leaves an empty file, which counts as absent.
void writeWhereAbsent(FileSystem& fileSystem, const Layout::Path& path, std::string_view text)
{
    const auto present = fileSystem.identity(path);
    if (!present || present->size == 0)
        writeDurably(fileSystem, path, text);
}

/// Hashes the open file to its end.
Digest hashFile(FileSystem& fileSystem, int fd, DigestAlgorithm algorithm,
                const std::function<void(std::uint64_t bytes)>& onBytes, const std::stop_token& stop)
{
    Hasher hasher(algorithm);
    std::vector<std::byte> buffer(verifyPiece);
    for (std::uint64_t offset = 0;;) {
        if (stop.stop_requested())
            throw Cancelled();
        const std::size_t count = fileSystem.read(fd, offset, buffer);
        hasher.update(std::span(buffer).first(count));
        offset += count;
        if (onBytes && count > 0)
            onBytes(count);
        if (count < buffer.size())
            return hasher.digest();
    }
}

bool isOnlyCtimeOther(const FileIdentity& before, const FileIdentity& after)
{
    return before.inode == after.inode && before.size == after.size && before.mtimeNs == after.mtimeNs;
}

struct HashedFile
{
    Digest digest;
    FileIdentity before;
    FileIdentity after;

    /// The bytes that were hashed are those under the identity.
    bool isSettled() const { return before == after; }
};

/// Hashes the open file between two looks at its identity. Hashes it again, twice at most, when it hashes to `expected`
/// while only its ctime changes: linked, renamed or made read-only meanwhile it has no other content.
HashedFile hashSettled(FileSystem& fileSystem, int fd, const Digest& expected,
                       const std::function<void(std::uint64_t bytes)>& onBytes, const std::stop_token& stop)
{
    FileIdentity before = fileSystem.identity(fd);
    for (int tries = 1;; ++tries) {
        const Digest actual = hashFile(fileSystem, fd, expected.algorithm(), onBytes, stop);
        const HashedFile hashed{actual, before, fileSystem.identity(fd)};
        const bool isOther = actual != expected || !isOnlyCtimeOther(before, hashed.after);
        if (hashed.isSettled() || isOther || tries == mostVerifications)
            return hashed;
        before = hashed.after;
    }
}

/// What a file hashes to, for people: where it cannot be read the text says so.
std::string actualDigest(FileSystem& fileSystem, const Layout::Path& path, DigestAlgorithm algorithm)
{
    try {
        const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Read);
        return hashFile(fileSystem, fd.get(), algorithm, nullptr, {}).toString();
    } catch (const Error& error) {
        return error.what();
    }
}

} // namespace

BlobFiles::BlobFiles(FileSystem& fileSystem, Layout layout)
    : m_fileSystem(fileSystem)
    , m_layout(std::move(layout))
{}

void BlobFiles::prepare()
{
    for (const DigestAlgorithm algorithm : allDigestAlgorithms)
        m_fileSystem.createDirectories(m_layout.blobsDirectory(algorithm));
    m_fileSystem.createDirectories(m_layout.ingestDirectory());
    m_fileSystem.createDirectories(m_layout.quarantineDirectory());
    m_fileSystem.createDirectories(m_layout.trashDirectory());
    writeWhereAbsent(m_fileSystem, m_layout.ociLayout(), ociLayoutText);
    writeWhereAbsent(m_fileSystem, m_layout.indexJson(), emptyIndexText);
    m_fileSystem.remove(m_layout.newIndexJson()); // what a crash left of one
    m_fileSystem.syncDirectory(m_layout.blobsDirectory());
    m_fileSystem.syncDirectory(m_layout.root());
}

std::optional<FileIdentity> BlobFiles::identity(const Digest& digest) const
{
    return m_fileSystem.identity(m_layout.blob(digest));
}

std::shared_ptr<OpenBlob> BlobFiles::open(const Digest& digest, const FileIdentity& trusted) const
{
    try {
        UniqueFd fd = m_fileSystem.open(m_layout.blob(digest), FileSystem::OpenMode::Read);
        if (m_fileSystem.identity(fd.get()) != trusted)
            return nullptr;
        return std::make_shared<OpenBlob>(m_fileSystem, std::move(fd), digest, trusted);
    } catch (const Error& error) {
        // Corrupted: something else than a file stands there, so it is not the trusted file either.
        if (error.code() == ErrorCode::NotFound || error.code() == ErrorCode::Corrupted)
            return nullptr;
        throw;
    }
}

BlobFiles::Verification BlobFiles::verify(const Digest& digest, const std::function<void(std::uint64_t bytes)>& onBytes,
                                          std::stop_token stop) const
{
    UniqueFd fd;
    try {
        fd = m_fileSystem.open(m_layout.blob(digest), FileSystem::OpenMode::Read);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::NotFound)
            return {Finding::Missing, {}, {}};
        if (error.code() == ErrorCode::Corrupted)
            return {Finding::Damaged, {}, error.what()};
        throw;
    }
    const HashedFile hashed = hashSettled(m_fileSystem, fd.get(), digest, onBytes, stop);
    if (!hashed.isSettled())
        return {Finding::Damaged, hashed.after, "The file changed while it was being read."};
    if (hashed.digest == digest)
        return {Finding::Good, hashed.after, {}};
    return {Finding::Damaged, hashed.after,
            "The file has " + std::to_string(hashed.after.size) + " bytes and hashes to " + hashed.digest.toString() +
                '.'};
}

void BlobFiles::quarantine(const Digest& digest, const std::string& reason, std::int64_t nowNs)
{
    setAside(m_layout.blob(digest), digest, reason, nowNs);
    syncDirectory(digest.algorithm());
}

void BlobFiles::setAside(const Layout::Path& path, const Digest& digest, const std::string& reason, std::int64_t nowNs)
{
    const auto present = m_fileSystem.identity(path);
    if (!present)
        return;
    const nlohmann::json record{{"digest", digest.toString()},
                                {"reason", reason},
                                {"foundAt", nowNs},
                                {"actual", actualDigest(m_fileSystem, path, digest.algorithm())},
                                {"size", present->size}};

    unsigned number = 0;
    while (m_fileSystem.identity(m_layout.quarantined(digest, number)))
        ++number;
    const Layout::Path target = m_layout.quarantined(digest, number);
    m_fileSystem.rename(path, target);
    try {
        // The reason may quote a file name in any encoding.
        writeDurably(m_fileSystem, m_layout.quarantineReason(target),
                     record.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n');
    } catch (const Error&) {
        // A full disk: the event tells the reason as well, and the row has to be marked now that the file is gone.
    }
    m_fileSystem.syncDirectory(m_layout.quarantineDirectory());
}

void BlobFiles::publish(const Layout::Path& ingestFile, const Digest& digest)
{
    m_fileSystem.rename(ingestFile, m_layout.blob(digest));
}

void BlobFiles::makeDurable(const Digest& digest)
{
    const UniqueFd fd = m_fileSystem.open(m_layout.blob(digest), FileSystem::OpenMode::Read);
    m_fileSystem.syncData(fd.get());
    syncDirectory(digest.algorithm());
}

void BlobFiles::writeAnew(const Digest& digest, std::string_view ingestId)
{
    const Layout::Path draft = m_layout.ingest(ingestId);
    try {
        copyDurably(m_fileSystem, m_layout.blob(digest), draft);
        publish(draft, digest);
    } catch (const Error&) {
        m_fileSystem.remove(draft);
        throw;
    }
    syncDirectory(digest.algorithm());
}

void BlobFiles::syncDirectory(DigestAlgorithm algorithm)
{
    m_fileSystem.syncDirectory(m_layout.blobsDirectory(algorithm));
}

bool BlobFiles::remove(const Digest& digest)
{
    return m_fileSystem.remove(m_layout.blob(digest));
}

std::optional<FileIdentity> BlobFiles::move(const Layout::Path& from, const Layout::Path& to,
                                            const FileIdentity& trusted)
{
    const auto before = m_fileSystem.identity(from);
    if (!before)
        return std::nullopt;
    m_fileSystem.rename(from, to);
    const auto after = m_fileSystem.identity(to);
    const bool isSame = before == trusted && after && after->inode == trusted.inode && after->size == trusted.size &&
                        after->mtimeNs == trusted.mtimeNs;
    return isSame ? *after : trusted;
}

std::optional<FileIdentity> BlobFiles::moveToTrash(const Digest& digest, const FileIdentity& trusted)
{
    return move(m_layout.blob(digest), m_layout.trashed(digest), trusted);
}

std::optional<FileIdentity> BlobFiles::takeOutOfTrash(const Digest& digest, const FileIdentity& trusted)
{
    return move(m_layout.trashed(digest), m_layout.blob(digest), trusted);
}

std::optional<FileIdentity> BlobFiles::trashIdentity(const Digest& digest) const
{
    return m_fileSystem.identity(m_layout.trashed(digest));
}

void BlobFiles::syncTrash()
{
    m_fileSystem.syncDirectory(m_layout.trashDirectory());
}

bool BlobFiles::removeTrashed(const Digest& digest)
{
    return m_fileSystem.remove(m_layout.trashed(digest));
}

void BlobFiles::forEachTrashed(const std::function<void(const Digest&)>& each) const
{
    for (const std::string& name : m_fileSystem.list(m_layout.trashDirectory()))
        if (const auto digest = Layout::parseTrashed(name))
            each(*digest);
}

std::vector<Layout::Path> BlobFiles::forEach(const std::function<void(const Digest&)>& each) const
{
    std::vector<Layout::Path> others;
    for (const std::string& name : m_fileSystem.list(m_layout.blobsDirectory())) {
        const auto algorithm = std::find_if(allDigestAlgorithms.begin(), allDigestAlgorithms.end(),
                                            [&](DigestAlgorithm known) { return toString(known) == name; });
        if (algorithm == allDigestAlgorithms.end()) {
            others.push_back(m_layout.blobsDirectory() / name);
            continue;
        }
        for (const std::string& file : m_fileSystem.list(m_layout.blobsDirectory(*algorithm))) {
            if (const auto digest = Layout::parseBlob(*algorithm, file))
                each(*digest);
            else
                others.push_back(m_layout.blobsDirectory(*algorithm) / file);
        }
    }
    return others;
}

OpenBlob::OpenBlob(FileSystem& fileSystem, UniqueFd fd, Digest digest, FileIdentity trusted)
    : m_fileSystem(fileSystem)
    , m_fd(std::move(fd))
    , m_digest(digest)
    , m_size(trusted.size)
    , m_trusted(trusted)
{}

std::span<std::byte> OpenBlob::clamped(std::uint64_t offset, std::span<std::byte> buffer) const
{
    const std::uint64_t left = offset < m_size ? m_size - offset : 0;
    return buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size())));
}

std::size_t OpenBlob::read(std::uint64_t offset, std::span<std::byte> buffer) const
{
    const std::span<std::byte> wanted = clamped(offset, buffer);
    constexpr int tries = 3;
    for (int i = 0; i < tries; ++i) {
        const std::size_t count = m_fileSystem.read(m_fd.get(), offset, wanted);
        if (isUnchanged() && count == wanted.size())
            return count;
        trustAgain();
    }
    failChanged();
}

std::optional<std::size_t> OpenBlob::tryRead(std::uint64_t offset, std::span<std::byte> buffer) const
{
    const std::span<std::byte> wanted = clamped(offset, buffer);
    const auto count = m_fileSystem.tryRead(m_fd.get(), offset, wanted);
    if (!count || *count != wanted.size() || !isUnchanged())
        return std::nullopt;
    return count;
}

bool OpenBlob::isUnchanged() const
{
    const FileIdentity now = m_fileSystem.identity(m_fd.get());
    const std::lock_guard lock(m_trustedMutex);
    return now == m_trusted;
}

void OpenBlob::trustAgain() const
{
    const std::lock_guard oneHashes(m_hashMutex);
    if (isUnchanged())
        return;
    if (m_fileSystem.identity(m_fd.get()).size != m_size)
        failChanged();
    const HashedFile hashed = hashSettled(m_fileSystem, m_fd.get(), m_digest, nullptr, {});
    if (hashed.digest != m_digest || !hashed.isSettled())
        failChanged();
    const std::lock_guard lock(m_trustedMutex);
    m_trusted = hashed.after;
}

void OpenBlob::failChanged() const
{
    throw Error(ErrorCode::DataLoss,
                "the file of " + m_digest.toString() + " was changed while it was open; fetch the blob again");
}

} // namespace layerhold
