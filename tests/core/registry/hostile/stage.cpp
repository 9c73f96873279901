// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile/stage.h"

#include "hostile/operations.h"
#include "hostile/secrets.h"
#include "hostile/standard_streams.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace layerhold::test::hostile {

namespace {

using namespace std::chrono_literals;
using registry::CredentialKind;

/// Names that lead inside, at the port of the host that must not be reached.
constexpr std::array<std::pair<const char*, const char*>, 14> names{{
    {"cdn.example.org", "127.0.0.1"},
    {"127.0.0.1.example.org", "127.0.0.1"},
    {"auth.example.test", "127.0.0.1"},
    {"link-local.example.test", "169.254.169.254"},
    {"private.example.test", "10.1.2.3"},
    {"link-local.example.org", "169.254.169.254"},
    {"private.example.org", "10.1.2.3"},
    {"carrier.example.org", "100.100.100.200"},
    {"unspecified.example.org", "0.0.0.0"},
    {"loopback6.example.org", "[::1]"},
    {"mapped.example.org", "[::ffff:169.254.169.254]"},
    {"mixed.example.org", "192.0.2.1,127.0.0.1"},
    {"metadata.google.internal", "169.254.169.254"},
    {"metadata", "169.254.169.254"},
}};
constexpr const char* trustedName = "storage.example.test";

registry::Credential credentialOf(Who who)
{
    switch (who) {
    case Who::Anonymous:
        return {};
    case Who::Basic:
    case Who::Password:
        return passwordOf("user", planted.password);
    case Who::IdentityToken:
        return secretOf(CredentialKind::IdentityToken, planted.identity);
    case Who::RegistryToken:
        break;
    }
    return secretOf(CredentialKind::RegistryToken, planted.registryToken);
}

bool isPrintable(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
}

} // namespace

MuteServer::MuteServer()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0)
        throw std::runtime_error("cannot listen on 127.0.0.1");
    m_port = ntohs(address.sin_port);
}

MuteServer::~MuteServer()
{
    ::close(m_listener);
}

Stage::Stage(const Hostility& hostility, Who who)
    : m_hostility(hostility)
    , m_who(who)
    , m_evil([](const HttpRecord&, HttpReply& reply) { reply.send(200, {}, "{}"); })
    , m_storage(
          [this](const HttpRecord& request, HttpReply& reply) {
              act(m_hostility.storage ? m_hostility.storage : answers(200, {}, "{}"), request, reply);
          },
          hostility.security)
    , m_tokens(
          [this](const HttpRecord& request, HttpReply& reply) {
              const std::string token = R"({"token":")" + planted.bearer + R"(","expires_in":300})";
              act(m_hostility.tokens ? m_hostility.tokens : answers(200, {}, token), request, reply);
          },
          hostility.security)
    , m_registry([this](const HttpRecord& request, HttpReply& reply) { guard(request, reply); }, hostility.security)
    , m_url(m_registry.origin(hostility.host))
{
    m_rig.options.clock = &Clock::system();
    const bool isShort = hostility.patience == Patience::Short;
    m_rig.options.deadlines.headers = isShort ? 150ms : 10s;
    m_rig.options.deadlines.stall = m_rig.options.deadlines.headers;
    m_rig.options.deadlines.total = isShort ? 1s : 10s;
    m_rig.options.onConnection = [note = m_rig.options.onConnection](const registry::ConnectionAttempt& attempt) {
        note(attempt);
        if (attempt.isAdmitted && !attempt.address.starts_with("127.0.0.1:"))
            throw Error(ErrorCode::Internal, "this test stays on this machine");
    };
    for (const auto& [name, address] : names)
        m_rig.options.addresses.push_back(std::string(name) + ':' + std::to_string(m_evil.port()) + ':' + address);
    m_rig.resolve("registry.example.test", m_registry.port());
    m_rig.resolve(trustedName, m_storage.port());

    registry::Endpoint endpoint = endpointAt(m_url);
    if (hostility.host == "mute")
        endpoint.url = "https://127.0.0.1:" + std::to_string(m_mute.port());
    endpoint.headers.push_back({"X-Gateway", registry::Secret(std::string(planted.gateway))});
    endpoint.trustedHosts = {trustedName};
    if (isShort)
        endpoint.dialTimeout = 150ms;
    if (hostility.security == Security::Tls)
        for (const HttpServer* const server : {&m_registry, &m_tokens, &m_storage})
            endpoint.tls.caFiles.push_back(server->certificates().caFile());
    m_client = std::make_unique<registry::RegistryClient>(
        std::make_shared<registry::RegistryContext>(m_rig.options, *m_rig.records), endpoint,
        m_registry.authority(hostility.host), credentialOf(who));
}

std::string Stage::expand(std::string text) const
{
    if (text.size() > (100U << 10U))
        return text; // giants have no words
    replaceAll(text, "{registry}", m_url);
    replaceAll(text, "{tokens}", m_tokens.origin());
    replaceAll(text, "{storage}", m_storage.origin());
    replaceAll(text, "{trusted}", m_storage.origin(trustedName));
    replaceAll(text, "{mute}", "http://127.0.0.1:" + std::to_string(m_mute.port()));
    replaceAll(text, "{evil}", m_evil.origin("cdn.example.org"));
    replaceAll(text, "{evil-authority}", m_evil.authority("cdn.example.org"));
    replaceAll(text, "{evil-port}", std::to_string(m_evil.port()));
    for (const auto& [name, address] : names)
        replaceAll(text, "{evil:" + std::string(name) + '}', m_evil.origin(name));
    replaceAll(text, "{signed}", "X-Amz-Signature=" + planted.signature);
    replaceAll(text, "{userinfo}", planted.userinfo + ':' + planted.userinfo);
    replaceAll(text, "{everything}", planted.everything(' '));
    replaceAll(text, "{word}", planted.everything('-'));
    return text;
}

