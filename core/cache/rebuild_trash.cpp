// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The trash of an index that is made anew.

#include "cache/rebuild.h"

#include "cache/recognition.h"
#include "index/trash.h"
#include "layerhold/cleanup_policy.h"

namespace layerhold {

std::optional<Manifest> IndexRebuild::recogniseTrashed(const Digest& digest, const FileIdentity& identity)
{
    if (identity.size == 0 || identity.size > largestManifest)
        return std::nullopt;
    try {
        const UniqueFd fd = m_context.fileSystem.open(m_layout.trashed(digest), FileSystem::OpenMode::Read);
        std::string document(identity.size, '\0');
        const auto bytes = std::as_writable_bytes(std::span(document));
        if (m_context.fileSystem.read(fd.get(), 0, bytes) != document.size() ||
            Hasher::of(bytes, digest.algorithm()) != digest)
            return std::nullopt;
        return recogniseManifest(digest, document);
    } catch (const Error&) {
        return std::nullopt; // what cannot be read now is hashed when it comes back
    }
}

/// What lies in the trash stays there. Its bytes are hashed when it comes back: nobody is promised them before.
void IndexRebuild::addTrash()
{
    std::vector<Digest> digests;
    m_context.files.forEachTrashed([&](const Digest& digest) { digests.push_back(digest); });
    for (const Digest& digest : digests) {
        const auto identity = m_context.files.trashIdentity(digest);
        const auto manifest = identity ? recogniseTrashed(digest, *identity) : std::nullopt;
        inBatch([&](Connection& draft) {
            auto row = blobs::find(draft, digest);
            if (!identity || (row && row->state == BlobState::Present))
                return; // a copy that stayed behind: the next start sweeps it
            const TimePoint now = m_context.clock.now();
            if (!row || row->state != BlobState::Trashed) {
                row = BlobRow{digest};
                row->createdAt = now;
                row->accessedAt = now;
                row->origin = "adopted";
                row->state = BlobState::Trashed;
                row->size = identity->size;
                putRecognised(draft, *row, manifest); // or what it refers to is not kept when it comes back
            }
            auto entry = trash::find(draft, digest);
            if (!entry)
                entry = TrashRow{digest, {}, 0, now, now + CleanupPolicy::standard().undoWindow};
            entry->bytes = identity->size;
            trash::put(draft, *entry);
        });
    }
    inBatch([](Connection& draft) { trash::sweep(draft); });
}

} // namespace layerhold
