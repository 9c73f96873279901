// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest_writer.h"

#include "cache/ingest_table.h"
#include "index/edges.h"
#include "store/ingest_file.h"

#include <array>
#include <optional>

namespace layerhold {

namespace {

/// Puts the file in place; the digest must be locked. Returns the identity of the file that was hashed.
FileIdentity publish(CacheContext& context, const CheckedManifest& manifest)
{
    const auto draft = context.files.layout().ingest(newIngestId());
    FileIdentity written;
    try {
        const auto file = IngestFile::create(context.fileSystem, draft);
        const std::array pieces{manifest.document};
        file->append(pieces);
        file->flush();
        written = file->identity();
        if (file->digest(manifest.digest.algorithm()) != manifest.digest)
            throw Error(ErrorCode::Corrupted, "the file of the manifest " + manifest.digest.toString() +
                                                  " does not hold what was written; try again");
    } catch (...) {
        context.fileSystem.remove(draft);
        throw;
    }
    context.strays.add(manifest.digest); // until it has its row
    context.files.publish(draft, manifest.digest);
    context.files.syncDirectory(manifest.digest.algorithm());
    const auto identity = context.files.identity(manifest.digest);
    // The rename changed the ctime; nothing else may have changed.
    if (!identity || identity->inode != written.inode || identity->size != written.size ||
        identity->mtimeNs != written.mtimeNs)
        throw Error(ErrorCode::Corrupted, "the file of the manifest " + manifest.digest.toString() +
                                              " was changed by somebody else while it was stored; try again");
    return *identity;
}

void record(Change& change, const CheckedManifest& manifest, const std::optional<FileIdentity>& published)
{
    auto row = blobs::find(change.index(), manifest.digest);
    if (published) {
        if (!row) {
            row.emplace(BlobRow{manifest.digest});
            row->createdAt = change.now();
            row->accessedAt = change.now();
            row->origin = "push";
        }
        leaveTrash(change, manifest.digest); // a removal from there may have failed
        const bool isHealed = blobs::isLost(row->state);
        row->state = BlobState::Present;
        row->size = published->size;
        row->identity = *published;
        row->verifiedAt = change.now();
        change.event(isHealed ? "blob_healed" : "blob_committed", manifest.digest.toString(), {},
                     isHealed ? "The bytes were written anew." : "The manifest was pushed and is stored.", row->size);
    }
    if (!row || row->state != BlobState::Present)
        throw Error(ErrorCode::Unavailable,
                    "the manifest " + manifest.digest.toString() + " was removed while it was stored; try again");
    row->kind = manifest.manifest.kind;
    row->mediaType = manifest.manifest.mediaType;
    blobs::put(change.index(), *row);
    edges::replace(change.index(), manifest.digest, manifest.manifest.edges);
}

} // namespace

void writeManifest(CacheContext& context, BlobGuard& guard, const CheckedManifest& manifest,
                   const std::function<void(Change&)>& claim)
{
    guard.check(manifest.digest); // takes in a file without a row, sets damaged bytes aside
    const auto busy = context.busy.lock(manifest.digest);
    guard.takeOutLocked({manifest.digest}); // where a cleanup may have put it since
    const auto row = context.index.read([&](Connection& index) { return blobs::find(index, manifest.digest); });
    std::optional<FileIdentity> published;
    if (!row || !guard.isTrusted(*row))
        published = publish(context, manifest);
    context.index.write(Durability::Durable, [&](Change& change) {
        record(change, manifest, published);
        claim(change);
    });
    context.strays.remove(manifest.digest);
    if (published)
        guard.removeTrashedCopy(manifest.digest);
}

} // namespace layerhold
