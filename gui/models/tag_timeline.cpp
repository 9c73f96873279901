// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/tag_timeline.h"

#include "models/plain_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_set>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::TagTimeline)
};

class LaneBuilder
{
public:
    LaneBuilder(const TagHistory& history, DigestColours& colours)
        : m_history(history)
        , m_colours(colours)
    {
        m_lane.reference = history.reference;
    }

    TagLane build()
    {
        addBeginning();
        // The oldest first: what came before decides what a move is.
        for (auto move = m_history.moves.rbegin(); move != m_history.moves.rend(); ++move) {
            addEntry(*move);
            const bool isLast = std::next(move) == m_history.moves.rend();
            const bool isContinued = isLast ? (m_history.tag ? m_history.tag->digest : std::string()) == move->to
                                            : std::next(move)->from == move->to;
            addBlock(blockAfter(*move, isContinued), move->at, isLast ? Moment{} : std::next(move)->at);
        }
        addLastCheck();
        std::reverse(m_lane.entries.begin(), m_lane.entries.end());
        return std::move(m_lane);
    }

private:
    /// A move whose digest is not the one that the next one came from: something in between was not written down.
    TagBlock blockAfter(const TagMove& move, bool isContinued)
    {
        TagBlock block;
        if (!isContinued)
            return block;
        block.kind = move.to.empty() ? TagBlock::Kind::Deleted : TagBlock::Kind::Digest;
        if (!move.to.empty()) {
            block.digest = move.to;
            block.colour = m_colours.indexOf(move.to);
        }
        return block;
    }

    void addBeginning()
    {
        const auto& moves = m_history.moves;
        const Moment created = m_history.tag ? m_history.tag->createdAt : Moment{};
        if (!moves.empty()) {
            const TagMove& oldest = moves.back();
            const bool isOlder = !oldest.from.empty() || (isKnown(created) && created < oldest.at);
            if (isOlder)
                addBlock({}, created < oldest.at ? created : Moment{}, oldest.at);
            m_wasThere = !oldest.from.empty() || isOlder;
            if (!oldest.from.empty())
                m_hadDigests.insert(oldest.from);
            return;
        }
        if (!m_history.tag)
            return;
        // No moves are written at all, but the tag knows its last.
        const Moment moved = m_history.tag->movedAt;
        if (!isKnown(moved)) {
            addBlock({}, created, {});
            return;
        }
        if (!isKnown(created) || created < moved)
            addBlock({}, created, moved);
        TagBlock block;
        block.kind = TagBlock::Kind::Digest;
        block.digest = m_history.tag->digest;
        block.colour = m_colours.indexOf(block.digest);
        addBlock(block, moved, {});
    }

    void addBlock(TagBlock block, Moment from, Moment to)
    {
        block.from = from;
        // A clock that was set back must not make a time that ends before it begins.
        block.to = isKnown(to) ? std::max(from, to) : to;
        const bool isSame = !m_lane.blocks.empty() && m_lane.blocks.back().kind == block.kind &&
                            m_lane.blocks.back().digest == block.digest;
        if (isSame) {
            TagBlock& last = m_lane.blocks.back();
            last.to = isKnown(block.to) ? std::max(last.to, block.to) : block.to;
            return;
        }
        if (!m_lane.blocks.empty())
            block.from = m_lane.blocks.back().to;
        if (isKnown(block.to))
            block.to = std::max(block.from, block.to);
        m_lane.blocks.push_back(std::move(block));
    }

    void addEntry(const TagMove& move)
    {
        const TagEntry::Kind kind = kindOf(move);
        if (kind == TagEntry::Kind::Checked && !m_lane.entries.empty() &&
            m_lane.entries.back().kind == TagEntry::Kind::Checked) {
            ++m_lane.entries.back().times;
            m_lane.entries.back().at = move.at;
            return;
        }
        m_lane.entries.push_back({kind, m_history.reference, move.at, move.from, move.to, move.cause, move.by, 1});
        m_wasThere = true;
        if (!move.to.empty())
            m_hadDigests.insert(move.to);
    }

