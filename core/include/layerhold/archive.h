// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/digest.h"
#include "layerhold/image_reference.h"
#include "layerhold/progress.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// Images as tar archives, in both forms that tools exchange: an OCI image layout (oci-layout, index.json,
/// blobs/<algorithm>/<hex>; OCI image specification, "image-layout.md"), and what `docker save` writes (manifest.json
/// with configs and layers).
namespace layerhold {

/// Takes the next bytes of an archive. May block; what it throws ends the work and goes on to the caller.
using ArchiveSink = std::function<void(std::span<const std::byte>)>;
/// Fills the buffer with the next bytes of an archive; returns how many, 0 at the end only. Likewise.
using ArchiveSource = std::function<std::size_t(std::span<std::byte>)>;

struct ArchiveWriteRequest
{
    explicit ArchiveWriteRequest(const Digest& what)
        : image(what)
    {}

    Digest image;                       ///< a manifest or an index
    std::optional<ImageReference> name; ///< written into the archive when it has a tag
    /// "os/architecture" or "os/architecture/variant", of an index. A single one makes its manifest the image of the
    /// archive; otherwise the index is, byte for byte, which then may name manifests that are not there. Empty: all
    /// whose blobs are stored here.
    std::vector<std::string> platforms;
};

struct ArchiveWriteReport
{
    std::uint64_t blobs = 0; ///< manifests included
    std::uint64_t bytes = 0; ///< of the blobs
};

/// Writes an image as one tar that is an OCI image layout and, where it is an image that Docker can run, a Docker
/// archive as well, of one platform: this machine's when there is one for it. Equal images give equal bytes. What it
/// needs is claimed until it is done, and complete before the first byte is written.
///
/// NotFound when a blob of the image is not stored here, which it names, or no manifest is for a platform;
/// InvalidArgument when it is no image. `onProgress` is called on this thread. Blocks.
ArchiveWriteReport writeArchive(Cache& cache, const ArchiveWriteRequest& request, const ArchiveSink& sink,
                                const OnProgress& onProgress, std::stop_token stop);

/// What archives of images never exceed; more is InvalidArgument.
struct ArchiveLimits
{
    std::size_t members = 20'000;
    std::size_t pathBytes = 512;
    std::uint64_t memberBytes = std::uint64_t(256) << 30U;
};

struct ArchiveReadRequest
{
    /// What the image of the archive is to be called, instead of what the archive says. InvalidArgument when it has
    /// several.
    std::optional<ImageReference> name;
    std::string by; ///< for the history of the tags: the user
    ArchiveLimits limits;
};

struct LoadedImage
{
    std::string reference; ///< the tag that points at it, in normal form
    Digest digest;
};

struct ArchiveReadReport
{
    std::vector<LoadedImage> images;
    std::uint64_t blobs = 0; ///< of the archive
    std::uint64_t bytes = 0;
    std::uint64_t storedBlobs = 0; ///< of these, those that had to be written
    std::uint64_t storedBytes = 0;
};

/// Brings the images of an archive of either form into the cache, with its members in any order, as they come: nothing
/// is unpacked, and nothing is kept in memory but names. gzip and zstd around it are understood. Of an archive that has
/// both forms the OCI image layout counts. Each blob has to be in the archive, whatever is stored here already, and is
/// verified; then tags (TagCause::Manual) point at the images. An index may name manifests that are not in the archive,
/// if one is; layers that may not be distributed need not be there.
///
/// A Docker archive has no manifests: its images get OCI manifests of their configs and layers as they are, the same
/// for the same archive.
///
/// InvalidArgument for what is no such archive, is cut off, or names no image: the message says which member is wrong.
/// NotFound when blobs are missing, which it names; Corrupted when bytes are not those of their digest. Nothing points
/// anywhere when it fails; what was brought until then is released. Blocks.
ArchiveReadReport readArchive(Cache& cache, const ArchiveReadRequest& request, const ArchiveSource& source,
                              std::stop_token stop);

} // namespace layerhold
