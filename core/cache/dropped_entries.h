// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "index/entries.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// The bytes of the distinct blobs.
std::uint64_t distinctBytes(const std::vector<EntryBlob>& blobs);

/// Drops entries in a change, and counts and logs those that were evicted once the change is committed.
class DroppedEntries
{
public:
    enum class Why
    {
        Removed, ///< somebody wanted so
        Expired, ///< or was invalidated
        Evicted  ///< its scope needed room
    };

    /// Nothing when there is no such entry.
    void drop(Change& change, const entries::Id& id, Why why, std::string_view sentence);
    /// To be called after the commit: what expired or made room counts as evicted.
    void tell(CacheContext& context) const;

    std::size_t count() const { return m_dropped.size(); }

private:
    struct Dropped
    {
        std::string name;
        std::uint64_t bytes = 0;
        Why why = Why::Removed;
        std::string sentence;
    };

    std::vector<Dropped> m_dropped;
};

} // namespace layerhold
