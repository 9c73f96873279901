// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/pull_progress.h"

#include <utility>

namespace layerhold::registry {

namespace {
constexpr std::chrono::milliseconds interval(250);
} // namespace

PullProgress::PullProgress(const Clock& clock, const OnProgress& onProgress)
    : m_clock(clock)
    , m_onProgress(onProgress)
    , m_report{Hasher::of({})}
{}

void PullProgress::plan(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_progress.totalItems;
    m_progress.totalBytes += bytes;
}

void PullProgress::kept(const Digest& digest, std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_report.blobs;
    m_report.bytes += bytes;
    m_report.digests.push_back(digest);
    ++m_progress.doneItems;
    m_progress.doneBytes += bytes;
}

void PullProgress::received(Item& item, std::size_t bytes, std::uint64_t offset)
{
    {
        const std::lock_guard lock(m_mutex);
        m_report.downloadedBytes += bytes;
        m_progress.doneBytes += offset - item.shown; // less when it began anew
        m_progress.current = item.digest.toString();
        item.shown = offset;
    }
    const std::unique_lock telling(m_telling, std::try_to_lock);
    if (telling && m_onProgress && m_clock.steadyNow() - m_toldAt >= interval)
        tell();
}

void PullProgress::downloaded(Item& item)
{
    const std::lock_guard lock(m_mutex);
    ++m_report.blobs;
    ++m_report.downloadedBlobs;
    m_report.bytes += item.size;
    m_report.digests.push_back(item.digest);
    ++m_progress.doneItems;
    m_progress.doneBytes += item.size - item.shown;
    item.shown = item.size;
}

void PullProgress::leftOut(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    ++m_report.foreignLayers;
    --m_progress.totalItems;
    m_progress.totalBytes -= bytes;
}

PullReport PullProgress::finish(PullReport rest)
{
    {
        const std::lock_guard lock(m_mutex);
        m_progress.current.clear();
        rest.blobs = m_report.blobs;
        rest.bytes = m_report.bytes;
        rest.downloadedBlobs = m_report.downloadedBlobs;
        rest.downloadedBytes = m_report.downloadedBytes;
        rest.foreignLayers = m_report.foreignLayers;
        rest.digests = std::move(m_report.digests);
    }
    const std::lock_guard telling(m_telling);
    if (m_onProgress)
        tell();
    return rest;
}

void PullProgress::tell()
{
    m_toldAt = m_clock.steadyNow();
    Progress now;
    {
        const std::lock_guard lock(m_mutex);
        now = m_progress;
    }
    m_onProgress(now);
}

} // namespace layerhold::registry
