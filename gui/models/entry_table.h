// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_columns.h"

#include <QHash>

#include <optional>
#include <span>

namespace layerhold::gui {

/// What other questions than the list of blobs tell of an entry. What is not set stays as it was.
struct EntryFacts
{
    std::string digest;
    bool forgetsHolders = false; ///< they are not known any more; before holderKinds
    std::optional<std::vector<std::string>> names = {};
    std::optional<std::vector<std::string>> holderKinds = {}; ///< the strongest first; none: nobody keeps it
    std::optional<std::uint32_t> users = {};                  ///< manifests that refer to it
    std::optional<std::uint64_t> freed = {};                  ///< bytes that come back when it goes
};

/// All entries of one load, for several million of them. Thread of use: one; snapshots may be read on any.
class EntryTable
{
public:
    /// Growing beyond `expected` entries works, and is felt with hundreds of thousands of them.
    explicit EntryTable(std::size_t expected = 0);

    /// Adds what is new and replaces what is known. Appends the ids of those that are other than before to `changed`.
    void upsert(std::span<const BlobRecord> blobs, std::vector<EntryId>& changed);
    /// Of entries that are not stored here nothing is remembered.
    void describe(std::span<const EntryFacts> facts, std::vector<EntryId>& changed);
    void remove(std::span<const std::string> digests, std::vector<EntryId>& changed);

    const EntryColumns& columns() const { return m_columns; }

    std::size_t storedCount() const { return m_storedCount; }

    std::optional<EntryId> find(std::string_view digest) const;

    /// As things are now; costs a few microseconds.
    EntryColumns snapshot();

private:
    struct Key
    {
        std::array<std::uint8_t, 32> bytes{};
        bool isSha256 = false;
    };

    /// The hash is kept so that growing does not read every digest again.
    struct Slot
    {
        EntryId id = std::numeric_limits<EntryId>::max(); ///< which no entry has: the slot is free
        std::uint32_t hash = 0;

        bool isFree() const { return id == std::numeric_limits<EntryId>::max(); }
    };

    static Key keyOf(std::string_view digest);
    std::uint32_t hashOf(const Key& key) const;
    std::size_t slotOf(const Key& key, std::string_view digest) const;
    bool isAt(EntryId id, const Key& key, std::string_view digest) const;
    void growIndex();
    EntryId findOrAdd(std::string_view digest);
    StringId intern(std::string_view text);
    ListId intern(EntryList list);

    EntryColumns m_columns;
    std::vector<Slot> m_index; ///< open addressing by digest; a power of two, never more than half full
    QHash<QByteArray, StringId> m_stringIds;
    QHash<QString, ListId> m_listIds;
    std::size_t m_storedCount = 0;
    std::size_t m_seed;
};

} // namespace layerhold::gui
