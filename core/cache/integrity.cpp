// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Health: the check of every blob, and the repair of what it finds.
#include "cache/health.h"
#include "cache/long_work.h"
#include "index/claims.h"
#include "layerhold/cache.h"

namespace layerhold {

namespace {

constexpr std::size_t pageSize = 256;

} // namespace

IntegrityReport HealthImpl::checkIntegrity(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop)
{
    ProgressMeter meter(m_context.clock, progress);
    IntegrityReport report = check(depth, meter, stop);
    meter.finish();
    return report;
}

IntegrityReport HealthImpl::check(IntegrityDepth depth, ProgressMeter& meter, const std::stop_token& stop)
{
    const auto start = m_context.clock.steadyNow();
    IntegrityReport report;
    report.at = m_context.clock.now();
    report.depth = depth;
    const auto totals = m_context.index.read([](Connection& index) { return blob_totals::get(index); });
    meter.now() = {};
    meter.now().totalItems = totals.count;
    meter.now().totalBytes = depth == IntegrityDepth::Full ? totals.bytes : 0;
    std::optional<Digest> last;
    for (;;) {
        const auto rows = m_context.index.read([&](Connection& index) { return blobs::page(index, last, pageSize); });
        for (const BlobRow& row : rows) {
            throwIfStopped(stop);
            last = row.digest;
            if (row.state == BlobState::Trashed || row.state == BlobState::Deleting)
                continue; // on its way out
            ++report.totalEntries;
            meter.now().current = row.digest.toString();
            checkOne(row, depth, report, meter, stop);
            ++meter.now().doneItems;
            meter.tick();
        }
        if (rows.size() < pageSize)
            break;
    }
    report.checkDuration = m_context.clock.steadyNow() - start;
    return report;
}

void HealthImpl::checkOne(const BlobRow& row, IntegrityDepth depth, IntegrityReport& report, ProgressMeter& meter,
                          const std::stop_token& stop)
{
    const auto tell = [&](std::vector<IntegrityProblem>& problems, const std::string& reason) {
        const bool isClaimed =
            m_context.index.read([&](Connection& index) { return !blobs::isReleased(index, row.digest); });
        problems.push_back({row.digest, reason, isClaimed});
    };
    switch (row.state) {
    case BlobState::Present:
        break;
    case BlobState::Missing:
        tell(report.missingFiles, "The file has vanished; the next fetch brings it back.");
        return;
    case BlobState::Quarantined:
        tell(report.missingFiles, "The damaged bytes are in quarantine; the next fetch brings good ones.");
        return;
    default:
        return;
    }
    try {
        if (depth == IntegrityDepth::Quick && m_guard.isTrusted(row))
            return;
        const auto verification = m_context.files.verify(
            row.digest,
            [&](std::uint64_t bytes) {
                meter.now().doneBytes += bytes;
                meter.tick();
            },
            stop);
        const bool isGood = verification.finding == BlobFiles::Finding::Good;
        if (isGood && (verification.identity == row.identity || verification.identity.size == row.size))
            return;
        // It may have been removed or replaced while we looked.
        const auto now = m_context.index.read([&](Connection& index) { return blobs::find(index, row.digest); });
        if (!now || now->state != BlobState::Present || now->identity != row.identity)
            return;
        if (verification.finding == BlobFiles::Finding::Missing)
            tell(report.missingFiles, "The file has vanished.");
        else
            tell(report.invalidDigests, isGood ? "The size of the file is not the recorded one." : verification.reason);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Unavailable)
            throw; // of the index, not of the file
        tell(report.corruptedEntries, error.what());
    }
}

RepairReport HealthImpl::repair(IntegrityDepth depth, const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork(m_longWork);
    ProgressMeter meter(m_context.clock, progress);
    RepairReport report;
    report.after = check(depth, meter, stop);
    if (report.after.isHealthy()) {
        meter.finish();
        return report;
    }
    for (const IntegrityProblem& problem : report.after.missingFiles) {
        throwIfStopped(stop);
        repairMissing(problem, report);
    }
    for (const IntegrityProblem& problem : report.after.invalidDigests) {
        throwIfStopped(stop);
        const auto finding = m_guard.verify(problem.digest, nullptr, stop);
        if (finding.condition == BlobGuard::Condition::Damaged)
            ++report.quarantined;
    }
    report.left = report.after.corruptedEntries.size();
    report.after = check(IntegrityDepth::Quick, meter, stop); // what is good was hashed a moment ago
    report.after.depth = depth;
    meter.finish();
    return report;
}

void HealthImpl::repairMissing(const IntegrityProblem& problem, RepairReport& report)
{
    const Digest& digest = problem.digest;
    m_guard.check(digest); // drops or marks a present row whose file is gone; takes in a file that came back
    enum class Outcome
    {
        Dropped,
        Kept,
        Whole
    };
    auto outcome = Outcome::Dropped;
    m_context.index.write(Durability::Durable, [&](Change& change) {
        const auto row = blobs::find(change.index(), digest);
        outcome = Outcome::Dropped;
        if (!row)
            return;
        const bool isLost = blobs::isLost(row->state);
        outcome = isLost ? Outcome::Kept : Outcome::Whole;
        if (!isLost || !blobs::isReleased(change.index(), digest))
            return;
        forgetBlob(change, digest);
        change.event("blob_forgotten", digest.toString(), {}, "Its bytes are lost, and nobody waits for them.",
                     row->size);
        outcome = Outcome::Dropped;
    });
    if (outcome == Outcome::Dropped)
        ++report.dropped;
    else if (outcome == Outcome::Kept)
        ++report.markedMissing;
}

} // namespace layerhold
