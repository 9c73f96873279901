// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/registry_session.h"

#include "base/text.h"
#include "layerhold/image_reference.h"
#include "registry/registry_failure.h"
#include "registry/retry.h"

#include <charconv>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::chrono::milliseconds shortTotal{60'000};
/// Of a text that is kept and shown.
constexpr std::size_t longestSource = 100;

/// "100;w=21600".
std::uint64_t limitOf(std::string_view value, std::chrono::seconds* window)
{
    const std::size_t end = value.find(';');
    if (const std::size_t at = value.find("w="); window && at != std::string_view::npos)
        *window = std::chrono::seconds(number(value.substr(at + 2)).value_or(0) & 0x7fffffffU);
    return number(value.substr(0, end)).value_or(0);
}

} // namespace

std::optional<std::uint64_t> number(std::optional<std::string_view> text)
{
    std::uint64_t value = 0;
    if (!text || text->empty())
        return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

void checkRepository(const std::string& repository)
{
    const auto reference = ImageReference::parse("registry.invalid/" + repository);
    if (!reference || reference->path() != repository)
        throw Error(ErrorCode::InvalidArgument, text::quoted(repository) + " is no repository; write NAME[/NAME]…");
}

bool isTag(const std::string& text)
{
    const auto named = ImageReference::parse("registry.invalid/name:" + text);
    return named && named->tag() == text && !named->digest();
}

std::optional<Digest> checkReference(const std::string& reference)
{
    if (auto digest = Digest::parse(reference))
        return digest;
    if (!isTag(reference))
        throw Error(ErrorCode::InvalidArgument, text::quoted(reference) + " is neither a tag nor a digest");
    return std::nullopt;
}

ScopeSet pullScope(const std::string& repository)
{
    return ScopeSet::repository(repository, {"pull"});
}

ScopeSet pushScope(const std::string& repository)
{
    return ScopeSet::repository(repository, {"pull", "push"});
}

RegistrySession::RegistrySession(const RegistryOptions& options, TokenCache& tokens, RateLimits& rateLimits,
                                 const Endpoint& endpoint, std::string registry, Credential credential,
                                 const Identity& identity)
    : m_options(options)
    , m_rateLimits(rateLimits)
    , m_registry(std::move(registry))
    , m_identity(identity)
    , m_http(options, endpoint)
    , m_authorizer(options, m_http, tokens, std::move(credential), m_identity)
{}

Url RegistrySession::url(const std::string& path) const
{
    const Url url = m_http.base() / path;
    return m_http.endpoint().isMirror ? url.withParameter("ns", m_registry) : url;
}

Url RegistrySession::url(const std::string& repository, const std::string& kind, const std::string& reference) const
{
    return url(repository + '/' + kind + '/' + reference);
}

HttpRequest RegistrySession::request(Method method, Url url, bool isShort) const
{
    HttpRequest request(method, std::move(url));
    request.deadlines = m_options.deadlines;
    if (isShort && !request.deadlines.total)
        request.deadlines.total = shortTotal;
    return request;
}

HttpResponse RegistrySession::send(HttpRequest request, const ScopeSet& scopes, std::stop_token stop,
                                   const std::function<bool()>& isRepeatable)
{
    HttpResponse response = m_authorizer.send(std::move(request), scopes, stop, isRepeatable);
    noteRateLimit(response);
    return response;
}

void RegistrySession::wait(std::chrono::milliseconds time, std::stop_token stop) const
{
    waitFor(m_options, time, std::move(stop));
}

void RegistrySession::fail(const HttpResponse& response) const
{
    // Of a storage that the registry led to, nothing says anything about what the credential may do: a signature in its
    // address has expired, say.
    if (!response.url.isSameOrigin(m_http.base()))
        throw Error(ErrorCode::Unavailable, text::quoted(response.url.origin()) +
                                                ", where the registry leads to, answers with status " +
                                                std::to_string(response.status) + "; try again");
    const Error failure = registryFailure(response, m_authorizer.credential());
    if (const auto value = response.header("retry-after"); value && failure.code() == ErrorCode::Unavailable)
        if (const auto wish = retryAfter(*value, m_options.clock->now()))
            throw TryLater(failure, *wish);
    throw Error(failure);
}

Url RegistrySession::follow(const HttpResponse& response, std::string_view reference) const
{
    const auto url = response.url.resolve(reference);
    if (!url || url->hasUserinfo())
        throw Error(ErrorCode::FailedPrecondition, "the registry names an address that cannot be used");
    if (response.url.scheme() == Url::Scheme::Https && url->scheme() == Url::Scheme::Http)
        throw Error(ErrorCode::FailedPrecondition,
                    "the registry leads to " + text::quoted(url->origin()) +
                        ", which gives up encryption; whoever runs it has to tell it that it is behind https");
    return *url;
}

void RegistrySession::noteRateLimit(const HttpResponse& response)
{
    const auto remaining = response.header("ratelimit-remaining");
    if (!remaining)
        return;
    RateLimit limit;
    limit.limit = limitOf(response.header("ratelimit-limit").value_or(""), &limit.window);
    limit.remaining = limitOf(*remaining, nullptr);
    limit.source = response.header("docker-ratelimit-source").value_or("").substr(0, longestSource);
    m_rateLimits.note(m_registry, m_identity, std::move(limit), m_options.clock->now());
}

std::optional<RateLimit> RegistrySession::rateLimit() const
{
    return m_rateLimits.find(m_registry, m_identity);
}

} // namespace layerhold::registry
