// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/run_model.h"

#include "models/plain_text.h"

namespace layerhold::gui {

namespace {

RunModel::Result resultOf(const RunItem& item)
{
    if (item.outcome == "trashed")
        return RunModel::Trashed;
    if (item.outcome == "removed")
        return RunModel::Removed;
    if (item.outcome == "skipped")
        return RunModel::Skipped;
    if (item.outcome == "failed")
        return RunModel::Failed;
    return RunModel::Other;
}

QString outcomeText(const RunItem& item)
{
    switch (resultOf(item)) {
    case RunModel::Trashed:
        return RunModel::tr("moved to trash");
    case RunModel::Removed:
        return RunModel::tr("removed");
    case RunModel::Skipped:
        return RunModel::tr("skipped");
    case RunModel::Failed:
        return RunModel::tr("failed");
    default:
        return plainText(item.outcome);
    }
}

} // namespace

RunModel::RunModel(Format format, QObject* parent)
    : RecordTable({{tr("Entry"), byMember(&RunItem::name)},
                   {tr("Outcome"), [](const RunItem& a, const RunItem& b) { return resultOf(a) < resultOf(b); }},
                   {tr("Size"), byMember(&RunItem::bytes), ColumnAlign::Right},
                   {tr("Why"), byMember(&RunItem::sentence)}},
                  parent)
    , m_format(std::move(format))
{}

void RunModel::take(std::vector<RunItem> batch)
{
    for (const RunItem& item : batch) {
        Tally& tally = m_tallies[resultOf(item)];
        ++tally.items;
        tally.bytes += item.bytes;
    }
    append(std::move(batch));
}

QString RunModel::summary() const
{
    const auto count = [this](Result result) { return m_format.count(m_tallies[result].items); };
    const auto bytes = [this](Result result) { return m_format.bytes(m_tallies[result].bytes); };
    QStringList parts;
    if (m_tallies[Trashed].items > 0)
        parts += tr("%1 moved to trash (%2)").arg(count(Trashed), bytes(Trashed));
    if (m_tallies[Removed].items > 0)
        parts += tr("%1 removed (%2)").arg(count(Removed), bytes(Removed));
    if (m_tallies[Skipped].items > 0)
        parts += tr("%1 skipped").arg(count(Skipped));
    if (m_tallies[Other].items > 0)
        parts += tr("%1 with another outcome").arg(count(Other));
    parts += tr("%1 failed").arg(count(Failed));
    return parts.join(QStringLiteral(", "));
}

void RunModel::showOnly(std::optional<Result> result)
{
    if (!result)
        setFilter({});
    else
        setFilter([wanted = *result](const RunItem& item) { return resultOf(item) == wanted; });
}

void RunModel::onCleared()
{
    m_tallies = {};
}

QVariant RunModel::cell(RecordId id, int column, int role) const
{
    const RunItem& item = rows().at(id);
    if (role == IdRole)
        return QString::fromStdString(item.name);
    const bool isDisplay = role == Qt::DisplayRole;
    const bool isTip = role == Qt::ToolTipRole;
    if (!isDisplay && !isTip && role != CopyRole)
        return {};
    const auto words = [isTip](const QString& text) { return isTip ? literalToolTip(text) : text; };
    switch (column) {
    case Entry:
        return isDisplay ? shortDigest(item.name)
               : isTip   ? literalToolTip(plainText(item.name))
                         : QString::fromStdString(item.name);
    case Outcome:
        return words(outcomeText(item));
    case Size:
        return isDisplay ? m_format.bytes(item.bytes)
               : isTip   ? m_format.exactBytes(item.bytes)
                         : QString::number(item.bytes);
    case Why:
        return words(plainText(item.sentence));
    default:
        return {};
    }
}

} // namespace layerhold::gui
