// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/call_relay.h"

#include "layerhold/error.h"

#include <utility>

namespace layerhold::gui {

namespace {

constexpr int mostUnderWay = 4;

} // namespace

CallRelay::CallRelay(std::function<bool()> isCancelled)
    : m_isCancelled(std::move(isCancelled))
{}

std::shared_ptr<CallRelay> CallRelay::make(QObject* receiver, std::function<bool()> isCancelled)
{
    // Parts that are posted already come before the deletion, whoever lets go of it last.
    std::shared_ptr<CallRelay> relay(new CallRelay(std::move(isCancelled)),
                                     [](CallRelay* last) { last->deleteLater(); });
    if (receiver)
        connect(receiver, &QObject::destroyed, relay.get(), &CallRelay::stop);
    return relay;
}

void CallRelay::deliver(std::function<void()> part)
{
    waitUntilFewerThan(mostUnderWay);
    {
        const std::lock_guard lock(m_mutex);
        ++m_underWay;
    }
    QMetaObject::invokeMethod(
        this, [this, part = std::move(part)] { take(part); }, Qt::QueuedConnection);
}

void CallRelay::drain()
{
    waitUntilFewerThan(1);
}

void CallRelay::waitForStop()
{
    std::unique_lock lock(m_mutex);
    m_taken.wait(lock, m_stop.get_token(), [] { return false; });
    throw Cancelled();
}

void CallRelay::waitUntilFewerThan(int parts)
{
    std::unique_lock lock(m_mutex);
    const bool isReady = m_taken.wait(lock, m_stop.get_token(), [&] { return m_underWay < parts; });
    if (!isReady || m_stop.stop_requested() || m_isCancelled())
        throw Cancelled();
}

void CallRelay::take(const std::function<void()>& part)
{
    if (!m_stop.stop_requested() && !m_isCancelled())
        part();
    {
        const std::lock_guard lock(m_mutex);
        --m_underWay;
    }
    m_taken.notify_all();
}

} // namespace layerhold::gui
