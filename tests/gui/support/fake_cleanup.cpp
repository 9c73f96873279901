// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Plans, runs and the trash of the fake store.
#include "gui/support/fake_store.h"

#include <algorithm>
#include <charconv>

namespace layerhold::gui::test {

namespace {

using namespace std::chrono;

/// "60d", "12h", "30m", "45s".
std::optional<seconds> durationOf(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end + 1 != text.data() + text.size())
        return std::nullopt;
    switch (*end) {
    case 's':
        return seconds(number);
    case 'm':
        return minutes(number);
    case 'h':
        return hours(number);
    case 'd':
        return hours(24 * number);
    default:
        return std::nullopt;
    }
}

/// Of containerd's grammar: kind and digest, compared by == and !=, and commas that mean "and".
bool matchesFilter(std::string_view filter, const BlobRecord& blob)
{
    while (!filter.empty()) {
        const std::size_t comma = std::min(filter.find(','), filter.size());
        const std::string_view selector = filter.substr(0, comma);
        filter.remove_prefix(std::min(comma + 1, filter.size()));
        const bool isEqual = selector.find("==") != std::string_view::npos;
        const std::size_t at = std::min(selector.find(isEqual ? "==" : "!="), selector.size());
        const std::string_view field = selector.substr(0, at);
        const std::string_view value = selector.substr(std::min(at + 2, selector.size()));
        const std::string& is = field == "digest" ? blob.digest : blob.kind;
        if ((field != "digest" && field != "kind") || (is == value) != isEqual)
            return false;
    }
    return true;
}

bool matches(const PolicyRule& rule, const BlobRecord& blob)
{
    return rule.filters.empty() ||
           std::ranges::any_of(rule.filters, [&](const std::string& filter) { return matchesFilter(filter, blob); });
}

std::string daysAgo(Moment then, Moment now)
{
    return std::to_string(duration_cast<hours>(now - then).count() / 24) + " d ago";
}

void count(RunRecord& run, const RunItem& item)
{
    if (item.outcome == "trashed")
        ++run.trashed;
    else if (item.outcome == "removed")
        ++run.removed;
    else if (item.outcome == "skipped")
        ++run.skipped;
    else
        ++run.failed;
    if (item.outcome == "trashed" || item.outcome == "removed")
        run.reportedBytes += item.bytes;
    if (item.outcome == "removed")
        run.unlinkedBytes += item.bytes;
}

} // namespace

std::string FakeStore::nextId()
{
    return "fake" + std::to_string(++m_ids);
}

FakeStore::Holders FakeStore::holders() const
{
    Holders result;
    std::vector<std::string> waiting;
    for (const ClaimRecord& claim : claims)
        if (result.try_emplace(claim.digest, Hold{claim.holderKind + ' ' + claim.holder, true}).second)
            waiting.push_back(claim.digest);
    for (std::size_t next = 0; next < waiting.size(); ++next) {
        const Hold hold{result.at(waiting[next]).holder, false};
        for (const EdgeRecord& edge : childrenOf(waiting[next]))
            if (result.try_emplace(edge.child, hold).second)
                waiting.push_back(edge.child);
    }
    return result;
}

PlanItem FakeStore::judge(const BlobRecord& blob, const PolicyRecord& wanted, const Holders& holders) const
{
    PlanItem item;
    item.what = "blob";
    item.name = blob.digest;
    item.kind = blob.kind;
    item.bytes = blob.state == "present" ? blob.size : 0;
    item.createdAt = blob.createdAt;
    item.usedAt = blob.accessedAt;
    item.decision = "keep";
    item.refetch = blob.refetch;
    if (blob.state != "present") {
        item.reason = "keep_not_stored";
        item.sentence = "Its bytes are not here: they are missing, in quarantine or in the trash.";
        return item;
    }
    if (const auto hold = holders.find(blob.digest); hold != holders.end()) {
        item.reason = hold->second.isClaim ? "keep_held" : "keep_needed";
        item.sentence =
            "Kept: " + hold->second.holder + (hold->second.isClaim ? " needs it." : " needs what refers to it.");
        return item;
    }
    if (!blob.isReleased) {
        item.reason = "keep_expected";
        item.sentence = "Kept: an open write is about to deliver it.";
        return item;
    }
    item.reason = "keep_no_rule";
    item.sentence = "Kept: no rule matches it.";
    for (const PolicyRule& rule : wanted.rules) {
        const bool hasLimit = !rule.maxUsed.empty() || !rule.minFree.empty() || !rule.reserved.empty();
        const auto keep = rule.keepDuration.empty() && !hasLimit ? seconds(0) : durationOf(rule.keepDuration);
        if (!keep || !matches(rule, blob))
            continue;
        item.rule = rule.name;
        if (blob.accessedAt + *keep < now) {
            item.decision = "remove";
            item.reason = "remove_unused";
            item.sentence = "Nobody needs it, last used " + daysAgo(blob.accessedAt, now) + "; \"" + rule.name +
                            "\" keeps such things for " + rule.keepDuration + '.';
            item.freedBytes = item.bytes;
        } else {
            item.reason = "keep_recent";
            item.sentence = "Kept: last used " + daysAgo(blob.accessedAt, now) + ", and \"" + rule.name +
                            "\" keeps such things for " + rule.keepDuration + '.';
        }
        return item;
    }
    return item;
}

