// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/overview_load.h"

#include "models/plain_text.h"
#include "widgets/pages/overview/card.h"
#include "widgets/pages/overview/figure_cards.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

QString problemText(const CallError& error)
{
    if (error.code() == QLatin1String("unsupported"))
        return notReported() + QLatin1Char('.');
    const QString said = plainText(error.message());
    return said.isEmpty() ? plainText(error.code()) : said;
}

} // namespace

OverviewLoad::OverviewLoad(QObject* parent)
    : QObject(parent)
    , m_metrics(
          [this](MetricHistory history) {
              m_facts.metrics = {.answer = std::move(history)};
              emit changed();
          },
          [this](const CallError& error) {
              m_facts.metrics = {.problem = problemText(error)};
              emit changed();
          })
{}

template <class Answer>
void OverviewLoad::follow(LatestCall& call, QFuture<Answer> future, Told<Answer>& told)
{
    call.follow(
        std::move(future),
        [this, &told](const Answer& answer) {
            told = {.answer = answer};
            emit changed();
        },
        [this, &told](const CallError& error) {
            told = {.problem = problemText(error)};
            emit changed();
        });
}

void OverviewLoad::start(CacheClient* client, MetricRange range, Extent extent)
{
    askStatus(*client);
    follow(m_policy, client->policy(), m_facts.policy);
    follow(m_plans, client->plans(), m_facts.plans);
    follow(m_rateLimits, client->rateLimits(), m_facts.rateLimits);
    m_metrics.start(client, range, seriesOfOverview());
    if (extent == Extent::Figures)
        return;
    askTrash(*client);
    if (extent == Extent::All)
        follow(m_checks, client->diagnose(), m_facts.checks);
}

void OverviewLoad::askStatus(CacheClient& client)
{
    m_status.follow(
        client.status(),
        [this](const StatusRecord& status) {
            m_error.reset();
            m_facts.status = {.answer = status};
            emit changed();
        },
        [this](const CallError& error) {
            m_error = error;
            // What was known before is better than nothing.
            m_facts.status.problem = problemText(error);
            emit changed();
        });
}

void OverviewLoad::askTrash(CacheClient& client)
{
    m_counted = {};
    const auto count = [this, listing = ++m_listing](const std::vector<TrashRecord>& batch) {
        if (listing != m_listing)
            return;
        for (const TrashRecord& record : batch) {
            ++m_counted.entries;
            m_counted.bytes += record.bytes;
            if (m_counted.nextExpiry == Moment() || record.expiresAt < m_counted.nextExpiry)
                m_counted.nextExpiry = record.expiresAt;
        }
    };
    m_trash.follow(
        client.trash(this, count),
        [this] {
            m_facts.trash = {.answer = m_counted};
            emit changed();
        },
        [this](const CallError& error) {
            m_facts.trash = {.problem = problemText(error)};
            emit changed();
        });
}

void OverviewLoad::stop()
{
    ++m_listing;
    m_metrics.drop();
    for (LatestCall* call : {&m_status, &m_policy, &m_plans, &m_trash, &m_checks, &m_rateLimits})
        call->drop();
}

void OverviewLoad::forget()
{
    stop();
    m_facts = {};
    m_error.reset();
    emit changed();
}

bool OverviewLoad::isOpen() const
{
    const auto calls = {&m_status, &m_policy, &m_plans, &m_trash, &m_checks, &m_rateLimits};
    return m_metrics.isOpen() || std::ranges::any_of(calls, [](const LatestCall* call) { return call->isOpen(); });
}

} // namespace layerhold::gui
