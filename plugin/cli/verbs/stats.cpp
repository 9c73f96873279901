// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"
#include "layerhold/error.h"

#include <layerhold/v1/metrics.grpc.pb.h>
#include <layerhold/v1/registries.grpc.pb.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace layerhold::cli {

namespace {

constexpr std::chrono::seconds watchInterval{2};

struct Flags
{
    std::string history;
    std::uint32_t step = 0;
    std::string since;
    bool watch = false;
    bool reset = false;
};

std::string formatDuration(std::uint64_t ns)
{
    if (ns < 1'000)
        return fmt::format("{} ns", ns);
    if (ns < 1'000'000)
        return fmt::format("{:.1f} us", static_cast<double>(ns) / 1e3);
    if (ns < 1'000'000'000)
        return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
    return formatAge(std::chrono::nanoseconds(ns));
}

std::string formatValue(std::uint64_t value, const std::string& unit)
{
    if (unit == "bytes")
        return formatSize(value);
    return unit == "nanoseconds" ? formatDuration(value) : std::to_string(value);
}

/// Numbers as they are in JSON, made readable.
std::string valueOf(const Json& metrics, const v1::MetricDescription& description)
{
    const auto found = metrics.find(description.name());
    if (found == metrics.end() || found->is_null())
        return "-";
    if (description.unit() == "ratio")
        return fmt::format("{:.1f} %", found->get<double>() * 100);
    return formatValue(found->get<std::uint64_t>(), description.unit());
}

std::string clockTime(const google::protobuf::Timestamp& time)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(time.seconds())));
}

/// "90s", "5m", "2h", "7d".
std::chrono::seconds parseDuration(const std::string& text)
{
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, failure] = std::from_chars(text.data(), end, number);
    constexpr std::int64_t most = 1'000'000;
    const std::string unit(stopped, end);
    if (failure == std::errc{} && number >= 0 && number <= most) {
        if (unit == "s")
            return std::chrono::seconds(number);
        if (unit == "m")
            return std::chrono::minutes(number);
        if (unit == "h")
            return std::chrono::hours(number);
        if (unit == "d")
            return std::chrono::days(number);
    }
    throw Error(
        ErrorCode::InvalidArgument,
        fmt::format("--since: '{}' is no duration; take a number with s, m, h or d, as in 2h", neutralise(text)));
}

int showHistory(Context& context, const Flags& flags)
{
    v1::GetHistoryRequest request;
    request.set_series(flags.history);
    request.set_step_seconds(flags.step);
    if (!flags.since.empty()) {
        const auto since = std::chrono::system_clock::now() - parseDuration(flags.since);
        request.mutable_since()->set_seconds(
            std::chrono::duration_cast<std::chrono::seconds>(since.time_since_epoch()).count());
    }
    service::Session session = context.connect();
    const v1::GetHistoryResponse history =
        session.client().call(&v1::Metrics::Stub::GetHistory, request, context.stop());
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(history));
        return 0;
    }
    const bool isCounter = history.kind() == "counter";
    Table table({{"TIME"}, {"VALUE", Table::Align::Right}, {isCounter ? "CHANGE" : "", Table::Align::Right}});
    std::optional<std::uint64_t> before;
    for (const v1::HistoryPoint& point : history.points()) {
        const bool isChange = isCounter && before && point.has_value() && point.value() >= *before;
        table.add({clockTime(point.at()), point.has_value() ? formatValue(point.value(), history.unit()) : "-",
                   isChange ? "+" + formatValue(point.value() - *before, history.unit()) : ""});
        if (point.has_value())
            before = point.value();
    }
    output.table(table);
    return 0;
}

std::string watchLine(const v1::GetSnapshotResponse& now)
{
    const v1::MetricsSnapshot& metrics = now.metrics();
    return fmt::format("{}  hit rate {:5.1f} %  hits {}  misses {}  stored {} in {}  served {}  not downloaded {}",
                       clockTime(now.at()), metrics.hit_rate() * 100, metrics.hits(), metrics.misses(),
                       formatSize(metrics.bytes_stored()), count(metrics.entries_stored(), "blob"),
                       formatSize(metrics.bytes_served()), formatSize(metrics.bytes_not_downloaded()));
}

