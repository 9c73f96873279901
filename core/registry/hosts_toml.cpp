// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/hosts_toml.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "registry/server_url.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace layerhold::registry {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view interfacePath = "/v2";

bool isHeaderName(std::string_view name)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~"; // RFC 9110, section 5.6.2
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

class Reader
{
public:
    explicit Reader(const std::filesystem::path& file)
        : m_file(file)
    {}

    HostsToml read(toml::table& document) const
    {
        HostsToml result;
        if (toml::node* const hosts = document.get("host")) {
            if (!hosts->is_table())
                fail(hosts->source(), "host is no table");
            result.endpoints = readHosts(*hosts->as_table());
        }
        result.server = readEndpoint(document);
        if (toml::node* const server = document.get("server"))
            if (const std::string url = text(*server, "server"); !url.empty())
                result.server.url = readUrl(url, server->source(), document);
        return result;
    }

    [[noreturn]] void fail(const toml::source_region& where, const std::string& why) const
    {
        throw Error(ErrorCode::FailedPrecondition, text::quotedPath(m_file) + ", line " +
                                                       std::to_string(where.begin.line) + ": " + why + "; repair it");
    }

private:
    std::vector<Endpoint> readHosts(toml::table& hosts) const
    {
        struct Place
        {
            toml::source_position position;
            Endpoint endpoint;
        };

        std::vector<Place> places;
        for (auto&& [key, node] : hosts) {
            if (!node.is_table())
                fail(key.source(), "a host is no table");
            Place place;
            place.position = key.source().begin;
            place.endpoint = readEndpoint(*node.as_table());
            place.endpoint.url = readUrl(std::string(key.str()), key.source(), *node.as_table());
            places.push_back(std::move(place));
        }
        std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.position < b.position; });
        std::vector<Endpoint> endpoints;
        for (Place& place : places)
            endpoints.push_back(std::move(place.endpoint));
        return endpoints;
    }

    Endpoint readEndpoint(toml::table& table) const
    {
        Endpoint endpoint;
        if (toml::node* const node = table.get("capabilities"))
            endpoint.capabilities = readCapabilities(*node);
        if (toml::node* const node = table.get("ca"))
            for (const std::string& file : texts(*node, "ca"))
                endpoint.tls.caFiles.push_back(beside(file));
        if (toml::node* const node = table.get("client"))
            endpoint.tls.clientPairs = readClient(*node);
        endpoint.tls.verification = truth(table, "skip_verify") ? Verification::Skip : Verification::Full;
        if (toml::node* const node = table.get("header"))
            endpoint.headers = readHeaders(*node);
        if (toml::node* const node = table.get("dial_timeout")) {
            endpoint.dialTimeout = parseDialTimeout(text(*node, "dial_timeout"));
            if (!endpoint.dialTimeout)
                fail(node->source(), "dial_timeout is no duration as \"30s\", above zero and up to an hour");
        }
        return endpoint;
    }

    /// The message has nothing of the text: it may hold a password.
    std::string readUrl(const std::string& text, const toml::source_region& where, toml::table& table) const
    {
        const auto url = parseServerUrl(text.find("://") == std::string::npos ? "https://" + text : text);
        if (!url)
            fail(where, "a server is named as https://HOST[:PORT][/PATH], without user, query and fragment");
        std::string path = url->path;
        if (!truth(table, "override_path") && !path.ends_with(interfacePath))
            path += interfacePath;
        return url->scheme + "://" + url->host + path;
    }

    Capabilities readCapabilities(toml::node& node) const
    {
        constexpr std::array known{std::pair{std::string_view("pull"), Capability::Pull},
                                   std::pair{std::string_view("resolve"), Capability::Resolve},
                                   std::pair{std::string_view("push"), Capability::Push},
                                   std::pair{std::string_view("referrers"), Capability::Referrers}};
        const std::vector<std::string> names = texts(node, "capabilities");
        if (names.empty())
            return Capabilities::all();
        Capabilities capabilities = Capabilities::none();
        for (std::string name : names) {
            for (char& c : name)
                if (c >= 'A' && c <= 'Z')
                    c = static_cast<char>(c - 'A' + 'a');
            const auto* const found =
                std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.first == name; });
            if (found == known.end())
                fail(node.source(), "capabilities are of pull, resolve, push and referrers");
            capabilities.add(found->second);
        }
        return capabilities;
    }

    std::vector<ClientPair> readClient(toml::node& node) const
    {
        std::vector<ClientPair> pairs;
        const auto addOne = [&](const std::string& file) { pairs.push_back({beside(file), beside(file)}); };
        if (!node.is_array()) {
            addOne(text(node, "client"));
            return pairs;
        }
        for (toml::node& element : *node.as_array()) {
            if (!element.is_array()) {
                addOne(text(element, "client"));
                continue;
            }
            const std::vector<std::string> files = texts(element, "client");
            if (files.size() != 2)
                fail(element.source(), "client has a list that is no pair of certificate and key");
            pairs.push_back({beside(files[0]), beside(files[1].empty() ? files[0] : files[1])});
        }
        return pairs;
    }

    std::vector<Header> readHeaders(toml::node& node) const
    {
        if (!node.is_table())
            fail(node.source(), "header is no table");
        std::vector<Header> headers;
        for (auto&& [key, values] : *node.as_table()) {
            if (!isHeaderName(key.str()))
                fail(key.source(), "header has a name that cannot be one");
            for (std::string& value : texts(values, "header")) {
                Header header;
                header.name = key.str();
                header.value = Secret(std::move(value));
                if (header.value.reveal().find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
                    fail(key.source(), "header has a value that is not one line");
                headers.push_back(std::move(header));
            }
        }
        return headers;
    }

    std::string text(toml::node& node, const char* name) const
    {
        if (!node.is_string())
            fail(node.source(), std::string(name) + " has something else than text");
        return node.as_string()->get();
    }

    /// One text or a list of them.
    std::vector<std::string> texts(toml::node& node, const char* name) const
    {
        if (!node.is_array())
            return {text(node, name)};
        std::vector<std::string> result;
        for (toml::node& element : *node.as_array())
            result.push_back(text(element, name));
        return result;
    }

    bool truth(toml::table& table, const char* name) const
    {
        const toml::node* const node = table.get(name);
        if (node != nullptr && !node->is_boolean())
            fail(node->source(), std::string(name) + " is neither true nor false");
        return node != nullptr && node->as_boolean()->get();
    }

    std::filesystem::path beside(const std::filesystem::path& file) const
    {
        return (m_file.parent_path() / file).lexically_normal();
    }

    const std::filesystem::path& m_file;
};

