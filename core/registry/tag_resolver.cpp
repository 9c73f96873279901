// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/tag_resolver.h"

#include "cache/progress_meter.h"
#include "registry/tag_flights.h"
#include "registry/tag_inquiry.h"
#include "registry/tag_memory.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

namespace layerhold::registry {

namespace {

TagResolverOptions checked(TagResolverOptions options)
{
    if (options.mostAtOnce == 0)
        throw Error(ErrorCode::InvalidArgument, "tags cannot be resolved none at a time; take 1 or more");
    if (options.longestStale < std::chrono::seconds(0))
        throw Error(ErrorCode::InvalidArgument, "the last word of a registry cannot be used for " +
                                                    std::to_string(options.longestStale.count()) +
                                                    " s; take 0 (never) or more");
    return options;
}

TagQuestion questionOf(const ResolveRequest& request)
{
    TagQuestion question{request.reference, {}};
    for (const Source& source : request.sources)
        if (source.endpoint.capabilities.has(Capability::Resolve))
            question.sources.push_back(source);
    if (question.sources.empty())
        throw Error(ErrorCode::InvalidArgument, "no registry is named to ask");
    return question;
}

/// Runs it, and says in front of an error what was to be done.
template <typename Work>
auto resolving(const ResolveRequest& request, const Work& work)
{
    try {
        return work();
    } catch (Error& error) {
        error.addContext("cannot resolve " + request.reference.toString());
        throw;
    }
}

/// For each request, which one of `distinct` it is.
std::vector<std::size_t> numbered(std::span<const ResolveRequest> requests,
                                  std::vector<const ResolveRequest*>& distinct)
{
    std::vector<std::size_t> numbers;
    std::map<ImageReference, std::vector<std::size_t>> byReference;
    for (const ResolveRequest& request : requests) {
        auto& known = byReference[request.reference];
        const auto found = std::find_if(known.begin(), known.end(),
                                        [&](std::size_t i) { return distinct[i]->sources == request.sources; });
        if (found != known.end()) {
            numbers.push_back(*found);
            continue;
        }
        numbers.push_back(distinct.size());
        known.push_back(distinct.size());
        distinct.push_back(&request);
    }
    return numbers;
}

/// Calls `work` with 0 to `count` - 1, so many at a time. Ends early when asked to stop.
void inParallel(std::size_t count, std::size_t atOnce, const std::function<void(std::size_t)>& work,
                const std::stop_token& stop)
{
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count && !stop.stop_requested(); i = next++)
                work(i);
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < std::min(atOnce, count); ++i)
            threads.emplace_back(run);
    }
    if (failure)
        std::rethrow_exception(failure);
    throwIfStopped(stop);
}

} // namespace

struct TagResolver::Impl
{
    Impl(Cache& theCache, std::shared_ptr<RegistryContext> theContext, const TagResolverOptions& theOptions)
        : cache(theCache)
        , context(std::move(theContext))
        , options(checked(theOptions))
        , clock(options.clock ? *options.clock : Clock::system())
        , memory(cache, context->records(), clock, options.log)
    {}

    Resolution ask(const TagQuestion& question, const ResolveRequest& request, TagClients& clients,
                   const std::stop_token& stop)
    {
        return TagInquiry(memory, clients, clock).ask(question, request.by, stop);
    }

    Resolution resolve(const ResolveRequest& request, TagClients& clients, const std::stop_token& stop)
    {
        throwIfStopped(stop);
        if (request.reference.digest())
            return {*request.reference.digest(), ResolvedBy::Reference};
        const TagQuestion question = questionOf(request);
        const Resolution answer = resolveTag(question, request, clients, stop);
        memory.countResolution();
        return answer;
    }

    Resolution resolveTag(const TagQuestion& question, const ResolveRequest& request, TagClients& clients,
                          const std::stop_token& stop)
    {
        const Askers askers = memory.askersOf(request);
        if (const auto kept = memory.fresh(request.reference, askers))
            return *kept;
        try {
            return flights.share(
                question, [&] { return ask(question, request, clients, stop); }, stop);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable || options.longestStale.count() == 0)
                throw;
            if (const auto last = memory.stale(request.reference, askers, options.longestStale))
                return *last;
            throw;
        }
    }

    ResolveOutcome outcomeOf(const ResolveRequest& request, TagClients& clients, const std::stop_token& stop)
    {
        ResolveOutcome outcome;
        try {
            outcome.resolution = resolving(request, [&] { return resolve(request, clients, stop); });
        } catch (const Error& error) {
            outcome.error = error;
        }
        return outcome;
    }

    bool isKept(const ResolveRequest& request)
    {
        const Askers askers = memory.askersOf(request);
        const auto& digest = request.reference.digest();
        return digest ? memory.has(request.reference, *digest, askers)
                      : memory.fresh(request.reference, askers).has_value();
    }

    Cache& cache;
    const std::shared_ptr<RegistryContext> context;
    const TagResolverOptions options;
    const Clock& clock;
    TagMemory memory;
    TagFlights flights;
};

TagResolver::TagResolver(Cache& cache, std::shared_ptr<RegistryContext> context, TagResolverOptions options)
    : m_impl(std::make_unique<Impl>(cache, std::move(context), options))
{}

TagResolver::~TagResolver() = default;

Resolution TagResolver::resolve(const ResolveRequest& request, std::stop_token stop)
{
    TagClients clients(m_impl->context);
    return resolving(request, [&] { return m_impl->resolve(request, clients, stop); });
}

std::vector<ResolveOutcome> TagResolver::resolveAll(std::span<const ResolveRequest> requests, std::stop_token stop)
{
    std::vector<const ResolveRequest*> distinct;
    const auto numbers = numbered(requests, distinct);
    std::vector<ResolveOutcome> answers(distinct.size());
    TagClients clients(m_impl->context);
    inParallel(
        distinct.size(), m_impl->options.mostAtOnce,
        [&](std::size_t i) { answers[i] = m_impl->outcomeOf(*distinct[i], clients, stop); }, stop);
    std::vector<ResolveOutcome> outcomes;
    for (const std::size_t number : numbers)
        outcomes.push_back(answers[number]);
    return outcomes;
}

Resolution TagResolver::refresh(const ResolveRequest& request, std::stop_token stop)
{
    return resolving(request, [&]() -> Resolution {
        throwIfStopped(stop);
        if (request.reference.digest())
            return {*request.reference.digest(), ResolvedBy::Reference};
        TagClients clients(m_impl->context);
        const Resolution answer = m_impl->ask(questionOf(request), request, clients, stop);
        m_impl->memory.countResolution();
        return answer;
    });
}

bool TagResolver::validate(const ResolveRequest& request, std::stop_token stop)
{
    try {
        return resolving(request, [&] {
            throwIfStopped(stop);
            const TagQuestion question = questionOf(request);
            TagClients clients(m_impl->context);
            if (!m_impl->isKept(request))
                m_impl->ask(question, request, clients, stop);
            return true;
        });
    } catch (const Error& error) {
        if (error.code() != ErrorCode::NotFound)
            throw;
        return false;
    }
}

bool TagResolver::hasMoved(const ResolveRequest& request, const Digest& expected, std::stop_token stop)
{
    return refresh(request, std::move(stop)).digest != expected;
}

bool TagResolver::invalidate(const ImageReference& reference)
{
    return m_impl->cache.tags().invalidate(reference.toString());
}

} // namespace layerhold::registry
