// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/tag_histories.h"

#include <QSet>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostAtOnce = 4;
/// Those that are not wanted go first.
constexpr qsizetype mostKept = 500;

} // namespace

void TagHistories::setClient(CacheClient* client)
{
    m_open.clear();
    m_waiting.clear();
    if (client && client != m_client)
        m_known.clear();
    m_client = client;
}

void TagHistories::want(const QStringList& references)
{
    m_waiting.clear();
    m_problem.clear();
    if (!m_client)
        return;
    const QSet<QString> wanted(references.begin(), references.end());
    std::erase_if(m_open, [&](const auto& call) { return !wanted.contains(call.first); });
    for (const QString& reference : references) {
        const auto known = m_known.constFind(reference);
        if (!m_open.contains(reference) && (known == m_known.constEnd() || known->isOutdated))
            m_waiting.append(reference);
    }
    drop(references);
    askNext();
}

void TagHistories::outdate()
{
    // An answer that is on its way may be from before.
    m_open.clear();
    for (Known& known : m_known)
        known.isOutdated = true;
}

const TagHistory* TagHistories::find(const QString& reference) const
{
    const auto known = m_known.constFind(reference);
    return known == m_known.constEnd() ? nullptr : &known->history;
}

void TagHistories::askNext()
{
    while (m_client && m_open.size() < mostAtOnce && !m_waiting.isEmpty()) {
        const QString reference = m_waiting.takeFirst();
        const auto end = [this, reference] {
            m_open.erase(reference);
            askNext();
            emit changed();
        };
        m_open[reference].follow(
            m_client->tagHistory(reference),
            [this, reference, end](const TagHistory& history) {
                m_known.insert(reference, {.history = history, .isOutdated = false});
                end();
            },
            [this, reference, end](const CallError& error) {
                m_problem = error.message();
                end();
            });
    }
}

void TagHistories::drop(const QStringList& wanted)
{
    if (m_known.size() <= mostKept)
        return;
    QHash<QString, Known> kept;
    for (const QString& reference : wanted)
        if (const auto known = m_known.constFind(reference); known != m_known.constEnd())
            kept.insert(reference, *known);
    m_known.swap(kept);
}

} // namespace layerhold::gui
