// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/access_recorder.h"

#include <algorithm>
#include <utility>

namespace layerhold {

namespace {
/// Bounds the memory; beyond it the access of a blob not yet listed is not recorded until the next flush.
constexpr std::size_t mostDigests = 100'000;
} // namespace

void AccessRecorder::record(const Digest& digest, TimePoint at)
{
    const std::lock_guard lock(m_mutex);
    add(digest, at, 1);
}

AccessRecorder::Accesses AccessRecorder::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_accesses, {});
}

void AccessRecorder::giveBack(const Accesses& accesses)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& [digest, access] : accesses)
        add(digest, access.last, access.times);
}

void AccessRecorder::add(const Digest& digest, TimePoint at, std::uint64_t times)
{
    if (m_accesses.size() >= mostDigests && !m_accesses.contains(digest))
        return;
    Access& access = m_accesses[digest];
    access.last = std::max(access.last, at);
    access.times += times;
}

} // namespace layerhold
