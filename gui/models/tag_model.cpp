// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/tag_model.h"

#include "models/plain_text.h"
#include "models/sentences.h"

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString digestCell(const std::string& digest, int role)
{
    return role == Qt::DisplayRole && !digest.empty() ? shortDigest(digest) : text(digest);
}

QVariant causeCell(const std::string& cause, int role)
{
    if (cause.empty() || role == CopyRole)
        return text(cause);
    const Wording wording = wordingOf(CodeSet::TagCause, cause);
    return role == Qt::ToolTipRole ? literalToolTip(wording.sentence) : wording.label;
}

} // namespace

TagModel::TagModel(Format format, QObject* parent)
    : RecordTable({{tr("Tag"), byMember(&TagRecord::reference)},
                   {tr("Digest"), byMember(&TagRecord::digest)},
                   {tr("Last moved"), byMember(&TagRecord::movedAt)},
                   {tr("Cause"), byMember(&TagRecord::cause)},
                   {tr("By"), byMember(&TagRecord::by)},
                   {tr("Validated"), byMember(&TagRecord::isStale), ColumnAlign::Left,
                    tr("A tag that was not validated in time is stale: its registry may have moved it.")},
                   {tr("Content"), byMember(&TagRecord::isPresent), ColumnAlign::Left,
                    tr("Whether the manifest that the tag points at is stored here.")},
                   {tr("Effect"), byMember(&TagRecord::claims), ColumnAlign::Left,
                    tr("Tags of pulls, pushes and people keep what they point at; those that mirror an engine or a "
                       "registry only name it.")}},
                  parent)
    , m_format(std::move(format))
{}

void TagModel::setFormat(Format format)
{
    m_format = std::move(format);
    refreshCells();
}

void TagModel::refreshTimes()
{
    refreshColumn(Moved);
}

QVariant TagModel::cell(RecordId id, int column, int role) const
{
    const TagRecord& tag = rows().at(id);
    if (role == IdRole)
        return text(tag.reference);
    const bool isCopy = role == CopyRole;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && !isCopy)
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (column) {
    case Reference:
        return isCopy  ? text(tag.reference)
               : isTip ? literalToolTip(plainText(tag.reference))
                       : plainText(tag.reference);
    case Digest:
        return digestCell(tag.digest, role);
    case Moved:
        return role == Qt::DisplayRole ? m_format.moment(tag.movedAt) : m_format.iso(tag.movedAt);
    case Cause:
        return causeCell(tag.cause, role);
    case By:
        return isCopy ? text(tag.by) : isTip ? literalToolTip(plainText(tag.by)) : plainText(tag.by);
    case Stale:
        if (isTip && isKnown(tag.updatedAt))
            return tr("Last validated %1").arg(m_format.iso(tag.updatedAt));
        if (isTip)
            return tr("Not validated");
        return tag.isStale ? tr("stale") : tr("fresh");
    case Present:
        return isTip ? QVariant() : QVariant(tag.isPresent ? tr("stored") : tr("not stored"));
    case Claims:
        return isTip ? QVariant() : QVariant(tag.claims ? tr("keeps it") : tr("only names it"));
    default:
        return {};
    }
}

TagEntryModel::TagEntryModel(Format format, QObject* parent)
    : RecordTable({{tr("When"), byMember(&TagEntry::at)},
                   {tr("Tag"), byMember(&TagEntry::reference)},
                   {tr("What"), byMember(&TagEntry::kind)},
                   {tr("From"), byMember(&TagEntry::from)},
                   {tr("To"), byMember(&TagEntry::to)},
                   {tr("Cause"), byMember(&TagEntry::cause)},
                   {tr("By"), byMember(&TagEntry::by)}},
                  parent)
    , m_format(std::move(format))
{}

void TagEntryModel::setFormat(Format format)
{
    m_format = std::move(format);
    refreshCells();
}

QVariant TagEntryModel::cell(RecordId id, int column, int role) const
{
    const TagEntry& entry = rows().at(id);
    if (role == IdRole)
        return QStringLiteral("%1\n%2\n%3")
            .arg(entry.at.time_since_epoch().count())
            .arg(text(entry.to), text(entry.reference));
    const bool isCopy = role == CopyRole;
    if (role == Qt::ToolTipRole)
        return column == At ? m_format.iso(entry.at) : literalToolTip(tagEntrySentence(entry, m_format));
    if (role != Qt::DisplayRole && !isCopy)
        return {};
    switch (column) {
    case At:
        return isCopy ? m_format.iso(entry.at) : m_format.moment(entry.at);
    case Reference:
        return isCopy ? text(entry.reference) : plainText(entry.reference);
    case Kind:
        return entry.times == 1 ? tagEntryName(entry.kind)
                                : tr("%1 (%2 times)", nullptr, numberForPlural(entry.times))
                                      .arg(tagEntryName(entry.kind), m_format.count(entry.times));
    case From:
        return digestCell(entry.from, role);
    case To:
        return digestCell(entry.to, role);
    case Cause:
        return causeCell(entry.cause, role);
    case By:
        return isCopy ? text(entry.by) : plainText(entry.by);
    default:
        return {};
    }
}

} // namespace layerhold::gui
