// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/miss_recorder.h"

#include <utility>

namespace layerhold {

namespace {
/// Bounds the memory; beyond it the misses of digests not yet listed are not recorded until the next flush.
constexpr std::size_t mostDigests = 10'000;
} // namespace

std::string_view toString(MissReason reason)
{
    switch (reason) {
    case MissReason::Absent:
        return "absent";
    case MissReason::Missing:
        return "missing";
    case MissReason::Quarantined:
        return "quarantined";
    case MissReason::Hidden:
        return "not_visible";
    case MissReason::Deleting:
        return "deleting";
    }
    return "absent";
}

void MissRecorder::record(const Digest& digest, TimePoint at, const std::string& engine, MissReason reason)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_misses.find(digest);
    if (found == m_misses.end()) {
        if (m_misses.size() < mostDigests)
            m_misses.emplace(digest, MissRow{digest, at, engine, reason, 1});
        return;
    }
    found->second = MissRow{digest, at, engine, reason, found->second.times + 1};
}

const MissRecorder::Misses& MissRecorder::beginWrite()
{
    const std::lock_guard lock(m_mutex);
    m_beingWritten = std::exchange(m_misses, {});
    return m_beingWritten;
}

void MissRecorder::endWrite()
{
    const std::lock_guard lock(m_mutex);
    m_beingWritten.clear();
}

void MissRecorder::cancelWrite()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& [digest, row] : std::exchange(m_beingWritten, {})) {
        const auto [present, isNew] = m_misses.emplace(digest, row);
        if (!isNew)
            present->second.times += row.times;
    }
}

std::vector<MissRow> MissRecorder::pending(const Digest& digest) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<MissRow> rows;
    for (const Misses* misses : {&m_beingWritten, &m_misses})
        if (const auto found = misses->find(digest); found != misses->end())
            rows.push_back(found->second);
    return rows;
}

} // namespace layerhold
