// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/strategy.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <limits>
#include <tuple>
#include <utility>

namespace layerhold {

namespace {

/// The lower goes first. Two integers, because comparing keys of a million candidates would be slow.
struct Rank
{
    std::uint64_t major = 0;
    std::uint64_t minor = 0;

    friend auto operator<=>(const Rank&, const Rank&) = default;
};

/// One order of eviction.
struct Ranking
{
    enum class Extent
    {
        UntilFreed,
        Everything ///< all it has a rank for, whatever the goal
    };

    std::string_view name;
    Extent extent = Extent::UntilFreed;
    /// nullopt: not to be evicted by this ranking.
    std::optional<Rank> (*rank)(const EvictionCandidate&, TimePoint now) = nullptr;
};

std::uint64_t ascending(TimePoint time)
{
    constexpr std::uint64_t sign = std::uint64_t(1) << 63U;
    return static_cast<std::uint64_t>(toNanoseconds(time)) ^ sign;
}

TimePoint lastUse(const EvictionCandidate& candidate)
{
    return std::max(candidate.usedAt, candidate.createdAt);
}

bool isExpired(const EvictionCandidate& candidate, TimePoint now)
{
    return candidate.expiresAt && now > *candidate.expiresAt;
}

std::optional<Rank> byLastUse(const EvictionCandidate& candidate, TimePoint)
{
    return Rank{ascending(lastUse(candidate)), 0};
}

std::optional<Rank> bySize(const EvictionCandidate& candidate, TimePoint now)
{
    if (isExpired(candidate, now))
        return Rank{0, ascending(*candidate.expiresAt)};
    return Rank{1, std::numeric_limits<std::uint64_t>::max() - candidate.bytes};
}

std::optional<Rank> byExpiry(const EvictionCandidate& candidate, TimePoint now)
{
    if (!isExpired(candidate, now))
        return std::nullopt;
    return Rank{0, ascending(*candidate.expiresAt)};
}

/// In seconds, at least one: a clock that was set back makes nothing younger than new.
double secondsSince(TimePoint time, TimePoint now)
{
    return std::max(1.0, std::chrono::duration<double>(now - time).count());
}

/// As GreedyDual-Size-Frequency: the value of a byte kept is frequency × cost of fetching it again ÷ size. Its ageing
/// is a counter in memory that each eviction raises; here it is the time since the last use, which a restart does not
/// lose.
std::optional<Rank> byCost(const EvictionCandidate& candidate, TimePoint now)
{
    /// A request costs as much as this many bytes: 20 ms at 100 Mbit/s. It is what makes a small blob dear per byte.
    constexpr double requestBytes = 256.0 * 1024;
    const double bytes = std::max(1.0, static_cast<double>(candidate.bytes));
    const double costPerByte = candidate.refetchCost > 0 ? candidate.refetchCost * (1 + requestBytes / bytes) : 0;
    const double frequency = static_cast<double>(candidate.uses) + 1; // coming in counts as a use
    const double value = costPerByte * frequency / secondsSince(lastUse(candidate), now);
    return Rank{std::bit_cast<std::uint64_t>(value),
                ascending(lastUse(candidate))}; // IEEE 754: not negative, so ordered
}

constexpr std::array rankings = {
    Ranking{"lru", Ranking::Extent::UntilFreed, byLastUse},
    Ranking{"size", Ranking::Extent::UntilFreed, bySize},
    Ranking{"ttl", Ranking::Extent::Everything, byExpiry},
    Ranking{"cost", Ranking::Extent::UntilFreed, byCost},
};

std::uint64_t saturatingAdd(std::uint64_t a, std::uint64_t b)
{
    const std::uint64_t sum = a + b;
    return sum < a ? std::numeric_limits<std::uint64_t>::max() : sum;
}

/// What was picked so far.
struct Selection
{
    std::vector<std::size_t> order;
    std::vector<bool> isTaken;
    std::uint64_t freed = 0;
};

struct Ranked
{
    Rank rank;
    std::size_t index = 0;
    std::uint64_t bytes = 0; ///< here as well: a million candidates lie far apart
};

/// Moves the shortest prefix of the order that has at least `bytes` to the front of `items` and returns it, unsorted;
/// all when they have less. Halves the range in which the prefix ends each time, so it is linear.
std::span<Ranked> shortestPrefix(std::span<Ranked> items, std::uint64_t bytes, const auto& less)
{
    std::size_t first = 0;
    std::size_t last = items.size();
    while (first < last && bytes > 0) {
        const std::size_t middle = first + (last - first) / 2;
        std::nth_element(&items[first], &items[middle], items.data() + last, less);
        std::uint64_t before = 0;
        for (const Ranked& item : items.subspan(first, middle - first))
            before = saturatingAdd(before, item.bytes);
        if (before >= bytes) {
            last = middle;
            continue;
        }
        first = middle + 1;
        bytes -= before;
        bytes -= std::min(bytes, items[middle].bytes);
    }
    return items.first(first);
}

void extend(Selection& selection, const Ranking& ranking, std::span<const EvictionCandidate> candidates,
            const EvictionGoal& goal)
{
    const bool takesEverything = ranking.extent == Ranking::Extent::Everything;
    if (!takesEverything && selection.freed >= goal.bytesToFree)
        return;
    std::vector<Ranked> items;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (!selection.isTaken[i])
            if (const auto rank = ranking.rank(candidates[i], goal.now))
                items.push_back({*rank, i, candidates[i].bytes});
    const auto less = [candidates](const Ranked& a, const Ranked& b) {
        return std::tie(a.rank, candidates[a.index].key) < std::tie(b.rank, candidates[b.index].key);
    };
    const std::span<Ranked> picked =
        takesEverything ? std::span(items) : shortestPrefix(items, goal.bytesToFree - selection.freed, less);
    std::sort(picked.begin(), picked.end(), less);
    for (const Ranked& item : picked) {
        selection.order.push_back(item.index);
        selection.isTaken[item.index] = true;
        selection.freed = saturatingAdd(selection.freed, item.bytes);
    }
}

/// One ranking after the other. A simple strategy has one.
class RankedStrategy final : public EvictionStrategy
{
public:
    RankedStrategy(std::string_view name, std::vector<const Ranking*> members)
        : m_name(name)
        , m_members(std::move(members))
    {}

