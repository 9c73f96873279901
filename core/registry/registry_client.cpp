// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/registry_client.h"

#include "registry/manifest_check.h"
#include "registry/registry_client_impl.h"

#include <algorithm>
#include <span>

namespace layerhold::registry {

namespace {

constexpr std::uint64_t largestManifest = 4U << 20U;

std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string nameOf(const RegistrySession& session, const std::string& repository, const std::string& reference)
{
    return "manifest " + session.registry() + '/' + repository + (Digest::parse(reference) ? '@' : ':') + reference;
}

std::optional<Digest> statedDigest(const HttpResponse& response)
{
    const auto text = response.header("docker-content-digest");
    return text ? Digest::parse(*text) : std::nullopt;
}

/// That the bytes are what was asked for, and what the registry says they are.
Digest checkedDigest(const HttpResponse& response, const std::optional<Digest>& asked)
{
    const auto stated = statedDigest(response);
    std::optional<Digest> result;
    for (const auto& expected : {asked, stated}) {
        if (!expected)
            continue;
        const Digest actual = Hasher::of(bytesOf(response.body), expected->algorithm());
        if (actual != *expected)
            throw Error(ErrorCode::Corrupted, "the registry sent other bytes than those of " + expected->toString() +
                                                  "; try again, and tell who runs it");
        if (!result)
            result = actual;
    }
    return result ? *result : Hasher::of(bytesOf(response.body));
}

HttpRequest manifestRequest(const RegistrySession& session, Method method, const std::string& repository,
                            const std::string& reference)
{
    HttpRequest request = session.request(method, session.url(repository, "manifests", reference));
    request.limits.body = largestManifest;
    request.headers.emplace_back("Accept", acceptedManifests());
    return request;
}

bool isTrustedWithoutBytes(const RegistryOptions& options, const Endpoint& endpoint, const std::string& registry)
{
    const auto& trusted = options.trustedRegistries;
    return std::find(trusted.begin(), trusted.end(), registry) != trusted.end() && isUpstream(endpoint, registry) &&
           endpoint.url.starts_with("https://") && endpoint.tls.isDefault();
}

} // namespace

RegistryContext::RegistryContext(RegistryOptions options, AccessRecords& records)
    : m_impl(std::make_unique<Impl>(std::move(options), records))
{}

RegistryContext::~RegistryContext() = default;

AccessRecords& RegistryContext::records() const
{
    return m_impl->records;
}

std::vector<KnownRateLimit> RegistryContext::rateLimits() const
{
    return m_impl->rateLimits.all();
}

const Clock& RegistryContext::clock() const
{
    return *m_impl->options.clock;
}

RegistryClient::RegistryClient(std::shared_ptr<RegistryContext> context, const Endpoint& endpoint, std::string registry,
                               Credential credential)
{
    auto& shared = *context->m_impl;
    const Source source{endpoint, credential};
    const Identity identity = identityOf(shared.records, registry, source);
    const Identity origin = originOf(shared.records, source, identity);
    const bool isTrusted = isTrustedWithoutBytes(shared.options, endpoint, registry);
    m_impl = std::make_unique<Impl>(std::move(context), shared.options, shared.tokens, shared.rateLimits, endpoint,
                                    std::move(registry), std::move(credential), identity);
    m_impl->origin = origin;
    m_impl->isTrusted = isTrusted;
}

RegistryClient::~RegistryClient() = default;

const std::string& RegistryClient::registry() const
{
    return m_impl->session.registry();
}

const Identity& RegistryClient::identity() const
{
    return m_impl->session.identity();
}

const Identity& RegistryClient::origin() const
{
    return m_impl->origin;
}

void RegistryClient::noteDelivery(const Digest& digest)
{
    m_impl->context->records().noteDelivery(m_impl->origin, digest);
}

bool RegistryClient::isBelievedOn(const Digest& digest) const
{
    return m_impl->isTrusted || m_impl->context->records().hasDelivered(m_impl->origin, digest);
}

std::optional<RateLimit> RegistryClient::rateLimit() const
{
    return m_impl->session.rateLimit();
}

void RegistryClient::wait(std::chrono::milliseconds time, std::stop_token stop) const
{
    m_impl->session.wait(time, std::move(stop));
}

void RegistryClient::ping(std::stop_token stop)
{
    RegistrySession& session = m_impl->session;
    about("registry " + session.registry(), [&] {
        const HttpResponse response = session.send(session.request(Method::Get, session.url("")), {}, stop);
        if (response.status != 200)
            session.fail(response);
    });
}

ManifestHead RegistryClient::headManifest(const std::string& repository, const std::string& reference,
                                          std::stop_token stop)
{
    checkRepository(repository);
    const auto asked = checkReference(reference);
    RegistrySession& session = m_impl->session;
    const auto head = about(nameOf(session, repository, reference), [&]() -> std::optional<ManifestHead> {
        const HttpResponse response =
            session.send(manifestRequest(session, Method::Head, repository, reference), pullScope(repository), stop);
        if (response.status == 405 || response.status == 501)
            return std::nullopt;
        if (response.status != 200)
            session.fail(response);
        const auto stated = statedDigest(response);
        if (!stated && !asked)
            return std::nullopt;
        if (stated && asked && stated->algorithm() == asked->algorithm() && *stated != *asked)
            throw Error(ErrorCode::Corrupted,
                        "the registry answers for " + stated->toString() + " instead; tell who runs it");
        return ManifestHead{asked ? *asked : *stated, mainType(response.header("content-type").value_or("")),
                            number(response.header("content-length"))};
    });
    if (head)
        return *head;
    const ManifestDocument document = getManifest(repository, reference, stop);
    return {document.digest, document.mediaType, document.bytes.size()};
}

ManifestDocument RegistryClient::getManifest(const std::string& repository, const std::string& reference,
                                             std::stop_token stop)
{
    checkRepository(repository);
    const auto asked = checkReference(reference);
    RegistrySession& session = m_impl->session;
    return about(nameOf(session, repository, reference), [&] {
        HttpResponse response =
            session.send(manifestRequest(session, Method::Get, repository, reference), pullScope(repository), stop);
        if (response.status != 200)
            session.fail(response);
        const Digest digest = checkedDigest(response, asked);
        std::string type = checkedMediaType(response.header("content-type").value_or(""), response.body);
        return ManifestDocument{digest, std::move(type), std::move(response.body)};
    });
}

Digest RegistryClient::putManifest(const std::string& repository, const std::string& reference,
                                   const std::string& mediaType, std::string_view bytes, std::stop_token stop)
{
    checkRepository(repository);
    const auto asked = checkReference(reference);
    RegistrySession& session = m_impl->session;
    return about(nameOf(session, repository, reference), [&] {
        if (bytes.size() > largestManifest)
            throw Error(ErrorCode::InvalidArgument, "it is larger than 4 MiB, which registries do not take");
        const Digest digest = Hasher::of(bytes.empty() ? std::span<const std::byte>() : bytesOf(bytes),
                                         asked ? asked->algorithm() : DigestAlgorithm::Sha256);
        if (asked && *asked != digest)
            throw Error(ErrorCode::InvalidArgument, "its bytes have the digest " + digest.toString());
        HttpRequest request = session.request(Method::Put, session.url(repository, "manifests", reference));
        request.headers.emplace_back("Content-Type", mediaType);
        request.body = bytes;
        const HttpResponse response = session.send(std::move(request), pushScope(repository), stop);
        if (response.status != 201 && response.status != 200 && response.status != 202)
            session.fail(response);
        const auto stated = statedDigest(response);
        if (stated && stated->algorithm() == digest.algorithm() && *stated != digest)
            throw Error(ErrorCode::Corrupted,
                        "the registry took it for " + stated->toString() + "; push it again, and tell who runs it");
        return digest;
    });
}

} // namespace layerhold::registry
