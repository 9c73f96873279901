// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/last_run.h"

#include "models/plain_text.h"
#include "widgets/pages/call_states.h"

#include <algorithm>
#include <memory>

namespace layerhold::gui {

LastRun::LastRun(AppContext& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{}

void LastRun::setClient(CacheClient* client)
{
    if (m_client == client)
        return;
    m_client = client;
    ++m_question;
    m_isUndoing = false;
    m_isKnown = false;
    m_problem.clear();
    forget();
    ask();
    emit changed();
}

void LastRun::ask()
{
    if (!m_client)
        return;
    const std::uint64_t question = ++m_question;
    auto trash = std::make_shared<std::vector<TrashRecord>>();
    await(
        this,
        m_client->trash(this,
                        [trash](std::vector<TrashRecord> batch) {
                            trash->insert(trash->end(), std::make_move_iterator(batch.begin()),
                                          std::make_move_iterator(batch.end()));
                        }),
        [this, trash, question] {
            if (question == m_question)
                take(*trash);
        },
        [this, question](const CallError& error) {
            if (question != m_question || m_isKnown)
                return;
            m_problem = plainText(error.message());
            emit changed();
        });
}

void LastRun::forget()
{
    m_run.clear();
    m_items = 0;
    m_bytes = 0;
    m_expiresAt = {};
}

void LastRun::take(const std::vector<TrashRecord>& trash)
{
    m_isKnown = true;
    forget();
    const auto newest = std::ranges::max_element(trash, {}, &TrashRecord::trashedAt);
    if (newest != trash.end()) {
        m_run = QString::fromStdString(newest->run);
        for (const TrashRecord& record : trash) {
            if (record.run != newest->run)
                continue;
            ++m_items;
            m_bytes += record.bytes;
            if (isKnown(record.expiresAt) && (!isKnown(m_expiresAt) || record.expiresAt < m_expiresAt))
                m_expiresAt = record.expiresAt;
        }
    }
    emit changed();
}

QString LastRun::whyNot() const
{
    const Format& format = m_context.format();
    if (!m_client)
        return tr("There is no connection to a service.");
    if (m_client->snapshot())
        return readOnlyReason();
    if (m_isUndoing)
        return tr("It is being undone.");
    if (!m_isKnown)
        return m_problem.isEmpty() ? tr("What is in the trash is not known yet.")
                                   : tr("What is in the trash is not known: %1").arg(m_problem);
    if (m_run.isEmpty())
        return tr("Nothing that a run removed is in the trash.");
    if (isKnown(m_expiresAt) && m_expiresAt <= format.now())
        return tr("The time to undo run %1 was over at %2.").arg(plainText(m_run), format.date(m_expiresAt));
    return {};
}

QString LastRun::buttonText() const
{
    if (!whyNot().isEmpty() || !isKnown(m_expiresAt))
        return tr("Undo");
    return tr("Undo (%1 left)").arg(m_context.format().duration(m_expiresAt - m_context.format().now()));
}

void LastRun::undo()
{
    if (!whyNot().isEmpty())
        return;
    const Format& format = m_context.format();
    m_isUndoing = true;
    m_context.jobs().follow(
        this,
        tr("Bring back %1 entries of run %2", nullptr, numberForPlural(m_items))
            .arg(format.count(m_items), plainText(m_run)),
        [this](OnProgress onProgress) { return m_client->undoRun(m_run, this, std::move(onProgress)); },
        [this](const TrashReport& report) {
            end();
            return outcomeOf(report);
        },
        [this](const CallError&) { end(); });
    emit changed();
}

QString LastRun::outcomeOf(const TrashReport& report) const
{
    const Format& format = m_context.format();
    const auto restored = static_cast<std::uint64_t>(std::ranges::count(report.items, "restored", &TrashItem::outcome));
    QString outcome = tr("Brought back %1 entries (%2).", nullptr, numberForPlural(restored))
                          .arg(format.count(restored), format.bytes(report.bytes));
    if (restored < report.items.size())
        outcome += QLatin1Char(' ') + tr("%1 could not be.").arg(format.count(report.items.size() - restored));
    return outcome;
}

void LastRun::end()
{
    m_isUndoing = false;
    ask();
    emit changed();
    emit undone();
}

} // namespace layerhold::gui