void Stage::act(const Act& act, const HttpRecord& request, HttpReply& reply) const
{
    // Who falls for what never ends is let go.
    if (++m_requests > 1000)
        reply.cut();
    else
        act(*this, request, reply);
}

std::string Stage::awaited() const
{
    if (m_who == Who::Basic)
        return "Basic " + planted.passwordBasic;
    return "Bearer " + (m_who == Who::RegistryToken ? planted.registryToken : planted.bearer);
}

void Stage::guard(const HttpRecord& request, HttpReply& reply) const
{
    if (m_hostility.gate == Gate::Open || request.header("authorization") == awaited())
        act(m_hostility.registry, request, reply);
    else if (m_who == Who::Basic)
        reply.send(401, {{"WWW-Authenticate", "Basic realm=\"registry\""}});
    else
        act(challenges("realm=\"{tokens}/token\",service=\"registry\""), request, reply);
}

void Stage::complain(const std::string& about)
{
    m_complaints += (m_complaints.empty() ? "" : "; ") + about;
}

std::string Stage::play(Operation operation)
{
    std::optional<Error> failure;
    const auto start = std::chrono::steady_clock::now();
    std::string printed;
    {
        StandardStreams streams;
        failure = failureOf([&] { perform(*m_client, operation); });
        printed = streams.text();
    }
    const auto time = std::chrono::steady_clock::now() - start;
    judgeOutcome(failure, std::chrono::duration_cast<std::chrono::milliseconds>(time));
    if (!printed.empty())
        complain("it prints");
    judgeConnections();

    std::vector<std::string> forRegistry{planted.gateway, planted.signature}; // of links that it wrote itself
    std::vector<std::string> forTokens;
    if (m_who == Who::Basic)
        forRegistry.push_back(planted.passwordBasic);
    else
        forRegistry.push_back(m_who == Who::RegistryToken ? planted.registryToken : planted.bearer);
    if (m_who == Who::Password)
        forTokens = {planted.passwordBasic};
    if (m_who == Who::IdentityToken)
        forTokens = {planted.identity, planted.identityBasic};
    judgeRequests("registry", m_registry, forRegistry);
    judgeRequests("token service", m_tokens, forTokens);
    judgeRequests("storage", m_storage, {planted.signature});
    if (m_evil.connections() > 0)
        complain("it connects where it must not");
    return m_complaints;
}

void Stage::judgeOutcome(const std::optional<Error>& failure, std::chrono::milliseconds time)
{
    const std::string text = failure ? failure->what() : "success";
    const auto& codes = m_hostility.codes;
    const bool isExpected =
        failure ? std::find(codes.begin(), codes.end(), failure->code()) != codes.end() : codes.empty();
    if (!isExpected)
        complain("it ends with " + std::string(failure ? layerhold::toString(failure->code()) : "") + ": " + text);
    if (!isClean(text))
        complain("its message has a secret: " + text);
    if (!isPrintable(text) || text.size() > 2000)
        complain("its message is no line of text: " + text);
    const auto limit = m_hostility.patience == Patience::Short ? 5s : 10s;
    if (time > limit)
        complain("it takes " + std::to_string(time.count()) + " ms");
    for (const std::chrono::milliseconds wait : m_rig.waits)
        if (wait > 30s)
            complain("it waits for " + std::to_string(wait.count()) + " ms");
}

void Stage::judgeConnections()
{
    for (const auto& attempt : m_rig.attempts) {
        const std::size_t colon = attempt.address.rfind(':');
        const std::string port = attempt.address.substr(colon + 1);
        const bool isOurs = attempt.address.substr(0, colon) == "127.0.0.1" &&
                            (port == std::to_string(m_registry.port()) || port == std::to_string(m_tokens.port()) ||
                             port == std::to_string(m_storage.port()) || port == std::to_string(m_mute.port()));
        if (attempt.isAdmitted && !isOurs)
            complain("it is let to " + attempt.address);
        if (!isClean(attempt.host))
            complain("a secret is in the name " + attempt.host);
    }
    if (m_rig.refused().empty() == (m_hostility.refusal == Refusal::ByAddress))
        complain(m_rig.refused().empty() ? "no address is refused" : m_rig.refused().front().address + " is refused");
}

void Stage::judgeRequests(const char* name, const HttpServer& server, const std::vector<std::string>& allowed)
{
    const auto requests = server.requests();
    if (requests.size() > m_hostility.mostRequests)
        complain(std::to_string(requests.size()) + " requests to the " + name);
    for (const HttpRecord& request : requests) {
        std::string text = request.method + ' ' + request.target + '\n';
        for (const auto& [header, value] : request.headers)
            text.append(header).append(": ").append(value).append("\n");
        if (!isClean(text + request.body, allowed))
            complain(std::string("the ") + name + " gets what it must not: " + text + request.body);
        for (const char* const header : {"cookie", "referer", "proxy-authorization"})
            if (request.headers.contains(header))
                complain(std::string("the ") + name + " gets " + header);
        if (request.target.size() > (20U << 10U))
            complain(std::string("the ") + name + " gets a target of " + std::to_string(request.target.size()));
    }
}

} // namespace layerhold::test::hostile
