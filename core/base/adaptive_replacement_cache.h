// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <utility>

namespace layerhold {

/// A bounded map that drops by adaptive replacement (Megiddo and Modha, "ARC: A Self-Tuning, Low Overhead Replacement
/// Cache", FAST 2003): what was used once and what was used again compete for the room, and the keys of what was
/// dropped last tell which of them deserves more. Not thread-safe.
template <typename Key, typename Value>
class AdaptiveReplacementCache
{
public:
    explicit AdaptiveReplacementCache(std::size_t capacity)
        : m_capacity(capacity)
    {}

    std::size_t size() const { return list(Place::Recent).size() + list(Place::Frequent).size(); }

    /// Counts as a use. nullptr when absent; valid until the next change.
    Value* find(const Key& key)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end() || !found->second.value)
            return nullptr;
        move(found, Place::Frequent);
        return &*found->second.value;
    }

    void put(const Key& key, Value value)
    {
        auto found = m_entries.find(key);
        if (found == m_entries.end()) {
            makeRoomForNew();
            found = m_entries.emplace(key, Entry{}).first;
            insert(found, Place::Recent);
        } else {
            if (!found->second.value)
                learnFrom(found->second.place);
            move(found, Place::Frequent);
        }
        found->second.value = std::move(value);
    }

    bool erase(const Key& key)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return false;
        const bool wasThere = found->second.value.has_value();
        drop(found);
        return wasThere;
    }

    /// Calls `each(key, value)`, ascending, until it returns false; no use.
    template <typename Each>
    void forEachWhile(Each each) const
    {
        for (const auto& [key, entry] : m_entries)
            if (entry.value && !each(key, *entry.value))
                return;
    }

    /// Erases where `condition(key, value)`; it may change the value.
    template <typename Condition>
    void eraseIf(Condition condition)
    {
        for (auto at = m_entries.begin(); at != m_entries.end();) {
            const auto next = std::next(at);
            if (at->second.value && condition(at->first, *at->second.value))
                drop(at);
            at = next;
        }
    }

private:
    enum class Place : std::size_t
    {
        Recent,      ///< used once since it came
        Frequent,    ///< used again
        RecentGone,  ///< keys only
        FrequentGone ///< keys only
    };

    struct Entry;
    using Entries = std::map<Key, Entry>;
    using At = typename Entries::iterator;

    struct Entry
    {
        Place place = Place::Recent;
        typename std::list<At>::iterator position = {};
        std::optional<Value> value = std::nullopt;
    };

    std::list<At>& list(Place place) { return m_lists[static_cast<std::size_t>(place)]; }

    const std::list<At>& list(Place place) const { return m_lists[static_cast<std::size_t>(place)]; }

    void insert(At at, Place place)
    {
        list(place).push_front(at);
        at->second.place = place;
        at->second.position = list(place).begin();
    }

    void move(At at, Place place)
    {
        list(place).splice(list(place).begin(), list(at->second.place), at->second.position);
        at->second.place = place;
    }

    void drop(At at)
    {
        list(at->second.place).erase(at->second.position);
        m_entries.erase(at);
    }

    void dropLast(Place place)
    {
        if (!list(place).empty())
            drop(list(place).back());
    }

    /// A key that comes back soon after it was dropped shows which kind had too little room.
    void learnFrom(Place gone)
    {
        const std::size_t recent = list(Place::RecentGone).size();
        const std::size_t frequent = list(Place::FrequentGone).size();
        if (gone == Place::RecentGone)
            m_target = std::min(m_capacity, m_target + std::max<std::size_t>(1, frequent / recent));
        else
            m_target -= std::min(m_target, std::max<std::size_t>(1, recent / frequent));
        makeRoom(gone);
    }

    void makeRoomForNew()
    {
        const std::size_t recent = list(Place::Recent).size();
        if (recent + list(Place::RecentGone).size() >= m_capacity) {
            if (recent >= m_capacity) {
                dropLast(Place::Recent);
                return;
            }
            dropLast(Place::RecentGone);
        } else if (m_entries.size() / 2 >= m_capacity) {
            dropLast(Place::FrequentGone);
        }
        makeRoom(Place::RecentGone);
    }

    void makeRoom(Place comingFrom)
    {
        if (size() < m_capacity)
            return;
        const std::size_t recent = list(Place::Recent).size();
        const bool isOverTarget = recent > m_target || (recent == m_target && comingFrom == Place::FrequentGone);
        const bool isRecent = recent > 0 && (isOverTarget || list(Place::Frequent).empty());
        const At last = list(isRecent ? Place::Recent : Place::Frequent).back();
        last->second.value.reset();
        move(last, isRecent ? Place::RecentGone : Place::FrequentGone);
    }

    const std::size_t m_capacity;
    std::size_t m_target = 0; ///< how many of what was used once there should be
    Entries m_entries;
    std::array<std::list<At>, 4> m_lists; ///< the latest first
};

} // namespace layerhold
