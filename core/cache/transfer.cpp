// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "base/text.h"
#include "cache/progress_meter.h"
#include "cache/recognition.h"

#include <array>

namespace layerhold {

namespace {

constexpr std::size_t pageSize = 256;
constexpr std::size_t copyPiece = 1U << 20U;

void copyBytes(FileSystem& fileSystem, int from, int to, const std::stop_token& stop, ProgressMeter& meter)
{
    std::vector<std::byte> buffer(copyPiece);
    for (std::uint64_t offset = 0;;) {
        throwIfStopped(stop);
        const std::size_t count = fileSystem.read(from, offset, buffer);
        if (count == 0)
            return;
        const std::array<std::span<const std::byte>, 1> pieces{std::span(buffer).first(count)};
        fileSystem.write(to, offset, pieces);
        offset += count;
        meter.now().doneBytes += count;
        meter.tick();
    }
}

enum class How
{
    Linked,
    Copied
};

/// `to` becomes a file with the bytes of `from`: by reflink, else hard link, else copy. `to` must not exist. A file
/// that others may write to is not linked.
How bring(FileSystem& fileSystem, const Layout::Path& from, const Layout::Path& to, const std::stop_token& stop,
          ProgressMeter& meter)
{
    {
        const UniqueFd source = fileSystem.open(from, FileSystem::OpenMode::Read);
        const UniqueFd target = fileSystem.open(to, FileSystem::OpenMode::CreateNew);
        if (fileSystem.clone(source.get(), target.get())) {
            fileSystem.syncData(target.get());
            fileSystem.setReadOnly(target.get());
            return How::Linked;
        }
    }
    fileSystem.remove(to);
    try {
        fileSystem.hardLink(from, to);
        const UniqueFd target = fileSystem.open(to, FileSystem::OpenMode::Read);
        if (fileSystem.isOnlyOurs(target.get())) {
            fileSystem.syncData(target.get()); // whoever wrote it may not have
            return How::Linked;
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Full)
            throw;
        // Another file system, or not allowed: copy.
    }
    fileSystem.remove(to);
    const UniqueFd source = fileSystem.open(from, FileSystem::OpenMode::Read);
    const UniqueFd target = fileSystem.open(to, FileSystem::OpenMode::CreateNew);
    copyBytes(fileSystem, source.get(), target.get(), stop, meter);
    fileSystem.setReadOnly(target.get());
    fileSystem.syncData(target.get());
    return How::Copied;
}

/// Error{Corrupted} unless the file's bytes are those of `digest`. The identity that goes with the hashed bytes.
FileIdentity requireBytes(FileSystem& fileSystem, const Layout::Path& path, const Digest& digest,
                          const std::stop_token& stop)
{
    const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Read);
    const FileIdentity before = fileSystem.identity(fd.get());
    Hasher hasher(digest.algorithm());
    std::vector<std::byte> buffer(copyPiece);
    for (std::uint64_t offset = 0;;) {
        throwIfStopped(stop);
        const std::size_t count = fileSystem.read(fd.get(), offset, buffer);
        if (count == 0)
            break;
        hasher.update(std::span(buffer).first(count));
        offset += count;
    }
    // A linked file is still the source's: somebody may write to it.
    if (fileSystem.identity(fd.get()) != before)
        throw Error(ErrorCode::Corrupted, "it was changed during the import; import it again");
    const Digest actual = hasher.digest();
    if (actual != digest)
        throw Error(ErrorCode::Corrupted, "its bytes are not what its name says; they hash to " + actual.toString());
    return before;
}

} // namespace

/// One blob of an import: brought to a draft and hashed there; then, while nobody else touches the digest, put in
/// place, recorded and claimed. A crash between leaves a file without a row, which the next start takes in.
void CacheImpl::importOne(const std::string& engine, const Digest& digest, const Layout::Path& source,
                          ImportReport& report, ProgressMeter& meter, const std::stop_token& stop)
{
    if (const auto finding = m_guard.check(digest, stop); finding.condition == BlobGuard::Condition::Trusted) {
        // A claim goes to who has the bytes. Who only knows their name might get another engine's blob for it.
        requireBytes(m_fileSystem, source, digest, stop);
        m_index.write(Durability::Durable, [&](Change& change) {
            recordImport(change, engine, digest, std::nullopt, std::nullopt, source);
        });
        ++report.alreadyPresent;
        return;
    }
    const auto draft = m_files.layout().ingest(newIngestId());
    try {
        const How how = bring(m_fileSystem, source, draft, stop, meter);
        const FileIdentity hashed = requireBytes(m_fileSystem, draft, digest, stop);
        const auto busy = m_busy.lock(digest);
        const auto row = m_index.read([&](Connection& index) { return blobs::find(index, digest); });
        const bool isPresent = row && m_guard.isTrusted(*row); // committed meanwhile
        std::optional<FileIdentity> published;
        if (isPresent)
            m_fileSystem.remove(draft);
        else
            published = publishDraft(draft, digest, hashed);
        const auto manifest = published ? recogniseStored(m_files, digest, *published) : std::nullopt;
        m_index.write(Durability::Durable,
                      [&](Change& change) { recordImport(change, engine, digest, published, manifest, source); });
        m_strays.remove(digest);
        if (published)
            m_guard.removeTrashedCopy(digest);
        ++(isPresent ? report.alreadyPresent : report.imported);
        if (isPresent)
            return;
        report.bytes += hashed.size;
        if (how == How::Linked)
            report.linkedBytes += hashed.size;
    } catch (...) {
        m_fileSystem.remove(draft);
        throw;
    }
}

