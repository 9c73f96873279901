// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz_one.h"
#include "fuzz/planting.h"
#include "fuzz/properties.h"
#include "registry/hosts_toml.h"
#include "registry/server_url.h"

#include <chrono>
#include <filesystem>
#include <vector>

using namespace layerhold;
using namespace layerhold::fuzz;
using namespace layerhold::registry;

namespace {

using std::chrono::milliseconds;

const std::filesystem::path file = "/etc/containerd/certs.d/r.io/hosts.toml";

/// nullopt when it is refused, in words that have nothing of the content.
std::optional<HostsToml> parsed(std::string_view text)
{
    std::optional<HostsToml> hosts;
    const auto refusal = refusalOf(ErrorCode::FailedPrecondition, [&] { hosts = parseHostsToml(text, file); });
    if (refusal) {
        hold(refusal->starts_with('"' + file.native() + '"'), "a refusal names the file");
        hold(!registry::test::leaks(*refusal), "a refusal tells no secret");
    }
    return hosts;
}

/// A basic string of TOML.
std::string basicString(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            result += {'\\', c};
        else if (value < 0x20 || value == 0x7f)
            result += {'\\', 'u', '0', '0', digits[value >> 4U], digits[value & 0xfU]};
        else
            result += c;
    }
    return result + '"';
}

std::string printedCapabilities(Capabilities capabilities)
{
    std::string names;
    const auto add = [&](Capability capability, const char* name) {
        if (capabilities.has(capability))
            names += basicString(name) + ',';
    };
    add(Capability::Pull, "pull");
    add(Capability::Resolve, "resolve");
    add(Capability::Push, "push");
    add(Capability::Referrers, "referrers");
    return "capabilities=[" + names + "]\n";
}

/// The fields of one table, then the table of its headers, whose name begins with `prefix`.
std::string printed(const Endpoint& endpoint, const std::string& prefix)
{
    std::string text = "override_path=true\n" + printedCapabilities(endpoint.capabilities) + "ca=[";
    for (const auto& path : endpoint.tls.caFiles)
        text += basicString(path.native()) + ',';
    text += "]\nclient=[";
    for (const ClientPair& pair : endpoint.tls.clientPairs)
        text += '[' + basicString(pair.certificate.native()) + ',' + basicString(pair.key.native()) + "],";
    text += "]\n";
    if (endpoint.tls.verification == Verification::Skip)
        text += "skip_verify=true\n";
    if (endpoint.dialTimeout)
        text += "dial_timeout=\"" + std::to_string(endpoint.dialTimeout->count()) + "ms\"\n";
    text += '[' + prefix + "header]\n";
    std::string name;
    for (const Header& header : endpoint.headers) {
        if (header.name != name)
            text += (name.empty() ? "" : "]\n") + basicString(header.name) + "=[";
        name = header.name;
        text += basicString(header.value.reveal()) + ',';
    }
    return text + (name.empty() ? "" : "]\n");
}

std::string printed(const HostsToml& hosts)
{
    std::string text = hosts.server.url.empty() ? "" : "server=" + basicString(hosts.server.url) + '\n';
    text += printed(hosts.server, "");
    std::string slashes; // a table may come once, a host in several spellings
    for (const Endpoint& endpoint : hosts.endpoints) {
        const std::string name = "host." + basicString(endpoint.url + slashes);
        text += '[' + name + "]\n" + printed(endpoint, name + '.');
        slashes += '/';
    }
    return text;
}

/// The parser refuses such lines; printing makes lines that have more dots than those that were read.
bool hasLineOfManyDots(std::string_view text)
{
    int dots = 0;
    for (const char c : text) {
        dots = c == '\n' ? 0 : dots + (c == '.' ? 1 : 0);
        if (dots > 200)
            return true;
    }
    return false;
}

void checkEndpoint(const Endpoint& endpoint)
{
    const auto url = parseServerUrl(endpoint.url);
    hold(url && url->scheme + "://" + url->host + url->path == endpoint.url, "a server's URL parses to the same");
    hold(endpoint.url.find_first_of("@?#\\ \t\r\n") == std::string::npos, "a server's URL names a server alone");
}

void checkSettings(const Endpoint& endpoint)
{
    hold(!(endpoint.capabilities == Capabilities::none()), "no capability stands for all of them");
    for (const auto& path : endpoint.tls.caFiles)
        hold(path.is_absolute(), "an authority's file is found from everywhere");
    for (const ClientPair& pair : endpoint.tls.clientPairs)
        hold(pair.certificate.is_absolute() && pair.key.is_absolute(), "a client's files are found from everywhere");
    for (const Header& header : endpoint.headers) {
        hold(!header.name.empty() && header.name.find_first_of(std::string_view(" :\r\n\0", 5)) == std::string::npos,
             "a header has a name");
        hold(header.value.reveal().find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
             "a header is one line");
    }
    hold(!endpoint.dialTimeout ||
             (*endpoint.dialTimeout > milliseconds(0) && *endpoint.dialTimeout <= std::chrono::hours(1)),
         "a timeout is bounded");
    hold(!endpoint.isMirror && endpoint.trustedHosts.empty(), "who is trusted is not said here");
}

void check(const HostsToml& hosts)
{
    checkSettings(hosts.server);
    if (!hosts.server.url.empty())
        checkEndpoint(hosts.server);
    for (const Endpoint& endpoint : hosts.endpoints) {
        checkSettings(endpoint);
        checkEndpoint(endpoint);
    }
    const std::string text = printed(hosts);
    if (hasLineOfManyDots(text))
        return;
    const auto again = parsed(text);
    hold(again && printed(*again) == text, "printed settings parse to the same");
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view text = textOf(input);
    for (const std::string& document : {std::string(text), withPlantedSecret(text)})
        if (const auto hosts = parsed(document))
            check(*hosts);
    if (const auto timeout = parseDialTimeout(text)) {
        hold(*timeout > milliseconds(0) && *timeout <= std::chrono::hours(1), "a timeout is bounded");
        hold(parseDialTimeout(std::to_string(timeout->count()) + "ms") == timeout, "a timeout parses to the same");
    }
    return 0;
}