PlanRecord FakeStore::makePlan(const PolicyRecord& wanted)
{
    PlanRecord plan;
    plan.id = nextId();
    plan.madeAt = now;
    plan.cause = "manual";
    plan.policy = wanted;
    std::vector<PlanItem> items;
    const Holders known = holders();
    for (const BlobRecord& blob : blobs)
        items.push_back(judge(blob, wanted, known));
    std::ranges::stable_partition(items, [](const PlanItem& item) { return item.decision == "remove"; });
    plan.items = items.size();
    for (const PlanItem& item : items) {
        plan.storedBytes += item.bytes;
        if (item.decision == "remove") {
            ++plan.removeItems;
            plan.removeBytes += item.freedBytes;
            plan.onlyCopies += item.refetch == "only_copy" ? 1 : 0;
        } else {
            ++plan.keepItems;
            plan.keepBytes += item.bytes;
        }
    }
    plans.insert(plans.begin(), plan);
    planItems[plan.id] = std::move(items);
    return plan;
}

bool FakeStore::hasTrash() const
{
    return policy.undoWindow.find_first_of("123456789") != std::string::npos;
}

RunRecord FakeStore::beginRun(const std::string& plan)
{
    const auto found = std::ranges::find(plans, plan, &PlanRecord::id);
    if (found == plans.end())
        throw CallError("not_found", QString::fromStdString("there is no plan '" + plan + "'"));
    if (!found->run.empty())
        throw CallError("failed_precondition",
                        QString::fromStdString("the plan " + plan + " was applied already, by run " + found->run +
                                               "; make a new one"));
    RunRecord run;
    run.id = found->run = nextId();
    run.plan = plan;
    run.cause = found->cause;
    run.startedAt = now;
    run.promisedBytes = found->removeBytes;
    runs.insert(runs.begin(), run);
    runItems[run.id];
    return run;
}

std::vector<PlanItem> FakeStore::itemsToRemove(const std::string& plan) const
{
    std::vector<PlanItem> items = planItems.at(plan);
    std::erase_if(items, [](const PlanItem& item) { return item.decision != "remove"; });
    return items;
}

void FakeStore::recordRun(RunRecord& run, bool hasEnded)
{
    if (hasEnded) {
        run.finishedAt = now;
        run.measuredBytes = measuredBytes.value_or(static_cast<std::int64_t>(run.unlinkedBytes));
    }
    *std::ranges::find(runs, run.id, &RunRecord::id) = run;
}

std::vector<std::string> FakeStore::trashedBy(const std::string& run) const
{
    std::vector<std::string> digests;
    for (const TrashRecord& record : trash)
        if (run.empty() || record.run == run)
            digests.push_back(record.digest);
    return digests;
}

RunItem FakeStore::removeItem(const PlanItem& item, CacheClient::Removal removal, RunRecord& run)
{
    RunItem done{item.what, item.name, item.bytes, "skipped", "It is not stored any more."};
    const auto found = std::ranges::find(blobs, item.name, &BlobRecord::digest);
    const auto claim = std::ranges::find(claims, item.name, &ClaimRecord::digest);
    if (const auto change = changed.find(item.name); change != changed.end()) {
        done.sentence = change->second;
    } else if (claim != claims.end()) {
        done.sentence = "It is held by " + claim->holderKind + ' ' + claim->holder + '.';
    } else if (found != blobs.end() && found->accessedAt != item.usedAt) {
        done.sentence = "It was used since the plan.";
    } else if (found != blobs.end()) {
        done.outcome = removal == CacheClient::Removal::Trash ? "trashed" : "removed";
        done.sentence = item.sentence;
        if (removal == CacheClient::Removal::Trash) {
            trash.push_back({item.name, item.bytes, item.kind, run.id, now, now + hours(72)});
            trashedBlobs[item.name] = *found;
        }
        blobs.erase(found);
    }
    count(run, done);
    runItems[run.id].push_back(done);
    return done;
}

TrashItem FakeStore::restoreItem(const std::string& digest)
{
    const auto found = std::ranges::find(trash, digest, &TrashRecord::digest);
    if (found == trash.end())
        return {digest, 0, "failed", "It is not in the trash."};
    const TrashItem item{digest, found->bytes, "restored", "It is back in its place."};
    trash.erase(found);
    blobs.push_back(trashedBlobs.extract(digest).mapped());
    sort();
    settle();
    return item;
}

TrashItem FakeStore::emptyItem(const std::string& digest)
{
    const auto found = std::ranges::find(trash, digest, &TrashRecord::digest);
    if (found == trash.end())
        return {digest, 0, "skipped", "It is not in the trash."};
    const TrashItem item{digest, found->bytes, "removed", "It is gone for good."};
    trash.erase(found);
    trashedBlobs.erase(digest);
    return item;
}

} // namespace layerhold::gui::test
