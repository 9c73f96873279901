// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/attention.h"

#include "models/plain_text.h"
#include "models/space_limit.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

using Tone = AttentionItem::Tone;

constexpr std::chrono::hours soon{24};
/// Of a disk that has less than this many times the limit: it is near.
constexpr std::uint64_t nearness = 2;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Attention)
};

class Attention
{
public:
    Attention(const OverviewFacts& facts, const Format& format)
        : m_facts(facts)
        , m_format(format)
    {}

    std::vector<AttentionItem> find()
    {
        addNotice();
        addChecks();
        addDisk();
        addEngines();
        addRateLimits();
        addTrash();
        addPlan();
        std::ranges::stable_sort(m_items, std::ranges::greater(), &AttentionItem::tone);
        return std::move(m_items);
    }

private:
    void addNotice()
    {
        if (m_facts.status.answer && !m_facts.status.answer->notice.empty())
            m_items.push_back({.tone = Tone::Warning,
                               .text = plainText(m_facts.status.answer->notice),
                               .page = QStringLiteral("events")});
    }

    void addChecks()
    {
        if (!m_facts.checks.answer)
            return;
        for (const HealthCheckRecord& check : *m_facts.checks.answer) {
            if (check.outcome == "ok")
                continue;
            const bool isOfDisk = check.name == "disk space";
            m_items.push_back({.tone = check.outcome == "warn" ? Tone::Warning : Tone::Error,
                               .text = Texts::tr("Check “%1”: %2").arg(plainText(check.name), plainText(check.finding)),
                               .advice = plainText(check.advice),
                               .page = isOfDisk ? QStringLiteral("cleanup") : QStringLiteral("events")});
        }
    }

    void addDisk()
    {
        if (!m_facts.status.answer || !m_facts.policy.answer)
            return;
        const StatusRecord& status = *m_facts.status.answer;
        const auto limit = limitBytes(m_facts.policy.answer->pressure, status.diskTotal);
        if (!limit || *limit == 0 || status.diskTotal == 0 || status.diskFree / nearness >= *limit)
            return;
        const bool isTight = status.diskFree < *limit;
        const QString figures =
            Texts::tr("%1 of %2 are free").arg(m_format.bytes(status.diskFree), m_format.bytes(status.diskTotal));
        m_items.push_back(
            {.tone = isTight ? Tone::Error : Tone::Warning,
             .text = isTight ? Texts::tr("The disk runs full: %1, less than %2. The service empties the trash and "
                                         "removes what nobody holds.")
                                   .arg(figures, m_format.bytes(*limit))
                             : Texts::tr("The disk is near its mark: %1; below %2 the service removes what nobody "
                                         "holds.")
                                   .arg(figures, m_format.bytes(*limit)),
             .page = QStringLiteral("cleanup")});
    }

    void addEngines()
    {
        if (!m_facts.status.answer)
            return;
        for (const EngineRecord& engine : m_facts.status.answer->engines) {
            const std::string& problem = !engine.problem.empty() ? engine.problem : engine.linkProblem;
            if (!problem.empty())
                m_items.push_back({.tone = engine.problem.empty() ? Tone::Warning : Tone::Error,
                                   .text = Texts::tr("Engine “%1”: %2").arg(plainText(engine.name), plainText(problem)),
                                   .page = QStringLiteral("events")});
        }
    }

    void addRateLimits()
    {
        if (!m_facts.rateLimits.answer)
            return;
        for (const RateLimitRecord& limit : *m_facts.rateLimits.answer)
            if (limit.remaining == 0 && !isOver(limit))
                m_items.push_back({.tone = Tone::Warning, .text = usedUp(limit), .page = QStringLiteral("events")});
    }

    /// Since it was said the time has passed for which it counts.
    bool isOver(const RateLimitRecord& limit) const
    {
        return limit.window.count() > 0 && isKnown(limit.saidAt) && limit.saidAt + limit.window < m_format.now();
    }

    QString usedUp(const RateLimitRecord& limit) const
    {
        const QString registry = plainText(limit.registry);
        const QString count = m_format.count(limit.limit);
        // Without the time for which it counts nobody knows whether it still does.
        return limit.window.count() == 0 && isKnown(limit.saidAt)
                   ? Texts::tr("%1 said %3 that its limit of %2 is used up.")
                         .arg(registry, count, m_format.moment(limit.saidAt))
                   : Texts::tr("%1 gives no more manifests for now: its limit of %2 is used up.").arg(registry, count);
    }

    void addTrash()
    {
        if (!m_facts.trash.answer || m_facts.trash.answer->entries == 0)
            return;
        const TrashTotals& trash = *m_facts.trash.answer;
        if (!isKnown(trash.nextExpiry) || trash.nextExpiry - m_format.now() > soon)
            return;
        const auto left = trash.nextExpiry - m_format.now();
        const QString amount =
            trash.entries == 1 ? Texts::tr("1 entry (%1) is in the trash").arg(m_format.bytes(trash.bytes))
                               : Texts::tr("%1 entries (%2) are in the trash", nullptr, numberForPlural(trash.entries))
                                     .arg(m_format.count(trash.entries), m_format.bytes(trash.bytes));
        m_items.push_back({.text = left.count() <= 0
                                       ? Texts::tr("%1; the first have expired.").arg(amount)
                                       : Texts::tr("%1; the first expire in %2.").arg(amount, m_format.duration(left)),
                           .page = QStringLiteral("trash")});
    }

    void addPlan()
    {
        const PlanRecord* plan = m_facts.waitingPlan();
        if (!plan || plan->removeItems == 0)
            return;
        m_items.push_back({.text = Texts::tr("A plan waits that would remove %2 entries (%3); it was made %1.", nullptr,
                                             numberForPlural(plan->removeItems))
                                       .arg(m_format.moment(plan->madeAt), m_format.count(plan->removeItems),
                                            m_format.bytes(plan->removeBytes)),
                           .page = QStringLiteral("cleanup")});
    }

    const OverviewFacts& m_facts;
    const Format& m_format;
    std::vector<AttentionItem> m_items;
};

} // namespace

const PlanRecord* OverviewFacts::waitingPlan() const
{
    if (!plans.answer || !policy.answer)
        return nullptr;
    for (const PlanRecord& plan : *plans.answer) {
        // What was planned before a run counts things that are gone.
        if (!plan.run.empty())
            return nullptr;
        if (plan.policy == *policy.answer)
            return &plan;
    }
    return nullptr;
}

std::vector<AttentionItem> attentionFor(const OverviewFacts& facts, const Format& format)
{
    return Attention(facts, format).find();
}

QStringList unansweredIn(const OverviewFacts& facts)
{
    QStringList all;
    const auto add = [&all](const QString& what, const QString& problem) {
        if (!problem.isEmpty())
            all.append(Texts::tr("%1: %2").arg(what, problem));
    };
    add(Texts::tr("Status"), facts.status.problem);
    add(Texts::tr("Policy"), facts.policy.problem);
    add(Texts::tr("Plans"), facts.plans.problem);
    add(Texts::tr("Trash"), facts.trash.problem);
    add(Texts::tr("Health checks"), facts.checks.problem);
    add(Texts::tr("Pull limits"), facts.rateLimits.problem);
    add(Texts::tr("Metrics"), facts.metrics.problem);
    return all;
}

} // namespace layerhold::gui
