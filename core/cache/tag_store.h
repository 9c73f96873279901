// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "index/tags.h"
#include "layerhold/image_reference.h"
#include "layerhold/tags.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace layerhold {

/// Tags of one cache.
class TagStore final : public Tags
{
public:
    /// InvalidArgument for options that are not usable.
    TagStore(CacheContext& context, TagOptions options);

    Tag put(std::string_view reference, const Digest& digest, TagCause cause, const std::string& by) override;
    std::optional<Tag> get(std::string_view reference) override;
    std::optional<Tag> find(std::string_view reference) override;
    bool has(std::string_view reference) override;
    std::vector<Tag> list(const TagFilter& filter, const std::string& after, std::size_t limit) override;
    bool remove(std::string_view reference, TagCause cause, const std::string& by) override;
    bool invalidate(std::string_view reference) override;
    std::vector<TagMove> history(std::string_view reference) override;
    void countResolution() override;

    /// What put() asks of its arguments: InvalidArgument, or the reference.
    static ImageReference requireUsable(std::string_view reference, const Digest& digest, const std::string& by);

    const TagOptions& options() const { return m_options; }

    /// Writes the uses that are still in memory.
    void flush();

private:
    struct Access
    {
        TimePoint last;
        std::uint64_t times = 0;
    };

    using Accesses = std::unordered_map<std::string, Access>;

    bool isStale(const TagRow& row) const;
    Tag toTag(const TagRow& row) const;
    void add(const std::string& reference, const Access& access);

    CacheContext& m_context;
    const TagOptions m_options;
    std::mutex m_mutex;
    Accesses m_accesses;
};

} // namespace layerhold
