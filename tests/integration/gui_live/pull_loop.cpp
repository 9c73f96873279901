// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "integration/gui_live/pull_loop.h"

namespace layerhold::test {

PullLoop::PullLoop(const Containerd& containerd, QStringList references)
    : m_containerd(containerd)
    , m_references(std::move(references))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{}

PullLoop::~PullLoop()
{
    stop();
}

void PullLoop::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

std::optional<Outcome> PullLoop::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

void PullLoop::run(const std::stop_token& stop)
{
    for (qsizetype next = 0; !stop.stop_requested(); next = (next + 1) % m_references.size()) {
        if (!isFine(m_containerd.pull(m_references[next])))
            return;
        const bool isFirst = m_pulls++ == 0;
        const qsizetype last = (next + m_references.size() - 1) % m_references.size();
        if (!isFirst && !isFine(m_containerd.removeImage(m_references[last])))
            return;
    }
}

bool PullLoop::isFine(const Outcome& outcome)
{
    if (outcome.ok())
        return true;
    const std::lock_guard lock(m_mutex);
    m_failure = outcome;
    return false;
}

} // namespace layerhold::test
