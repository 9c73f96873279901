// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/convert.h"

namespace layerhold::gui {

using std::chrono::milliseconds;
using std::chrono::seconds;

Moment toMoment(const google::protobuf::Timestamp& time)
{
    return Moment(seconds(time.seconds()) + milliseconds(time.nanos() / 1'000'000));
}

void setTimestamp(google::protobuf::Timestamp& time, Moment moment)
{
    const auto whole = std::chrono::floor<seconds>(moment);
    time.set_seconds(whole.time_since_epoch().count());
    time.set_nanos(static_cast<std::int32_t>((moment - whole).count() * 1'000'000));
}

VersionRecord toRecord(const v1::GetVersionResponse& message)
{
    return {message.version(), message.schema(), message.pid()};
}

EngineRecord toRecord(const v1::EngineState& message)
{
    EngineRecord record;
    record.name = message.engine().name();
    record.socket = message.engine().socket();
    record.sharing = message.engine().sharing();
    record.isServing = message.serving();
    record.problem = message.problem();
    record.linkAddress = message.link().address();
    record.isLinked = message.link().connected();
    record.linkProblem = message.link().problem();
    return record;
}

StatusRecord toRecord(const v1::GetStatusResponse& message)
{
    StatusRecord record;
    record.root = message.root();
    record.pid = message.pid();
    record.isDaemon = message.daemon();
    record.blobCount = message.blob_count();
    record.blobBytes = message.blob_bytes();
    record.releasedCount = message.released_count();
    record.releasedBytes = message.released_bytes();
    record.ingestCount = message.ingest_count();
    record.ingestBytes = message.ingest_bytes();
    record.partialBytes = message.partial_bytes();
    record.quarantineCount = message.quarantine_count();
    record.quarantineBytes = message.quarantine_bytes();
    record.diskFree = message.disk_free_bytes();
    record.diskTotal = message.disk_total_bytes();
    record.openedAt = toMoment(message.opened_at());
    record.notice = message.notice();
    record.engines = toRecords(message.engines());
    return record;
}

HealthCheckRecord toRecord(const v1::HealthCheck& message)
{
    return {message.name(), message.outcome(), message.finding(), message.advice()};
}

BlobRecord toRecord(const v1::Blob& message)
{
    BlobRecord record;
    record.digest = message.digest();
    record.size = message.size();
    record.mediaType = message.media_type();
    record.kind = message.kind();
    record.state = message.state();
    record.createdAt = toMoment(message.created_at());
    record.accessedAt = toMoment(message.accessed_at());
    record.verifiedAt = toMoment(message.verified_at());
    record.accessCount = message.access_count();
    record.origin = message.origin();
    record.isReleased = message.released();
    record.refetch = message.refetch();
    return record;
}

ClaimRecord toRecord(const v1::Claim& message)
{
    return {message.holder_kind(), message.holder(), message.digest(), toMoment(message.since())};
}

EdgeRecord toRecord(const v1::Edge& message)
{
    return {message.parent(),     message.child(),    message.role(),
            message.media_type(), message.platform(), message.size()};
}

ClaimPathRecord toRecord(const v1::ClaimPath& message)
{
    return {{message.path().begin(), message.path().end()}, toRecord(message.claim())};
}

EventRecord toRecord(const v1::Event& message)
{
    return {message.sequence(), toMoment(message.at()), message.kind(), message.subject(),
            message.engine(),   message.detail(),       message.bytes()};
}

MetricsRecord toRecord(const v1::GetSnapshotResponse& values, const v1::DescribeMetricsResponse& meanings)
{
    MetricsRecord record{toMoment(values.at()), toMoment(values.since()), {}};
    const v1::MetricsSnapshot& snapshot = values.metrics();
    const google::protobuf::Reflection& reflection = *snapshot.GetReflection();
    for (const v1::MetricDescription& meaning : meanings.metrics()) {
        MetricRecord metric{meaning.name(),     meaning.unit(),        meaning.kind(),
                            meaning.sentence(), meaning.has_history(), std::nullopt};
        // A newer service may have metrics of which this program knows the description only.
        const auto* field = snapshot.GetDescriptor()->FindFieldByName(meaning.name());
        if (field && reflection.HasField(snapshot, field))
            metric.value = field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE
                               ? reflection.GetDouble(snapshot, field)
                               : static_cast<double>(reflection.GetUInt64(snapshot, field));
        record.metrics.push_back(std::move(metric));
    }
    return record;
}

HistoryRecord toRecord(const v1::GetHistoryResponse& message)
{
    HistoryRecord record{message.series(), message.unit(), message.kind(), seconds(message.step_seconds()), {}};
    record.points.reserve(static_cast<std::size_t>(message.points_size()));
    for (const v1::HistoryPoint& point : message.points())
        record.points.push_back(
            {toMoment(point.at()), point.has_value() ? std::optional(point.value()) : std::nullopt});
    return record;
}

RateLimitRecord toRecord(const v1::RateLimit& message)
{
    RateLimitRecord record;
    record.registry = message.registry();
    record.identity = message.identity();
    record.limit = message.limit();
    record.remaining = message.remaining();
    record.window = std::chrono::seconds(message.window_seconds());
    record.saidAt = toMoment(message.said_at());
    return record;
}

} // namespace layerhold::gui
