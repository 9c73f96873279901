// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/cleanup/plan_query.h"

#include "widgets/pages/call_states.h"

#include <QPointer>

namespace layerhold::gui {

PlanQuery::~PlanQuery()
{
    cancel();
}

void PlanQuery::start(CacheClient& client, const std::optional<PolicyRecord>& policy, CacheClient::PlanUse use)
{
    cancel();
    m_isRunning = true;
    m_plan = {};
    m_items = std::make_shared<Items>();
    m_making = client.makePlan(policy, use);
    await(
        this, m_making,
        [this, question = m_question, asked = QPointer<CacheClient>(&client)](const PlanRecord& plan) {
            if (question != m_question)
                return;
            m_plan = plan;
            emit planned();
            if (question == m_question && asked)
                readItems(*asked);
        },
        [this, question = m_question](const CallError& error) {
            if (question == m_question)
                fail(error);
        });
}

void PlanQuery::readItems(CacheClient& client)
{
    m_reading = client.planItems(QString::fromStdString(m_plan.id), this,
                                 [this, question = m_question](std::vector<PlanItem> batch) {
                                     if (question != m_question)
                                         return;
                                     m_items->insert(m_items->end(), batch.begin(), batch.end());
                                     emit itemsCame(batch);
                                 });
    await(
        this, m_reading,
        [this, question = m_question] {
            if (question != m_question)
                return;
            m_isRunning = false;
            emit ended();
        },
        [this, question = m_question](const CallError& error) {
            if (question == m_question)
                fail(error);
        });
}

void PlanQuery::fail(const CallError& error)
{
    m_isRunning = false;
    emit failed(error);
}

void PlanQuery::cancel()
{
    ++m_question;
    m_isRunning = false;
    m_making.cancel();
    m_reading.cancel();
    m_items.reset();
}

} // namespace layerhold::gui
