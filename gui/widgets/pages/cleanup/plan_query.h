// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace layerhold::gui {

/// Makes a plan and reads its list, one at a time: a new one ends the former, of which nothing more is heard. Changes
/// nothing in the cache.
class PlanQuery final : public QObject
{
    Q_OBJECT

public:
    using Items = std::vector<PlanItem>;

    using QObject::QObject;
    ~PlanQuery() override;

    /// `policy` unset: the one that holds. `client` lives until the answer or cancel().
    void start(CacheClient& client, const std::optional<PolicyRecord>& policy, CacheClient::PlanUse use);
    void cancel();

    bool isRunning() const { return m_isRunning; }

    const PlanRecord& plan() const { return m_plan; }

    /// All, once ended() came. It is for one taker, and not kept here.
    std::shared_ptr<const Items> takeItems() { return std::exchange(m_items, nullptr); }

signals:
    void planned();
    void itemsCame(const std::vector<layerhold::gui::PlanItem>& batch);
    void ended();
    void failed(const layerhold::gui::CallError& error);

private:
    void readItems(CacheClient& client);
    void fail(const CallError& error);

    PlanRecord m_plan;
    std::shared_ptr<Items> m_items;
    QFuture<PlanRecord> m_making;
    QFuture<void> m_reading;
    std::uint64_t m_question = 0; ///< only the answers to the last one count
    bool m_isRunning = false;
};

} // namespace layerhold::gui
