// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "service/api/engine_host.h"

#include <layerhold/v1/layerhold.pb.h>

#include <google/protobuf/timestamp.pb.h>

/// The core's values as messages of layerhold.v1.
namespace layerhold::service::messages {

/// An unset time (the epoch itself) stays unset.
void set(google::protobuf::Timestamp* message, TimePoint time);

v1::Blob from(const Blob& blob);
v1::Edge from(const Edge& edge);
v1::Claim from(const Claim& claim);
v1::ClaimPath from(const ClaimPath& path);
v1::Event from(const Event& event);
v1::EngineState from(const EngineState& state);
v1::Progress from(const Progress& progress);
v1::VerifyReport from(const VerifyReport& report);
v1::CleanupItem from(const CleanupItem& item);
v1::CleanupReport from(const CleanupReport& report);
v1::RebuildReport from(const RebuildReport& report);
v1::TransferReport from(const ImportReport& report);
/// All but pid, daemon and engines.
v1::GetStatusResponse from(const CacheStatus& status);

} // namespace layerhold::service::messages
