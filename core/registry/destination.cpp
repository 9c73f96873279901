// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/destination.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace layerhold::registry {

namespace {

struct Network4
{
    std::uint32_t prefix;
    int bits;
    AddressClass addressClass;
};

constexpr std::uint32_t quad(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0, std::uint32_t d = 0)
{
    return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

/// IANA's registry of special addresses. The first that matches counts.
constexpr std::array networks4{
    Network4{quad(0, 0), 8, AddressClass::Unspecified},       Network4{quad(10, 0), 8, AddressClass::Private},
    Network4{quad(100, 64), 10, AddressClass::Private},       Network4{quad(127, 0), 8, AddressClass::Loopback},
    Network4{quad(169, 254), 16, AddressClass::LinkLocal},    Network4{quad(172, 16), 12, AddressClass::Private},
    Network4{quad(192, 0, 0), 24, AddressClass::Reserved},    Network4{quad(192, 0, 2), 24, AddressClass::Reserved},
    Network4{quad(192, 168), 16, AddressClass::Private},      Network4{quad(198, 18), 15, AddressClass::Reserved},
    Network4{quad(198, 51, 100), 24, AddressClass::Reserved}, Network4{quad(203, 0, 113), 24, AddressClass::Reserved},
    Network4{quad(224, 0), 4, AddressClass::Multicast},       Network4{quad(240, 0), 4, AddressClass::Reserved},
};

AddressClass classify4(std::uint32_t address)
{
    for (const Network4& network : networks4)
        if ((address >> (32 - network.bits)) == (network.prefix >> (32 - network.bits)))
            return network.addressClass;
    return AddressClass::Public;
}

using Bytes6 = std::array<unsigned char, 16>;

std::uint32_t embedded(const Bytes6& bytes, std::size_t at)
{
    return quad(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool startsWith(const Bytes6& bytes, std::initializer_list<unsigned char> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

AddressClass classify6(const Bytes6& bytes)
{
    constexpr Bytes6 unspecified{};
    constexpr Bytes6 loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    if (bytes == unspecified)
        return AddressClass::Unspecified;
    if (bytes == loopback)
        return AddressClass::Loopback;
    const bool isMapped = startsWith(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
    const bool isCompatible = startsWith(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    const bool isNat64 = startsWith(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0});
    if (isMapped || isCompatible || isNat64)
        return classify4(embedded(bytes, 12));
    if (startsWith(bytes, {0x20, 0x02})) // 6to4
        return classify4(embedded(bytes, 2));
    if (bytes[0] == 0xff)
        return AddressClass::Multicast;
    if (bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80)
        return AddressClass::LinkLocal;
    if ((bytes[0] & 0xfeU) == 0xfc || (bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0xc0))
        return AddressClass::Private;
    return (bytes[0] & 0xe0U) == 0x20 ? AddressClass::Public : AddressClass::Reserved; // 2000::/3
}

bool isNameOfThisMachine(std::string_view host)
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host == "localhost" || host.ends_with(".localhost");
}

} // namespace

std::string_view toString(AddressClass addressClass)
{
    switch (addressClass) {
    case AddressClass::Public:
        return "public";
    case AddressClass::Private:
        return "private";
    case AddressClass::Loopback:
        return "loopback";
    case AddressClass::LinkLocal:
        return "link-local";
    case AddressClass::Unspecified:
        return "unspecified";
    case AddressClass::Multicast:
        return "multicast";
    case AddressClass::Reserved:
        break;
    }
    return "reserved";
}

AddressClass classify(const sockaddr& address, socklen_t size)
{
    if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return classify4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        Bytes6 bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return classify6(bytes);
    }
    return AddressClass::Reserved;
}

std::optional<AddressClass> classifyHost(std::string_view host)
{
    if (isNameOfThisMachine(host))
        return AddressClass::Loopback;
    if (host.starts_with('[') && host.ends_with(']')) {
        Bytes6 bytes{};
        const std::string text(host.substr(1, host.size() - 2));
        if (::inet_pton(AF_INET6, text.substr(0, text.find('%')).c_str(), bytes.data()) != 1)
            return AddressClass::Reserved;
        return classify6(bytes);
    }
    in_addr address{};
    if (::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1)
        return classify4(ntohl(address.s_addr));
    return std::nullopt;
}

std::string addressText(const sockaddr& address, socklen_t size)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
        return std::string(text.data()) + ':' + std::to_string(ntohs(v4.sin_port));
    }
    if (address.sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
        return '[' + std::string(text.data()) + "]:" + std::to_string(ntohs(v6.sin6_port));
    }
    return "an address of no known family";
}

DestinationPolicy::DestinationPolicy(Url registry, std::vector<std::string> trustedHosts)
    : m_registry(std::move(registry))
    , m_trustedHosts(std::move(trustedHosts))
{}

bool DestinationPolicy::admits(const Url& target, AddressClass where)
{
    if (where == AddressClass::Multicast)
        return false;
    const std::lock_guard lock(m_mutex);
    if (isOwn(target)) {
        m_firstTried = m_firstTried.value_or(where);
        m_hasBeenPublic = m_hasBeenPublic || where == AddressClass::Public;
    }
    if (isTrusted(target) || where == AddressClass::Public)
        return true;
    if (isOwn(target))
        return admitsOwn(where);
    return where == m_ownClass &&
           (where == AddressClass::Private ? !m_hasBeenPublic : target.host() == m_registry.host());
}

bool DestinationPolicy::confirms(const Url& target, AddressClass where)
{
    if (isOwn(target)) {
        const std::lock_guard lock(m_mutex);
        if (!m_ownClass)
            m_ownClass = where;
    }
    return admits(target, where);
}

bool DestinationPolicy::admitsThroughProxy(const Url& target) const
{
    const auto said = classifyHost(target.host());
    return !said || *said == AddressClass::Public || target.host() == m_registry.host() || isTrusted(target);
}

bool DestinationPolicy::isTrusted(const Url& target) const
{
    return std::find(m_trustedHosts.begin(), m_trustedHosts.end(), target.host()) != m_trustedHosts.end();
}

bool DestinationPolicy::isOwn(const Url& target) const
{
    return target.host() == m_registry.host() && target.port() == m_registry.port();
}

/// Of what is not public.
bool DestinationPolicy::admitsOwn(AddressClass where)
{
    if (m_ownClass)
        return where == *m_ownClass;
    // A host of a company often has a public IPv6 and a private IPv4 address, of which one can be reached.
    return where == AddressClass::Private || where == m_firstTried;
}

} // namespace layerhold::registry
