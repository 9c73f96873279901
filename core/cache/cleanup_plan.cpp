// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// Policy and plans.

#include "base/text.h"
#include "cache/blob_facts.h"
#include "cache/cleanup_impl.h"
#include "cache/progress_meter.h"
#include "index/trash.h"
#include "layerhold/filter.h"
#include "policy/plan_rules.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t plansKept = 10;
constexpr std::uint64_t planItemsKept = 2'000'000; ///< of those together; the newest stays whatever its size
constexpr std::size_t looksKept = 2;               ///< beside those

struct Partial
{
    std::string id;
    std::uint64_t bytes = 0;
    TimePoint started;
    TimePoint used;
};

/// Everything there is, decided about.
class Planner
{
public:
    Planner(CacheContext& context, const BlobGraph& graph, const CleanupPolicy& policy, TimePoint now)
        : m_context(context)
        , m_graph(graph)
        , m_policy(policy)
        , m_now(now)
    {
        for (const CleanupRule& rule : policy.rules)
            m_filters.push_back(Filter::parseAny(rule.filters));
        readIngests();
        for (BlobGraph::NodeId node = 0; node < graph.nodes().size(); ++node) {
            const BlobGraph::Node& blob = graph.nodes()[node];
            if (!blob.isStored())
                continue;
            m_stored += blob.size;
            if (blob.holder == 0 && !m_expected.contains(blob.digest))
                m_candidateNodes.push_back(node);
        }
    }

    std::uint64_t storedBytes() const { return m_stored; }

    void decide(std::uint64_t trashBytes)
    {
        std::vector<RuleCandidate> candidates;
        candidates.reserve(m_candidateNodes.size() + m_partials.size());
        for (const BlobGraph::NodeId node : m_candidateNodes) {
            const BlobGraph::Node& blob = m_graph.nodes()[node];
            EvictionCandidate facts{blob.digest.key(), blob.size, blob.createdAt, blob.usedAt, blob.uses, {}, 1.0};
            if (refetch(blob) == Refetch::OnlyCopy)
                facts.refetchCost = std::numeric_limits<double>::infinity();
            candidates.push_back({std::move(facts), blob.writtenAt});
        }
        for (const Partial& partial : m_partials)
            candidates.push_back(
                {{"partial " + partial.id, partial.bytes, partial.started, partial.used, 0, {}, 1.0}, partial.used});
        const Space space = m_context.fileSystem.space(m_context.files.layout().root());
        RuleInput input;
        input.storedBytes = m_stored;
        input.diskFree = space.freeBytes + trashBytes;
        input.diskTotal = space.totalBytes;
        input.now = m_now;
        input.matches = [this](std::size_t rule, std::size_t candidate) { return matches(rule, candidate); };
        m_result = applyRules(m_policy.rules, candidates, input);
        putReferrersFirst();
    }

    /// Items to remove in order, then those to keep; totals and holders into `body`.
    void list(PlanBody& body, const std::function<void(const PackedItem&)>& each)
    {
        for (const std::size_t index : m_result.taken)
            add(body, itemOf(index), each);
        for (std::size_t index = 0; index < m_result.verdicts.size(); ++index)
            if (!m_result.verdicts[index].isTaken())
                add(body, itemOf(index), each);
        for (const BlobGraph::Node& blob : m_graph.nodes()) {
            const bool isCandidate = blob.isStored() && blob.holder == 0 && !m_expected.contains(blob.digest);
            if (!isCandidate)
                add(body, keptItem(blob), each);
        }
        for (const BlobGraph::Holder& holder : m_graph.holders())
            body.holders.push_back(std::string(toString(holder.kind)) + ' ' + holder.name);
        body.plan.storedBytes = m_stored;
    }

private:
    void readIngests()
    {
        const auto rows = m_context.index.read([](Connection& index) { return ingests::all(index); });
        for (const IngestRow& row : rows) {
            if (row.state == IngestRow::State::Open) {
                if (row.expected)
                    m_expected.insert(*row.expected);
                continue;
            }
            const auto identity = m_context.fileSystem.identity(m_context.files.layout().ingest(row.id));
            if (!identity)
                continue;
            m_partials.push_back({row.id, identity->size, row.started, row.updated});
            m_stored += identity->size;
        }
    }

    static Refetch refetch(const BlobGraph::Node& blob) { return blob.hasSource ? Refetch::Yes : Refetch::Unknown; }

