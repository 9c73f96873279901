// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/prover_asks.h"

#include "layerhold/error.h"
#include "layerhold/registry/identity.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace layerhold::registry {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds shortestPause = 1min;
constexpr std::chrono::seconds longestPause = 1h;
constexpr std::chrono::hours refusalsKept = 24h;
constexpr std::chrono::hours oddAnswersKept = 1h; ///< a registry, or settings, that somebody may mend
constexpr std::size_t mostRefusals = 10'000;

bool isManifest(const Blob& blob)
{
    return blob.kind == BlobKind::Manifest || blob.kind == BlobKind::Index;
}

std::vector<Endpoint> upstreamsOf(const std::string& registry, const HostConfigOptions& hosts)
{
    std::vector<Endpoint> endpoints = hostConfigFor(registry, hosts).endpoints;
    std::erase_if(endpoints, [&](const Endpoint& endpoint) {
        return !isUpstream(endpoint, registry) || !endpoint.headers.empty() || !endpoint.tls.clientPairs.empty() ||
               !endpoint.capabilities.has(Capability::Pull);
    });
    return endpoints;
}

} // namespace

ProverAsks::ProverAsks(std::shared_ptr<RegistryContext> context, const ProverOptions& options)
    : m_context(std::move(context))
    , m_options(options)
    , m_records(m_context->records())
    , m_clock(m_context->clock())
{}

ProverAsks::~ProverAsks() = default;

void ProverAsks::beginRound(std::set<Identity> granted)
{
    m_granted = std::move(granted);
    for (auto next = m_registries.begin(); next != m_registries.end();) {
        Registry& registry = next->second;
        registry.clients.clear();
        registry.endpoints.reset();
        const bool isForgotten = mayAsk(registry) && registry.asked.empty() && registry.pause == 0s;
        next = isForgotten ? m_registries.erase(next) : std::next(next);
    }
    std::erase_if(m_refused, [now = m_clock.steadyNow()](const auto& entry) { return entry.second <= now; });
}

ProverAsks::Outcome ProverAsks::ask(const std::string& repository, const Blob& blob, TimePoint until,
                                    const std::stop_token& stop)
{
    const auto reference = ImageReference::parse(repository);
    if (!reference || reference->repository() != repository)
        return Outcome::Refused;
    const Outcome outcome = askAs(Credential(), *reference, blob, until, stop);
    if (outcome != Outcome::Refused || m_granted.empty() || !m_options.credential)
        return outcome;
    const auto credential = machineCredential(*reference, stop);
    if (!credential || credential->kind == CredentialKind::Anonymous ||
        !m_granted.contains(
            identityOf(m_records, reference->registry(), {endpointOf(reference->registry()), *credential})))
        return outcome;
    return askAs(*credential, *reference, blob, until, stop);
}

std::optional<Credential> ProverAsks::machineCredential(const ImageReference& reference, const std::stop_token& stop)
{
    try {
        return m_options.credential(reference.registry(), reference.path(), stop);
    } catch (const Error&) {
        ++m_counts.failures;
        return std::nullopt;
    }
}

ProverAsks::Outcome ProverAsks::askAs(const Credential& credential, const ImageReference& reference, const Blob& blob,
                                      TimePoint until, const std::stop_token& stop)
{
    const Identity identity =
        identityOf(m_records, reference.registry(), {endpointOf(reference.registry()), credential});
    if (m_records.covers(identity, blob.digest, until))
        return Outcome::Covered;
    const std::string repository = reference.repository();
    if (isRefused(identity, repository, blob.digest))
        return Outcome::Refused;
    Registry& registry = m_registries[reference.registry()];
    if (!mayAsk(registry))
        return Outcome::Later;
    const auto& clients = clientsOf(registry, reference.registry(), credential, identity);
    const bool isBelieved = std::any_of(clients.begin(), clients.end(),
                                        [&](const auto& client) { return client->isBelievedOn(blob.digest); });
    if (!isBelieved)
        return Outcome::Refused; // its word would be no proof, or all that is configured are mirrors
    return request(registry, clients, repository, reference.path(), blob, stop);
}

