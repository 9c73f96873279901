// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_problems.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <unordered_set>

namespace layerhold::gui {

namespace {

PlanProblem about(const PlanItem& item, QString sentence)
{
    return {item.name, item.what == "blob" ? item.kind : item.what, item.bytes, std::move(sentence)};
}

} // namespace

std::vector<PlanProblem> problemsOf(const PlanRecord& plan, std::span<const PlanItem> items)
{
    std::vector<PlanProblem> problems;
    if (items.size() != plan.items)
        problems.push_back({plan.id,
                            {},
                            0,
                            PlanProblemsModel::tr("The list is not whole: it has %1 of %2 entries. Make the plan anew.",
                                                  nullptr, numberForPlural(plan.items))
                                .arg(items.size())
                                .arg(plan.items)});
    std::unordered_set<std::string> busy;
    for (const PlanItem& item : items) {
        if (item.decision == "remove") {
            busy.insert(item.rule);
            if (item.refetch == "only_copy")
                problems.push_back(about(item, PlanProblemsModel::tr("It is the only copy: nobody is known who has it. "
                                                                     "It stays unless you tick it.")));
        } else if (item.decision != "keep") {
            problems.push_back(
                about(item, PlanProblemsModel::tr("The service decided “%1”, which this app does not know.")
                                .arg(plainText(item.decision))));
        } else if (item.reason == "keep_not_stored") {
            problems.push_back(about(item, plainText(item.sentence)));
        }
    }
    for (const PolicyRule& rule : plan.policy.rules)
        if (!busy.contains(rule.name))
            problems.push_back({rule.name, "rule", 0, PlanProblemsModel::tr("This rule takes nothing.")});
    return problems;
}

PlanProblemsModel::PlanProblemsModel(Format format, QObject* parent)
    : RecordTable({{tr("About"), byMember(&PlanProblem::name)},
                   {tr("Kind"), byMember(&PlanProblem::kind)},
                   {tr("Size"), byMember(&PlanProblem::bytes), ColumnAlign::Right},
                   {tr("Problem"), byMember(&PlanProblem::sentence)}},
                  parent)
    , m_format(std::move(format))
{}

void PlanProblemsModel::setFormat(const Format& format)
{
    m_format = format;
    refreshCells();
}

QVariant PlanProblemsModel::cell(RecordId id, int column, int role) const
{
    const PlanProblem& problem = rows().at(id);
    const bool isItem = !problem.kind.empty() && problem.kind != "rule";
    if (role == IdRole)
        return isItem ? QString::fromStdString(problem.name) : QString();
    const bool isDisplay = role == Qt::DisplayRole;
    const bool isTip = role == Qt::ToolTipRole;
    if (!isDisplay && !isTip && role != CopyRole)
        return {};
    const auto words = [isTip](const QString& text) { return isTip ? literalToolTip(text) : text; };
    switch (column) {
    case About:
        return isItem && isDisplay ? shortDigest(problem.name)
               : isTip             ? literalToolTip(plainText(problem.name))
               : isDisplay         ? plainText(problem.name)
                                   : QString::fromStdString(problem.name);
    case Kind:
        return words(problem.kind.empty()     ? tr("plan")
                     : problem.kind == "rule" ? tr("rule")
                                              : wordingOf(CodeSet::Kind, problem.kind).label);
    case Size:
        if (!isItem)
            return {};
        return isDisplay ? m_format.bytes(problem.bytes)
               : isTip   ? m_format.exactBytes(problem.bytes)
                         : QString::number(problem.bytes);
    case Problem:
        return words(problem.sentence);
    default:
        return {};
    }
}

} // namespace layerhold::gui
