// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/plan_comparison.h"

#include <QtConcurrentRun>

namespace layerhold::gui {

PlanComparison::PlanComparison(Direction direction, QObject* parent)
    : QObject(parent)
    , m_direction(direction)
{
    connect(&m_query, &PlanQuery::ended, this, &PlanComparison::diff);
    connect(&m_query, &PlanQuery::failed, this, &PlanComparison::failed);
}

void PlanComparison::start(CacheClient& client, const std::optional<PolicyRecord>& policy,
                           std::shared_ptr<const PlanQuery::Items> there)
{
    m_diff.drop();
    m_there = std::move(there);
    m_query.start(client, policy, CacheClient::PlanUse::Look);
}

void PlanComparison::cancel()
{
    m_query.cancel();
    m_diff.drop();
    m_there.reset();
}

void PlanComparison::diff()
{
    auto now = m_query.takeItems();
    auto there = std::exchange(m_there, nullptr);
    // The service drops what is only looked at when others look too.
    if (now->size() != m_query.plan().items) {
        emit failed(CallError(QStringLiteral("unavailable"), tr("The service has dropped the plan to compare with.")));
        return;
    }
    if (m_direction == Direction::FromNow)
        std::swap(now, there);
    m_diff.follow(
        QtConcurrent::run([was = std::move(there), is = std::move(now)] { return diffPlans(*was, *is); }),
        [this](const std::vector<PlanChange>& changes) { emit compared(changes); },
        [this](const CallError& error) { emit failed(error); });
}

} // namespace layerhold::gui
