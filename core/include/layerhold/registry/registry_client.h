// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/registry/credential.h"
#include "layerhold/registry/endpoint.h"
#include "layerhold/registry/identity.h"
#include "layerhold/registry/registry_options.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

/// How often one may ask, by the registry's last answer that said so.
struct RateLimit
{
    std::uint64_t limit = 0; ///< manifests in `window`
    std::uint64_t remaining = 0;
    std::chrono::seconds window{0}; ///< 0 when not stated
    std::string source;             ///< whom the registry counts: an address or an account; may be empty
};

/// With whom it was said to, and when.
struct KnownRateLimit
{
    std::string registry; ///< as in names of images
    Identity identity;
    RateLimit limit;
    TimePoint saidAt;
};

/// What the clients of one process share: options, names of identities, tokens, and what registries said of how often
/// one may ask. Thread-safe.
class RegistryContext
{
public:
    /// `records` outlives it.
    RegistryContext(RegistryOptions options, AccessRecords& records);
    ~RegistryContext();
    RegistryContext(const RegistryContext&) = delete;
    RegistryContext& operator=(const RegistryContext&) = delete;

    AccessRecords& records() const;
    /// That of the options.
    const Clock& clock() const;

    /// By registry and identity; of at most 256, the latest. Gone with the process.
    std::vector<KnownRateLimit> rateLimits() const;

private:
    friend class RegistryClient;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

struct ManifestHead
{
    Digest digest;
    std::string mediaType;             ///< empty when the registry does not say
    std::optional<std::uint64_t> size; ///< in bytes
};

struct ManifestDocument
{
    Digest digest;
    std::string mediaType;
    std::string bytes; ///< exactly as the registry sent them; they have that digest
};

/// What a reference to another manifest in an index says.
struct Referrer
{
    Digest digest;
    std::uint64_t size = 0;
    std::string mediaType;
    std::string artifactType; ///< empty when not stated
};

/// Where the bytes of a blob begin that are about to come.
struct BlobStart
{
    std::uint64_t offset = 0;          ///< as asked for; 0: from the beginning, whatever was asked for
    std::optional<std::uint64_t> size; ///< of the whole blob
    std::string etag;                  ///< for BlobRange::etag when this is cut; empty when there is none to rely on
};

/// Gets a blob as it comes. Its exceptions end the request and reach the caller.
class BlobReceiver
{
public:
    virtual ~BlobReceiver() = default;
    /// Once, before the first bytes.
    virtual void begin(const BlobStart& start) = 0;
    virtual void write(std::span<const std::byte> bytes) = 0;
};

struct BlobRange
{
    std::uint64_t offset = 0;                  ///< how much of it is there already
    std::string etag;                          ///< of BlobStart, when that part was got
    std::optional<std::uint64_t> expectedSize; ///< of the whole blob: another one is Error{Corrupted}
};

/// Fills the buffer with what is at the offset and says how much that is; 0 only at the end. Thread: the caller's.
using ReadAt = std::function<std::size_t(std::uint64_t offset, std::span<std::byte> buffer)>;

struct PushOptions
{
    std::string mountFrom;       ///< a repository of the same registry that may have the blob; empty: none
    std::uint64_t chunkSize = 0; ///< bytes in one request; 0: all in one
};

enum class BlobPush
{
    Mounted, ///< no byte was sent
    Uploaded,
};

struct TagList
{
    std::vector<std::string> tags;
    bool isComplete = true;  ///< false: there are more, beyond 100,000 tags or 200 pages
    std::size_t dropped = 0; ///< entries that are no tags, and were left out
};

/// One registry, or one mirror of it, with one credential (OCI distribution specification 1.1). `repository` is the
/// path in normal form ("library/nginx"), `reference` a tag or a digest; what is neither is Error{InvalidArgument}.
///
/// Errors: Denied when the registry refuses (401, 403: it may mean that there is no such thing), NotFound (404),
/// Unavailable (429, 5xx, no connection, out of time), Corrupted (bytes that are not what their digest or size says),
/// FailedPrecondition (answers that cannot be used, destinations that are refused), Unsupported. Cancelled within a
/// moment after the stop. No message has a secret in it.
///
/// Thread-safe: requests run side by side.
class RegistryClient
{
public:
    /// `registry` is the one of image names ("docker.io"); a mirror is told it.
    RegistryClient(std::shared_ptr<RegistryContext> context, const Endpoint& endpoint, std::string registry,
                   Credential credential);
    ~RegistryClient();
    RegistryClient(const RegistryClient&) = delete;
    RegistryClient& operator=(const RegistryClient&) = delete;

    const std::string& registry() const;
    /// identityOf() this endpoint and credential.
    const Identity& identity() const;

    /// originOf() this endpoint.
    const Identity& origin() const;

    /// All bytes of the digest came from here just now, or went there.
    void noteDelivery(const Digest& digest);
    /// Whether an answer of this endpoint without the bytes proves that the identity may read them: it has delivered
    /// them once, or is one of RegistryOptions::trustedRegistries. Any other may say so of what it never had.
    bool isBelievedOn(const Digest& digest) const;

    /// Returns when it is a registry and lets this credential in.
    void ping(std::stop_token stop);

    /// One HEAD; a GET when the registry's answer lacks the digest.
    ManifestHead headManifest(const std::string& repository, const std::string& reference, std::stop_token stop);
    /// At most 4 MiB; the digest is checked. Documents that are a manifest and an index at once, whose media type is
    /// not the one of the answer, or of the schema 1, are refused.
    ManifestDocument getManifest(const std::string& repository, const std::string& reference, std::stop_token stop);
    /// The digest of what was put: of these very bytes.
    Digest putManifest(const std::string& repository, const std::string& reference, const std::string& mediaType,
                       std::string_view bytes, std::stop_token stop);

    /// The size. Where HEAD is refused, one byte is asked for.
    std::uint64_t headBlob(const std::string& repository, const Digest& digest, std::stop_token stop);
    /// The bytes from the offset to the end, or, when the registry cannot go on there, all of them: BlobStart says
    /// which. They are not hashed here. A connection that breaks in the middle is Unavailable: ask again from where it
    /// broke.
    void getBlob(const std::string& repository, const Digest& digest, const BlobRange& range, BlobReceiver& receiver,
                 std::stop_token stop);
    BlobPush pushBlob(const std::string& repository, const Digest& digest, std::uint64_t size, const ReadAt& read,
                      const PushOptions& options, std::stop_token stop);

    TagList listTags(const std::string& repository, std::stop_token stop);
    /// What refers to this manifest, of that artifact type unless it is empty; with the tag scheme where the registry
    /// has no such list. At most 10,000. Entries without a digest or a size, or whose types are over 255 bytes or not
    /// printable, are left out.
    std::vector<Referrer> referrers(const std::string& repository, const Digest& digest,
                                    const std::string& artifactType, std::stop_token stop);

    /// Before something is tried again: RegistryOptions::wait.
    void wait(std::chrono::milliseconds time, std::stop_token stop) const;

    /// What the registry last said to this identity, in an answer to any client of the context.
    std::optional<RateLimit> rateLimit() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerhold::registry
