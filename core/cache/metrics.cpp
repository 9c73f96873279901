// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/metrics.h"

#include "base/text.h"
#include "cache/operation_meter.h"

#include <algorithm>
#include <charconv>

namespace layerhold {

namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

static_assert(std::size(metric_table::rows) == static_cast<std::size_t>(MetricId::Count));

/// Bounds the memory while the index cannot be written.
constexpr std::size_t mostPending = 600;
/// An idle cache writes so many samples at once.
constexpr std::size_t idleBatch = 30;
constexpr std::chrono::minutes logInterval(5);
/// The debt is counted over all rows: not more often than this.
constexpr std::chrono::minutes debtAge(1);

const std::string sinceKey = "since";
const std::string peakHitRateKey = "peak_hit_rate";

constexpr std::pair<OperationKind, std::string_view> windows[] = {{OperationKind::Get, "latency.get"},
                                                                  {OperationKind::Put, "latency.put"},
                                                                  {OperationKind::Delete, "latency.delete"}};

std::string baselineKey(const CounterDescription& counter)
{
    return "baseline." + std::string(counter.name);
}

std::string lastKey(CounterId id)
{
    return "last." + std::string(counterTable[static_cast<std::size_t>(id)].name);
}

std::optional<std::int64_t> toNumber(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> numberOf(const std::map<std::string, std::string>& state, const std::string& name)
{
    const auto found = state.find(name);
    return found == state.end() ? std::nullopt : toNumber(found->second);
}

double rate(std::uint64_t hits, std::uint64_t misses)
{
    return hits + misses == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(hits + misses);
}

MetricDescription describe(const MetricRow& row)
{
    return {std::string(row.name), row.unit, row.kind, std::string(row.sentence)};
}

std::vector<RollUp> rollUps()
{
    std::vector<RollUp> result;
    for (const MetricRow& row : metric_table::rows)
        if (row.history)
            result.push_back(*row.history);
    return result;
}

/// Where a series stands in a sample; InvalidArgument when there is none of that name.
std::size_t positionOf(const std::string& series)
{
    std::size_t position = 0;
    std::string known;
    for (const MetricRow& row : metric_table::rows) {
        if (!row.history)
            continue;
        if (row.name == series)
            return position;
        ++position;
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    throw Error(ErrorCode::InvalidArgument,
                "there is no history of " + text::quoted(series) + "; there is one of " + known);
}

void requireStep(seconds step)
{
    std::string known;
    for (const metric_samples::Step& one : metric_samples::steps) {
        if (one.step == step)
            return;
        known += (known.empty() ? "" : ", ") + std::to_string(one.step.count());
    }
    throw Error(ErrorCode::InvalidArgument,
                "no history is kept in steps of " + std::to_string(step.count()) + " seconds; take one of " + known);
}

} // namespace

std::string_view toString(MetricUnit unit)
{
    switch (unit) {
    case MetricUnit::Count:
        return "count";
    case MetricUnit::Bytes:
        return "bytes";
    case MetricUnit::Nanoseconds:
        return "nanoseconds";
    case MetricUnit::Ratio:
        return "ratio";
    }
    return "count";
}

std::string_view toString(MetricKind kind)
{
    return kind == MetricKind::Counter ? "counter" : "gauge";
}

const Metric* MetricsSnapshot::find(std::string_view name) const
{
    const auto found = std::find_if(metrics.begin(), metrics.end(),
                                    [&](const Metric& metric) { return metric.description.name == name; });
    return found == metrics.end() ? nullptr : &*found;
}

std::uint64_t MetricsSnapshot::number(std::string_view name) const
{
    const Metric* metric = find(name);
    if (!metric)
        throw Error(ErrorCode::InvalidArgument, "there is no metric " + text::quoted(name));
    return metric->number.value_or(0);
}

MetricsImpl::MetricsImpl(CacheContext& context)
    : m_context(context)
    , m_since(context.clock.now())
    , m_startedAt(context.clock.steadyNow())
    , m_lastLogged(m_startedAt)
{}

void MetricsImpl::load()
{
    const auto state = m_context.index.read([](Connection& index) { return metric_state::all(index); });
    const TimePoint now = m_context.clock.now();
    for (const CounterId id : Counters::timed)
        if (const auto at = numberOf(state, lastKey(id)))
            m_context.counters.setLast(id, std::max(nanoseconds(0), now - fromNanoseconds(*at)));
    for (const auto& [operation, key] : windows)
        if (const auto found = state.find(std::string(key)); found != state.end())
            m_context.meter.window(operation).restore(found->second);
    const std::lock_guard lock(m_mutex);
    if (const auto since = numberOf(state, sinceKey)) {
        m_since = fromNanoseconds(*since);
        m_isBaselineStored = true;
    }
    for (const CounterDescription& counter : counterTable)
        m_baseline[static_cast<std::size_t>(counter.id)] =
            static_cast<std::uint64_t>(numberOf(state, baselineKey(counter)).value_or(0));
    if (const auto millionths = numberOf(state, peakHitRateKey))
        m_peakHitRate = static_cast<double>(*millionths) / 1e6;
}

void MetricsImpl::indexWasExchanged()
{
    const std::lock_guard lock(m_mutex);
    m_isBaselineStored = false;
    m_debt.reset();
}

std::uint64_t MetricsImpl::counted(CounterId id, Baseline baseline)
{
    const std::uint64_t value = m_context.counters.total(id);
    if (baseline == Baseline::Ignored)
        return value;
    const std::lock_guard lock(m_mutex);
    const std::uint64_t before = m_baseline[static_cast<std::size_t>(id)];
    return value < before ? value : value - before; // smaller only when a lost index took the counters with it
}

void MetricsImpl::addCounters(Figures& figures, Baseline baseline)
{
    constexpr std::pair<MetricId, CounterId> plain[] = {
        {MetricId::Hits, CounterId::Hits},
        {MetricId::Misses, CounterId::Misses},
        {MetricId::Errors, CounterId::Errors},
        {MetricId::BytesRetrieved, CounterId::BytesRetrieved},
        {MetricId::BytesServed, CounterId::BytesServed},
        {MetricId::ManifestGets, CounterId::ManifestGets},
        {MetricId::ManifestPuts, CounterId::ManifestPuts},
        {MetricId::BlobGets, CounterId::BlobGets},
        {MetricId::BlobPuts, CounterId::BlobPuts},
        {MetricId::TagResolutions, CounterId::TagResolutions},
        {MetricId::BytesDownloaded, CounterId::BytesDownloaded},
        {MetricId::BytesNotDownloaded, CounterId::BytesNotDownloaded},
    };
    for (const auto& [metric, counter] : plain)
        figures[metric] = counted(counter, baseline);
    figures[MetricId::Evictions] =
        counted(CounterId::BlobsRemoved, baseline) + counted(CounterId::EntriesEvicted, baseline);
    // An engine writes what it fetched, whether or not the bytes turn out to be here already.
    const std::uint64_t requests = *figures[MetricId::ManifestPuts] + *figures[MetricId::BlobPuts];
    const std::uint64_t downloaded = *figures[MetricId::BytesDownloaded];
    figures[MetricId::NetworkRequests] = requests;
    figures[MetricId::BandwidthSaved] = requests == 0 ? 0 : *figures[MetricId::Hits] * (downloaded / requests);
    figures.hitRate = rate(*figures[MetricId::Hits], *figures[MetricId::Misses]);
}

void MetricsImpl::addLatencies(Figures& figures)
{
    struct Target
    {
        OperationKind operation;
        MetricId mean;
        MetricId samples;
        MetricId p50;
        MetricId p95;
        MetricId p99;
    };

    constexpr Target targets[] = {
        {OperationKind::Get, MetricId::AvgGetLatency, MetricId::GetLatencySamples, MetricId::GetLatencyP50,
         MetricId::GetLatencyP95, MetricId::GetLatencyP99},
        {OperationKind::Put, MetricId::AvgPutLatency, MetricId::PutLatencySamples, MetricId::PutLatencyP50,
         MetricId::PutLatencyP95, MetricId::PutLatencyP99},
        {OperationKind::Delete, MetricId::AvgDeleteLatency, MetricId::DeleteLatencySamples, MetricId::DeleteLatencyP50,
         MetricId::DeleteLatencyP95, MetricId::DeleteLatencyP99},
    };
    for (const Target& target : targets) {
        const auto summary = m_context.meter.window(target.operation).summary();
        figures[target.mean] = summary.meanNs;
        figures[target.samples] = summary.samples;
        if (summary.samples == 0)
            continue;
        figures[target.p50] = summary.p50Ns;
        figures[target.p95] = summary.p95Ns;
        figures[target.p99] = summary.p99Ns;
    }
}

void MetricsImpl::addTimes(Figures& figures)
{
    constexpr std::pair<MetricId, CounterId> times[] = {
        {MetricId::TimeSinceLastHit, CounterId::Hits},
        {MetricId::TimeSinceLastMiss, CounterId::Misses},
        {MetricId::TimeSinceLastEviction, CounterId::BlobsRemoved},
        {MetricId::TimeSinceLastEviction, CounterId::EntriesEvicted},
        {MetricId::TimeSinceLastError, CounterId::Errors},
    };
    for (const auto& [metric, counter] : times)
        if (const auto ago = m_context.counters.sinceLast(counter))
            figures[metric] = std::min(static_cast<std::uint64_t>(ago->count()), figures[metric].value_or(UINT64_MAX));
    const std::lock_guard lock(m_mutex);
    const nanoseconds uptime = m_context.clock.steadyNow() - m_startedAt;
    figures[MetricId::Uptime] = static_cast<std::uint64_t>(std::max<std::int64_t>(uptime.count(), 0));
}

double MetricsImpl::raisedPeakHitRate(double now)
{
    const std::lock_guard lock(m_mutex);
    m_peakHitRate = std::max(m_peakHitRate, now);
    return m_peakHitRate;
}

MetricsImpl::Figures MetricsImpl::figures(Baseline baseline, const blob_totals::Totals& totals)
{
    Figures figures;
    addCounters(figures, baseline);
    addLatencies(figures);
    addTimes(figures);
    figures[MetricId::BytesStored] = totals.bytes;
    figures[MetricId::EntriesStored] = totals.count;
    figures[MetricId::PeakBytesStored] = totals.peakBytes;
    figures[MetricId::PeakEntriesStored] = totals.peakCount;
    if (baseline == Baseline::Subtracted)
        figures.peakHitRate = raisedPeakHitRate(figures.hitRate);
    return figures;
}

blob_statistics::ScrubDebt MetricsImpl::scrubDebt()
{
    const auto now = m_context.clock.steadyNow();
    {
        const std::lock_guard lock(m_mutex);
        if (m_debt && now - m_debtAt < debtAge)
            return *m_debt;
    }
    const auto debt = m_context.index.readAtLength(
        [&](Connection& index) { return blob_statistics::scrubDebt(index, m_context.clock.now() - scrubAge); });
    const std::lock_guard lock(m_mutex);
    m_debt = debt;
    m_debtAt = now;
    return debt;
}

MetricsSnapshot MetricsImpl::snapshot()
{
    const auto totals = m_context.index.read([](Connection& index) { return blob_totals::get(index); });
    const auto debt = scrubDebt();
    Figures now = figures(Baseline::Subtracted, totals);
    MetricsSnapshot snapshot;
    snapshot.at = m_context.clock.now();
    now[MetricId::ScrubDueBytes] = debt.dueBytes;
    if (debt.oldestVerified)
        now[MetricId::ScrubOldestVerified] =
            static_cast<std::uint64_t>(std::max<std::int64_t>((snapshot.at - *debt.oldestVerified).count(), 0));
    {
        const std::lock_guard lock(m_mutex);
        snapshot.since = m_since;
    }
    for (const MetricRow& row : metric_table::rows) {
        Metric metric{describe(row), now[row.id], 0};
        if (row.id == MetricId::HitRate)
            metric.ratio = now.hitRate;
        else if (row.id == MetricId::PeakHitRate)
            metric.ratio = now.peakHitRate;
        snapshot.metrics.push_back(std::move(metric));
    }
    return snapshot;
}

void MetricsImpl::reset()
{
    Baselines baseline{};
    for (const CounterDescription& counter : counterTable)
        baseline[static_cast<std::size_t>(counter.id)] = m_context.counters.total(counter.id);
    const TimePoint now = m_context.clock.now();
    m_context.index.write(Durability::Durable, [&](Change& change) {
        Connection& index = change.index();
        blob_totals::recount(index);
        for (const CounterId id : Counters::timed)
            metric_state::erase(index, lastKey(id));
        for (const auto& [operation, key] : windows)
            metric_state::erase(index, std::string(key));
        metric_state::erase(index, peakHitRateKey);
        storeBaseline(index, now, baseline);
        change.event("metrics_reset", {}, {}, "The counters of the metrics start anew.");
    });
    for (const CounterId id : Counters::timed)
        m_context.counters.setLast(id, std::nullopt);
    for (const auto& [operation, key] : windows)
        m_context.meter.window(operation).clear();
    const std::lock_guard lock(m_mutex);
    m_baseline = baseline;
    m_since = now;
    m_isBaselineStored = true;
    m_startedAt = m_context.clock.steadyNow();
    m_peakHitRate = 0;
}

std::vector<MetricDescription> MetricsImpl::series()
{
    std::vector<MetricDescription> result;
    for (const MetricRow& row : metric_table::rows)
        if (row.history)
            result.push_back(describe(row));
    return result;
}

std::vector<seconds> MetricsImpl::steps()
{
    std::vector<seconds> result;
    for (const metric_samples::Step& step : metric_samples::steps)
        result.push_back(step.step);
    return result;
}

std::vector<MetricPoint> MetricsImpl::history(const std::string& series, seconds step, TimePoint since)
{
    const std::size_t position = positionOf(series);
    requireStep(step);
    const auto from = std::chrono::ceil<seconds>(since);
    std::map<sys_seconds, MetricSample> samples;
    for (MetricSample& sample :
         m_context.index.read([&](Connection& index) { return metric_samples::since(index, step, from); }))
        samples.emplace(sample.at, std::move(sample));
    if (step == metric_samples::steps[0].step) {
        const std::lock_guard lock(m_mutex);
        for (const MetricSample& sample : m_pending)
            if (sample.at >= from)
                samples.insert_or_assign(sample.at, sample);
    }
    std::vector<MetricPoint> points;
    for (const auto& [at, sample] : samples) {
        MetricPoint point{at, std::nullopt};
        if (position < sample.values.size() && sample.values[position] >= 0)
            point.value = static_cast<std::uint64_t>(sample.values[position]);
        points.push_back(point);
    }
    return points;
}

void MetricsImpl::sample()
{
    const auto at = std::chrono::floor<seconds>(m_context.clock.now());
    if (at == m_lastSampled)
        return;
    blob_totals::Totals totals;
    try {
        totals = m_context.index.read([](Connection& index) { return blob_totals::get(index); });
    } catch (const Error&) {
        return; // the index is being made anew: a gap
    }
    Figures raw = figures(Baseline::Ignored, totals);
    MetricSample sample{at, {}};
    for (const MetricRow& row : metric_table::rows)
        if (row.history)
            sample.values.push_back(raw[row.id] ? static_cast<std::int64_t>(*raw[row.id]) : -1);
    Figures sinceReset = figures(Baseline::Subtracted, totals);
    bool isLogDue = false;
    {
        const std::lock_guard lock(m_mutex);
        m_lastSampled = at;
        m_pending.push_back(std::move(sample));
        if (m_pending.size() > mostPending)
            m_pending.erase(m_pending.begin());
        const auto now = m_context.clock.steadyNow();
        isLogDue = now - m_lastLogged >= logInterval;
        if (isLogDue)
            m_lastLogged = now;
    }
    if (isLogDue)
        logPerformance(sinceReset);
}

void MetricsImpl::logPerformance(Figures& figures)
{
    Logger::Performance performance;
    performance.hitRate = figures.hitRate;
    performance.hits = figures[MetricId::Hits].value_or(0);
    performance.misses = figures[MetricId::Misses].value_or(0);
    performance.evictions = figures[MetricId::Evictions].value_or(0);
    performance.errors = figures[MetricId::Errors].value_or(0);
    performance.bytesStored = figures[MetricId::BytesStored].value_or(0);
    performance.entriesStored = figures[MetricId::EntriesStored].value_or(0);
    performance.bandwidthSaved = figures[MetricId::BandwidthSaved].value_or(0);
    performance.uptime = nanoseconds(figures[MetricId::Uptime].value_or(0));
    m_context.meter.log().performance(performance);
}

void MetricsImpl::storeBaseline(Connection& index, TimePoint since, const Baselines& baseline)
{
    metric_state::set(index, sinceKey, std::to_string(toNanoseconds(since)));
    for (const CounterDescription& counter : counterTable)
        metric_state::set(index, baselineKey(counter), std::to_string(baseline[static_cast<std::size_t>(counter.id)]));
}

bool MetricsImpl::isWriteDue() const
{
    const std::lock_guard lock(m_mutex);
    return m_pending.size() >= (m_isClosing ? 1 : idleBatch);
}

sys_seconds MetricsImpl::write(Change& change, Activity activity)
{
    Connection& index = change.index();
    const TimePoint now = m_context.clock.now();
    std::vector<MetricSample> pending;
    std::optional<TimePoint> since;
    Baselines baseline{};
    double peakHitRate = 0;
    {
        const std::lock_guard lock(m_mutex);
        pending = m_pending;
        if (!m_isBaselineStored)
            since = m_since;
        baseline = m_baseline;
        peakHitRate = m_peakHitRate;
    }
    if (since)
        storeBaseline(index, *since, baseline);
    if (activity == Activity::Some) {
        for (const CounterId id : Counters::timed)
            if (const auto ago = m_context.counters.sinceLast(id))
                metric_state::set(index, lastKey(id), std::to_string(toNanoseconds(now - *ago)));
        for (const auto& [operation, key] : windows)
            metric_state::set(index, std::string(key), m_context.meter.window(operation).encode());
        metric_state::set(index, peakHitRateKey, std::to_string(static_cast<std::int64_t>(peakHitRate * 1e6)));
    }
    if (pending.empty())
        return {};
    metric_samples::add(index, pending, rollUps(), std::chrono::floor<seconds>(now));
    return pending.back().at;
}

void MetricsImpl::written(sys_seconds upTo)
{
    const std::lock_guard lock(m_mutex);
    m_isBaselineStored = true;
    if (upTo == sys_seconds{})
        return;
    // In the order of sampling, which a clock that was set back need not share with time.
    const auto last = std::find_if(m_pending.rbegin(), m_pending.rend(),
                                   [&](const MetricSample& sample) { return sample.at == upTo; });
    m_pending.erase(m_pending.begin(), last.base());
}

void MetricsImpl::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosing = true;
}

} // namespace layerhold
