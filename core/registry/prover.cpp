// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/prover.h"

#include "base/text.h"
#include "cache/progress_meter.h"
#include "layerhold/error.h"
#include "registry/prover_asks.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace layerhold::registry {

namespace {

using namespace std::chrono_literals;

/// Until what waits for a registry to be asked again is looked at.
constexpr std::chrono::milliseconds patience = 15s;
constexpr std::size_t pageSize = 500;
/// Of one round: the next one goes on there.
constexpr std::size_t mostLookedAt = 10'000;
constexpr std::size_t mostRepositories = 4; ///< that are asked for one blob

} // namespace

struct Prover::Impl
{
    Impl(Cache& theCache, std::shared_ptr<RegistryContext> context, ProverOptions theOptions)
        : cache(theCache)
        , clock(context->clock())
        , options(std::move(theOptions))
        , asks(std::move(context), options)
        , thread([this](const std::stop_token& stop) { run(stop); })
    {}

    struct Item
    {
        std::string repository;
        Digest digest;
    };

    void run(const std::stop_token& stop)
    {
        auto nextWalk = Clock::system().steadyNow();
        while (!stop.stop_requested()) {
            const bool isWalkDue = Clock::system().steadyNow() >= nextWalk;
            bool isFine = true;
            try {
                round(isWalkDue, stop);
            } catch (const Cancelled&) {
                return;
            } catch (const std::exception&) { // the index, say: the next round may do better
                isFine = false;
            }
            const auto now = Clock::system().steadyNow();
            if (isWalkDue)
                nextWalk = now + options.interval;
            std::unique_lock lock(mutex);
            ++counts.rounds;
            failedRounds += isFine ? 0 : 1;
            const ProverCounts& asked = asks.counts();
            counts.failures = failedRounds + asked.failures;
            counts.asked = asked.asked;
            counts.proven = asked.proven;
            counts.refused = asked.refused;
            counts.unavailable = asked.unavailable;
            const auto wake = queue.empty() ? nextWalk : std::min(nextWalk, now + patience);
            changed.wait_until(lock, stop, wake, [&] { return isNew; });
            isNew = false;
        }
    }

    void round(bool isWalkDue, const std::stop_token& stop)
    {
        std::set<Identity> granted;
        if (!hasVerified(granted))
            return; // nobody would be served by a proof
        asks.beginRound(std::move(granted));
        askedBefore = asks.counts().asked;
        proveQueued(stop);
        if (isWalkDue)
            walk(stop);
    }

    /// And to whom else the proofs of an identity are of use.
    bool hasVerified(std::set<Identity>& granted)
    {
        bool result = false;
        for (const Engine& engine : cache.engines()) {
            if (engine.sharing != Sharing::Verified)
                continue;
            result = true;
            for (const Identity& identity : cache.access().granted(engine.name))
                granted.insert(identity);
        }
        return result;
    }

    bool isRoundSpent() const { return asks.counts().asked - askedBefore >= options.mostPerRound; }

    void proveQueued(const std::stop_token& stop)
    {
        std::deque<Item> later;
        for (auto item = next(); item; item = next()) {
            throwIfStopped(stop);
            const auto blob = stored(item->digest);
            if (!blob)
                continue;
            if (isRoundSpent() || asks.ask(item->repository, *blob, clock.now(), stop) == ProverAsks::Outcome::Later)
                later.push_back(std::move(*item));
            if (isRoundSpent())
                break;
        }
        const std::lock_guard lock(mutex);
        queue.insert(queue.begin(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
        dropOldest();
    }

    std::optional<Item> next()
    {
        const std::lock_guard lock(mutex);
        if (queue.empty())
            return std::nullopt;
        Item item = std::move(queue.front());
        queue.pop_front();
        return item;
    }

    std::optional<Blob> stored(const Digest& digest)
    {
        auto blob = cache.blob(digest);
        return blob && blob->state == BlobState::Present ? std::move(blob) : std::nullopt;
    }

    /// On from where the last one ended.
    void walk(const std::stop_token& stop)
    {
        const BlobFilter usedLately{{"used.days==0,state==present"}};
        for (std::size_t lookedAt = 0; lookedAt < mostLookedAt && !isRoundSpent();) {
            const auto page = cache.blobs(usedLately, walkedTo, pageSize, stop);
            for (const Blob& blob : page) {
                throwIfStopped(stop);
                if (isRoundSpent())
                    return;
                walkedTo = blob.digest; // also when it fails
                proveSomewhere(blob, stop);
            }
            lookedAt += page.size();
            if (page.size() < pageSize) {
                walkedTo.reset();
                return;
            }
        }
    }

    void proveSomewhere(const Blob& blob, const std::stop_token& stop)
    {
        auto repositories = cache.access().repositoriesOf(blob.digest, mostRepositories);
        for (std::string& source : cache.engineMirror().sourcesOf(blob.digest))
            if (std::find(repositories.begin(), repositories.end(), source) == repositories.end())
                repositories.push_back(std::move(source));
        if (repositories.size() > mostRepositories)
            repositories.resize(mostRepositories);
        for (const std::string& repository : repositories)
            if (asks.ask(repository, blob, clock.now() + options.interval, stop) == ProverAsks::Outcome::Covered)
                return;
    }

    /// With the mutex held.
    void dropOldest()
    {
        while (queue.size() > options.mostQueued) {
            queue.pop_front();
            ++counts.dropped;
        }
    }

    Cache& cache;
    const Clock& clock; ///< that proofs go by
    const ProverOptions options;
    ProverAsks asks;                ///< of the thread alone
    std::optional<Digest> walkedTo; ///< likewise, and what follows
    std::uint64_t askedBefore = 0;  ///< this round
    std::uint64_t failedRounds = 0;
    mutable std::mutex mutex; ///< of what follows; never held during I/O
    std::condition_variable_any changed;
    std::deque<Item> queue;
    bool isNew = false;
    ProverCounts counts;
    std::jthread thread; ///< last: it ends first
};

Prover::Prover(Cache& cache, std::shared_ptr<RegistryContext> context, ProverOptions options)
{
    if (options.interval < 1ms || options.requestsPerMinute == 0 || options.mostPerRound == 0 ||
        options.mostQueued == 0)
        throw Error(ErrorCode::InvalidArgument, "the options of the prover of access are not usable; take an interval "
                                                "of 1 ms or more, and bounds of 1 or more");
    m_impl = std::make_unique<Impl>(cache, std::move(context), std::move(options));
}

Prover::~Prover() = default;

void Prover::enqueue(const std::string& repository, std::span<const Digest> digests)
{
    const auto reference = ImageReference::parse(repository);
    if (!reference || reference->repository() != repository)
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(repository) +
                        " is no repository in normal form; write it in full, as docker.io/library/nginx");
    {
        const std::lock_guard lock(m_impl->mutex);
        for (const Digest& digest : digests)
            m_impl->queue.push_back({repository, digest});
        m_impl->dropOldest();
        m_impl->isNew = true;
    }
    m_impl->changed.notify_one();
}

ProverCounts Prover::counts() const
{
    const std::lock_guard lock(m_impl->mutex);
    ProverCounts counts = m_impl->counts;
    counts.queued = m_impl->queue.size();
    return counts;
}

} // namespace layerhold::registry
