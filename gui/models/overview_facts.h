// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_history.h"
#include "models/records.h"

#include <QString>

#include <optional>
#include <vector>

namespace layerhold::gui {

/// An answer of the service, or as a sentence why there is none; both: the former answer, and why there is no newer
/// one. Neither: it has not come yet.
template <class Answer>
struct Told
{
    std::optional<Answer> answer = {};
    QString problem = {};
};

struct TrashTotals
{
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    Moment nextExpiry = {};
};

/// All that the overview is made of.
struct OverviewFacts
{
    Told<StatusRecord> status = {};
    Told<PolicyRecord> policy = {};
    Told<std::vector<PlanRecord>> plans = {}; ///< the newest first
    Told<TrashTotals> trash = {};
    Told<std::vector<HealthCheckRecord>> checks = {};
    Told<std::vector<RateLimitRecord>> rateLimits = {};
    Told<MetricHistory> metrics = {};

    /// The newest plan of the policy that holds, if nothing was removed since it was made; nullptr: there is none.
    const PlanRecord* waitingPlan() const;
};

} // namespace layerhold::gui
