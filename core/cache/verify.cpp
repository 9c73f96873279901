// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_impl.h"

#include "cache/long_work.h"
#include "cache/progress_meter.h"

namespace layerhold {

namespace {
constexpr std::size_t pageSize = 256;
}

std::unique_lock<std::mutex> CacheImpl::beginLongWork()
{
    return layerhold::beginLongWork(m_longWork);
}

VerifyReport CacheImpl::verify(const std::vector<Digest>& only, const OnProgress& progress, std::stop_token stop)
{
    const auto alone = beginLongWork();
    VerifyReport report;
    ProgressMeter meter(m_clock, progress);
    const auto verifyOne = [&](const Digest& digest) {
        throwIfStopped(stop);
        const auto start = m_meter.start();
        meter.now().current = digest.toString();
        const auto before = m_index.read([&](Connection& index) { return blobs::find(index, digest); });
        if (before && before->state == BlobState::Trashed)
            throw Error(ErrorCode::FailedPrecondition,
                        "the blob " + digest.toString() + " is in the trash; restore it first");
        const auto claimsBefore = m_index.read([&](Connection& index) { return claims::of(index, digest); });
        const auto finding = m_guard.verify(
            digest,
            [&](std::uint64_t bytes) {
                meter.now().doneBytes += bytes;
                report.checkedBytes += bytes;
                meter.tick();
            },
            stop);
        if (finding.condition == BlobGuard::Condition::Absent && !before) {
            if (!only.empty())
                throw Error(ErrorCode::NotFound, "there is no blob " + digest.toString());
            return; // removed since its page was read
        }
        ++report.checked;
        ++meter.now().doneItems;
        meter.tick();
        const bool isGood = finding.condition == BlobGuard::Condition::Trusted;
        m_meter.log().withDigest(digest).operation(
            "validate_digest", m_clock.steadyNow() - start, before ? before->size : 0,
            isGood ? std::nullopt : std::optional("the bytes are lost or wrong: " + finding.reason));
        if (isGood)
            return;
        DamagedBlob damaged{digest, finding.reason, {}};
        if (finding.condition == BlobGuard::Condition::Absent) {
            damaged.reason = before->state == BlobState::Quarantined ? "The damaged bytes are in quarantine."
                                                                     : "The file has vanished.";
        }
        for (const ClaimRow& row : claimsBefore)
            damaged.claims.push_back({row.holderKind, row.holder, row.digest, row.since});
        report.damaged.push_back(std::move(damaged));
    };

    if (!only.empty()) {
        meter.now().totalItems = only.size();
        for (const Digest& digest : only)
            verifyOne(digest);
        meter.finish();
        return report;
    }
    const Totals sums = totals();
    meter.now().totalItems = sums.blobCount;
    meter.now().totalBytes = sums.blobBytes;
    std::optional<Digest> last;
    for (;;) {
        const auto rows = m_index.read([&](Connection& index) { return blobs::page(index, last, pageSize); });
        for (const BlobRow& row : rows) {
            last = row.digest;
            if (row.state != BlobState::Deleting && row.state != BlobState::Trashed)
                verifyOne(row.digest);
        }
        if (rows.size() < pageSize)
            break;
    }
    meter.finish();
    return report;
}

} // namespace layerhold
