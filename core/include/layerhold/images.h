// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/types.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// What calls an image by a name.
struct ImageName
{
    enum class Source : std::uint8_t
    {
        Tag,    ///< name is a reference in normal form
        Engine, ///< name is what the engine calls it
        Lease   ///< name is the ID of an engine's lease that keeps it
    };

    Source source = Source::Tag;
    std::string name;
    std::string engine = {}; ///< Engine, Lease
    std::string space = {};  ///< containerd's namespace: Engine, Lease

    friend bool operator==(const ImageName&, const ImageName&) = default;
};

std::string_view toString(ImageName::Source source);

/// A root: a manifest or index that a tag, an engine or a lease names, or that no index here refers to.
///
/// Bytes are those of stored blobs. A blob is of an image when it is the root or is reached from it over indexes,
/// manifests, configs and layers; a `subject` is not followed: a signature does not contain what it signs.
struct Image
{
    Digest digest;
    BlobKind kind = BlobKind::Manifest;
    BlobState state = BlobState::Present;
    std::string mediaType = {};
    std::vector<ImageName> names = {};       ///< tags first, each kind ascending
    std::vector<std::string> platforms = {}; ///< of its manifests, as far as an index tells; without "unknown/unknown"
    std::uint64_t layers = 0;                ///< different layers of all its manifests that are here
    std::uint64_t absentBlobs = 0;           ///< blobs of it that are not stored
    std::uint64_t referencedBytes = 0;       ///< of all its blobs: its size if it were alone
    std::uint64_t uniqueBytes = 0;           ///< of blobs that no other image has
    std::uint64_t shareBytes = 0;            ///< every blob divided by the images that have it; sums are exact
    std::optional<Digest> config = {};       ///< of a manifest
    std::optional<Digest> subject = {};      ///< what it is a signature, SBOM or other artifact of
    std::uint64_t referrers = 0;             ///< manifests here whose subject it is
    TimePoint createdAt = {};                ///< when it came here
    TimePoint accessedAt = {};
};

/// Over all images. shareBytes of all add up to imageBytes; imageBytes + otherBytes are all stored bytes.
struct ImageTotals
{
    std::uint64_t images = 0;
    std::uint64_t imageBytes = 0;  ///< of blobs that some image has: unique bytes of all + sharedBytes
    std::uint64_t sharedBytes = 0; ///< of these, of blobs that several have
    std::uint64_t otherBytes = 0;  ///< of blobs that no image has
};

struct ImagePage
{
    ImageTotals totals; ///< of all images, whatever the filter
    std::vector<Image> images;
};

struct ImageFilter
{
    /// containerd's filter grammar over digest, kind, mediatype, name, engine, platform, named, artifact, complete;
    /// OR-ed.
    std::vector<std::string> filters;
};

struct ImageLayer
{
    Digest digest;
    std::string mediaType = {};
    std::uint64_t size = 0; ///< as the manifest says
    bool isPresent = false;
    std::uint64_t images = 0; ///< that have it, this one included
    std::string command = {}; ///< that made it, from the config's history; empty when unknown
};

/// One manifest of an image.
struct ImageManifest
{
    Digest digest;
    bool isPresent = false;        ///< without it nothing else is known but the platform
    std::string platform = {};     ///< os/architecture[/variant]: from the index, else from the config
    std::string artifactType = {}; ///< empty for an image
    std::optional<Digest> config = {};
    std::string created = {};            ///< when it was built, as the config says (RFC 3339); empty when unknown
    std::vector<ImageLayer> layers = {}; ///< the lowest first
};

struct ImageReferrer
{
    Digest digest;
    std::string artifactType = {}; ///< or the config's media type, as the OCI specification has it
    std::uint64_t size = 0;
};

struct ImageDetails
{
    Image image; ///< as in the list; of a manifest that is no root without unique and share bytes
    std::vector<ImageManifest> manifests = {}; ///< the image itself, or what its index names
    std::vector<ImageReferrer> referrers = {};
    std::vector<std::string> sources = {}; ///< repositories that engines got it from
};

/// A manifest or index as it was stored.
struct ManifestDocument
{
    BlobKind kind = BlobKind::Manifest;
    std::string mediaType;
    std::string bytes;
};

/// Manifests, indexes and the images that they make up. Everything may block. Thread-safe.
class Images
{
public:
    virtual ~Images() = default;

    /// Ascending by digest after `after`, at most `limit` that match. Made from one look at the index and kept until
    /// that changes, so that pages are cheap.
    virtual ImagePage list(const ImageFilter& filter, const std::optional<Digest>& after, std::size_t limit) = 0;
    /// What is known of a stored manifest or index; nullopt for anything else. Reads it and its configs.
    virtual std::optional<ImageDetails> inspect(const Digest& digest) = 0;
    /// The digest that people mean by a name: of a tag in any form, or of an engine's image by exactly its name.
    virtual std::optional<Digest> resolve(std::string_view name) = 0;

    /// Stores a manifest or index byte for byte under a tag that claims it (cause push). InvalidArgument when the bytes
    /// do not hash to `digest` or are no valid manifest, naming what is wrong, and as Tags::put. Durable when it
    /// returns. A digest that is stored already is fine.
    virtual void putManifest(std::string_view reference, const Digest& digest, std::span<const std::byte> document,
                             const std::string& by) = 0;
    /// The very bytes that were stored; nullopt when there are none or they are no manifest. Counts as a use. DataLoss
    /// when the stored bytes are damaged. Digests never go stale.
    virtual std::optional<ManifestDocument> manifest(const Digest& digest) = 0;
    /// True when manifest() would give one, as far as can be told without reading it. Counts as no use.
    virtual bool hasManifest(const Digest& digest) = 0;
};

} // namespace layerhold
