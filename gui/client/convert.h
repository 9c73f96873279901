// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <layerhold/v1/cleanup.pb.h>
#include <layerhold/v1/health.pb.h>
#include <layerhold/v1/images.pb.h>
#include <layerhold/v1/layerhold.pb.h>
#include <layerhold/v1/metrics.pb.h>
#include <layerhold/v1/registries.pb.h>

#include <google/protobuf/repeated_field.h>

#include <vector>

/// From messages to records and back. Only for the files of gui/client: nobody else knows the messages.
namespace layerhold::gui {

Moment toMoment(const google::protobuf::Timestamp& time);
void setTimestamp(google::protobuf::Timestamp& time, Moment moment);

VersionRecord toRecord(const v1::GetVersionResponse& message);
StatusRecord toRecord(const v1::GetStatusResponse& message);
EngineRecord toRecord(const v1::EngineState& message);
HealthCheckRecord toRecord(const v1::HealthCheck& message);
BlobRecord toRecord(const v1::Blob& message);
ClaimRecord toRecord(const v1::Claim& message);
EdgeRecord toRecord(const v1::Edge& message);
ClaimPathRecord toRecord(const v1::ClaimPath& message);
EventRecord toRecord(const v1::Event& message);

ImageNameRecord toRecord(const v1::ImageName& message);
ImageRecord toRecord(const v1::Image& message);
ImageTotals toRecord(const v1::ImageTotals& message);
LayerRecord toRecord(const v1::ImageLayer& message);
ManifestRecord toRecord(const v1::ImageManifest& message);
ReferrerRecord toRecord(const v1::ImageReferrer& message);
ImageDetails toRecord(const v1::ImageDetails& message);
BlobDetails toRecord(const v1::InspectResponse& message);
TagRecord toRecord(const v1::Tag& message);
TagMove toRecord(const v1::TagMove& message);
TagHistory toRecord(const v1::GetTagHistoryResponse& message);

AccessProofRecord toRecord(const v1::ExplainAccessResponse::Proof& message);
EngineViewRecord toRecord(const v1::ExplainAccessResponse::EngineView& message);
AccessRecord toRecord(const v1::ExplainAccessResponse& message);

/// The values with what they mean.
MetricsRecord toRecord(const v1::GetSnapshotResponse& values, const v1::DescribeMetricsResponse& meanings);
HistoryRecord toRecord(const v1::GetHistoryResponse& message);
RateLimitRecord toRecord(const v1::RateLimit& message);

UsageRecord toRecord(const v1::Usage& message);
PolicyRecord toRecord(const v1::CleanupPolicy& message);
v1::CleanupPolicy toMessage(const PolicyRecord& record);
PlanRecord toRecord(const v1::Plan& message);
PlanItem toRecord(const v1::PlanItem& message);
RunRecord toRecord(const v1::CleanupRun& message);
RunItem toRecord(const v1::RunItem& message);
TrashRecord toRecord(const v1::TrashedBlob& message);
TrashReport toRecord(const v1::TrashReport& message);
PinRecord toRecord(const v1::Pin& message);
JobProgress toRecord(const v1::Progress& message);

template <class Message>
auto toRecords(const google::protobuf::RepeatedPtrField<Message>& messages)
{
    std::vector<decltype(toRecord(messages.Get(0)))> records;
    records.reserve(static_cast<std::size_t>(messages.size()));
    for (const Message& message : messages)
        records.push_back(toRecord(message));
    return records;
}

} // namespace layerhold::gui