    bool matches(std::size_t rule, std::size_t candidate) const
    {
        const Filter& filter = m_filters[rule];
        if (filter.matchesEverything())
            return true;
        BlobFacts facts;
        facts.held = BlobFacts::Held::No;
        if (candidate < m_candidateNodes.size()) {
            const BlobGraph::Node& blob = m_graph.nodes()[m_candidateNodes[candidate]];
            facts.digest = &blob.digest;
            facts.size = blob.size;
            facts.kind = toString(blob.kind);
            facts.mediaType = m_graph.text(blob.mediaType);
            facts.origin = m_graph.text(blob.origin);
            facts.state = toString(blob.state);
            facts.createdAt = blob.createdAt;
            facts.usedAt = blob.usedAt;
        } else {
            const Partial& partial = m_partials[candidate - m_candidateNodes.size()];
            facts.id = partial.id;
            facts.size = partial.bytes;
            facts.kind = "partial";
            facts.state = "partial";
            facts.createdAt = partial.started;
            facts.usedAt = partial.used;
        }
        return filter.matches([&](const std::vector<std::string>& path) { return facts.field(path, m_now); });
    }

    /// Whatever goes, goes after what refers to it: a run that ends early leaves whole images, not torn ones.
    void putReferrersFirst()
    {
        constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
        std::vector<std::size_t> takenAs(m_graph.nodes().size(), none); // node → candidate
        for (const std::size_t index : m_result.taken)
            if (index < m_candidateNodes.size())
                takenAs[m_candidateNodes[index]] = index;
        std::vector<std::pair<std::size_t, std::size_t>> referrers; // child, parent: candidates
        for (const std::size_t index : m_result.taken) {
            if (index >= m_candidateNodes.size())
                continue;
            for (const BlobGraph::NodeId child : m_graph.children(m_candidateNodes[index]))
                if (takenAs[child] != none)
                    referrers.emplace_back(takenAs[child], index);
        }
        if (referrers.empty())
            return;
        std::sort(referrers.begin(), referrers.end());
        std::vector<std::size_t> order;
        order.reserve(m_result.taken.size());
        std::vector<std::uint8_t> seen(m_result.verdicts.size()); // 1: on its way, 2: placed
        std::vector<std::size_t> open;
        for (const std::size_t start : m_result.taken) {
            open.push_back(start);
            while (!open.empty()) {
                const std::size_t index = open.back();
                if (seen[index] != 0) {
                    open.pop_back();
                    if (std::exchange(seen[index], 2) == 1)
                        order.push_back(index);
                    continue;
                }
                seen[index] = 1;
                auto referrer = std::lower_bound(referrers.begin(), referrers.end(), std::pair(index, std::size_t(0)));
                for (; referrer != referrers.end() && referrer->first == index; ++referrer)
                    if (seen[referrer->second] == 0)
                        open.push_back(referrer->second);
            }
        }
        m_result.taken = std::move(order);
    }

    PackedItem itemOf(std::size_t candidate) const
    {
        PackedItem item;
        if (candidate < m_candidateNodes.size()) {
            item = packed(m_graph.nodes()[m_candidateNodes[candidate]]);
        } else {
            const Partial& partial = m_partials[candidate - m_candidateNodes.size()];
            item.what = static_cast<std::uint8_t>(CleanupItem::What::Partial);
            item.bytes = partial.bytes;
            item.created = toNanoseconds(partial.started);
            item.used = toNanoseconds(partial.used);
            item.name = partial.id;
        }
        const RuleVerdict& verdict = m_result.verdicts[candidate];
        item.decision =
            static_cast<std::uint8_t>(verdict.isTaken() ? PlanItem::Decision::Remove : PlanItem::Decision::Keep);
        item.rule = verdict.why == RuleVerdict::Why::NoRule ? 0 : static_cast<std::uint8_t>(verdict.rule + 1);
        item.reason = static_cast<std::uint8_t>(reasonOf(verdict.why));
        return item;
    }

    static PlanReason reasonOf(RuleVerdict::Why why)
    {
        switch (why) {
        case RuleVerdict::Why::NoRule:
            return PlanReason::KeepNoRule;
        case RuleVerdict::Why::Recent:
            return PlanReason::KeepRecent;
        case RuleVerdict::Why::WithinLimit:
            return PlanReason::KeepWithinLimit;
        case RuleVerdict::Why::ByStrategy:
            return PlanReason::KeepByStrategy;
        case RuleVerdict::Why::Unused:
            return PlanReason::RemoveUnused;
        case RuleVerdict::Why::OverLimit:
            return PlanReason::RemoveOverLimit;
        }
        return PlanReason::KeepNoRule;
    }

