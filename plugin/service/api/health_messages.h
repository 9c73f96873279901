// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/health.h"

#include <layerhold/v1/health.pb.h>

namespace layerhold::service::messages {

v1::EntryInfo from(const EntryInfo& entry);
v1::IntegrityReport from(const IntegrityReport& report);
v1::RepairReport from(const RepairReport& report);
v1::StorageInfo from(const StorageInfo& storage);
v1::CollectDebugResponse from(const HealthReport& report);
v1::CompactResponse from(const CompactReport& report);
v1::HealthCheck from(const HealthCheck& check);
v1::ExplainMissResponse from(const MissExplanation& explanation);

} // namespace layerhold::service::messages
