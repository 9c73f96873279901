// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace layerhold {

/// Every path and file name of a cache root, built and parsed here and nowhere else.
///
///     <root>/oci-layout, index.json     the tree is a valid OCI image layout
///     <root>/blobs/<alg>/<hex>          immutable, read-only, nothing but the bytes
///     <root>/ingest/<id>                one open write each; the id is 32 random hex digits
///     <root>/quarantine/<alg>-<hex>.<n> bytes that failed verification, with <name>.json telling why
///     <root>/trash/<alg>-<hex>          blobs that a cleanup removed, until their undo window ends
///     <root>/index.db, index.db-wal     the index; <root>/index.db.damaged-<n> when one was set aside
///     <root>/checkpoint                 what files cannot tell: engines, claims, pins, leases, policies, trash
///     <root>/identity.key               what credentials are hashed with, 32 random bytes, mode 0600
///     <root>/owner.lock
class Layout
{
public:
    using Path = std::filesystem::path;
    explicit Layout(Path root);

    const Path& root() const { return m_root; }

    Path ociLayout() const;
    Path indexJson() const;
    /// Where the next one is made before it takes its place.
    Path newIndexJson() const;
    Path blobsDirectory() const;
    Path blobsDirectory(DigestAlgorithm algorithm) const;
    Path blob(const Digest& digest) const;
    Path ingestDirectory() const;
    /// `id` must satisfy isIngestId.
    Path ingest(std::string_view id) const;
    static bool isIngestId(std::string_view name);
    Path quarantineDirectory() const;
    Path quarantined(const Digest& digest, unsigned number) const;
    Path quarantineReason(const Path& quarantined) const;
    static std::optional<Digest> parseQuarantined(std::string_view name);
    Path trashDirectory() const;
    Path trashed(const Digest& digest) const;
    /// The digest of a file name below trashDirectory().
    static std::optional<Digest> parseTrashed(std::string_view name);
    Path indexDatabase() const;
    Path damagedIndex(unsigned number) const;
    /// Where the next index or checkpoint is made before it takes its place.
    Path newIndexDatabase() const;
    Path checkpoint() const;
    Path newCheckpoint() const;
    Path identityKey() const;
    Path newIdentityKey() const;
    Path ownerLock() const;

    /// The digest of a file name below blobsDirectory(algorithm).
    static std::optional<Digest> parseBlob(DigestAlgorithm algorithm, std::string_view name);

private:
    Path m_root;
};

} // namespace layerhold
