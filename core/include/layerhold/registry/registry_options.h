// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/registry/secret.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold::registry {

/// Of one request to a registry. Whatever passes ends it with Error{Unavailable}. The time to connect is the
/// endpoint's.
struct Deadlines
{
    std::chrono::milliseconds headers{30'000}; ///< from the request, or its last sent bytes, to the end of the headers
    std::chrono::milliseconds stall{30'000};   ///< in which at least 1 KiB comes or goes, or the body ends
    std::optional<std::chrono::milliseconds> total; ///< of one request, without what it is redirected to
};

/// What connects for us. URLs as curl takes them, which may hold a password; empty: none.
struct Proxies
{
    Secret http;                         ///< for http URLs
    Secret https;                        ///< for https URLs
    std::vector<std::string> exceptions; ///< lower-case: "example.org" with what is below it, ".example.org", "*"

    /// http_proxy, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in small letters first. HTTP_PROXY is not read: where programs
    /// are started by CGI, anybody can set it.
    static Proxies fromEnvironment();
};

/// One attempt to connect, as the guard saw it, before anything was sent.
struct ConnectionAttempt
{
    std::string host;    ///< as in the URL
    std::string address; ///< "192.0.2.1:443"; the proxy's, when there is one
    bool isAdmitted = false;
};

/// Big public registries, whose word is as good as the images that come from them.
std::vector<std::string> wellKnownRegistries();

/// What all work with registries shares. `clock` outlives it.
struct RegistryOptions
{
    const Clock* clock = &Clock::system();
    Proxies proxies = Proxies::fromEnvironment();
    Deadlines deadlines;
    std::string userAgent = "layerhold";
    /// Registries, as in names of images, that say that somebody may read a blob only when they have it: their word
    /// makes a proof without the bytes, over https with a certificate of the system's authorities.
    std::vector<std::string> trustedRegistries = wellKnownRegistries();
    /// "host:port:address": names that are not looked up.
    std::vector<std::string> addresses;
    /// Called on any thread, for each attempt; may be empty.
    std::function<void(const ConnectionAttempt&)> onConnection;
    /// Waits before another try; throws Cancelled when asked to stop. Empty: really.
    std::function<void(std::chrono::milliseconds, std::stop_token)> wait;
};

} // namespace layerhold::registry
