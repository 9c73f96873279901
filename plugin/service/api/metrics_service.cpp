// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/metrics_service.h"

#include "service/api/call.h"
#include "service/api/messages.h"
#include "service/api/metrics_messages.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace layerhold::service {

namespace {

using std::chrono::seconds;

/// How far back each step reaches, finest first.
constexpr std::pair<seconds, seconds> reach[] = {{seconds(1), std::chrono::minutes(5)},
                                                 {seconds(10), std::chrono::hours(1)},
                                                 {std::chrono::minutes(1), std::chrono::hours(24)}};

/// What a TimePoint has room for.
constexpr std::int64_t lastSecond = 9'000'000'000;

seconds finestStep(TimePoint since)
{
    const TimePoint now = Clock::system().now();
    for (const auto& [step, back] : reach)
        if (since >= now - back)
            return step;
    return std::chrono::hours(1);
}

} // namespace

grpc::Status MetricsService::GetSnapshot(grpc::ServerContext* context, const v1::GetSnapshotRequest*,
                                         v1::GetSnapshotResponse* response)
{
    return answer(*context, [&] {
        const MetricsSnapshot snapshot = m_cache.metrics().snapshot();
        messages::set(response->mutable_at(), snapshot.at);
        messages::set(response->mutable_since(), snapshot.since);
        *response->mutable_metrics() = messages::from(snapshot);
    });
}

grpc::Status MetricsService::DescribeMetrics(grpc::ServerContext* context, const v1::DescribeMetricsRequest*,
                                             v1::DescribeMetricsResponse* response)
{
    return answer(*context, [&] {
        const auto series = m_cache.metrics().series();
        for (const Metric& metric : m_cache.metrics().snapshot().metrics) {
            v1::MetricDescription& message = *response->add_metrics();
            message.set_name(metric.description.name);
            message.set_unit(std::string(toString(metric.description.unit)));
            message.set_kind(std::string(toString(metric.description.kind)));
            message.set_sentence(metric.description.sentence);
            message.set_has_history(std::any_of(series.begin(), series.end(), [&](const MetricDescription& one) {
                return one.name == metric.description.name;
            }));
        }
    });
}

grpc::Status MetricsService::GetHistory(grpc::ServerContext* context, const v1::GetHistoryRequest* request,
                                        v1::GetHistoryResponse* response)
{
    return answer(*context, [&] {
        Metrics& metrics = m_cache.metrics();
        TimePoint since;
        if (request->has_since())
            since = TimePoint(seconds(std::clamp(request->since().seconds(), std::int64_t(0), lastSecond)));
        const seconds step = request->step_seconds() == 0 ? finestStep(since) : seconds(request->step_seconds());
        const auto points = metrics.history(request->series(), step, since);
        response->set_series(request->series());
        response->set_step_seconds(static_cast<std::uint32_t>(step.count()));
        for (const MetricDescription& one : metrics.series()) {
            if (one.name != request->series())
                continue;
            response->set_unit(std::string(toString(one.unit)));
            response->set_kind(std::string(toString(one.kind)));
        }
        for (const MetricPoint& point : points) {
            v1::HistoryPoint& message = *response->add_points();
            messages::set(message.mutable_at(), point.at);
            if (point.value)
                message.set_value(*point.value);
        }
    });
}

grpc::Status MetricsService::ResetMetrics(grpc::ServerContext* context, const v1::ResetMetricsRequest*,
                                          v1::ResetMetricsResponse*)
{
    return answer(*context, [&] { m_cache.metrics().reset(); });
}

} // namespace layerhold::service
