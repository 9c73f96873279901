// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "cache/rebuild.h"

namespace layerhold {

RebuildReport CacheImpl::rebuildIndex(ProgressMeter& meter, std::stop_token stop)
{
    RebuildReport report;
    try {
        report = IndexRebuild(m_context, m_ingests).run(meter, std::move(stop));
        m_index.open(Index::Empty::IsDamage);
    } catch (const std::exception& error) {
        reopenAfterFailedRebuild(error.what());
        throw;
    }
    openGate();
    {
        const std::lock_guard noFlush(m_flushMutex); // or it marks as written what only the old index has
        m_counters.markUnwritten();
    }
    m_counters.add(CounterId::IndexRebuilds);
    try {
        m_metrics.indexWasExchanged();
        m_index.write(Durability::Durable, [&](Change& change) {
            change.event("index_rebuilt", {}, {},
                         "The index was made anew from " + std::to_string(report.blobs) + " blobs; the old one is " +
                             (report.setAside.empty() ? std::string("gone") : report.setAside) + '.');
        });
        m_checkpoint.compact(m_index);
    } catch (const Error&) {
        // The index is made anew all the same. The log stays due for compaction.
    }
    return report;
}

void CacheImpl::openGate()
{
    {
        const std::lock_guard lock(m_mutex);
        m_damage.reset();
    }
    m_index.gate().open(); // last: from here on damage is found anew
}

void CacheImpl::reopenAfterFailedRebuild(const std::string& why)
{
    if (m_index.isOpen())
        return; // it was not exchanged yet
    {
        const std::lock_guard lock(m_mutex);
        if (m_damage)
            return; // no reason to go back to it
    }
    try {
        if (!m_fileSystem.identity(m_files.layout().indexDatabase()))
            throw Error(ErrorCode::Corrupted, "the index could not be exchanged: " + why);
        m_index.open(Index::Empty::IsDamage);
        openGate();
    } catch (const Error& error) {
        onDamage(error.what());
    }
}

RebuildReport CacheImpl::rebuild(const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork();
    ProgressMeter meter(m_clock, progress);
    RebuildReport report = rebuildIndex(meter, std::move(stop));
    meter.finish();
    return report;
}

void CacheImpl::onDamage(const std::string& what)
{
    {
        const std::lock_guard lock(m_mutex);
        m_damage = what;
    }
    const std::lock_guard lock(m_housekeepingMutex);
    m_housekeepingWake.notify_all();
}

std::optional<std::string> CacheImpl::damage() const
{
    const std::lock_guard lock(m_mutex);
    return m_damage;
}

void CacheImpl::rebuildAfterDamage(const std::string& what, std::stop_token stop)
{
    const OnProgress nobody;
    ProgressMeter meter(m_clock, nobody);
    const RebuildReport report = rebuildIndex(meter, std::move(stop));
    std::string sentence =
        "The index was damaged (" + what + ") and was made anew from " + std::to_string(report.blobs) + " blobs";
    if (!report.setAside.empty())
        sentence += "; the old one is kept as " + report.setAside;
    if (report.claimsAssumed > 0)
        sentence += "; " + std::to_string(report.claimsAssumed) +
                    " blobs whose claims were unknown are claimed for every open and verified engine";
    addNotice(sentence + '.');
}

void CacheImpl::repair(const std::stop_token& stop)
{
    const std::lock_guard alone(m_longWork);
    const auto what = damage();
    if (!what || stop.stop_requested())
        return; // a rebuild that was asked for has settled it
    try {
        rebuildAfterDamage(*what, stop);
    } catch (const std::exception& error) {
        m_index.gate().changeReason("the index is damaged (" + *what +
                                    ") and could not be made anew from the blob files: " + error.what() +
                                    "; it is tried again until it succeeds");
    }
}

} // namespace layerhold
