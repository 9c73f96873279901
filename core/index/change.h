// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// What the checkpoint log remembers of a change, so that an index that was lost can be made anew.
struct CheckpointRecord
{
    enum class What : std::uint8_t
    {
        Engine = 1,        ///< holder, sharing, text = socket, since = added
        EngineRemoved = 2, ///< holder
        Claim = 3,         ///< digest, holderKind, holder, since
        Release = 4,       ///< digest, holderKind, holder
        Supply = 5,        ///< digest, holder, since
        Removed = 6,       ///< digest: the bytes were removed, supplies are void
        EventsUpTo = 7,    ///< number: event numbers up to it may be in use
        Tag = 8,           ///< a tag as it is now, or that it was removed (index/tag_records.h)
        TagMove = 9,       ///< one entry of a tag's history (index/tag_records.h)
        TagForgotten = 10, ///< holder = reference: a removed tag's history is dropped
        EngineLink = 11,   ///< holder, text = address of the engine's own API; empty: it has none
        Pin = 14,          ///< digest, text = note, since
        Unpin = 15,        ///< digest
        Lease = 16,        ///< holder = id, since = made, number = end
        LeaseEnded = 17,   ///< holder = id: its claims are void
        Trashed = 18,      ///< digest, holder = run, since, number = end of the undo window
        TakenOut = 19,     ///< digest: not in the trash any more
        Policy = 20,       ///< holder = name, text = body; empty: the standard one holds again
        EntryScope = 26,   ///< holder = path, text = settings
        EntryPut = 27,     ///< holder = entryName(), text = the entry
        EntryRemoved = 28, ///< holder = entryName()
        Label = 32         ///< digest, holder, text = key NUL value; number 0: the first one, or none, of a new set
    };

    What what = What::Engine;
    std::optional<Digest> digest = std::nullopt;
    HolderKind holderKind = HolderKind::Engine;
    std::string holder = {};
    Sharing sharing = Sharing::Verified;
    std::string text = {};
    TimePoint since = {};
    std::uint64_t number = 0;

    friend bool operator==(const CheckpointRecord&, const CheckpointRecord&) = default;
};

/// One caller's change inside the writer's transaction: the connection, and what is to be told once it is committed.
class Change
{
public:
    Change(Connection& index, TimePoint now)
        : m_index(index)
        , m_now(now)
    {}

    Connection& index() { return m_index; }

    TimePoint now() const { return m_now; }

    /// Writes an event in this transaction.
    void event(std::string_view kind, std::string subject, std::string engine, std::string detail,
               std::uint64_t bytes = 0);

    /// Goes to the checkpoint log after the commit.
    void remember(CheckpointRecord record) { m_records.push_back(std::move(record)); }

    std::uint64_t lastEvent() const { return m_lastEvent; }

    std::vector<CheckpointRecord>& records() { return m_records; }

private:
    Connection& m_index;
    TimePoint m_now;
    std::uint64_t m_lastEvent = 0;
    std::vector<CheckpointRecord> m_records;
};

} // namespace layerhold
