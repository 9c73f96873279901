// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_diff.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <string_view>
#include <unordered_map>

namespace layerhold::gui {

namespace {

/// Blobs and aborted downloads have names of their own.
std::string keyOf(const PlanItem& item)
{
    return item.what + '\n' + item.name;
}

bool isRemoval(const PlanItem* item)
{
    return item && item->decision == "remove";
}

std::optional<PlanChange::Verdict> verdictOf(const PlanItem* item)
{
    if (!item)
        return std::nullopt;
    return PlanChange::Verdict{item->decision, item->rule, item->reason, item->sentence};
}

PlanChange changeOf(const PlanItem* was, const PlanItem* is)
{
    const PlanItem& item = is ? *is : *was;
    return {item.what, item.name, item.kind, item.bytes, verdictOf(was), verdictOf(is)};
}

QString reasonText(const std::optional<PlanChange::Verdict>& verdict)
{
    if (!verdict)
        return PlanDiffModel::tr("not in this plan");
    return plainText(verdict->sentence.empty() ? verdict->reason : verdict->sentence);
}

} // namespace

std::vector<PlanChange> diffPlans(std::span<const PlanItem> oldItems, std::span<const PlanItem> newItems)
{
    std::unordered_map<std::string, const PlanItem*> olds;
    olds.reserve(oldItems.size());
    for (const PlanItem& item : oldItems)
        olds.emplace(keyOf(item), &item);

    std::vector<PlanChange> changes;
    for (const PlanItem& item : newItems) {
        const auto found = olds.find(keyOf(item));
        const PlanItem* was = found == olds.end() ? nullptr : found->second;
        if (isRemoval(was) != isRemoval(&item))
            changes.push_back(changeOf(was, &item));
        if (was)
            olds.erase(found);
    }
    for (const PlanItem& item : oldItems) {
        if (isRemoval(&item) && olds.contains(keyOf(item)))
            changes.push_back(changeOf(&item, nullptr));
    }
    return changes;
}

PlanDiffModel::PlanDiffModel(Format format, QObject* parent)
    : RecordTable(
          {{tr("Entry"), byMember(&PlanChange::name)},
           {tr("Kind"), byMember(&PlanChange::kind)},
           {tr("Size"), byMember(&PlanChange::bytes), ColumnAlign::Right},
           {tr("Change"), [](const PlanChange& a, const PlanChange& b) { return a.isRemovedNow() < b.isRemovedNow(); }},
           {tr("By the saved policy"),
            [](const PlanChange& a, const PlanChange& b) { return reasonText(a.was) < reasonText(b.was); }},
           {tr("By the draft"),
            [](const PlanChange& a, const PlanChange& b) { return reasonText(a.is) < reasonText(b.is); }}},
          parent)
    , m_format(std::move(format))
{}

QVariant PlanDiffModel::cell(RecordId id, int column, int role) const
{
    const PlanChange& change = rows().at(id);
    if (role == IdRole)
        return QString::fromStdString(change.name);
    const bool isDisplay = role == Qt::DisplayRole;
    const bool isTip = role == Qt::ToolTipRole;
    if (!isDisplay && !isTip && role != CopyRole)
        return {};
    const auto words = [isTip](const QString& text) { return isTip ? literalToolTip(text) : text; };
    switch (column) {
    case Entry:
        return isDisplay ? shortDigest(change.name)
               : isTip   ? literalToolTip(plainText(change.name))
                         : QString::fromStdString(change.name);
    case Kind:
        return words(change.what == "blob" ? wordingOf(CodeSet::Kind, change.kind).label : plainText(change.what));
    case Size:
        return isDisplay ? m_format.bytes(change.bytes)
               : isTip   ? m_format.exactBytes(change.bytes)
                         : QString::number(change.bytes);
    case Change:
        return change.isRemovedNow() ? tr("now removed") : tr("no longer removed");
    case OldReason:
        return words(reasonText(change.was));
    case NewReason:
        return words(reasonText(change.is));
    default:
        return {};
    }
}

} // namespace layerhold::gui
