// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/prometheus_text.h"

#include "api/utf8.h"

#include <fmt/format.h>

namespace layerhold::service {

namespace {

constexpr double nanosecondsPerSecond = 1e9;

enum class Quotes
{
    Plain,
    Escaped
};

std::string escaped(std::string_view text, Quotes quotes)
{
    std::string result;
    for (const char c : api::toUtf8(text)) {
        if (c == '\\')
            result += "\\\\";
        else if (c == '\n')
            result += "\\n";
        else if (c == '"' && quotes == Quotes::Escaped)
            result += "\\\"";
        else
            result += c;
    }
    return result;
}

void head(std::string& text, const std::string& name, std::string_view help, std::string_view type)
{
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped(help, Quotes::Plain), name, type);
}

void add(std::string& text, const Metric& metric)
{
    const MetricDescription& description = metric.description;
    std::string name = "layerhold_" + description.name;
    std::string value;
    switch (description.unit) {
    case MetricUnit::Nanoseconds:
        if (!metric.number)
            return;
        if (name.ends_with("_ns"))
            name.resize(name.size() - 3);
        name += "_seconds";
        value = fmt::format("{:.9f}", static_cast<double>(*metric.number) / nanosecondsPerSecond);
        break;
    case MetricUnit::Ratio:
        value = fmt::format("{:.6f}", metric.ratio);
        break;
    case MetricUnit::Count:
    case MetricUnit::Bytes:
        if (!metric.number)
            return;
        value = std::to_string(*metric.number);
        break;
    }
    const bool isCounter = description.kind == MetricKind::Counter;
    if (isCounter)
        name += "_total";
    head(text, name, description.sentence, isCounter ? "counter" : "gauge");
    text += name + ' ' + value + '\n';
}

} // namespace

std::string prometheusLabel(std::string_view value)
{
    return escaped(value, Quotes::Escaped);
}

std::string prometheusText(const MetricsSnapshot& snapshot, const std::vector<EngineState>& engines,
                           std::string_view version)
{
    std::string text;
    head(text, "layerhold_build_info", "The version that runs.", "gauge");
    text += fmt::format("layerhold_build_info{{version=\"{}\"}} 1\n", prometheusLabel(version));
    head(text, "layerhold_counting_since_seconds", "When the counters began to count, in seconds since 1970.", "gauge");
    text += fmt::format("layerhold_counting_since_seconds {:.3f}\n",
                        static_cast<double>(toNanoseconds(snapshot.since)) / nanosecondsPerSecond);
    for (const Metric& metric : snapshot.metrics)
        add(text, metric);
    if (engines.empty())
        return text;
    head(text, "layerhold_engine_serving", "Whether the engine's socket is served.", "gauge");
    for (const EngineState& state : engines)
        text += fmt::format("layerhold_engine_serving{{engine=\"{}\"}} {}\n", prometheusLabel(state.engine.name),
                            state.serving ? 1 : 0);
    head(text, "layerhold_engine_connections_total", "Connections of the engine since the daemon started.", "counter");
    for (const EngineState& state : engines)
        text += fmt::format("layerhold_engine_connections_total{{engine=\"{}\"}} {}\n",
                            prometheusLabel(state.engine.name), state.connections);
    return text;
}

} // namespace layerhold::service
