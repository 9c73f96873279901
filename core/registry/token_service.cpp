// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/token_service.h"

#include "registry/base64.h"
#include "registry/retry.h"
#include "registry/secret_json.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longestToken = 64U << 10U;
constexpr std::uint64_t largestAnswer = 256U << 10U;
/// What the protocol says for a service that does not say it, and what clients take for the least.
constexpr std::chrono::seconds shortestLife = 60s;
constexpr std::chrono::seconds longestLife = 24h;
constexpr std::chrono::milliseconds tokenDeadline = 30s;
constexpr std::string_view clientName = "layerhold";

HttpRequest plainRequest(const RegistryOptions& options, Method method, const Url& url)
{
    HttpRequest request(method, url);
    request.author = UrlAuthor::Server;
    request.redirects = Redirects::SameOrigin; // so that the rules for realms hold at each step
    request.limits.body = largestAnswer;
    request.hasPrivateAnswer = true;
    request.deadlines = options.deadlines;
    request.deadlines.total = std::min(request.deadlines.total.value_or(tokenDeadline), tokenDeadline);
    request.headers.emplace_back("Accept", "application/json");
    return request;
}

HttpRequest getRequest(const RegistryOptions& options, const TokenRequest& wanted)
{
    Url url = wanted.realm;
    if (!wanted.service.empty())
        url = url.withParameter("service", wanted.service);
    for (const std::string& scope : wanted.scopes.texts())
        url = url.withParameter("scope", scope);
    const Credential& credential = wanted.credential;
    if (credential.kind == CredentialKind::Password)
        url = url.withParameter("account", credential.username);
    HttpRequest request = plainRequest(options, Method::Get, url.withParameter("client_id", clientName));
    if (credential.kind != CredentialKind::Anonymous) {
        const bool isPassword = credential.kind == CredentialKind::Password;
        request.privateHeaders.push_back(
            {"Authorization", basicAuthorization(isPassword ? std::string_view(credential.username) : identityTokenUser,
                                                 credential.secret)});
    }
    return request;
}

HttpRequest postRequest(const RegistryOptions& options, const TokenRequest& wanted)
{
    HttpRequest request = plainRequest(options, Method::Post, wanted.realm);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    std::string secret = percentEncoded(wanted.credential.secret.reveal());
    const std::string rest = "&service=" + percentEncoded(wanted.service) + "&client_id=" + std::string(clientName) +
                             "&scope=" + percentEncoded(wanted.scopes.toString());
    std::string body = "grant_type=refresh_token&refresh_token=";
    body.reserve(body.size() + secret.size() + rest.size() + 1);
    body += secret;
    body += rest;
    wipe(secret);
    request.privateBody = Secret(std::move(body));
    return request;
}

Secret withScheme(std::string_view scheme, const Secret& value)
{
    std::string header;
    header.reserve(scheme.size() + value.reveal().size() + 1);
    header += scheme;
    header += value.reveal();
    return Secret(std::move(header));
}

bool isToken(std::string_view text)
{
    return !text.empty() && text.size() <= longestToken &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Secret takeText(Json& document, const char* name)
{
    const auto found = document.find(name);
    if (found == document.end() || !found->is_string())
        return {};
    return Secret(std::move(found->get_ref<std::string&>()));
}

SecretJson parseAnswer(const Secret& body)
{
    try {
        return SecretJson::parseObject(body.reveal(), "the answer of the token service");
    } catch (const Error&) {
        throw Error(ErrorCode::FailedPrecondition, "the token service answers with no JSON object");
    }
}

Token tokenOf(HttpResponse& response, const Clock& clock)
{
    const Secret body(std::move(response.body));
    SecretJson answer = parseAnswer(body);
    Json& document = answer.value();
    Token token;
    token.text = takeText(document, "token");
    Secret other = takeText(document, "access_token");
    if (token.text.isEmpty())
        token.text = std::move(other);
    if (!isToken(token.text.reveal()))
        throw Error(ErrorCode::FailedPrecondition,
                    "the token service answers without a token, or with one that cannot be sent");
    std::chrono::seconds life = shortestLife;
    if (const auto stated = document.find("expires_in"); stated != document.end() && stated->is_number_unsigned())
        life = std::chrono::seconds(
            std::clamp<std::uint64_t>(stated->get<std::uint64_t>(), shortestLife.count(), longestLife.count()));
    token.renewAt = clock.steadyNow() + life * 9 / 10;
    return token;
}

[[noreturn]] void fail(int status, const Credential& credential)
{
    const std::string answer = "the token service answers with status " + std::to_string(status);
    if (status == 401 || status == 403) {
        throw Error(ErrorCode::Denied, credential.kind == CredentialKind::Anonymous
                                           ? answer + ": it gives no token without a login; log in to the registry"
                                           : answer + ": it refuses the credential of " + credential.source +
                                                 "; log in to the registry again");
    }
    if (status == 429 || status >= 500)
        throw Error(ErrorCode::Unavailable, answer + "; try again later");
    throw Error(ErrorCode::FailedPrecondition, answer + "; ask who runs the registry");
}

} // namespace

Secret basicAuthorization(std::string_view username, const Secret& password)
{
    std::string plain;
    plain.reserve(username.size() + password.reveal().size() + 2);
    plain += username;
    plain += ':';
    plain += password.reveal();
    const Secret encoded = encodeBase64(plain);
    wipe(plain);
    return withScheme("Basic ", encoded);
}

Secret bearerAuthorization(const Secret& token)
{
    return withScheme("Bearer ", token);
}

Token fetchToken(HttpClient& http, const RegistryOptions& options, const TokenRequest& request, std::stop_token stop)
{
    const auto send = [&](const HttpRequest& prepared) {
        return tryThreeTimes(
            options, [&] { return http.send(prepared, stop); }, [] { return true; }, stop);
    };
    if (request.credential.kind == CredentialKind::IdentityToken) {
        HttpResponse response = send(postRequest(options, request));
        if (response.status == 200)
            return tokenOf(response, *options.clock);
        if (response.status != 404 && response.status != 405)
            fail(response.status, request.credential);
    }
    HttpResponse response = send(getRequest(options, request));
    if (response.status != 200)
        fail(response.status, request.credential);
    return tokenOf(response, *options.clock);
}

} // namespace layerhold::registry
