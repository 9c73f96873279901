// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::registry {

/// What an endpoint is asked for; a set of these is the sum of their values.
enum class Capability : std::uint8_t
{
    Pull = 1,    ///< manifests and blobs by digest
    Resolve = 2, ///< what a tag points at
    Push = 4,
    Referrers = 8,
};

class Capabilities
{
public:
    static Capabilities none() { return Capabilities(0); }

    static Capabilities all() { return Capabilities(0xf); }

    void add(Capability capability) { m_bits = static_cast<std::uint8_t>(m_bits | static_cast<unsigned>(capability)); }

    bool has(Capability capability) const { return (m_bits & static_cast<unsigned>(capability)) != 0; }

    friend bool operator==(Capabilities, Capabilities) = default;

private:
    explicit Capabilities(std::uint8_t bits)
        : m_bits(bits)
    {}

    std::uint8_t m_bits;
};

/// Certificate and key in PEM; one file can be both.
struct ClientPair
{
    std::filesystem::path certificate;
    std::filesystem::path key;

    friend bool operator==(const ClientPair&, const ClientPair&) = default;
};

enum class Verification
{
    Full,
    Skip, ///< neither the server's certificate nor its name is checked: only for hosts that somebody named as insecure
};

/// What the files of TLS settings hold: for a process that cannot read them, and should not. PEM; empty: none.
struct TlsMaterial
{
    std::string authorities;
    std::string certificate;
    Secret key;

    friend bool operator==(const TlsMaterial&, const TlsMaterial&) = default;
};

/// How the registry's own host is talked to over TLS. The authorities count for every host it redirects to as well;
/// a client's certificate is shown to the registry alone, and only its host may do without verification.
struct TlsSettings
{
    std::vector<std::filesystem::path> caFiles; ///< PEM; trusted besides those of the system
    std::vector<ClientPair> clientPairs;        ///< the first is shown
    Verification verification = Verification::Full;
    TlsMaterial material = {}; ///< of readTls(); counts besides the files, which are read when they are needed

    /// True when nothing was set.
    bool isDefault() const { return *this == TlsSettings(); }

    friend bool operator==(const TlsSettings&, const TlsSettings&) = default;
};

/// The same settings without names of files, whose contents are the material. Error{FailedPrecondition} for a file that
/// cannot be read or is over 1 MiB.
TlsSettings readTls(const TlsSettings& settings);

/// Sent with each request to the endpoint, and to nobody else; its value may be a credential.
struct Header
{
    std::string name;
    Secret value;

    friend bool operator==(const Header&, const Header&) = default;
};

/// One place where the content of a registry can be had: itself, or a mirror. A value.
struct Endpoint
{
    /// "https://mirror:5000/v2": what the paths of the registry's interface are appended to. "http:" only when
    /// configured.
    std::string url;
    Capabilities capabilities = Capabilities::all();
    TlsSettings tls;
    std::vector<Header> headers;           ///< sent to the origin of `url` alone
    std::vector<std::string> trustedHosts; ///< lower-case names where a token service may be, beyond the usual rules
    std::optional<std::chrono::milliseconds> dialTimeout; ///< for one connection to be made
    bool isMirror = false; ///< another host than the registry's own: it is told by `ns` which registry is meant

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

enum class Transport
{
    Https,
    Http, ///< for registries that somebody named as insecure
};

/// The registry's own endpoint: "docker.io" gives "https://registry-1.docker.io/v2".
Endpoint endpointOf(const std::string& registry, Transport transport = Transport::Https);

/// True when what answers there is the registry itself ("docker.io") and not a mirror: by the address that is talked
/// to, whatever Endpoint::isMirror says, for an endpoint may come from somebody who gains by a wrong word. Another path
/// on the registry's host is another tree of repositories, and no upstream.
bool isUpstream(const Endpoint& endpoint, const std::string& registry);

} // namespace layerhold::registry
