// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/http_client.h"

#include "base/text.h"
#include "registry/proxies.h"

#include <curl/curl.h>

#include <strings.h>

#include <string>

namespace layerhold::registry {

namespace {

constexpr std::chrono::milliseconds usualDialTimeout(10'000);
constexpr int mostRedirects = 10;
constexpr std::size_t mostIdle = 10;

Url requireBase(const Endpoint& endpoint)
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (initialised != CURLE_OK)
        throw Error(ErrorCode::Internal, "libcurl cannot start");
    Url url = Url::require(endpoint.url, "the address of the registry");
    if (url.hasUserinfo())
        throw Error(ErrorCode::InvalidArgument,
                    "the address of the registry " + url.redacted() + " holds a user or password; log in instead");
    return url;
}

} // namespace

/// A handle for the time of one request.
class HttpClient::Loan
{
public:
    explicit Loan(HttpClient& client)
        : m_client(client)
    {
        const std::lock_guard lock(client.m_mutex);
        if (!client.m_idle.empty()) {
            m_handle = std::move(client.m_idle.back());
            client.m_idle.pop_back();
        }
    }

    ~Loan()
    {
        const std::lock_guard lock(m_client.m_mutex);
        if (m_handle && m_client.m_idle.size() < mostIdle)
            m_client.m_idle.push_back(std::move(m_handle));
    }

    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    HttpHandle& handle()
    {
        if (!m_handle)
            m_handle = std::make_unique<HttpHandle>(m_client.m_options, m_client.m_destinations);
        return *m_handle;
    }

private:
    HttpClient& m_client;
    std::unique_ptr<HttpHandle> m_handle;
};

HttpClient::HttpClient(const RegistryOptions& options, const Endpoint& endpoint)
    : m_options(options)
    , m_endpoint(endpoint)
    , m_base(requireBase(endpoint))
    , m_destinations(m_base, endpoint.trustedHosts)
{}

HttpClient::~HttpClient() = default;

HttpHop HttpClient::hopTo(const HttpRequest& request, const Url& url, bool isPrivate) const
{
    const bool isRegistry = url.isSameOrigin(m_base);
    HttpHop hop{request, url, {}, proxyFor(m_options.proxies, url)};
    hop.tls = &m_endpoint.tls;
    hop.verification = url.host() == m_base.host() ? m_endpoint.tls.verification : Verification::Full;
    hop.showsCertificate = isRegistry;
    hop.connectTimeout = m_endpoint.dialTimeout.value_or(usualDialTimeout);
    if (!isPrivate)
        return hop;
    for (const Header& header : request.privateHeaders)
        hop.privateHeaders.push_back(&header);
    if (isRegistry) {
        const auto isOurs = [&](const std::string& name) {
            for (const Header& header : request.privateHeaders)
                if (::strcasecmp(header.name.c_str(), name.c_str()) == 0)
                    return true;
            return false;
        };
        for (const Header& header : m_endpoint.headers)
            if (!isOurs(header.name))
                hop.privateHeaders.push_back(&header);
    }
    return hop;
}

void HttpClient::checkTarget(const HttpRequest& request, const Url& from, const Url& to) const
{
    const std::string where = "it leads to " + text::quoted(to.origin());
    if (to.hasUserinfo())
        throw Error(ErrorCode::FailedPrecondition, where + " with a user or password, which is refused");
    if (from.scheme() == Url::Scheme::Https && to.scheme() == Url::Scheme::Http)
        throw Error(ErrorCode::FailedPrecondition, where + ", which gives up encryption; ask who runs the registry");
    if (request.redirects == Redirects::SameOrigin && !to.isSameOrigin(from))
        throw Error(ErrorCode::FailedPrecondition, where + ", another host, which is refused for this request");
}

HttpResponse HttpClient::send(const HttpRequest& request, std::stop_token stop)
{
    Loan loan(*this);
    Url url = request.url;
    UrlAuthor author = request.author;
    const bool follows =
        request.redirects != Redirects::Refuse && (request.method == Method::Get || request.method == Method::Head);
    bool isPrivate = true; // once left behind, never taken up again
    for (int hops = 0;; ++hops) {
        try {
            if (stop.stop_requested())
                throw Cancelled();
            if (!proxyFor(m_options.proxies, url).isEmpty() && !m_destinations.admitsThroughProxy(url))
                throw Error(ErrorCode::FailedPrecondition,
                            "refused to ask the proxy for an internal address that the registry leads to");
            HttpResponse response = loan.handle().transfer(hopTo(request, url, isPrivate), stop);
            const auto location = response.header("location");
            if (!follows || !isRedirect(response.status) || !location)
                return response;
            if (hops == mostRedirects)
                throw Error(ErrorCode::FailedPrecondition,
                            "it leads elsewhere more than " + std::to_string(mostRedirects) + " times");
            const auto next = url.resolve(*location);
            if (!next)
                throw Error(ErrorCode::FailedPrecondition, "it leads to what is no http or https URL");
            checkTarget(request, url, *next);
            isPrivate = isPrivate && next->isSameOrigin(url);
            url = *next;
            author = UrlAuthor::Server;
        } catch (Error& error) {
            error.addContext(title(request.method, url, author));
            throw;
        }
    }
}

} // namespace layerhold::registry
