// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/latest_call.h"

#include <QHash>
#include <QObject>

#include <map>
#include <memory>

namespace layerhold::gui {

/// What is pinned, and by what note.
class Pins final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Asks anew; without a client nothing is known.
    void load(CacheClient* client);

    /// False until the first answer.
    bool isKnown() const { return m_isKnown; }

    const PinRecord* find(const QString& digest) const; ///< nullptr: it is not pinned

    QStringList digests() const { return m_pins.keys(); }

    /// What comes of these is told by changed() or failed().
    void pin(CacheClient& client, const QString& digest, const QString& note);
    void unpin(CacheClient& client, const QString& digest);

signals:
    void changed();
    void failed(const QString& sentence);

private:
    template <class Result, class Take>
    void change(const QString& digest, QFuture<Result> future, Take take);

    QHash<QString, PinRecord> m_pins;
    bool m_isKnown = false;
    LatestCall m_list;
    std::map<QString, std::unique_ptr<LatestCall>> m_changes;
};

} // namespace layerhold::gui
