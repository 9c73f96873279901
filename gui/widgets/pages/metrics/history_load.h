// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_history.h"
#include "widgets/pages/latest_call.h"

#include <QPointer>

#include <functional>
#include <string>
#include <vector>

namespace layerhold::gui {

/// Asks for the metrics and their histories over a range: one question after the other, and only the newest wish
/// counts.
class HistoryLoad final
{
public:
    using OnLoaded = std::function<void(MetricHistory)>;
    using OnFailed = std::function<void(const CallError&)>;

    /// A series that does not come is told in the history; `onFailed` is for when nothing does.
    HistoryLoad(OnLoaded onLoaded, OnFailed onFailed);

    /// `wanted`: of these series; empty: of all that have a history.
    void start(CacheClient* client, MetricRange range, std::vector<std::string> wanted = {});
    void drop();

    bool isOpen() const { return m_call.isOpen(); }

private:
    void takeMetrics(const MetricsRecord& metrics);
    void askNext();
    void take(HistoryRecord record);

    OnLoaded m_onLoaded;
    OnFailed m_onFailed;
    LatestCall m_call;
    QPointer<CacheClient> m_client;
    std::vector<std::string> m_wanted;
    std::size_t m_next = 0;
    MetricHistory m_history;
};

} // namespace layerhold::gui