int watch(Context& context)
{
    service::Session session = context.connect();
    if (session.isLocal())
        throw Error(ErrorCode::Unavailable,
                    "no daemon runs on this cache, so nothing happens to it: leave out --watch, "
                    "or start one by layerhold serve");
    Output output = context.output();
    const std::stop_token stop = context.stop();
    std::mutex mutex;
    std::condition_variable_any wake;
    for (;;) {
        const v1::GetSnapshotResponse now =
            session.client().call(&v1::Metrics::Stub::GetSnapshot, v1::GetSnapshotRequest(), stop);
        if (output.isJson())
            output.jsonLine(toJson(now));
        else
            output.line(watchLine(now));
        output.flush();
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, watchInterval, [] { return false; });
        if (stop.stop_requested())
            throw Cancelled();
    }
}

void show(Output& output, const v1::ListRateLimitsResponse& limits)
{
    if (limits.limits().empty())
        return;
    output.line("");
    output.line("How often registries may be asked, as they last said:");
    output.line("");
    Table table({{"REGISTRY"}, {"AS"}, {"LEFT", Table::Align::Right}, {"OF", Table::Align::Right}, {"IN"}, {"SAID"}});
    for (const v1::RateLimit& limit : limits.limits())
        table.add({limit.registry(), limit.identity(), std::to_string(limit.remaining()), std::to_string(limit.limit()),
                   limit.window_seconds() == 0 ? "-" : formatAge(std::chrono::seconds(limit.window_seconds())),
                   age(limit.said_at())});
    output.table(table);
}

int show(Context& context)
{
    service::Session session = context.connect();
    const v1::GetSnapshotResponse now =
        session.client().call(&v1::Metrics::Stub::GetSnapshot, v1::GetSnapshotRequest(), context.stop());
    const v1::GetStatsResponse stats =
        session.client().call(&v1::Layerhold::Stub::GetStats, v1::GetStatsRequest(), context.stop());
    const v1::ListRateLimitsResponse limits =
        session.client().call(&v1::Registries::Stub::ListRateLimits, v1::ListRateLimitsRequest(), context.stop());
    Output output = context.output();
    if (output.isJson()) {
        Json document = toJson(now);
        document["counters"] = toJson(stats)["counters"];
        document["rate_limits"] = toJson(limits)["limits"];
        output.document(document);
        return 0;
    }
    const v1::DescribeMetricsResponse described =
        session.client().call(&v1::Metrics::Stub::DescribeMetrics, v1::DescribeMetricsRequest(), context.stop());
    const Json metrics = toJson(now.metrics());
    Table table({{"METRIC"}, {"VALUE", Table::Align::Right}, {"MEANING"}});
    for (const v1::MetricDescription& description : described.metrics())
        table.add({description.name(), valueOf(metrics, description), description.sentence()});
    output.table(table);
    output.line("");
    output.line(fmt::format("Counted since {}. Since the cache was made:", clockTime(now.since())));
    output.line("");
    Table counters({{"COUNTER"}, {"VALUE", Table::Align::Right}, {"MEANING"}});
    for (const auto& counter : stats.counters())
        counters.add({counter.name(), std::to_string(counter.value()), counter.sentence()});
    output.table(counters);
    show(output, limits);
    return 0;
}

int reset(Context& context)
{
    service::Session session = context.connect();
    session.client().call(&v1::Metrics::Stub::ResetMetrics, v1::ResetMetricsRequest(), context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(Json{{"reset", true}});
    else
        output.line("The metrics count anew from now on.");
    return 0;
}

int run(Context& context, const Flags& flags)
{
    if (flags.reset)
        return reset(context);
    if (flags.watch)
        return watch(context);
    return flags.history.empty() ? show(context) : showHistory(context, flags);
}

} // namespace

void addStats(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("stats", "Show what was counted, now and over time");
    const auto flags = std::make_shared<Flags>();
    auto* history = verb.add_option("--history", flags->history, "Show how one metric went, such as hits");
    history->type_name("SERIES");
    verb.add_option("--step", flags->step,
                    "Seconds from point to point of the history: 1, 10, 60 or 3600; else the finest that reaches back")
        ->type_name("N")
        ->needs(history);
    verb.add_option("--since", flags->since, "Begin the history so long ago: 90s, 5m, 2h, 7d")
        ->type_name("TIME")
        ->needs(history);
    auto* watching = verb.add_flag("--watch", flags->watch, "Print a line every two seconds, until Ctrl-C");
    auto* resetting = verb.add_flag("--reset", flags->reset, "Let the metrics start anew; the counters go on");
    watching->excludes(history);
    resetting->excludes(history)->excludes(watching);
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold stats --json | jq .metrics.hit_rate\n"
                "  layerhold stats --history bytes_not_downloaded --since 24h");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
