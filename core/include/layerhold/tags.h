// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// Why a tag points where it points. The values are written to the index and never change.
enum class TagCause : std::uint8_t
{
    Pull = 1,
    Push = 2,
    Engine = 3,  ///< an engine has an image of that name
    Resolve = 4, ///< a registry said so
    Manual = 5
};

std::string_view toString(TagCause cause);
std::optional<TagCause> parseTagCause(std::string_view text);

struct TagOptions
{
    static constexpr std::int64_t mostHistory = 10'000;
    static constexpr std::chrono::seconds longestTtl = std::chrono::hours(24 * 366);

    std::int64_t history = 10; ///< moves kept for each tag; 0: none are written. Up to mostHistory.
    /// How long after its last validation a tag counts as fresh; 0: always. Up to longestTtl.
    std::chrono::seconds ttl = std::chrono::minutes(5);
};

/// A name and what it points at now.
struct Tag
{
    std::string reference; ///< in normal form (ImageReference)
    Digest digest;
    TagCause cause = TagCause::Manual; ///< of the last move
    std::string by;                    ///< who moved it: an engine, a user; empty when unknown
    TimePoint createdAt;
    TimePoint movedAt;   ///< when the digest last changed
    TimePoint updatedAt; ///< when it was last validated: the last put, of the same digest too; {}: not since invalidate
    TimePoint accessedAt;
    std::uint64_t accessCount = 0;
    bool isStale = false;   ///< not validated within the TTL: ask the registry before relying on it
    bool isPresent = false; ///< the digest is stored here
    bool isClaim = false;   ///< the tag keeps what it points at
};

/// One entry of a tag's history.
struct TagMove
{
    TimePoint at;
    std::optional<Digest> from; ///< nullopt: the tag appeared
    std::optional<Digest> to;   ///< nullopt: the tag was removed
    TagCause cause = TagCause::Manual;
    std::string by;

    friend bool operator==(const TagMove&, const TagMove&) = default;
};

struct TagFilter
{
    /// containerd's filter grammar over reference, registry, repository, tag, digest, cause, by, stale, present; OR-ed.
    std::vector<std::string> filters;
};

/// Names of images and what they pointed at over time. A tag that was put with the cause pull, push or manual claims
/// its digest from then on, wherever it moves; one that only mirrors an engine or a registry claims nothing. A digest
/// need not be stored here. A tag that is not validated in time becomes stale and is nothing less for it.
///
/// References are taken in any form that ImageReference understands; Error{InvalidArgument} for anything else. All
/// functions may block. Thread-safe.
class Tags
{
public:
    virtual ~Tags() = default;

    /// Makes or moves the tag; the same digest again only validates it. InvalidArgument when the reference has another
    /// digest, and for a `by` of over 256 bytes. Durable when it returns.
    virtual Tag put(std::string_view reference, const Digest& digest, TagCause cause, const std::string& by) = 0;
    /// Counts as a use.
    virtual std::optional<Tag> get(std::string_view reference) = 0;
    /// As get, for looking: counts nothing.
    virtual std::optional<Tag> find(std::string_view reference) = 0;
    /// True when the tag is there and fresh.
    virtual bool has(std::string_view reference) = 0;
    /// By ascending reference after `after` (in normal form; empty: from the first), at most `limit` that match.
    virtual std::vector<Tag> list(const TagFilter& filter, const std::string& after, std::size_t limit) = 0;
    /// Drops the tag and its claim; its history stays and tells the removal. False when there was none.
    virtual bool remove(std::string_view reference, TagCause cause, const std::string& by) = 0;
    /// The tag counts as not validated, and so as stale, until the next put; digest, claim and history stay. Again is
    /// no error. False when there is no such tag. Durable when it returns.
    virtual bool invalidate(std::string_view reference) = 0;
    /// Newest first; also of a tag that was removed, as long as that is among the last 10,000. Empty when unknown.
    virtual std::vector<TagMove> history(std::string_view reference) = 0;
    /// For whoever resolves tags by these: adds one to the metric tag_resolutions.
    virtual void countResolution() = 0;
};

} // namespace layerhold
