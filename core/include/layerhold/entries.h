// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/blob_reader.h"
#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// One of the named blobs of an entry.
struct EntryBlob
{
    std::string name;
    Digest digest;
    std::uint64_t size = 0;

    friend bool operator==(const EntryBlob&, const EntryBlob&) = default;
};

/// What is kept under a key: named blobs and what the user says of them.
struct Entry
{
    std::string scope;
    std::string key;
    std::string metadata;           ///< JSON; empty: none
    std::vector<EntryBlob> blobs;   ///< by name
    TimePoint createdAt = {};       ///< first put
    TimePoint updatedAt = {};       ///< last put; the TTL counts from here
    std::chrono::nanoseconds ttl{}; ///< 0 or less: never expires
    std::optional<TimePoint> invalidatedAt;
    TimePoint usedAt = {};  ///< last put, or last time content was delivered; up to 5 s late
    std::uint64_t uses = 0; ///< times content was delivered

    /// Strictly after the TTL.
    bool isExpired(TimePoint now) const { return ttl.count() > 0 && now - updatedAt > ttl; }

    friend bool operator==(const Entry&, const Entry&) = default;
};

struct ScopeSettings
{
    /// Of entries that state none. nullopt: that of the parent, never for a top scope. 0 or less: never.
    std::optional<std::chrono::nanoseconds> ttl;
    /// Of the distinct blobs of the scope and all scopes below. 0: only the parents' budgets count.
    std::uint64_t maxBytes = 0;

    friend bool operator==(const ScopeSettings&, const ScopeSettings&) = default;
};

/// A partition of the entries with its own keys. Scopes form a tree by their paths: "tenant/builds" is below "tenant".
struct Scope
{
    std::string path;
    ScopeSettings settings;
    TimePoint createdAt = {};
    std::uint64_t bytes = 0; ///< of the distinct blobs of the scope and all below
};

/// Fills `buffer` and returns how many bytes it put there, at most buffer.size(); 0 at the end. What it throws ends the
/// put and goes on to the caller.
using ReadBytes = std::function<std::size_t(std::span<std::byte> buffer)>;

struct EntrySource
{
    std::string name = "data";
    ReadBytes read;
    std::optional<Digest> expected = {};    ///< FailedPrecondition when the bytes have another
    std::optional<std::uint64_t> size = {}; ///< FailedPrecondition when there are more or fewer
};

struct PutOptions
{
    enum class OtherNames
    {
        Drop, ///< the entry is what this put says
        Keep, ///< blobs under names that this put does not mention stay
    };
    OtherNames otherNames = OtherNames::Drop;
    std::string metadata;                        ///< JSON of at most 16 KiB; empty: none
    std::optional<std::chrono::nanoseconds> ttl; ///< nullopt: the scope's. 0 or less: never
};

struct CleanOptions
{
    std::chrono::nanoseconds maxAge{}; ///< entries that were put longer ago go; 0: no matter
    std::uint64_t maxBytes = 0;        ///< then the least recently used go until no more than this stays; 0: no matter
};

struct EntryTotals
{
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0; ///< of distinct blobs
};

/// Entries with a TTL in scopes. Bytes are ordinary blobs of the cache: stored once, verified, claimed by the entries
/// that name them (why() says which). What an entry no longer needs is released; a cleanup takes the bytes.
///
/// Scope paths have 1 to 1024 bytes; the parts between slashes are not empty, ".", or "..", and without backslash or
/// NUL. Where a function works on a whole tree, "" is everything. Keys have 1 to 1024 bytes of any kind but NUL, do not
/// begin with '_' (reserved), and do not contain "..". Names of blobs have 1 to 255 bytes, and are not ".", "..", or
/// with a slash, backslash or NUL. Everything else is Error{InvalidArgument}.
///
/// Thread-safe; everything may block. Each function looks at `stop` first: Cancelled is thrown then, and later until
/// the moment of the change, and nothing has happened.
class Entries
{
public:
    virtual ~Entries() = default;

    /// Makes the scope, with its parents, or changes its settings. A smaller budget counts from the next put on.
    virtual Scope setScope(const std::string& path, const ScopeSettings& settings, std::stop_token stop = {}) = 0;
    /// The scope of `path` and all below, by path.
    virtual std::vector<Scope> scopes(const std::string& path, std::stop_token stop = {}) = 0;

    /// Reads the sources to their ends, in bounded memory, and makes them the entry, in one step. A source whose
    /// expected digest is stored already is not read. The scope is made when it is new. To keep the budgets of the
    /// scope and its parents, first expired entries go, then the least recently used, never this one. Survives a power
    /// cut.
    ///
    ///   Full                the entry is larger than a budget, or the disk is full; nothing was evicted
    ///   FailedPrecondition  digest or size differ
    ///   InvalidArgument     no source, more than 16, or two of a name; metadata that is no JSON
    virtual Entry put(const std::string& scope, const std::string& key, const std::vector<EntrySource>& sources,
                      const PutOptions& options = {}, std::stop_token stop = {}) = 0;

    /// The entry in whatever state; no use of it.
    virtual std::optional<Entry> find(const std::string& scope, const std::string& key, std::stop_token stop = {}) = 0;
    /// True when get() would deliver every blob, as far as that shows without reading them.
    virtual bool has(const std::string& scope, const std::string& key, std::stop_token stop = {}) = 0;
    /// Opens a blob of the entry; counts as a use. nullopt when there is no such entry or name. Error{Expired} past the
    /// TTL, Error{Invalidated} after invalidate(), both until the entry is cleaned away or put again; Error{Corrupted}
    /// when its bytes are damaged or gone.
    virtual std::optional<BlobReader> get(const std::string& scope, const std::string& key,
                                          const std::string& name = "data", std::stop_token stop = {}) = 0;

    /// False when there was none.
    virtual bool remove(const std::string& scope, const std::string& key, std::stop_token stop = {}) = 0;
    /// From now on get() says Invalidated. False when there is no such entry.
    virtual bool invalidate(const std::string& scope, const std::string& key, std::stop_token stop = {}) = 0;

    /// Entries of this scope alone whose keys begin with `prefix`, in the order of their bytes, after `after`, at most
    /// `limit`.
    virtual std::vector<Entry> list(const std::string& scope, const std::string& prefix, const std::string& after,
                                    std::size_t limit, std::stop_token stop = {}) = 0;
    /// Of the scope and all below.
    virtual EntryTotals size(const std::string& scope, std::stop_token stop = {}) = 0;

    /// Removes all entries of the scope and of all below. When cancelled, what was removed until then is gone.
    virtual EntryTotals clear(const std::string& scope, std::stop_token stop = {}) = 0;
    /// Removes what expired or was invalidated in the scope and all below, and what the options say. When cancelled,
    /// what was removed until then is gone.
    virtual EntryTotals clean(const std::string& scope, const CleanOptions& options = {},
                              std::stop_token stop = {}) = 0;
};

} // namespace layerhold
