// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"
#include "layerhold/identity.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

class LogSink;

/// What a registry says of a blob (OCI image specification, "descriptor.md").
struct Descriptor
{
    Digest digest;          ///< the canonical one: see AccessRecords::setDescriptor
    std::uint64_t size = 0; ///< bytes
    std::string mediaType = {};

    friend bool operator==(const Descriptor&, const Descriptor&) = default;
};

/// The request whose success is a proof: one for the thing itself. A token is none, and neither is a manifest that
/// names the digest: anybody can publish one. The values are written to the index and never change.
enum class ProofMethod : std::uint8_t
{
    Manifest = 1, ///< HEAD or GET of the manifest of that digest
    Blob = 2,     ///< HEAD of the blob, or GET of a part of it
    Download = 3, ///< all of its bytes were downloaded
    Upload = 4    ///< all of its bytes were uploaded, and the registry took them
};
std::string_view toString(ProofMethod method);

/// "This identity could read this blob from this repository at that moment."
struct Proof
{
    Identity identity;
    std::string repository;
    Digest digest;
    ProofMethod method = ProofMethod::Blob;
    TimePoint checkedAt = {};
    TimePoint expiresAt = {}; ///< from then on it proves nothing

    friend bool operator==(const Proof&, const Proof&) = default;
};

struct AccessOptions
{
    static constexpr std::chrono::seconds longestLifetime = std::chrono::hours(24);
    static constexpr std::chrono::seconds longestGrace = std::chrono::hours(24 * 31);

    /// How long a proof is good for. One second up to longestLifetime.
    std::chrono::seconds proofLifetime = std::chrono::minutes(15);
    /// How much longer while its registry cannot be reached (AccessRecords::coversOffline). 0: no longer. Up to
    /// longestGrace.
    std::chrono::seconds offlineGrace = std::chrono::seconds(0);
};

/// Four kinds of facts about registries and blobs, each of which says nothing of the others, nor of what is stored
/// here: *memberships* ("the repository has the blob"), *descriptors* ("the blob has that size and media type"),
/// *proofs*
/// ("this identity may read the blob") and *deliveries* ("that origin has the bytes"). Whoever serves by them asks
/// covers() first, for what is not stored here too, and answers "not yours" and "not there" alike.
///
/// Nothing here is more than an answer of a registry that can be asked for again: an index that is made anew begins
/// without any of it, and the oldest go when there are too many. What is not known is "unknown here", never "no".
///
/// Repositories are named in normal form, "docker.io/library/nginx" (ImageReference::repository()). Errors:
/// InvalidArgument for another name of a repository, always; a failure of the index is thrown, never taken for
/// "unknown". All functions may block. Thread-safe.
class AccessRecords
{
public:
    virtual ~AccessRecords() = default;

    struct MemoryOptions
    {
        AccessOptions access = {};
        /// At most so many descriptors, as many memberships and as many (digest, identity) with proofs; what goes is
        /// chosen by adaptive replacement. 0 or less: no bound.
        std::int64_t most = 10'000;
        const Clock* clock = nullptr; ///< nullptr: Clock::system(). Must outlive the records.
        const LogSink* log = nullptr; ///< nullptr: silent. Must outlive the records.
    };

    /// Records that live in memory, for a process without a cache root. They never fail, and never wait.
    static std::unique_ptr<AccessRecords> inMemory(const MemoryOptions& options);

    // Memberships.
    /// Adding what is there already is no error.
    virtual void addMember(const std::string& repository, const Digest& digest) = 0;
    /// With the media type that the repository has for it. False when there was nothing to remove.
    virtual bool removeMember(const std::string& repository, const Digest& digest) = 0;
    /// False: unknown here, ask the registry.
    virtual bool isMember(const std::string& repository, const Digest& digest) = 0;
    /// The repositories that have the blob, ascending, at most `limit`.
    virtual std::vector<std::string> repositoriesOf(const Digest& digest, std::size_t limit) = 0;

    // Descriptors.
    /// The size is replaced, the media type is that of the first who set one. When `descriptor.digest` is of another
    /// algorithm than `digest`, it is the canonical one, which is set as well; the caller knows that both are of the
    /// same bytes. InvalidArgument when they are of one algorithm and differ, for an empty or unprintable media type or
    /// one over 255 bytes, and for a size over 2^63 - 1.
    virtual void setDescriptor(const Digest& digest, const Descriptor& descriptor) = 0;
    virtual std::optional<Descriptor> descriptor(const Digest& digest) = 0;

