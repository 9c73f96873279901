// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/latest_call.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <map>

namespace layerhold::gui {

/// The histories of those tags that are wanted now, asked for a few at a time.
class TagHistories final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Forgets what another client told; nullptr: keeps it, and asks nothing.
    void setClient(CacheClient* client);
    /// Asks for those of these that are not known, or outdated; of others nothing more is asked.
    void want(const QStringList& references);
    /// What is known is asked for anew when it is wanted the next time; until then it stays.
    void outdate();

    const TagHistory* find(const QString& reference) const; ///< nullptr: not known yet

    bool isAsking() const { return !m_open.empty() || !m_waiting.isEmpty(); }

    /// Why the last one that failed is not there; empty: none failed.
    const QString& problem() const { return m_problem; }

signals:
    void changed();

private:
    struct Known
    {
        TagHistory history = {};
        bool isOutdated = false;
    };

    void askNext();
    void drop(const QStringList& wanted);

    QPointer<CacheClient> m_client;
    QHash<QString, Known> m_known;
    QStringList m_waiting;
    std::map<QString, LatestCall> m_open;
    QString m_problem;
};

} // namespace layerhold::gui
