// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cleanup.h"

#include <layerhold/v1/cleanup.pb.h>

/// Policies, plans, runs, trash, holds and figures as messages of layerhold.v1, and policies back.
namespace layerhold::service::messages {

v1::CleanupPolicy from(const CleanupPolicy& policy);
/// InvalidArgument as requireValid, and for text that says no size, duration, clock or mode.
CleanupPolicy toPolicy(const v1::CleanupPolicy& message);

v1::Plan from(const Plan& plan);
v1::PlanItem from(const PlanItem& item);
v1::CleanupRun from(const CleanupRun& run);
v1::RunItem from(const RunItem& item);
v1::TrashedBlob from(const TrashedBlob& blob);
v1::TrashReport from(const TrashReport& report);
v1::Pin from(const Pin& pin);
v1::Lease from(const Lease& lease);
v1::Usage from(const UsageReport& report);

} // namespace layerhold::service::messages
