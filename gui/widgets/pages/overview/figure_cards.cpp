// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/figure_cards.h"

#include "models/plain_text.h"
#include "models/series.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostLimits = 5;

/// What counters counted over the range of a history.
class Counted
{
public:
    Counted(const MetricHistory& history, const Format& format)
        : m_history(history)
        , m_format(format)
    {}

    /// nullopt: it is not known.
    std::optional<double> amount(std::string_view counter) const
    {
        // Of all time the counter itself knows more than what is kept of its history.
        if (m_history.range == MetricRange::All)
            return metricValue(m_history.metrics, counter);
        const auto gain = gainOf(m_history, counter);
        return gain ? std::optional(gain->amount) : std::nullopt;
    }

    Figure figure(const QString& name, std::string_view counter) const
    {
        const auto& metrics = m_history.metrics.metrics;
        const auto metric = std::ranges::find(metrics, counter, &MetricRecord::name);
        if (metric == metrics.end())
            return {.name = name, .values = {notReported()}};
        const auto known = amount(counter);
        QString tip = plainText(metric->sentence);
        if (known && metric->unit == "bytes")
            tip += QLatin1Char('\n') + m_format.exactBytes(static_cast<std::uint64_t>(*known));
        return {.name = name,
                .values = {known ? m_format.metric(*known, metric->unit) : Card::tr("not known for this time")},
                .tip = tip};
    }

    /// `good` among `good` and `bad`, unless too few were asked for.
    Figure rate(const QString& name, std::string_view good, std::string_view bad) const
    {
        const auto requests = hitRate(amount("hits").value_or(0), amount("misses").value_or(0));
        const auto some = amount(good);
        const auto others = amount(bad);
        const bool isKnown = requests && some && others && *some + *others > 0;
        return {.name = name,
                .values = {isKnown ? m_format.percent(*some / (*some + *others)) : unknownText()},
                .tip = isKnown ? QString()
                               : Card::tr("Not told of fewer than %1 lookups and reads.").arg(fewestRequestsForRate)};
    }

    QString note() const
    {
        QString note =
            Card::tr("%1. Counting since %2.").arg(sentenceOf(m_history.range), m_format.date(m_history.metrics.since));
        const auto gain = gainOf(m_history, "bytes_served");
        if (m_history.range == MetricRange::All)
            note = Card::tr("Counting since %1.").arg(m_format.date(m_history.metrics.since));
        else if (gain)
            note += QLatin1Char(' ') +
                    Card::tr("Recorded from %1 to %2.").arg(m_format.date(gain->from), m_format.date(gain->to));
        return note;
    }

private:
    const MetricHistory& m_history;
    const Format& m_format;
};

QString whyNothing(const QString& problem)
{
    return problem.isEmpty() ? Card::tr("Being asked…") : problem;
}

QString latencyText(const MetricHistory& history, const Format& format, const std::string& name)
{
    const auto value = metricValue(history.metrics, name);
    return value ? format.metric(*value, "nanoseconds") : unknownText();
}

Figure limitFigure(const RateLimitRecord& limit, const Format& format)
{
    const QString name = plainText(limit.registry, 40);
    QString tip = Card::tr("The registry counts %1 and said so %2.")
                      .arg(plainText(limit.identity, 40), format.relative(limit.saidAt));
    if (limit.window.count() > 0)
        tip += QLatin1Char(' ') + Card::tr("Its limit holds for %1.").arg(format.duration(limit.window));
    return {.name = Card::tr("Left at %1").arg(name),
            .values = {Card::tr("%1 of %2 manifests").arg(format.count(limit.remaining), format.count(limit.limit))},
            .tip = tip};
}

} // namespace

std::vector<std::string> seriesOfOverview()
{
    return {"bytes_served", "bytes_downloaded", "bytes_not_downloaded", "hits", "misses", "network_requests"};
}

WorthCard::WorthCard(QWidget* parent)
    : Card({QStringLiteral("worth"), tr("Worth"), QStringLiteral("metrics"), QStringLiteral("metrics")}, parent)
{}