    static PackedItem keptItem(const BlobGraph::Node& blob)
    {
        PackedItem item = packed(blob);
        item.decision = static_cast<std::uint8_t>(PlanItem::Decision::Keep);
        item.holder = blob.holder;
        PlanReason reason = PlanReason::KeepExpected;
        if (!blob.isStored())
            reason = PlanReason::KeepNotStored;
        else if (blob.isClaimed)
            reason = PlanReason::KeepHeld;
        else if (blob.holder != 0)
            reason = PlanReason::KeepNeeded;
        item.reason = static_cast<std::uint8_t>(reason);
        return item;
    }

    static PackedItem packed(const BlobGraph::Node& blob)
    {
        PackedItem item;
        item.what = static_cast<std::uint8_t>(CleanupItem::What::Blob);
        item.kind = static_cast<std::uint8_t>(blob.kind);
        item.refetch = static_cast<std::uint8_t>(refetch(blob));
        item.bytes = blob.isStored() ? blob.size : 0;
        item.created = toNanoseconds(blob.createdAt);
        item.used = toNanoseconds(blob.usedAt);
        item.name = blob.digest.key();
        return item;
    }

    static void add(PlanBody& body, const PackedItem& item, const std::function<void(const PackedItem&)>& each)
    {
        each(item);
        Plan& plan = body.plan;
        ++plan.items;
        if (item.decision == static_cast<std::uint8_t>(PlanItem::Decision::Remove)) {
            ++plan.removeItems;
            plan.removeBytes += item.bytes;
            plan.onlyCopies += item.refetch == static_cast<std::uint8_t>(Refetch::OnlyCopy) ? 1 : 0;
        } else {
            ++plan.keepItems;
            plan.keepBytes += item.bytes;
        }
    }

    CacheContext& m_context;
    const BlobGraph& m_graph;
    const CleanupPolicy& m_policy;
    TimePoint m_now;
    std::vector<Filter> m_filters;
    std::set<Digest> m_expected; ///< by open writes
    std::vector<Partial> m_partials;
    std::vector<BlobGraph::NodeId> m_candidateNodes; ///< candidates: these, then the partials
    std::uint64_t m_stored = 0;
    RuleResult m_result;
};

bool isBeingApplied(Connection& index, const PlanRow& row)
{
    const auto run = runs::find(index, row.run);
    return run && runFromRow(*run).finishedAt == TimePoint{};
}

} // namespace

CleanupPolicy CleanupImpl::policy()
{
    const auto stored =
        m_context.index.read([](Connection& index) { return policies::find(index, policies::cleanup); });
    return stored ? cleanupPolicyFromJson(*stored) : CleanupPolicy::standard();
}

void CleanupImpl::setPolicy(const CleanupPolicy& policy)
{
    requireValid(policy);
    const bool isStandard = policy == CleanupPolicy::standard();
    const std::string body = toJson(policy);
    m_context.index.write(Durability::Durable, [&](Change& change) {
        if (isStandard)
            policies::erase(change.index(), policies::cleanup);
        else
            policies::put(change.index(), policies::cleanup, body);
        CheckpointRecord record;
        record.what = CheckpointRecord::What::Policy;
        record.holder = policies::cleanup;
        record.text = isStandard ? std::string() : body;
        change.remember(std::move(record));
        change.event("policy_set", {}, {},
                     "The cleanup policy has " + std::to_string(policy.rules.size()) + " rules and applies " +
                         (policy.mode == CleanupPolicy::Mode::Automatic ? "by itself." : "when asked to."));
    });
}

Plan CleanupImpl::plan(const PlanRequest& request, std::stop_token stop)
{
    return makePlan(request, stop);
}

Plan CleanupImpl::makePlan(const PlanRequest& request, const std::stop_token& stop)
{
    if (request.policy)
        requireValid(*request.policy);
    const std::lock_guard onePlan(m_planMutex);
    m_host.flush(); // the last uses that are still in memory
    PlanBody body;
    Plan& plan = body.plan;
    plan.id = newIngestId().substr(0, 12);
    plan.madeAt = m_context.clock.now();
    plan.cause = request.cause;
    plan.use = request.use;
    plan.policy = request.policy ? *request.policy : policy();
    setPlanBeingMade(plan.id);
    try {
        writePlan(body, stop);
        dropOldPlans();
    } catch (...) {
        setPlanBeingMade({});
        sweepPlanPages();
        throw;
    }
    setPlanBeingMade({});
    sweepPlanPages();
    return plan;
}

