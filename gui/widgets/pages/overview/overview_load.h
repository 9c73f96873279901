// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/overview_facts.h"
#include "widgets/pages/latest_call.h"
#include "widgets/pages/metrics/history_load.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace layerhold::gui {

/// Asks for all that the overview shows, each part by itself: one that fails or takes long leaves the others as they
/// are. What came before stays until its new answer is there.
class OverviewLoad final : public QObject
{
    Q_OBJECT

public:
    enum class Extent
    {
        Figures, ///< what changes all the time and costs little
        WithTrash,
        All ///< the health checks too
    };

    explicit OverviewLoad(QObject* parent = nullptr);

    void start(CacheClient* client, MetricRange range, Extent extent);
    /// Ends what was asked; what came stays.
    void stop();
    /// Another service: nothing is known of it.
    void forget();

    bool isOpen() const;

    const OverviewFacts& facts() const { return m_facts; }

    /// Of the status, without which there is nothing to show.
    const std::optional<CallError>& error() const { return m_error; }

signals:
    void changed();

private:
    template <class Answer>
    void follow(LatestCall& call, QFuture<Answer> future, Told<Answer>& told);
    void askStatus(CacheClient& client);
    void askTrash(CacheClient& client);

    OverviewFacts m_facts;
    std::optional<CallError> m_error;
    LatestCall m_status;
    LatestCall m_policy;
    LatestCall m_plans;
    LatestCall m_trash;
    LatestCall m_checks;
    LatestCall m_rateLimits;
    HistoryLoad m_metrics;
    TrashTotals m_counted; ///< of the trash that is being listed
    std::uint64_t m_listing = 0;
};

} // namespace layerhold::gui
