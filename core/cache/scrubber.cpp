// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/scrubber.h"

#include "cache/metrics.h"
#include "cache/progress_meter.h"
#include "index/metric_state.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace layerhold {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t pageSize = 256;
/// What is found good is written down after so many blobs or bytes.
constexpr std::size_t blobsPerSave = 64;
constexpr std::uint64_t bytesPerSave = std::uint64_t{256} << 20U;
constexpr std::chrono::minutes pauseBetweenPasses(10);
constexpr std::chrono::seconds pauseAfterFailure(30);

const std::string positionKey = "scrub_position";

/// Whatever the system does not allow just leaves the thread less modest.
void becomeModest()
{
    constexpr int thisThread = 0;
    constexpr int whoProcess = 1;      // IOPRIO_WHO_PROCESS of linux/ioprio.h, which glibc does not wrap
    constexpr int idleClass = 3 << 13; // IOPRIO_CLASS_IDLE
    constexpr int lowestNice = 19;
    ::syscall(SYS_ioprio_set, whoProcess, thisThread, idleClass);
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), lowestNice);
}

} // namespace

Scrubber::Scrubber(CacheContext& context, BlobGuard& guard, std::uint64_t rate)
    : m_context(context)
    , m_guard(guard)
    , m_rate(rate)
{}

Scrubber::~Scrubber()
{
    stop();
}

void Scrubber::start()
{
    if (m_rate > 0)
        m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void Scrubber::stop()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
}

void Scrubber::run(const std::stop_token& stop)
{
    becomeModest();
    bool isPositionKnown = false;
    while (!stop.stop_requested()) {
        try {
            if (!isPositionKnown)
                loadPosition();
            isPositionKnown = true;
            const bool isMore = scrubPage(stop);
            if (isMore)
                continue;
            m_position.reset();
            save();
            pause(pauseBetweenPasses, stop);
        } catch (const Cancelled&) {
            break;
        } catch (const std::exception&) {
            pause(pauseAfterFailure, stop); // the index is being made anew, or the disk is full; serving tells it
        }
    }
    try {
        save();
    } catch (const std::exception&) {
        return; // the next start hashes these once more
    }
}

void Scrubber::loadPosition()
{
    const auto state = m_context.index.read([](Connection& index) { return metric_state::all(index); });
    const auto found = state.find(positionKey);
    if (found != state.end())
        m_position = Digest::parse(found->second);
}

bool Scrubber::scrubPage(const std::stop_token& stop)
{
    const auto rows =
        m_context.index.read([this](Connection& index) { return blobs::page(index, m_position, pageSize); });
    for (const BlobRow& row : rows) {
        throwIfStopped(stop);
        if (row.state == BlobState::Present && row.verifiedAt < m_context.clock.now() - scrubAge)
            scrub(row, stop);
        m_position = row.digest;
        if (m_verified.size() >= blobsPerSave || m_unsavedBytes >= bytesPerSave)
            save();
    }
    return rows.size() == pageSize;
}

void Scrubber::scrub(const BlobRow& row, const std::stop_token& stop)
{
    BlobFiles::Verification verification;
    try {
        verification = m_context.files.verify(
            row.digest, [&](std::uint64_t bytes) { takeTime(bytes, stop); }, stop);
    } catch (const Error&) {
        return; // it cannot be read now; what is not read is not judged
    }
    if (verification.finding == BlobFiles::Finding::Good && verification.identity == row.identity) {
        m_context.counters.add(CounterId::BlobsVerified);
        m_context.counters.add(CounterId::BytesVerified, row.size);
        m_verified.push_back({row.digest, row.identity});
        m_unsavedBytes += row.size;
        return;
    }
    m_guard.verify(row.digest, nullptr, stop);
}

void Scrubber::takeTime(std::uint64_t bytes, const std::stop_token& stop)
{
    const std::chrono::duration<double> cost(static_cast<double>(bytes) / static_cast<double>(m_rate));
    const auto now = steady_clock::now();
    m_nextRead = std::max(m_nextRead, now) + std::chrono::duration_cast<std::chrono::nanoseconds>(cost);
    if (m_nextRead > now)
        pause(m_nextRead - now, stop);
    throwIfStopped(stop);
}

void Scrubber::pause(std::chrono::nanoseconds time, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, stop, time, [] { return false; });
}

void Scrubber::save()
{
    m_context.index.write(Durability::Relaxed, [this](Change& change) {
        for (const Verified& verified : m_verified) {
            auto row = blobs::find(change.index(), verified.digest);
            if (!row || row->state != BlobState::Present || row->identity != verified.identity)
                continue; // removed or replaced since
            row->verifiedAt = change.now();
            blobs::put(change.index(), *row);
        }
        if (m_position)
            metric_state::set(change.index(), positionKey, m_position->toString());
        else
            metric_state::erase(change.index(), positionKey);
    });
    m_verified.clear();
    m_unsavedBytes = 0;
}

} // namespace layerhold
