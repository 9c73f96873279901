// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Health: why a digest was fetched, from the recorded misses and events.
#include "cache/health.h"
#include "index/blobs.h"
#include "index/event_search.h"
#include "index/misses.h"

#include <utility>

namespace layerhold {

namespace {

using Reason = MissExplanation::Reason;

constexpr std::size_t mostEvents = 50;

Reason reasonOf(const Event& loss)
{
    if (loss.kind == "blob_removed" || loss.kind == "blob_trashed")
        return Reason::Evicted;
    return loss.kind == "blob_quarantined" ? Reason::Corrupted : Reason::Vanished;
}

/// Of the newest of the losses. What was removed from the trash is gone for why it was put there.
std::string causeOf(const std::vector<Event>& losses)
{
    const bool isFromTrash = losses.size() > 1 && losses[0].kind == "blob_removed" && losses[1].kind == "blob_trashed";
    return losses[isFromTrash ? 1 : 0].detail;
}

std::string sentenceOf(const MissExplanation& explanation, const std::optional<Event>& oldest)
{
    switch (explanation.reason) {
    case Reason::NotMissed:
        return "No engine is known to have asked for it in vain.";
    case Reason::NeverSeen:
        return "The cache had never seen it.";
    case Reason::Forgotten:
        return "It was not there. Whether it ever had been cannot be told: events before number " +
               std::to_string(oldest ? oldest->sequence : 0) + " are no longer kept.";
    case Reason::Evicted:
        return "A cleanup had removed it: " + explanation.cause;
    case Reason::Corrupted:
        return "Its bytes were wrong and had been set aside: " + explanation.cause;
    case Reason::Vanished:
        return "Its file was gone, and not by our doing.";
    case Reason::Hidden:
        return "It is stored, but the sharing of engine " + explanation.engine + " did not let it see the blob.";
    }
    return {};
}

} // namespace

std::string_view toString(Reason reason)
{
    switch (reason) {
    case Reason::NotMissed:
        return "not_missed";
    case Reason::NeverSeen:
        return "never_seen";
    case Reason::Forgotten:
        return "forgotten";
    case Reason::Evicted:
        return "evicted";
    case Reason::Corrupted:
        return "corrupted";
    case Reason::Vanished:
        return "vanished";
    case Reason::Hidden:
        return "hidden";
    }
    return "not_missed";
}

MissExplanation HealthImpl::explain(const Digest& digest)
{
    const auto pending = m_context.meter.misses().pending(digest); // what was missed a moment ago
    MissExplanation explanation{digest};
    std::optional<Event> oldest;
    std::optional<MissRow> miss;
    bool isGone = false;
    std::vector<Event> losses;
    m_context.index.readAtLength([&](Connection& index) {
        const std::string subject = digest.toString();
        explanation.events = events::newestAbout(index, subject, mostEvents);
        oldest = events::oldest(index);
        miss = misses::find(index, digest);
        for (MissRow row : pending) {
            if (miss && row.at <= miss->at)
                continue; // it was written meanwhile
            row.times += miss ? miss->times : 0;
            miss = row;
        }
        const auto row = blobs::find(index, digest);
        isGone = !row || row->state != BlobState::Present;
        if (isGone || miss) // a blob that is here was missed for what was lost before
            losses = events::newestLosses(index, subject, isGone ? TimePoint::max() : miss->at, 2);
    });
    if (miss) {
        explanation.missedAt = miss->at;
        explanation.engine = miss->engine;
        explanation.times = miss->times;
    }
    if (!isGone && miss && miss->reason == MissReason::Hidden) {
        explanation.reason = Reason::Hidden;
    } else if (!losses.empty()) {
        explanation.reason = reasonOf(losses.front());
        explanation.lostAt = losses.front().at;
        explanation.cause = causeOf(losses);
    } else if (miss && miss->reason == MissReason::Quarantined) {
        explanation.reason = Reason::Corrupted;
        explanation.cause = "the event is no longer kept.";
    } else if (miss && miss->reason == MissReason::Missing) {
        explanation.reason = Reason::Vanished;
    } else if (miss) {
        const bool isAllKept = !oldest || oldest->sequence == 1;
        explanation.reason = isAllKept ? Reason::NeverSeen : Reason::Forgotten;
    }
    explanation.sentence = sentenceOf(explanation, oldest);
    return explanation;
}

} // namespace layerhold