    std::string_view name() const override { return m_name; }

    std::vector<std::size_t> select(std::span<const EvictionCandidate> candidates,
                                    const EvictionGoal& goal) const override
    {
        Selection selection;
        selection.isTaken.resize(candidates.size());
        for (const Ranking* ranking : m_members)
            extend(selection, *ranking, candidates, goal);
        return std::move(selection.order);
    }

private:
    std::string m_name;
    std::vector<const Ranking*> m_members;
};

} // namespace

std::unique_ptr<EvictionStrategy> makeStrategy(std::string_view spec)
{
    const auto refuse = [spec](const std::string& why) {
        return Error(ErrorCode::InvalidArgument, "the eviction strategy " + text::quoted(spec) + ' ' + why +
                                                     "; take lru, size, ttl, cost, or composite: with some of these in "
                                                     "the order in which they apply, as in composite:ttl,lru");
    };
    constexpr std::string_view compositePrefix = "composite:";
    std::string_view rest = spec;
    const bool isComposite = rest.starts_with(compositePrefix);
    if (isComposite)
        rest.remove_prefix(compositePrefix.size());
    std::vector<const Ranking*> members;
    for (bool isLast = false; !isLast;) {
        const std::size_t comma = isComposite ? rest.find(',') : std::string_view::npos;
        isLast = comma == std::string_view::npos;
        const std::string_view name = rest.substr(0, comma);
        if (!isLast)
            rest.remove_prefix(comma + 1);
        const auto known = std::find_if(rankings.begin(), rankings.end(),
                                        [name](const Ranking& ranking) { return ranking.name == name; });
        if (known == rankings.end())
            throw refuse("is not known");
        if (std::find(members.begin(), members.end(), &*known) != members.end())
            throw refuse("names " + std::string(name) + " twice");
        members.push_back(&*known);
    }
    return std::make_unique<RankedStrategy>(spec, std::move(members));
}

} // namespace layerhold
