// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/tag_store.h"

#include "cache/tag_changes.h"
#include "layerhold/error.h"
#include "layerhold/filter.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t pageSize = 256;
constexpr std::size_t longestBy = 256;
/// Bounds the memory; beyond it the use of a tag not yet listed is not recorded until the next flush.
constexpr std::size_t mostAccesses = 100'000;

constexpr TagCause allCauses[] = {TagCause::Pull, TagCause::Push, TagCause::Engine, TagCause::Resolve,
                                  TagCause::Manual};

TagOptions checked(TagOptions options)
{
    if (options.history < 0 || options.history > TagOptions::mostHistory)
        throw Error(ErrorCode::InvalidArgument, "the history of tags cannot have " + std::to_string(options.history) +
                                                    " entries; take 0 (none) to " +
                                                    std::to_string(TagOptions::mostHistory));
    if (options.ttl.count() < 0 || options.ttl > TagOptions::longestTtl)
        throw Error(ErrorCode::InvalidArgument, "the time to live of tags cannot be " +
                                                    std::to_string(options.ttl.count()) +
                                                    " s; take 0 (for ever) to 366 days");
    return options;
}

void checkBy(const std::string& by)
{
    if (by.size() > longestBy)
        throw Error(ErrorCode::InvalidArgument, "who moves a tag is told in at most 256 bytes");
}

std::optional<std::string> field(const Tag& tag, const std::vector<std::string>& path)
{
    if (path.size() != 1)
        return std::nullopt;
    const std::string& name = path.front();
    if (name == "reference")
        return tag.reference;
    if (name == "digest")
        return tag.digest.toString();
    if (name == "cause")
        return std::string(toString(tag.cause));
    if (name == "by" && !tag.by.empty())
        return tag.by;
    if (name == "stale")
        return std::string(tag.isStale ? "true" : "false");
    if (name == "present")
        return std::string(tag.isPresent ? "true" : "false");
    const auto reference = ImageReference::parse(tag.reference);
    if (!reference)
        return std::nullopt;
    if (name == "registry")
        return reference->registry();
    if (name == "repository")
        return reference->repository();
    if (name == "tag" && !reference->tag().empty())
        return reference->tag();
    return std::nullopt;
}

} // namespace

std::string_view toString(TagCause cause)
{
    switch (cause) {
    case TagCause::Pull:
        return "pull";
    case TagCause::Push:
        return "push";
    case TagCause::Engine:
        return "engine";
    case TagCause::Resolve:
        return "resolve";
    case TagCause::Manual:
        return "manual";
    }
    return "unknown";
}

std::optional<TagCause> parseTagCause(std::string_view text)
{
    for (const TagCause cause : allCauses)
        if (text == toString(cause))
            return cause;
    return std::nullopt;
}

TagStore::TagStore(CacheContext& context, TagOptions options)
    : m_context(context)
    , m_options(checked(options))
{}

bool TagStore::isStale(const TagRow& row) const
{
    if (tags::isInvalidated(row))
        return true;
    return m_options.ttl.count() > 0 && m_context.clock.now() - row.updatedAt > m_options.ttl;
}

Tag TagStore::toTag(const TagRow& row) const
{
    return {row.reference, *row.digest,    row.cause,       row.by,       row.createdAt, row.movedAt,
            row.updatedAt, row.accessedAt, row.accessCount, isStale(row), row.isPresent, row.isClaim};
}

ImageReference TagStore::requireUsable(std::string_view reference, const Digest& digest, const std::string& by)
{
    auto name = ImageReference::require(reference);
    if (name.digest() && *name.digest() != digest)
        throw Error(ErrorCode::InvalidArgument, "the reference " + name.toString() + " has another digest than " +
                                                    digest.toString() + "; it can only point at its own");
    checkBy(by);
    return name;
}

Tag TagStore::put(std::string_view reference, const Digest& digest, TagCause cause, const std::string& by)
{
    const ImageReference name = requireUsable(reference, digest, by);
    std::optional<TagRow> row;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        tag_changes::put(change, m_options, name.toString(), digest, {cause, by});
        row = tags::find(change.index(), name.toString()); // knows whether the bytes are here, too
    });
    return toTag(row.value());
}

std::optional<Tag> TagStore::find(std::string_view reference)
{
    const std::string name = ImageReference::require(reference).toString();
    const auto row = m_context.index.read([&](Connection& index) { return tags::find(index, name); });
    if (!row || !row->digest)
        return std::nullopt;
    return toTag(*row);
}

std::optional<Tag> TagStore::get(std::string_view reference)
{
    auto tag = find(reference);
    if (tag) {
        const std::lock_guard lock(m_mutex);
        add(tag->reference, {m_context.clock.now(), 1});
    }
    return tag;
}

bool TagStore::has(std::string_view reference)
{
    const auto tag = find(reference);
    return tag && !tag->isStale;
}

std::vector<Tag> TagStore::list(const TagFilter& filter, const std::string& after, std::size_t limit)
{
    const Filter compiled = Filter::parseAny(filter.filters);
    std::vector<Tag> result;
    std::string last = after;
    while (result.size() < limit) {
        const auto rows = m_context.index.read([&](Connection& index) { return tags::page(index, last, pageSize); });
        for (const TagRow& row : rows) {
            if (result.size() == limit)
                break;
            last = row.reference;
            Tag tag = toTag(row);
            if (compiled.matches([&](const std::vector<std::string>& path) { return field(tag, path); }))
                result.push_back(std::move(tag));
        }
        if (rows.size() < pageSize)
            break;
    }
    return result;
}

bool TagStore::remove(std::string_view reference, TagCause cause, const std::string& by)
{
    const std::string name = ImageReference::require(reference).toString();
    checkBy(by);
    bool isRemoved = false;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        isRemoved = tag_changes::remove(change, m_options, name, {cause, by});
    });
    return isRemoved;
}

bool TagStore::invalidate(std::string_view reference)
{
    const std::string name = ImageReference::require(reference).toString();
    bool isThere = false;
    m_context.index.write(Durability::Durable,
                          [&](Change& change) { isThere = tag_changes::invalidate(change, name); });
    return isThere;
}

std::vector<TagMove> TagStore::history(std::string_view reference)
{
    const std::string name = ImageReference::require(reference).toString();
    // What is over the limit goes with the next move.
    return m_context.index.read([&](Connection& index) { return tag_moves::newest(index, name, m_options.history); });
}

void TagStore::countResolution()
{
    m_context.counters.add(CounterId::TagResolutions);
}

void TagStore::add(const std::string& reference, const Access& access)
{
    if (m_accesses.size() >= mostAccesses && !m_accesses.contains(reference))
        return;
    Access& sum = m_accesses[reference];
    sum.last = std::max(sum.last, access.last);
    sum.times += access.times;
}

void TagStore::flush()
{
    Accesses accesses;
    {
        const std::lock_guard lock(m_mutex);
        accesses = std::exchange(m_accesses, {});
    }
    if (accesses.empty())
        return;
    try {
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            for (const auto& [reference, access] : accesses)
                tags::recordAccess(change.index(), reference, access.last, access.times);
        });
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        for (const auto& [reference, access] : accesses)
            add(reference, access);
        throw;
    }
}

} // namespace layerhold
