// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/index_gate.h"

#include "layerhold/error.h"

namespace layerhold {

IndexGate::Pass::~Pass()
{
    if (m_gate)
        m_gate->leave();
}

IndexGate::Pass IndexGate::enter()
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        throw Error(ErrorCode::Unavailable, *m_closed);
    ++m_passes;
    return Pass(*this);
}

std::optional<IndexGate::Pass> IndexGate::tryEnter()
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || m_closed)
        return std::nullopt;
    ++m_passes;
    return std::optional<Pass>(std::in_place, *this);
}

bool IndexGate::bar(const std::string& reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        return false;
    m_closed = reason;
    return true;
}

void IndexGate::close(const std::string& reason)
{
    std::unique_lock lock(m_mutex);
    ++m_closing;
    m_changed.wait(lock, [this] { return m_stays == 0; });
    --m_closing;
    if (!m_closed)
        m_closed = reason;
    m_changed.wait(lock, [this] { return m_passes == 0; });
}

void IndexGate::changeReason(const std::string& reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        m_closed = reason;
}

void IndexGate::open()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed.reset();
    }
    m_changed.notify_all();
}

bool IndexGate::isOpen() const
{
    const std::lock_guard lock(m_mutex);
    return !m_closed;
}

bool IndexGate::waitUntilOpen(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_until(lock, deadline, [this] { return !m_closed; });
}

std::optional<IndexGate::Stay> IndexGate::stay(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, std::move(stop), [this] { return !m_closed && m_closing == 0; }))
        return std::nullopt;
    ++m_stays;
    return std::optional<Stay>(std::in_place, *this);
}

IndexGate::Stay::~Stay()
{
    if (m_gate)
        m_gate->endStay();
}

void IndexGate::endStay()
{
    const std::lock_guard lock(m_mutex);
    if (--m_stays == 0 && m_closing > 0)
        m_changed.notify_all();
}

void IndexGate::leave()
{
    const std::lock_guard lock(m_mutex);
    if (--m_passes == 0 && m_closed)
        m_changed.notify_all();
}

} // namespace layerhold