void WorthCard::tell(const OverviewFacts& facts, const Format& format)
{
    if (!facts.metrics.answer) {
        figures()->set({});
        setNote(whyNothing(facts.metrics.problem));
        return;
    }
    const Counted counted(*facts.metrics.answer, format);
    figures()->set({counted.figure(tr("Served from the cache"), "bytes_served"),
                    counted.figure(tr("Fetched from elsewhere"), "bytes_downloaded"),
                    counted.figure(tr("Saved: not fetched again"), "bytes_not_downloaded"),
                    counted.rate(tr("Hit rate by bytes"), "bytes_not_downloaded", "bytes_downloaded"),
                    counted.rate(tr("Hit rate by requests"), "hits", "misses")});
    setNote(counted.note());
}

SpeedCard::SpeedCard(QWidget* parent)
    : Card({QStringLiteral("speed"), tr("Speed"), QStringLiteral("activity"), QStringLiteral("metrics")}, parent)
{}

void SpeedCard::tell(const OverviewFacts& facts, const Format& format)
{
    if (!facts.metrics.answer) {
        figures()->set({});
        setNote(whyNothing(facts.metrics.problem));
        return;
    }

    struct Operation
    {
        QString name;
        std::string prefix;
    };

    const MetricHistory& history = *facts.metrics.answer;
    std::vector<Figure> told{{.values = {QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99")},
                              .tip = tr("50, 95 and 99 of 100 of the last ones were faster.")}};
    for (const Operation& operation :
         {Operation{tr("Lookup or open"), "get_latency_"}, Operation{tr("Commit"), "put_latency_"},
          Operation{tr("Release"), "delete_latency_"}}) {
        const bool isReported = std::ranges::find(history.metrics.metrics, operation.prefix + "p50_ns",
                                                  &MetricRecord::name) != history.metrics.metrics.end();
        if (!isReported)
            continue;
        Figure figure{.name = operation.name};
        for (const char* rank : {"p50_ns", "p95_ns", "p99_ns"})
            figure.values += latencyText(history, format, operation.prefix + rank);
        if (const auto samples = metricValue(history.metrics, operation.prefix + "samples"))
            figure.tip = tr("Of the last %1.").arg(format.count(static_cast<std::uint64_t>(*samples)));
        told.push_back(std::move(figure));
    }
    const bool isAny = told.size() > 1;
    figures()->set(isAny ? told : std::vector<Figure>());
    setNote(isAny ? tr("Of the last operations of engines. The time to the first byte of a pull is not reported by "
                       "this service.")
                  : tr("Not reported by this service."));
}

UpstreamsCard::UpstreamsCard(QWidget* parent)
    : Card({QStringLiteral("upstreams"), tr("Upstreams"), QStringLiteral("engines"), QStringLiteral("events")}, parent)
{}

void UpstreamsCard::tell(const OverviewFacts& facts, const Format& format)
{
    std::vector<Figure> told;
    QStringList notes;
    if (facts.metrics.answer) {
        const Counted counted(*facts.metrics.answer, format);
        told.push_back(counted.figure(tr("Blobs fetched"), "network_requests"));
        told.push_back(counted.figure(tr("Bytes fetched"), "bytes_downloaded"));
        notes += facts.metrics.answer->range == MetricRange::All
                     ? tr("Counting since %1.").arg(format.date(facts.metrics.answer->metrics.since))
                     : sentenceOf(facts.metrics.answer->range) + QLatin1Char('.');
    } else {
        notes += whyNothing(facts.metrics.problem);
    }
    if (facts.rateLimits.answer) {
        const auto& limits = *facts.rateLimits.answer;
        for (std::size_t place = 0; place < std::min(limits.size(), mostLimits); ++place)
            told.push_back(limitFigure(limits[place], format));
        if (limits.size() > mostLimits)
            notes += tr("%1 further pull limits are not shown.", nullptr, numberForPlural(limits.size() - mostLimits))
                         .arg(format.count(limits.size() - mostLimits));
        if (limits.empty())
            notes += tr("No registry has told a pull limit so far.");
    } else if (!facts.rateLimits.problem.isEmpty()) {
        notes += tr("Pull limits: %1").arg(facts.rateLimits.problem);
    }
    notes += tr("Errors of registries are not reported by this service.");
    figures()->set(told);
    setNote(notes.join(QLatin1Char(' ')));
}

} // namespace layerhold::gui
