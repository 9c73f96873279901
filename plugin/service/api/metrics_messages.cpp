// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/metrics_messages.h"

#include "layerhold/error.h"

#include <google/protobuf/descriptor.h>

namespace layerhold::service::messages {

v1::MetricsSnapshot from(const MetricsSnapshot& snapshot)
{
    v1::MetricsSnapshot message;
    const auto& descriptor = *v1::MetricsSnapshot::descriptor();
    const auto& reflection = *message.GetReflection();
    for (const Metric& metric : snapshot.metrics) {
        const auto* field = descriptor.FindFieldByName(metric.description.name);
        if (!field)
            throw Error(ErrorCode::Internal, "the API does not know the metric " + metric.description.name);
        if (metric.description.unit == MetricUnit::Ratio)
            reflection.SetDouble(&message, field, metric.ratio);
        else if (metric.number)
            reflection.SetUInt64(&message, field, *metric.number);
    }
    return message;
}

} // namespace layerhold::service::messages
