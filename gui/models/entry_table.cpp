// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_table.h"

#include <QHashFunctions>

#include <algorithm>
#include <bit>

namespace layerhold::gui {

namespace {

constexpr std::size_t firstIndexSize = 1024;
constexpr std::size_t mostExpected = 4'000'000; ///< others say how many there will be
constexpr std::string_view sha256Prefix = "sha256:";

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool readHex(std::string_view digits, std::array<std::uint8_t, 32>& bytes)
{
    for (std::size_t i = 0; i < bytes.size() && 2 * i + 1 < digits.size(); ++i) {
        const int high = hexValue(digits[2 * i]);
        const int low = hexValue(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

std::int64_t milliseconds(Moment moment)
{
    return moment.time_since_epoch().count();
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

EntryList knownList(const std::vector<std::string>& texts)
{
    EntryList list;
    list.isKnown = true;
    for (const std::string& text : texts)
        list.texts.append(toText(text));
    return list;
}

EntryList nameList(const std::vector<std::string>& names)
{
    EntryList list = knownList(names);
    for (const QString& name : list.texts)
        list.repositories.append(repositoryOf(name));
    list.repositories.removeDuplicates();
    return list;
}

} // namespace

EntryTable::EntryTable(std::size_t expected)
    : m_index(std::bit_ceil(std::max(firstIndexSize, 2 * std::min(expected, mostExpected) + 2)))
    , m_seed(QHashSeed::globalSeed())
{
    m_columns.strings.append({});
    m_columns.lists.append({});
    m_stringIds.insert({}, 0);
}

EntryTable::Key EntryTable::keyOf(std::string_view digest)
{
    Key key;
    const std::size_t colon = digest.find(':');
    const std::string_view digits = digest.substr(colon == std::string_view::npos ? 0 : colon + 1);
    const bool isHex = readHex(digits, key.bytes);
    key.isSha256 = isHex && digits.size() == 64 && digest.starts_with(sha256Prefix);
    return key;
}

bool EntryTable::isAt(EntryId id, const Key& key, std::string_view digest) const
{
    const EntryCells& cells = m_columns[id];
    if (cells.digest != key.bytes)
        return false;
    return key.isSha256 ? cells.digestText == 0
                        : cells.digestText != 0 && m_columns.text(cells.digestText) == toText(digest);
}

std::uint32_t EntryTable::hashOf(const Key& key) const
{
    return static_cast<std::uint32_t>(qHashBits(key.bytes.data(), key.bytes.size(), m_seed));
}

/// Where the digest is, or would be.
std::size_t EntryTable::slotOf(const Key& key, std::string_view digest) const
{
    const std::size_t mask = m_index.size() - 1;
    const std::uint32_t hash = hashOf(key);
    std::size_t slot = hash & mask;
    while (!m_index[slot].isFree() && (m_index[slot].hash != hash || !isAt(m_index[slot].id, key, digest)))
        slot = (slot + 1) & mask;
    return slot;
}

void EntryTable::growIndex()
{
    std::vector<Slot> larger(m_index.size() * 2);
    const std::size_t mask = larger.size() - 1;
    for (const Slot& old : m_index) {
        if (old.isFree())
            continue;
        std::size_t slot = old.hash & mask;
        while (!larger[slot].isFree())
            slot = (slot + 1) & mask;
        larger[slot] = old;
    }
    m_index = std::move(larger);
}

std::optional<EntryId> EntryTable::find(std::string_view digest) const
{
    const Slot& slot = m_index[slotOf(keyOf(digest), digest)];
    return !slot.isFree() && m_columns[slot.id].isStored ? std::optional(slot.id) : std::nullopt;
}

EntryId EntryTable::findOrAdd(std::string_view digest)
{
    const Key key = keyOf(digest);
    const std::size_t slot = slotOf(key, digest);
    if (!m_index[slot].isFree())
        return m_index[slot].id;

    const auto id = static_cast<EntryId>(m_columns.size());
    EntryCells cells;
    cells.digest = key.bytes;
    cells.digestText = key.isSha256 ? 0 : intern(digest);
    m_columns.cells.append(cells);
    m_index[slot] = {id, hashOf(key)};
    if (2 * m_columns.size() > m_index.size())
        growIndex();
    return id;
}

StringId EntryTable::intern(std::string_view text)
{
    const auto bytes = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    const auto known = m_stringIds.constFind(bytes);
    if (known != m_stringIds.cend())
        return *known;
    const auto id = static_cast<StringId>(m_columns.strings.size());
    m_columns.strings.append(toText(text));
    m_stringIds.insert(QByteArray(text.data(), static_cast<qsizetype>(text.size())), id);
    return id;
}

ListId EntryTable::intern(EntryList list)
{
    // A zero byte is in no name, and the count tells no texts from one that is empty.
    const QString key = QString::number(list.texts.size()) + QChar(0) + list.texts.join(QChar(0)) + QChar(0) +
                        list.repositories.join(QChar(0));
    const auto known = m_listIds.constFind(key);
    if (known != m_listIds.cend())
        return *known;
    const auto id = static_cast<ListId>(m_columns.lists.size());
    m_columns.lists.append(std::move(list));
    m_listIds.insert(key, id);
    return id;
}

void EntryTable::upsert(std::span<const BlobRecord> blobs, std::vector<EntryId>& changed)
{
    for (const BlobRecord& blob : blobs) {
        const EntryId id = findOrAdd(blob.digest);
        const EntryCells& known = m_columns[id];
        EntryCells cells = known;
        cells.isStored = true;
        cells.size = blob.size;
        cells.createdAt = milliseconds(blob.createdAt);
        cells.accessedAt = milliseconds(blob.accessedAt);
        cells.verifiedAt = milliseconds(blob.verifiedAt);
        cells.accessCount = blob.accessCount;
        cells.isReleased = blob.isReleased;
        cells.kind = intern(blob.kind);
        cells.state = intern(blob.state);
        cells.mediaType = intern(blob.mediaType);
        cells.origin = intern(blob.origin);
        cells.refetch = intern(blob.refetch.empty() ? "unknown" : blob.refetch);
        if (cells == known)
            continue;
        m_storedCount += known.isStored ? 0 : 1;
        m_columns.cells.write(id) = cells;
        changed.push_back(id);
    }
}

void EntryTable::describe(std::span<const EntryFacts> facts, std::vector<EntryId>& changed)
{
    for (const EntryFacts& fact : facts) {
        const auto id = find(fact.digest);
        if (!id)
            continue;
        EntryCells& cells = m_columns.cells.write(*id);
        if (fact.names)
            cells.names = intern(nameList(*fact.names));
        if (fact.forgetsHolders)
            cells.holders = 0;
        if (fact.holderKinds)
            cells.holders = intern(knownList(*fact.holderKinds));
        if (fact.users)
            cells.users = *fact.users;
        if (fact.freed)
            cells.freed = *fact.freed;
        changed.push_back(*id);
    }
}

void EntryTable::remove(std::span<const std::string> digests, std::vector<EntryId>& changed)
{
    for (const std::string& digest : digests) {
        const auto id = find(digest);
        if (!id)
            continue;
        EntryCells& cells = m_columns.cells.write(*id);
        cells.isStored = false;
        cells.names = 0;
        cells.holders = 0;
        cells.users = unknownCount;
        cells.freed = unknownBytes;
        --m_storedCount;
        changed.push_back(*id);
    }
}

EntryColumns EntryTable::snapshot()
{
    return {m_columns.cells.share(), m_columns.strings.share(), m_columns.lists.share()};
}

} // namespace layerhold::gui
