// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/progress_watch.h"

namespace layerhold::registry {

namespace {

constexpr std::uint64_t leastProgress = 1024;

} // namespace

ProgressWatch::ProgressWatch(const Clock& clock, const Deadlines& deadlines)
    : m_clock(clock)
    , m_deadlines(deadlines)
    , m_start(clock.steadyNow())
    , m_windowStart(m_start)
{}

void ProgressWatch::connected()
{
    if (!m_isConnected)
        m_windowStart = m_clock.steadyNow();
    m_isConnected = true;
}

void ProgressWatch::sent(std::uint64_t bytes)
{
    m_bytes += bytes;
    m_isSending = m_isSending || bytes > 0;
}

void ProgressWatch::headersCame()
{
    if (!m_hasHeaders) {
        m_windowStart = m_clock.steadyNow();
        m_bytes = 0;
    }
    m_hasHeaders = true;
}

ProgressWatch::Verdict ProgressWatch::look()
{
    const Time now = m_clock.steadyNow();
    if (m_deadlines.total && now - m_start >= *m_deadlines.total)
        return Verdict::TooLong;
    if (!m_isConnected)
        return Verdict::Fine;
    const bool isWaiting = !m_hasHeaders && !m_isSending;
    if (now - m_windowStart < (isWaiting ? m_deadlines.headers : m_deadlines.stall))
        return Verdict::Fine;
    if (isWaiting)
        return Verdict::NoHeaders;
    if (m_bytes < leastProgress && m_hasHeaders)
        return Verdict::Stalled;
    m_windowStart = now;
    m_bytes = 0;
    m_isSending = false;
    return Verdict::Fine;
}

} // namespace layerhold::registry
