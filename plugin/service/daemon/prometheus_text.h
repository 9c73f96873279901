// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/metrics.h"
#include "service/api/engine_host.h"

#include <string>
#include <string_view>
#include <vector>

/// Metrics in the text format of Prometheus, version 0.0.4.
namespace layerhold::service {

inline constexpr const char* prometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

/// Every metric as layerhold_NAME: counters end in _total, durations are seconds. What has no value is left out.
std::string prometheusText(const MetricsSnapshot& snapshot, const std::vector<EngineState>& engines,
                           std::string_view version);

/// As the value of a label: backslash, double quote and newline escaped, anything that is no UTF-8 replaced.
std::string prometheusLabel(std::string_view value);

} // namespace layerhold::service