    // A repository's view of descriptors.
    /// As setDescriptor, by the word of the repository: it becomes a membership too, and the media type is what this
    /// repository says from then on, whatever others say.
    virtual void setDescriptor(const std::string& repository, const Digest& digest, const Descriptor& descriptor) = 0;
    /// Of a member only.
    virtual std::optional<Descriptor> descriptor(const std::string& repository, const Digest& digest) = 0;
    /// The repository does not have the blob any more: its membership, its media type, all proofs by it and, where it
    /// was a member, the shared descriptor go. Other repositories stay members, and another one that adds the blob
    /// again gives nothing back to this one. Durable when it returns.
    virtual void clear(const std::string& repository, const Digest& digest) = 0;
    /// As clear, for all blobs: the repository is gone.
    virtual void clear(const std::string& repository) = 0;
    /// Drops everything about the digest, in every repository, as the removal of a stored blob does.
    virtual void forget(const Digest& digest) = 0;

    /// Asks the registry; nullopt when it has no such blob.
    using AskRegistry = std::function<std::optional<Descriptor>()>;
    /// The repository's descriptor from here, or else from `ask`, whose answer is kept. When the records fail, `ask` is
    /// asked, nothing is kept, and the failure is logged and counted: it never gets to the caller. What `ask` throws
    /// does.
    virtual std::optional<Descriptor> stat(const std::string& repository, const Digest& digest,
                                           const AskRegistry& ask) = 0;

    /// Of stat().
    struct LookupCounts
    {
        std::uint64_t requests = 0;
        std::uint64_t hits = 0;
        std::uint64_t errors = 0; ///< of the records, not of the registry
    };

    /// Those of a cache go on after a restart.
    virtual LookupCounts lookupCounts() = 0;

    // Proofs.
    /// The identity of a credential: HMAC-SHA-256 over the fields, each with its length. `host` is the one that the
    /// secret is sent to, `kind` a word for how ("password"). Identities of different records have nothing in common,
    /// but for Identity::anonymous(). InvalidArgument without a host or a kind, or with neither user name nor secret.
    virtual Identity identityOf(std::string_view host, std::string_view kind, std::string_view username,
                                std::string_view secret) = 0;
    /// The registry answered at `when`: the identity may read the digest from the repository. Only for a success of
    /// that very request. False, and nothing is recorded, when the pair was revoked at `when` or later: an answer that
    /// was on its way then counts for nothing.
    virtual bool record(const Identity& identity, const std::string& repository, const Digest& digest,
                        ProofMethod method, TimePoint when) = 0;
    /// True when the identity itself, or the anonymous one, has a proof of the digest, in whatever repository, that was
    /// made up to `now` and is good at `now`. A proof of one identity is of no use to another, and false is not kept.
    virtual bool covers(const Identity& identity, const Digest& digest, TimePoint now) = 0;
    /// As covers, when `registry` ("docker.io") could not be asked: no connection, a time-out, 5xx or 429, and never
    /// 401, 403 or 404. Proofs from repositories of that registry are good for AccessOptions::offlineGrace longer.
    virtual bool coversOffline(const Identity& identity, const Digest& digest, TimePoint now,
                               const std::string& registry) = 0;
    /// The registry answered 401, 403 or 404 to the identity: all proofs of the pair are void at once, also for
    /// coversOffline. Durable when it returns; when that fails, they are void until the process ends.
    virtual void revoke(const Identity& identity, const std::string& repository) = 0;
    /// Who may read the digest and why, by identity and repository, at most `limit`. With proofs that have expired and
    /// were not swept yet.
    virtual std::vector<Proof> proofs(const Digest& digest, std::size_t limit) = 0;

    // Deliveries.
    /// All bytes of the digest came from there, or went there: whatever that origin says of who may read them from now
    /// on, it could hand them to anybody anyway. Anybody can run a registry that claims to have what it was never sent,
    /// so that only the word of an origin that has delivered the bytes once, or is trusted otherwise, makes a proof.
    /// `origin` is named as identities are.
    virtual void noteDelivery(const Identity& origin, const Digest& digest) = 0;
    /// False: unknown here.
    virtual bool hasDelivered(const Identity& origin, const Digest& digest) = 0;
};

/// The records of a cache. An engine in `verified` mode is given, besides what it supplied itself, what a proof covers:
/// one by the anonymous identity, or by an identity that was granted to it. What an engine got it keeps, whatever is
/// revoked later, as it would keep a download.
class CacheAccess : public AccessRecords
{
public:
    /// Whatever the identity may read, the engine, and so everybody who uses it, may have from now on. Again is no
    /// error. The last 256 of an engine are kept. Lost with the index: the engine downloads until it is granted again.
    /// NotFound when the engine is unknown.
    virtual void grant(const std::string& engine, const Identity& identity) = 0;
    /// False when there was nothing to withdraw. Durable when it returns.
    virtual bool withdraw(const std::string& engine, const Identity& identity) = 0;
    virtual std::vector<Identity> granted(const std::string& engine) = 0;
};

} // namespace layerhold
