// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/pull_sources.h"

#include "registry/membership.h"
#include "registry/next_source.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

/// What the sources that were asked said, for whether the registry is away.
class Answers
{
public:
    void add(const PullSource& source, ErrorCode code)
    {
        Words& words = source.isUpstream() ? m_upstream : m_mirrors;
        (code == ErrorCode::Unavailable ? words.isAway : words.hasAnswered) = true;
    }

    bool isRegistryAway() const
    {
        const Words& words = m_upstream.isAway || m_upstream.hasAnswered ? m_upstream : m_mirrors;
        return words.isAway && !words.hasAnswered;
    }

private:
    struct Words
    {
        bool isAway = false;
        bool hasAnswered = false;
    };

    Words m_upstream;
    Words m_mirrors;
};

void note(PullSource& source, const Error& error, Absence absence)
{
    source.setAway(error.code() == ErrorCode::Unavailable);
    if (error.code() == ErrorCode::Denied || (error.code() == ErrorCode::NotFound && absence == Absence::Refuses))
        source.refused();
}

} // namespace

PullSource::PullSource(const std::shared_ptr<RegistryContext>& context, const Source& source,
                       const ImageReference& reference)
    : m_records(context->records())
    , m_client(context, source.endpoint, reference.registry(), source.credential)
    , m_capabilities(source.endpoint.capabilities)
    , m_isUpstream(registry::isUpstream(source.endpoint, reference.registry()))
    , m_registry(reference.registry())
    , m_repository(reference.repository())
{}

std::string PullSource::name() const
{
    constexpr std::size_t digits = 32;
    return m_client.origin().toString().substr(0, digits) + m_client.identity().toString().substr(0, digits);
}

bool PullSource::covers(const Digest& digest, TimePoint now) const
{
    return m_records.covers(m_client.identity(), digest, now);
}

bool PullSource::coversOffline(const Digest& digest, TimePoint now) const
{
    return m_records.coversOffline(m_client.identity(), digest, now, m_registry);
}

bool PullSource::answered(const Digest& digest, ProofMethod method, TimePoint when) const
{
    return !isBelieved(digest) || m_records.record(m_client.identity(), m_repository, digest, method, when);
}

void PullSource::delivered(const Digest& digest, std::uint64_t size, const std::string& mediaType, ProofMethod method,
                           TimePoint when)
{
    m_client.noteDelivery(digest);
    if (m_isUpstream)
        noteMember(m_records, m_repository, {digest, size, mediaType});
    else
        m_records.addMember(m_repository, digest); // what it is the registry has not said
    answered(digest, method, when);
}

void PullSource::refused() const
{
    m_records.revoke(m_client.identity(), m_repository);
}

PullSources::PullSources(const std::shared_ptr<RegistryContext>& context, const std::vector<Source>& sources,
                         const ImageReference& reference)
{
    if (sources.empty())
        throw Error(ErrorCode::InvalidArgument, "no registry is named to pull from");
    for (const Source& source : sources)
        m_sources.push_back(std::make_unique<PullSource>(context, source, reference));
}

std::vector<PullSource*> PullSources::withCapability(Capability capability, bool isAway) const
{
    std::vector<PullSource*> result;
    for (const auto& source : m_sources)
        if (source->has(capability) && source->isAway() == isAway)
            result.push_back(source.get());
    return result;
}

std::optional<PullSources::Failure> PullSources::tryEach(Capability capability, Absence absence, const Work& work)
{
    std::vector<PullSource*> sources = withCapability(capability, false);
    for (PullSource* source : withCapability(capability, true))
        if (std::find(sources.begin(), sources.end(), source) == sources.end()) // others may change it meanwhile
            sources.push_back(source);
    Answers answers;
    std::optional<Error> ofRegistry;
    std::optional<Error> ofLast;
    for (PullSource* source : sources) {
        try {
            work(*source);
            source->setAway(false);
            return std::nullopt;
        } catch (const Error& error) {
            note(*source, error, absence);
            if (!isForNextSource(error.code()))
                throw;
            answers.add(*source, error.code());
            (source->isUpstream() ? ofRegistry : ofLast) = error;
        }
    }
    if (ofRegistry || ofLast)
        return Failure{ofRegistry ? *ofRegistry : *ofLast, answers.isRegistryAway()};
    return Failure{Error(ErrorCode::FailedPrecondition,
                         capability == Capability::Resolve
                             ? "none of the hosts that are configured for the registry may be asked for tags; name the "
                               "image by its digest, or see hosts.toml"
                             : "none of the hosts that are configured for the registry may be asked for content; see "
                               "hosts.toml")};
}

void PullSources::requireOne(Capability capability, Absence absence, const Work& work)
{
    if (auto failure = tryEach(capability, absence, work))
        throw std::move(failure->error);
}

bool PullSources::cover(const Digest& digest, TimePoint now) const
{
    return std::any_of(m_sources.begin(), m_sources.end(),
                       [&](const auto& source) { return source->covers(digest, now); });
}

bool PullSources::coverOffline(const Digest& digest, TimePoint now) const
{
    return std::any_of(m_sources.begin(), m_sources.end(),
                       [&](const auto& source) { return source->coversOffline(digest, now); });
}

bool PullSources::prove(const Digest& digest, ProofMethod method, Absence absence, TimePoint now, const Work& ask)
{
    Answers answers;
    std::optional<Error> failure;
    const auto askEach = [&](const std::vector<PullSource*>& sources) {
        for (PullSource* source : sources) {
            if (!source->isBelieved(digest))
                continue;
            try {
                ask(*source);
                source->setAway(false);
                source->answered(digest, method, now);
                return true;
            } catch (const Error& error) {
                note(*source, error, absence);
                if (!isForNextSource(error.code()))
                    throw;
                answers.add(*source, error.code());
                failure = error;
            }
        }
        return false;
    };
    const auto away = withCapability(Capability::Pull, true);
    if (askEach(withCapability(Capability::Pull, false)))
        return true;
    for (const PullSource* source : away)
        answers.add(*source, ErrorCode::Unavailable);
    if (answers.isRegistryAway() && coverOffline(digest, now))
        return true;
    const bool mayBeSent = std::any_of(m_sources.begin(), m_sources.end(), [](const auto& source) {
        return !source->isUpstream() && source->has(Capability::Pull);
    });
    if (mayBeSent)
        return false;
    if (askEach(away))
        return true;
    if (failure)
        throw std::move(*failure);
    return false;
}

std::optional<RateLimit> PullSources::rateLimit() const
{
    std::optional<RateLimit> result;
    for (const auto& source : m_sources)
        if (auto limit = source->isUpstream() ? source->client().rateLimit() : std::nullopt)
            result = std::move(limit);
    return result;
}

} // namespace layerhold::registry