void CleanupImpl::writePlan(PlanBody& body, const std::stop_token& stop)
{
    Plan& plan = body.plan;
    const auto graph = m_graphs.exact().graph;
    throwIfStopped(stop);
    const auto trashed = m_context.index.read([](Connection& index) { return layerhold::trash::totals(index); });
    Planner planner(m_context, *graph, plan.policy, plan.madeAt);
    planner.decide(trashed.bytes);
    plans::PageWriter pages(plan.id);
    const auto writePages = [&] {
        throwIfStopped(stop);
        m_context.index.write(Durability::Relaxed, [&](Change& change) { pages.write(change.index()); });
        pages.clear();
    };
    planner.list(body, [&](const PackedItem& item) {
        if (pages.isFull())
            writePages();
        pages.add(item);
    });
    writePages();
    m_context.index.write(Durability::Relaxed, [&](Change& change) { plans::put(change.index(), toRow(body)); });
}

void CleanupImpl::setPlanBeingMade(const std::string& id)
{
    const std::lock_guard lock(m_beingMadeMutex);
    m_planBeingMade = id;
}

std::string CleanupImpl::planBeingMade()
{
    const std::lock_guard lock(m_beingMadeMutex);
    return m_planBeingMade;
}

void CleanupImpl::dropOldPlans()
{
    const auto rows = m_context.index.read([](Connection& index) { return plans::all(index); });
    std::uint64_t items = 0;
    std::size_t plans = 0;
    std::size_t looks = 0;
    std::vector<std::string> old;
    for (const PlanRow& row : rows) {
        const Plan plan = planFromRow(row).plan;
        bool isOld = false;
        if (plan.use == PlanUse::Look) {
            isOld = ++looks > looksKept;
        } else {
            items += plan.items;
            isOld = ++plans > plansKept || (plans > 1 && items > planItemsKept);
        }
        if (isOld)
            old.push_back(plan.id);
    }
    for (const std::string& id : old)
        m_context.index.write(Durability::Relaxed, [&](Change& change) {
            const auto row = plans::find(change.index(), id);
            if (row && !isBeingApplied(change.index(), *row))
                plans::erase(change.index(), id);
        });
}

/// A plan of a million items takes a second to go, and nobody is to wait for that.
void CleanupImpl::sweepPlanPages()
{
    if (m_isSweeping.exchange(true))
        return;
    m_context.workers.submit([this](const std::stop_token& stop) {
        auto swept = plans::Swept::Some;
        try {
            // Not beside a plan that is being made, which sweeps when it is done.
            while (swept == plans::Swept::Some && !stop.stop_requested() && planBeingMade().empty())
                m_context.index.write(Durability::Relaxed, [&](Change& change) {
                    swept = plans::sweep(change.index(), planBeingMade()); // asked here: its pages come after its id
                });
        } catch (const std::exception&) {
            swept = plans::Swept::Nothing; // the next plan, or the next start, sweeps again
        }
        m_isSweeping = false;
        // A plan that ended between the last look and this found a sweep that was about to end.
        if (swept == plans::Swept::Some && !stop.stop_requested() && planBeingMade().empty())
            sweepPlanPages();
    });
}

std::vector<Plan> CleanupImpl::plans()
{
    std::vector<Plan> result;
    for (const PlanRow& row : m_context.index.read([](Connection& index) { return plans::all(index); }))
        result.push_back(planFromRow(row).plan);
    return result;
}

PlanBody CleanupImpl::requireBody(const std::string& id)
{
    const auto row = m_context.index.read([&](Connection& index) { return plans::find(index, id); });
    if (!row)
        throw Error(ErrorCode::NotFound,
                    "there is no plan " + text::quoted(id) + "; only the newest are kept, make it anew");
    return planFromRow(*row);
}

Plan CleanupImpl::findPlan(const std::string& id)
{
    return requireBody(id).plan;
}

std::vector<PlanItem> CleanupImpl::planItems(const std::string& id, std::uint64_t from, std::size_t limit)
{
    const PlanBody body = requireBody(id);
    const auto packed = m_context.index.read([&](Connection& index) { return plans::items(index, id, from, limit); });
    std::vector<PlanItem> items;
    items.reserve(packed.size());
    for (const PackedItem& item : packed)
        items.push_back(planItem(item, body));
    return items;
}

} // namespace layerhold
