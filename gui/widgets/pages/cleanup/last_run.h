// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"

#include <QPointer>
#include <QString>

#include <vector>

namespace layerhold::gui {

/// What Ctrl+Z brings back: the newest run that has something in the trash. Knows it from the trash itself.
class LastRun final : public QObject
{
    Q_OBJECT

public:
    explicit LastRun(AppContext& context, QObject* parent = nullptr);

    /// nullptr: there is none. Another one: nothing is known any more, and it is asked.
    void setClient(CacheClient* client);
    /// Asks what is in the trash.
    void ask();
    /// All that is in the trash, from whoever has just asked.
    void take(const std::vector<TrashRecord>& trash);

    /// Empty: nothing is known that could be brought back.
    const QString& run() const { return m_run; }

    std::uint64_t items() const { return m_items; }

    std::uint64_t bytes() const { return m_bytes; }

    Moment expiresAt() const { return m_expiresAt; } ///< the first of them

    /// Why it cannot be undone now; empty: it can.
    QString whyNot() const;
    /// "Undo (21 h left)"
    QString buttonText() const;
    /// Begins to bring them back, as a job. Does nothing when it cannot.
    void undo();

signals:
    /// The run, or whether it can be undone.
    void changed();
    /// Something was brought back, all or a part.
    void undone();

private:
    QString outcomeOf(const TrashReport& report) const;
    void forget();
    void end();

    AppContext& m_context;
    QPointer<CacheClient> m_client;
    std::uint64_t m_question = 0;
    bool m_isKnown = false; ///< what is in the trash
    QString m_problem;      ///< why not
    QString m_run;
    std::uint64_t m_items = 0;
    std::uint64_t m_bytes = 0;
    Moment m_expiresAt;
    bool m_isUndoing = false;
};

} // namespace layerhold::gui
