// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/token_server.h"

#include "support/json_web_token.h"

#include <openssl/evp.h>

#include <chrono>
#include <sstream>

namespace layerhold::test {

namespace {

using Parameters = std::multimap<std::string, std::string>;

constexpr std::chrono::seconds life = std::chrono::minutes(5);

std::string decoded(const std::string& text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            result += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

/// Of a query, or of a form.
Parameters parametersOf(const std::string& text)
{
    Parameters parameters;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, '&');)
        if (const std::size_t equals = part.find('='); equals != std::string::npos)
            parameters.emplace(decoded(part.substr(0, equals)), decoded(part.substr(equals + 1)));
    return parameters;
}

std::string first(const Parameters& parameters, const std::string& name)
{
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
}

/// All `scope` parameters, with a space between.
std::string scopesOf(const Parameters& parameters)
{
    std::string scopes;
    const auto [begin, end] = parameters.equal_range("scope");
    for (auto it = begin; it != end; ++it)
        scopes += (scopes.empty() ? "" : " ") + it->second;
    return scopes;
}

/// "user:password" of a header for Basic.
std::string basicOf(const std::string& authorization)
{
    const std::string text = authorization.substr(authorization.find(' ') + 1);
    std::string result(text.size() / 4 * 3, '\0');
    if (result.empty() ||
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(result.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())) < 0)
        return {};
    for (auto at = text.rbegin(); at != text.rend() && *at == '='; ++at)
        result.pop_back();
    return result;
}

} // namespace

TokenServer::TokenServer()
    : m_server([this](const HttpRecord& request, HttpReply& reply) { answer(request, reply); }, Security::Tls)
{}

void TokenServer::addUser(const std::string& user, const std::string& password)
{
    const std::lock_guard lock(m_mutex);
    m_passwords[user] = password;
}

void TokenServer::addRefreshToken(const std::string& token, const std::string& user)
{
    const std::lock_guard lock(m_mutex);
    m_refreshTokens[token] = user;
}

void TokenServer::permit(const std::string& user, const std::string& repository, const std::set<std::string>& actions)
{
    const std::lock_guard lock(m_mutex);
    m_rights[{user, repository}] = actions;
}

void TokenServer::setExpiry(Expiry expiry)
{
    const std::lock_guard lock(m_mutex);
    m_expiry = expiry;
}

std::vector<TokenServer::Grant> TokenServer::grants() const
{
    const std::lock_guard lock(m_mutex);
    return m_grants;
}

int TokenServer::refusals() const
{
    const std::lock_guard lock(m_mutex);
    return m_refusals;
}

std::string TokenServer::lastToken() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastToken;
}

bool TokenServer::isPassword(const std::string& user, const std::string& password) const
{
    const auto found = m_passwords.find(user);
    return found != m_passwords.end() && found->second == password;
}

bool TokenServer::identify(const HttpRecord& request, const Parameters& parameters, Grant& grant) const
{
    if (request.method == "POST") {
        const std::string type = first(parameters, "grant_type");
        grant.how = "POST " + type;
        if (type == "refresh_token") {
            const auto found = m_refreshTokens.find(first(parameters, "refresh_token"));
            grant.user = found == m_refreshTokens.end() ? std::string() : found->second;
            return found != m_refreshTokens.end();
        }
        grant.user = first(parameters, "username");
        return type == "password" && isPassword(grant.user, first(parameters, "password"));
    }
    const std::string pair = basicOf(request.header("authorization"));
    grant.how = "GET";
    if (request.header("authorization").empty() || pair == ":") { // some clients show an empty user for nobody
        grant.how += " anonymous";
        return true;
    }
    const std::size_t colon = pair.find(':');
    grant.user = pair.substr(0, colon);
    return colon != std::string::npos && isPassword(grant.user, pair.substr(colon + 1));
}

std::string TokenServer::tokenFor(Grant& grant) const
{
    std::string access;
    std::istringstream scopes(grant.asked);
    for (std::string scope; scopes >> scope;) {
        const std::size_t begin = scope.find(':') + 1; // a name may hold a colon itself
        const std::size_t end = scope.rfind(':');
        const std::string name = scope.substr(begin, end - begin);
        std::string given;
        std::string quoted;
        std::istringstream actions(scope.substr(end + 1));
        for (std::string action; std::getline(actions, action, ',');) {
            if (!isPermitted(grant.user, name, action))
                continue;
            given += (given.empty() ? "" : ",") + action;
            quoted += (quoted.empty() ? "\"" : ",\"") + action + '"';
        }
        if (given.empty())
            continue;
        grant.given += (grant.given.empty() ? "" : " ") + scope.substr(0, end + 1) + given;
        access += std::string(access.empty() ? "" : ",") + R"({"type":"repository","name":")" + name +
                  R"(","actions":[)" + quoted + "]}";
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
    const auto at = [&](std::chrono::seconds from) { return std::to_string((now + from).count()); };
    const std::string claims = std::string(R"({"iss":")") + issuer + R"(","sub":")" + grant.user + R"(","aud":")" +
                               service + R"(","nbf":)" + at(std::chrono::seconds(-10)) + R"(,"iat":)" +
                               at(std::chrono::seconds(0)) + R"(,"exp":)" + at(life) + R"(,"jti":")" +
                               std::to_string(m_grants.size()) + R"(","access":[)" + access + "]}";
    return signedToken(claims, certificates().serverCertificate(), certificates().serverKey());
}

bool TokenServer::isPermitted(const std::string& user, const std::string& repository, const std::string& action) const
{
    for (const std::string& who : {user, std::string()}) {
        const auto found = m_rights.find({who, repository});
        if (found != m_rights.end() && found->second.contains(action))
            return true;
    }
    return false;
}

void TokenServer::answer(const HttpRecord& request, HttpReply& reply)
{
    const std::size_t mark = request.target.find('?');
    const bool isForm = request.method == "POST";
    const Parameters parameters = parametersOf(isForm                      ? request.body
                                               : mark == std::string::npos ? std::string()
                                                                           : request.target.substr(mark + 1));
    std::unique_lock lock(m_mutex);
    Grant grant;
    if (request.path() != "/token" || first(parameters, "service") != service ||
        !identify(request, parameters, grant)) {
        ++m_refusals;
        lock.unlock();
        reply.send(401, {}, R"({"errors":[{"code":"UNAUTHORIZED"}]})");
        return;
    }
    grant.asked = scopesOf(parameters);
    m_lastToken = tokenFor(grant);
    m_grants.push_back(grant);
    std::string body = "{\"" + std::string(isForm ? "access_token" : "token") + "\":\"" + m_lastToken + '"';
    if (m_expiry == Expiry::Stated)
        body += ",\"expires_in\":" + std::to_string(life.count());
    if (isForm)
        body += ",\"scope\":\"" + grant.given + '"';
    lock.unlock();
    reply.send(200, {{"Content-Type", "application/json"}}, body + '}');
}

} // namespace layerhold::test