void wipeTexts(toml::node& node)
{
    if (toml::value<std::string>* const text = node.as_string())
        wipe(text->get());
    else if (toml::array* const array = node.as_array())
        for (toml::node& child : *array)
            wipeTexts(child);
    else if (toml::table* const table = node.as_table())
        for (auto&& [key, child] : *table)
            wipeTexts(child);
}

/// The parser nests as deep as a key has dots, by recursion, and so do the tables that it makes.
bool isNestedTooDeep(std::string_view text)
{
    constexpr int mostDots = 200;
    int dots = 0;
    for (const char c : text) {
        dots = c == '\n' ? 0 : dots + (c == '.' ? 1 : 0);
        if (dots > mostDots)
            return true;
    }
    return false;
}

/// Its texts are overwritten when it ends.
struct SecretToml
{
    toml::table table;

    explicit SecretToml(toml::table parsed)
        : table(std::move(parsed))
    {}

    SecretToml(const SecretToml&) = delete;
    SecretToml& operator=(const SecretToml&) = delete;

    ~SecretToml() { wipeTexts(table); }
};

} // namespace

HostsToml parseHostsToml(std::string_view text, const std::filesystem::path& file)
{
    if (isNestedTooDeep(text))
        throw Error(ErrorCode::FailedPrecondition,
                    text::quotedPath(file) + " has a line with too many dots; repair it");
    const Reader reader(file);
    try {
        SecretToml document(toml::parse(text));
        return reader.read(document.table);
    } catch (const toml::parse_error& error) {
        reader.fail(error.source(), "this is no TOML"); // its own text quotes what it has read
    }
}

std::optional<milliseconds> parseDialTimeout(std::string_view text)
{
    constexpr std::array units{std::pair{std::string_view("ms"), 1.0},  std::pair{std::string_view("us"), 1e-3},
                               std::pair{std::string_view("ns"), 1e-6}, std::pair{std::string_view("h"), 3.6e6},
                               std::pair{std::string_view("m"), 6e4},   std::pair{std::string_view("s"), 1e3}};
    double total = 0;
    while (!text.empty()) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
        const std::string number(text.substr(0, digits));
        text.remove_prefix(digits);
        const auto* const unit =
            std::find_if(units.begin(), units.end(), [&](const auto& entry) { return text.starts_with(entry.first); });
        const bool isNumber = number.find_first_of("0123456789") != std::string::npos && number.size() <= 20 &&
                              std::count(number.begin(), number.end(), '.') <= 1;
        if (unit == units.end() || !isNumber)
            return std::nullopt;
        total += std::stod(number) * unit->second;
        text.remove_prefix(unit->first.size());
    }
    constexpr double longest = 3.6e6;
    if (total <= 0 || total > longest)
        return std::nullopt;
    return milliseconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(total)));
}

} // namespace layerhold::registry
