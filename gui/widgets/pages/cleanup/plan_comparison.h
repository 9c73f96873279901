// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/plan_diff.h"
#include "widgets/pages/cleanup/plan_query.h"
#include "widgets/pages/latest_call.h"

namespace layerhold::gui {

/// What a plan that is made now does otherwise than one that is there: one comparison at a time. The plan of now is
/// made to be looked at only, and its list is not kept. Changes nothing in the cache.
class PlanComparison final : public QObject
{
    Q_OBJECT

public:
    /// Whether the changes lead from the plan of now to the one that is there, or the other way round.
    enum class Direction
    {
        FromNow,
        ToNow
    };

    explicit PlanComparison(Direction direction, QObject* parent = nullptr);

    /// `policy` of the plan of now; unset: the one that holds. `client` lives until the answer or cancel().
    void start(CacheClient& client, const std::optional<PolicyRecord>& policy,
               std::shared_ptr<const PlanQuery::Items> there);
    /// Nothing more is heard of it.
    void cancel();

    bool isRunning() const { return m_query.isRunning() || m_diff.isOpen(); }

signals:
    void compared(const std::vector<layerhold::gui::PlanChange>& changes);
    void failed(const layerhold::gui::CallError& error);

private:
    void diff();

    Direction m_direction;
    PlanQuery m_query;
    LatestCall m_diff;
    std::shared_ptr<const PlanQuery::Items> m_there;
};

} // namespace layerhold::gui