    TagEntry::Kind kindOf(const TagMove& move) const
    {
        if (move.from == move.to)
            return TagEntry::Kind::Checked;
        if (move.to.empty())
            return TagEntry::Kind::Deleted;
        if (move.from.empty())
            return m_wasThere ? TagEntry::Kind::Reappeared : TagEntry::Kind::Appeared;
        return m_hadDigests.contains(move.to) ? TagEntry::Kind::Reverted : TagEntry::Kind::Moved;
    }

    void addLastCheck()
    {
        if (!m_history.tag || !isKnown(m_history.tag->updatedAt))
            return;
        const TagRecord& tag = *m_history.tag;
        const bool isNewer =
            m_lane.entries.empty() ? tag.updatedAt > tag.movedAt : tag.updatedAt > m_lane.entries.back().at;
        if (isNewer)
            addEntry({tag.updatedAt, tag.digest, tag.digest, {}, {}});
    }

    const TagHistory& m_history;
    DigestColours& m_colours;
    TagLane m_lane;
    std::unordered_set<std::string> m_hadDigests;
    bool m_wasThere = false;
};

} // namespace

int DigestColours::indexOf(const std::string& digest)
{
    return m_indices.try_emplace(digest, static_cast<int>(m_indices.size())).first->second;
}

TagLane tagLane(const TagHistory& history, DigestColours& colours)
{
    return LaneBuilder(history, colours).build();
}

std::vector<TagEntry> mergedEntries(std::span<const TagLane> lanes)
{
    std::vector<TagEntry> entries;
    for (const TagLane& lane : lanes)
        entries.insert(entries.end(), lane.entries.begin(), lane.entries.end());
    std::stable_sort(entries.begin(), entries.end(), [](const TagEntry& a, const TagEntry& b) { return a.at > b.at; });
    return entries;
}

QString tagEntryName(TagEntry::Kind kind)
{
    switch (kind) {
    case TagEntry::Kind::Appeared:
        return Texts::tr("appeared");
    case TagEntry::Kind::Moved:
        return Texts::tr("moved");
    case TagEntry::Kind::Reverted:
        return Texts::tr("moved back");
    case TagEntry::Kind::Reappeared:
        return Texts::tr("re-appeared");
    case TagEntry::Kind::Deleted:
        return Texts::tr("deleted");
    case TagEntry::Kind::Checked:
        return Texts::tr("checked, unchanged");
    }
    return {};
}

QString tagEntrySentence(const TagEntry& entry, const Format& format)
{
    const QString from = shortDigest(entry.from);
    const QString to = shortDigest(entry.to);
    QString text;
    switch (entry.kind) {
    case TagEntry::Kind::Appeared:
        text = Texts::tr("Appeared as %1").arg(to);
        break;
    case TagEntry::Kind::Moved:
        text = Texts::tr("Moved from %1 to %2").arg(from, to);
        break;
    case TagEntry::Kind::Reverted:
        text = Texts::tr("Moved back from %1 to %2").arg(from, to);
        break;
    case TagEntry::Kind::Reappeared:
        text = Texts::tr("Re-appeared as %1").arg(to);
        break;
    case TagEntry::Kind::Deleted:
        text = Texts::tr("Deleted; it was %1").arg(from);
        break;
    case TagEntry::Kind::Checked:
        text = entry.times == 1 ? Texts::tr("Checked, unchanged")
                                : Texts::tr("Checked %1 times, unchanged", nullptr, numberForPlural(entry.times))
                                      .arg(format.count(entry.times));
        break;
    }
    if (!entry.by.empty())
        text += Texts::tr(", by %1").arg(plainText(entry.by));
    return text;
}

QString tagBlockSentence(const TagBlock& block, const Format& format)
{
    QString what;
    switch (block.kind) {
    case TagBlock::Kind::Digest:
        what = shortDigest(block.digest);
        break;
    case TagBlock::Kind::Deleted:
        what = Texts::tr("deleted");
        break;
    case TagBlock::Kind::Unknown:
        what = Texts::tr("not known");
        break;
    }
    const QString from = isKnown(block.from) ? format.date(block.from) : Texts::tr("before it was written down");
    const QString to = isKnown(block.to) ? format.date(block.to) : Texts::tr("now");
    return Texts::tr("%1: from %2 to %3").arg(what, from, to);
}

} // namespace layerhold::gui
