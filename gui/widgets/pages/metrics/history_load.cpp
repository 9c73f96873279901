// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics/history_load.h"

#include "models/format.h"
#include "models/plain_text.h"

#include <algorithm>

namespace layerhold::gui {

HistoryLoad::HistoryLoad(OnLoaded onLoaded, OnFailed onFailed)
    : m_onLoaded(std::move(onLoaded))
    , m_onFailed(std::move(onFailed))
{}

void HistoryLoad::start(CacheClient* client, MetricRange range, std::vector<std::string> wanted)
{
    m_client = client;
    m_wanted = std::move(wanted);
    m_next = 0;
    m_history = MetricHistory{.range = range, .step = stepOf(range)};
    m_call.follow(
        client->metrics(), [this](const MetricsRecord& metrics) { takeMetrics(metrics); },
        [this](const CallError& error) { m_onFailed(error); });
}

void HistoryLoad::drop()
{
    m_call.drop();
}

void HistoryLoad::takeMetrics(const MetricsRecord& metrics)
{
    m_history.metrics = metrics;
    m_history.to = metrics.at;
    if (m_history.range != MetricRange::All)
        m_history.from = metrics.at - lengthOf(m_history.range);
    std::vector<std::string> series;
    for (const MetricRecord& metric : metrics.metrics)
        if (metric.hasHistory && (m_wanted.empty() || std::ranges::find(m_wanted, metric.name) != m_wanted.end()))
            series.push_back(metric.name);
    m_wanted = std::move(series);
    askNext();
}

void HistoryLoad::askNext()
{
    if (m_next == m_wanted.size() || !m_client) {
        if (m_history.range == MetricRange::All)
            for (const auto& [name, record] : m_history.series)
                if (!record.points.empty() && (!isKnown(m_history.from) || record.points.front().at < m_history.from))
                    m_history.from = record.points.front().at;
        m_onLoaded(std::move(m_history));
        return;
    }
    const QString name = QString::fromStdString(m_wanted[m_next]);
    const Moment since = m_history.range == MetricRange::All ? Moment() : m_history.from;
    m_call.follow(
        m_client->history(name, m_history.step, since), [this](const HistoryRecord& record) { take(record); },
        [this, name](const CallError& error) {
            m_history.missing.append(plainText(name));
            if (m_history.why.isEmpty())
                m_history.why = plainText(error.message());
            ++m_next;
            askNext();
        });
}

void HistoryLoad::take(HistoryRecord record)
{
    const auto finer = finerStep(m_history.step);
    // A cache of this morning has no two hours of which anything is known.
    if (m_next == 0 && record.points.size() < 2 && finer.count() > 0) {
        m_history.step = finer;
        askNext();
        return;
    }
    m_history.series[m_wanted[m_next]] = std::move(record);
    ++m_next;
    askNext();
}

} // namespace layerhold::gui