ProverAsks::Outcome ProverAsks::request(Registry& registry, const std::vector<std::unique_ptr<RegistryClient>>& clients,
                                        const std::string& repository, const std::string& path, const Blob& blob,
                                        const std::stop_token& stop)
{
    const Identity& identity = clients.front()->identity();
    registry.asked.push_back(m_clock.steadyNow());
    ++m_counts.asked;
    bool isRefused = false;
    for (const auto& client : clients) {
        const TimePoint asked = m_clock.now();
        try {
            const std::optional<std::uint64_t> size =
                isManifest(blob) ? client->headManifest(path, blob.digest.toString(), stop).size
                                 : std::optional(client->headBlob(path, blob.digest, stop));
            if (size && *size != blob.size)
                throw Error(ErrorCode::Corrupted, "the registry has another size for " + blob.digest.toString());
            m_records.record(identity, repository, blob.digest,
                             isManifest(blob) ? ProofMethod::Manifest : ProofMethod::Blob, asked);
            registry.pause = 0s;
            ++m_counts.proven;
            return Outcome::Covered;
        } catch (const Error& error) {
            if (error.code() == ErrorCode::Unavailable)
                continue; // the same host by another scheme
            isRefused = true;
            noteRefusal(identity, repository, blob.digest, error.code());
            break;
        }
    }
    if (!isRefused) {
        leaveAlone(registry);
        ++m_counts.unavailable;
        return Outcome::Later;
    }
    registry.pause = 0s;
    ++m_counts.refused;
    return Outcome::Refused;
}

std::vector<std::unique_ptr<RegistryClient>>& ProverAsks::clientsOf(Registry& registry, const std::string& name,
                                                                    const Credential& credential,
                                                                    const Identity& identity)
{
    if (!registry.endpoints) {
        registry.endpoints.emplace(); // none, when the settings cannot be understood
        try {
            registry.endpoints = upstreamsOf(name, m_options.hosts);
        } catch (const Error&) {
            ++m_counts.failures;
        }
    }
    auto& clients = registry.clients[identity];
    if (clients.empty())
        for (const Endpoint& endpoint : *registry.endpoints)
            clients.push_back(std::make_unique<RegistryClient>(m_context, endpoint, name, credential));
    return clients;
}

bool ProverAsks::mayAsk(Registry& registry) const
{
    const Moment now = m_clock.steadyNow();
    while (!registry.asked.empty() && registry.asked.front() <= now - 1min)
        registry.asked.pop_front();
    return registry.leftAloneUntil <= now && registry.asked.size() < m_options.requestsPerMinute;
}

void ProverAsks::leaveAlone(Registry& registry)
{
    registry.pause = std::clamp(registry.pause * 2, shortestPause, longestPause);
    registry.leftAloneUntil = m_clock.steadyNow() + registry.pause;
}

bool ProverAsks::isRefused(const Identity& identity, const std::string& repository, const Digest& digest) const
{
    const auto has = [&](const std::optional<Digest>& what) {
        const auto found = m_refused.find({identity, repository, what});
        return found != m_refused.end() && found->second > m_clock.steadyNow();
    };
    return has(std::nullopt) || has(digest);
}

void ProverAsks::noteRefusal(const Identity& identity, const std::string& repository, const Digest& digest,
                             ErrorCode code)
{
    if (m_refused.size() >= mostRefusals)
        m_refused.erase(std::min_element(m_refused.begin(), m_refused.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; }));
    const bool isDenied = code == ErrorCode::Denied;
    const bool isRefusal = isDenied || code == ErrorCode::NotFound;
    m_refused[{identity, repository, isDenied ? std::nullopt : std::optional(digest)}] =
        m_clock.steadyNow() + (isRefusal ? refusalsKept : oddAnswersKept);
    if (isRefusal)
        m_records.revoke(identity, repository);
}

} // namespace layerhold::registry
