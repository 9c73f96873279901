// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/space_card.h"

#include "models/space_limit.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

/// The used bytes at which a limit of free ones is reached.
std::optional<std::uint64_t> markOf(const std::string& freeLimit, std::uint64_t total)
{
    const auto limit = limitBytes(freeLimit, total);
    return limit && *limit > 0 && *limit < total ? std::optional(total - *limit) : std::nullopt;
}

void addMarks(SpaceFigures& figures, const PolicyRecord& policy, std::uint64_t total)
{
    figures.highMark = markOf(policy.pressure, total);
    for (const PolicyRule& rule : policy.rules)
        if (const auto mark = markOf(rule.minFree, total); mark && (!figures.lowMark || *mark < *figures.lowMark))
            figures.lowMark = mark;
}

/// What a plan may take of what nobody holds; it may be older than the status.
std::uint64_t canGo(const PlanRecord& plan, const StatusRecord& status)
{
    return std::min(plan.removeBytes, status.releasedBytes);
}

} // namespace

std::optional<SpaceFigures> spaceFigures(const OverviewFacts& facts)
{
    if (!facts.status.answer)
        return std::nullopt;
    const StatusRecord& status = *facts.status.answer;
    SpaceFigures figures;
    figures.inUse = status.blobBytes - std::min(status.blobBytes, status.releasedBytes);
    if (const PlanRecord* plan = facts.waitingPlan()) {
        figures.canGo = canGo(*plan, status);
        figures.kept = status.releasedBytes - figures.canGo;
    } else {
        figures.released = status.releasedBytes;
    }
    figures.trash = facts.trash.answer ? facts.trash.answer->bytes : 0;
    figures.free = std::min(status.diskFree, status.diskTotal);
    const std::uint64_t used = status.diskTotal - figures.free;
    if (used < status.blobBytes || used - status.blobBytes < figures.trash)
        return std::nullopt;
    figures.other = used - status.blobBytes - figures.trash;
    if (facts.policy.answer)
        addMarks(figures, *facts.policy.answer, status.diskTotal);
    return figures;
}

SpaceCard::SpaceCard(QWidget* parent)
    : Card({QStringLiteral("space"), tr("Space"), QStringLiteral("disk"), QStringLiteral("storage")}, parent)
    , m_bar(new SpaceBar(this))
{
    addOnTop(m_bar);
}

void SpaceCard::tell(const OverviewFacts& facts, const Format& format)
{
    const auto figures = spaceFigures(facts);
    m_bar->setFormat(format);
    m_bar->setFigures(figures);
    m_bar->setNotice(figures ? QString()
                     : !facts.status.answer
                         ? (facts.status.problem.isEmpty() ? tr("Being asked…") : facts.status.problem)
                         : tr("The disk tells of less in use than is stored: it compresses, or shares bytes."));
    std::vector<Figure> told;
    if (facts.status.answer) {
        const StatusRecord& status = *facts.status.answer;
        told.push_back(
            {.name = tr("Stored"),
             .values = {format.bytes(status.blobBytes)},
             .tip = tr("The sizes of all %1 blobs, each once: %2.", nullptr, numberForPlural(status.blobCount))
                        .arg(format.count(status.blobCount), format.exactBytes(status.blobBytes))});
        told.push_back({.name = tr("Free on the disk"),
                        .values = {format.bytes(status.diskFree)},
                        .tip = tr("Of %1.").arg(format.bytes(status.diskTotal))});
        if (status.ingestCount > 0)
            told.push_back({.name = tr("Arriving now"),
                            .values = {format.bytes(status.ingestBytes)},
                            .tip = tr("Blobs that are being written: %1.").arg(format.count(status.ingestCount))});
    }
    this->figures()->set(told);
    tellNote(facts, format);
}

void SpaceCard::tellNote(const OverviewFacts& facts, const Format& format)
{
    QStringList lines;
    if (const PlanRecord* plan = facts.waitingPlan())
        lines += tr("What can go is told by the newest plan (made: %1).").arg(format.moment(plan->madeAt));
    else if (facts.status.answer && facts.status.answer->releasedBytes > 0)
        lines += facts.plans.problem.isEmpty()
                     ? tr("What of the bytes that nobody holds can go is told by a preview of the cleanup.")
                     : tr("What can go: %1").arg(facts.plans.problem);
    if (!facts.trash.problem.isEmpty())
        lines += tr("The trash is counted among other files: %1").arg(facts.trash.problem);
    if (!facts.policy.problem.isEmpty())
        lines += tr("No marks: %1").arg(facts.policy.problem);
    setNote(lines.join(QLatin1Char('\n')));
}

} // namespace layerhold::gui
