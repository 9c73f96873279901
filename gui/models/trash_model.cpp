// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/trash_model.h"

#include "models/plain_text.h"
#include "models/sentences.h"

namespace layerhold::gui {

TrashModel::TrashModel(Format format, QObject* parent)
    : RecordTable({{tr("Entry"), byMember(&TrashRecord::digest)},
                   {tr("Kind"), byMember(&TrashRecord::kind)},
                   {tr("Size"), byMember(&TrashRecord::bytes), ColumnAlign::Right},
                   {tr("Removed"), byMember(&TrashRecord::trashedAt)},
                   {tr("By run"), byMember(&TrashRecord::run)},
                   {tr("Expires"), byMember(&TrashRecord::expiresAt)}},
                  parent)
    , m_format(std::move(format))
{}

void TrashModel::take(std::vector<TrashRecord> batch)
{
    for (const TrashRecord& record : batch)
        m_totalBytes += record.bytes;
    append(std::move(batch));
}

bool TrashModel::isExpired(const TrashRecord& record) const
{
    return isKnown(record.expiresAt) && record.expiresAt <= m_format.now();
}

Moment TrashModel::nextExpiry() const
{
    Moment next;
    const Moment now = m_format.now();
    for (const RecordId id : rows().arrange({}, {}, RecordRows<TrashRecord>::Order::Ascending)) {
        const Moment expires = rows().at(id).expiresAt;
        if (expires > now && (!isKnown(next) || expires < next))
            next = expires;
    }
    return next;
}

void TrashModel::refreshTimes()
{
    refreshColumn(Removed);
    refreshColumn(Expires);
}

void TrashModel::onCleared()
{
    m_totalBytes = 0;
}

QString TrashModel::expiryText(const TrashRecord& record) const
{
    if (!isKnown(record.expiresAt))
        return unknownText();
    return isExpired(record) ? tr("expired") : m_format.moment(record.expiresAt);
}

QVariant TrashModel::cell(RecordId id, int column, int role) const
{
    const TrashRecord& record = rows().at(id);
    if (role == IdRole)
        return QString::fromStdString(record.digest);
    const bool isDisplay = role == Qt::DisplayRole;
    const bool isTip = role == Qt::ToolTipRole;
    if (!isDisplay && !isTip && role != CopyRole)
        return {};
    const auto words = [isTip](const QString& text) { return isTip ? literalToolTip(text) : text; };
    switch (column) {
    case Entry:
        return isDisplay ? shortDigest(record.digest)
               : isTip   ? literalToolTip(plainText(record.digest))
                         : QString::fromStdString(record.digest);
    case Kind:
        return words(wordingOf(CodeSet::Kind, record.kind).label);
    case Size:
        return isDisplay ? m_format.bytes(record.bytes)
               : isTip   ? m_format.exactBytes(record.bytes)
                         : QString::number(record.bytes);
    case Removed:
        return isDisplay ? m_format.moment(record.trashedAt) : m_format.iso(record.trashedAt);
    case Run:
        return words(plainText(record.run));
    case Expires:
        if (isTip && isExpired(record))
            return tr("Its time was over at %1; it goes with the next upkeep.").arg(m_format.iso(record.expiresAt));
        return isDisplay ? expiryText(record) : m_format.iso(record.expiresAt);
    default:
        return {};
    }
}

} // namespace layerhold::gui