FileIdentity CacheImpl::publishDraft(const Layout::Path& draft, const Digest& digest, const FileIdentity& hashed)
{
    m_strays.add(digest); // until it has its row
    m_files.publish(draft, digest);
    m_files.syncDirectory(digest.algorithm());
    const auto identity = m_files.identity(digest);
    // The rename changed the ctime; nothing else may have changed.
    if (!identity || identity->inode != hashed.inode || identity->size != hashed.size ||
        identity->mtimeNs != hashed.mtimeNs)
        throw Error(ErrorCode::Corrupted, "it was changed during the import; import it again");
    return *identity;
}

/// `published` is the identity of a file that the import put there; nullopt when the blob was there before.
void CacheImpl::recordImport(Change& change, const std::string& engine, const Digest& digest,
                             const std::optional<FileIdentity>& published, const std::optional<Manifest>& manifest,
                             const Layout::Path& source)
{
    auto row = blobs::find(change.index(), digest);
    if (published) {
        if (!row) {
            row.emplace(BlobRow{digest});
            row->createdAt = change.now();
            row->accessedAt = change.now();
            row->origin = "import";
        }
        leaveTrash(change, digest); // a removal from there may have failed
        row->state = BlobState::Present;
        row->size = published->size;
        row->identity = *published;
        row->verifiedAt = change.now();
        putRecognised(change.index(), *row, manifest);
    }
    if (!row || row->state != BlobState::Present)
        throw Error(ErrorCode::Unavailable, "the blob " + digest.toString() + " was removed during its import");
    const auto before = claims::find(change.index(), HolderKind::Engine, engine, digest);
    const TimePoint since = before ? before->since : change.now();
    if (!before)
        claims::put(change.index(), {HolderKind::Engine, engine, digest, since, since});
    supplies::put(change.index(), {engine, digest, change.now()});
    CheckpointRecord record;
    record.what = CheckpointRecord::What::Claim;
    record.digest = digest;
    record.holder = engine;
    record.since = since;
    change.remember(record);
    record.what = CheckpointRecord::What::Supply;
    record.since = change.now();
    change.remember(record);
    change.event("blob_imported", digest.toString(), engine, "The blob came from " + source.string() + '.', row->size);
}

ImportReport CacheImpl::importBlobs(const std::string& engineName, const std::filesystem::path& directory,
                                    const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork();
    const auto store = requireStore(engineName); // while it lives the engine is not removed
    ImportReport report;
    ProgressMeter meter(m_clock, progress);
    std::vector<std::pair<Digest, Layout::Path>> found;
    for (const DigestAlgorithm algorithm : allDigestAlgorithms) {
        const auto folder = directory / toString(algorithm);
        for (const std::string& name : m_fileSystem.list(folder)) {
            if (const auto digest = Layout::parseBlob(algorithm, name))
                found.emplace_back(*digest, folder / name);
            else
                report.skipped.push_back((folder / name).string() + ": its name is not a digest.");
        }
    }
    meter.now().totalItems = found.size();
    for (const auto& [digest, path] : found) {
        throwIfStopped(stop);
        meter.now().current = path.string();
        try {
            importOne(engineName, digest, path, report, meter, stop);
        } catch (Error& error) {
            if (error.code() == ErrorCode::Full || error.code() == ErrorCode::Unavailable) {
                error.addContext("import of " + text::quotedPath(path));
                throw; // the next ones would fail as well
            }
            report.skipped.push_back(path.string() + ": " + error.what());
            ++report.failed;
        }
        ++meter.now().doneItems;
        meter.tick();
    }
    meter.finish();
    return report;
}

ImportReport CacheImpl::exportBlobs(const std::string& engineName, const std::filesystem::path& directory,
                                    const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork();
    const auto store = requireStore(engineName); // while it lives the engine is not removed
    ImportReport report;
    ProgressMeter meter(m_clock, progress);
    for (const DigestAlgorithm algorithm : allDigestAlgorithms)
        m_fileSystem.createDirectories(directory / toString(algorithm));
    std::optional<Digest> last;
    for (;;) {
        const auto page = m_index.read([&](Connection& index) { return heldBlobs(index, engineName, last, pageSize); });
        for (const HeldBlob& held : page) {
            throwIfStopped(stop);
            const Digest& digest = held.claim.digest;
            last = digest;
            meter.now().current = digest.toString();
            ++meter.now().totalItems;
            exportOne(digest, directory, report, meter, stop);
            ++meter.now().doneItems;
            meter.tick();
        }
        if (page.size() < pageSize)
            break;
    }
    for (const DigestAlgorithm algorithm : allDigestAlgorithms)
        m_fileSystem.syncDirectory(directory / toString(algorithm));
    meter.finish();
    return report;
}

void CacheImpl::exportOne(const Digest& digest, const Layout::Path& directory, ImportReport& report,
                          ProgressMeter& meter, const std::stop_token& stop)
{
    const auto target = directory / toString(digest.algorithm()) / digest.hex();
    if (m_fileSystem.identity(target)) {
        ++report.alreadyPresent;
        return;
    }
    const auto finding = m_guard.check(digest);
    if (finding.condition != BlobGuard::Condition::Trusted) {
        report.skipped.push_back(digest.toString() + ": it is missing or damaged. " + finding.reason);
        ++report.failed;
        return;
    }
    // Under another name first: the target has its name only when it has all its bytes.
    const auto draft = directory / toString(digest.algorithm()) / ("." + digest.hex() + ".layerhold");
    m_fileSystem.remove(draft);
    const How how = bring(m_fileSystem, m_files.layout().blob(digest), draft, stop, meter);
    m_fileSystem.rename(draft, target);
    ++report.imported;
    report.bytes += finding.row->size;
    if (how == How::Linked)
        report.linkedBytes += finding.row->size;
}

} // namespace layerhold
