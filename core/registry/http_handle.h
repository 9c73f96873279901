// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/destination.h"
#include "registry/http_types.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace layerhold::registry {

/// What an HttpHandle needs to know beside the request. The references outlive the transfer.
struct HttpHop
{
    const HttpRequest& request;
    const Url& url;
    std::vector<const Header*> privateHeaders; ///< only what may be sent to `url`
    const Secret& proxy;
    const TlsSettings* tls = nullptr;
    Verification verification = Verification::Full;
    bool showsCertificate = false; ///< the client's, of `tls`
    std::chrono::milliseconds connectTimeout{10'000};
};

/// One transfer at a time, with the connections of earlier ones kept open for the next. Not thread-safe.
class HttpHandle
{
public:
    HttpHandle(const RegistryOptions& options, DestinationPolicy& destinations);
    ~HttpHandle();
    HttpHandle(const HttpHandle&) = delete;
    HttpHandle& operator=(const HttpHandle&) = delete;

    /// One request and its answer, whatever its status; redirects are answers. Errors: Unavailable for what trying
    /// again may help with, FailedPrecondition for answers that cannot be used and destinations that are refused.
    HttpResponse transfer(const HttpHop& hop, std::stop_token stop);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// "GET https://host/path", as messages begin.
std::string title(Method method, const Url& url, UrlAuthor author);

/// The statuses of GET and HEAD that lead on when there is a Location.
bool isRedirect(int status);

} // namespace layerhold::registry
