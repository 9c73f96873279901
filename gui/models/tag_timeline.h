// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/records.h"

#include <QString>

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

/// What the timeline of tags shows. Pure functions; any thread.
namespace layerhold::gui {

/// Gives equal digests equal numbers, in the order in which they are met: one for all lanes of a timeline.
class DigestColours
{
public:
    int indexOf(const std::string& digest);

private:
    std::unordered_map<std::string, int> m_indices;
};

/// A time during which a tag was one thing.
struct TagBlock
{
    enum class Kind
    {
        Digest,
        Deleted,
        Unknown ///< the history does not tell; never the same as "unchanged"
    };
    Kind kind = Kind::Unknown;
    Moment from; ///< unknown: since before anybody wrote it down
    Moment to;   ///< unknown: until now
    std::string digest;
    int colour = -1; ///< of the digest

    friend bool operator==(const TagBlock&, const TagBlock&) = default;
};

struct TagEntry
{
    enum class Kind
    {
        Appeared,
        Moved,
        Reverted,   ///< moved to a digest that it had before
        Reappeared, ///< after it was deleted
        Deleted,
        Checked ///< and found unchanged
    };
    Kind kind = Kind::Moved;
    std::string reference;
    Moment at;
    std::string from;
    std::string to;
    std::string cause;
    std::string by;
    std::uint32_t times = 1; ///< Checked: so many in a row, `at` is the last
};

struct TagLane
{
    std::string reference;
    std::vector<TagBlock> blocks;  ///< ascending, without holes between them
    std::vector<TagEntry> entries; ///< the newest first
};

/// Checks that found nothing new stand together as one entry. The service keeps only the last moves of a tag, so a lane
/// whose first move tells of a digest before it begins with an unknown time.
TagLane tagLane(const TagHistory& history, DigestColours& colours);

/// The entries of all lanes, the newest first; those of one moment keep the order of their lanes.
std::vector<TagEntry> mergedEntries(std::span<const TagLane> lanes);

QString tagEntryName(TagEntry::Kind kind);                             ///< "moved"
QString tagEntrySentence(const TagEntry& entry, const Format& format); ///< "Moved from 3f2a… to 91c0…, by …"
QString tagBlockSentence(const TagBlock& block, const Format& format); ///< with the digest and both ends

} // namespace layerhold::gui
