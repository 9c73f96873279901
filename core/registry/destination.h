// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/url.h"

#include <sys/socket.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

enum class AddressClass
{
    Public,
    Private, ///< of an organisation or a carrier: RFC 1918, RFC 6598, unique local and site-local IPv6
    Loopback,
    LinkLocal, ///< also where clouds answer with credentials of the machine
    Unspecified,
    Multicast,
    Reserved, ///< nothing of the internet is there; also what is neither IPv4 nor IPv6
};

std::string_view toString(AddressClass addressClass);

/// An IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4) is taken for what it stands for.
AddressClass classify(const sockaddr& address, socklen_t size);
/// Of a host that is an address, or "localhost" or below it; nullopt for other names.
std::optional<AddressClass> classifyHost(std::string_view host);
/// "127.0.0.1:443", "[::1]:443"; for people.
std::string addressText(const sockaddr& address, socklen_t size);

/// Where requests on behalf of one registry may connect to. Asked with the address itself, right before a socket is
/// made, so that no name can resolve to something else afterwards.
///
/// - Hosts that are trusted by configuration may be anywhere but multicast.
/// - The registry's own host and port may be public; elsewhere only where the first connection to it was made:
///   somebody named it, but its name must not turn to a network of the user's later. Until there is one, it may also be
///   private, or of the class of the first address that was tried, unless that is multicast.
/// - What the registry's answers lead to (redirects, token services, uploads) must be public; or private, when the
///   registry is, and its name never stood for a public address; or of the registry's own class under the registry's
///   own host name.
///
/// What counts is a connection that was made, as anybody can let a name stand for an address.
///
/// Thread-safe.
class DestinationPolicy
{
public:
    DestinationPolicy(Url registry, std::vector<std::string> trustedHosts);

    /// Before a connection is tried.
    bool admits(const Url& target, AddressClass where);
    /// When one was made, and the server has shown its certificate. False: it must not be used, as another has been
    /// made elsewhere since it was admitted.
    bool confirms(const Url& target, AddressClass where);
    /// For targets that a proxy connects to: goes by what the host itself says.
    bool admitsThroughProxy(const Url& target) const;

private:
    bool isTrusted(const Url& target) const;
    bool isOwn(const Url& target) const;
    bool admitsOwn(AddressClass where);

    const Url m_registry;
    const std::vector<std::string> m_trustedHosts;
    std::mutex m_mutex;
    std::optional<AddressClass> m_firstTried; ///< where the registry was first looked for
    std::optional<AddressClass> m_ownClass;   ///< where the first connection to it was made
    bool m_hasBeenPublic = false;             ///< a public address of it was tried
};

} // namespace layerhold::registry
