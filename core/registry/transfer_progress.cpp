// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/transfer_progress.h"

#include "layerhold/clock.h"

namespace layerhold::registry {

TransferProgress::TransferProgress(const OnProgress& onProgress)
    : m_onProgress(onProgress)
{}

void TransferProgress::plan(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_progress.totalItems;
    m_progress.totalBytes += bytes;
}

void TransferProgress::moved(std::uint64_t bytes, const Digest& blob)
{
    const std::lock_guard lock(m_mutex);
    m_progress.doneBytes += bytes;
    m_progress.current = blob.toString();
    tick();
}

void TransferProgress::done(std::uint64_t restBytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_progress.doneItems;
    m_progress.doneBytes += restBytes;
    tick();
}

void TransferProgress::finish()
{
    const std::lock_guard lock(m_mutex);
    m_progress.current.clear();
    if (m_onProgress)
        m_onProgress(m_progress);
}

void TransferProgress::tick()
{
    constexpr std::chrono::milliseconds interval(250);
    const auto now = Clock::system().steadyNow();
    if (!m_onProgress || now - m_toldAt < interval)
        return;
    m_toldAt = now;
    m_onProgress(m_progress);
}

} // namespace layerhold::registry
