// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/destination.h"
#include "registry/http_handle.h"
#include "registry/http_types.h"

#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace layerhold::registry {

/// HTTP on behalf of one registry and one credential: connections are never shared with another, as one that was made
/// with a client certificate, or to where the guard let this registry go, must not serve others. Redirects are
/// followed by our own rules. Thread-safe; each request that runs has a connection of its own.
class HttpClient
{
public:
    /// `options` outlives the client. Error{InvalidArgument} for an endpoint whose URL is none.
    HttpClient(const RegistryOptions& options, const Endpoint& endpoint);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// The registry's API.
    const Url& base() const { return m_base; }

    const Endpoint& endpoint() const { return m_endpoint; }

    /// One request and its answer, whatever its status. Errors: Unavailable for what trying again may help with (a
    /// PersistentFailure where it would only take as long again), FailedPrecondition for answers that cannot be used
    /// and for destinations that are refused. Cancelled within a moment after the stop.
    HttpResponse send(const HttpRequest& request, std::stop_token stop);

private:
    class Loan;

    HttpHop hopTo(const HttpRequest& request, const Url& url, bool isPrivate) const;
    void checkTarget(const HttpRequest& request, const Url& from, const Url& to) const;

    const RegistryOptions& m_options;
    const Endpoint m_endpoint;
    const Url m_base;
    DestinationPolicy m_destinations;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<HttpHandle>> m_idle; ///< the one used last is behind: its connections are fresh
};

} // namespace layerhold::registry
