// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/http_server.h"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A token service over TLS, as registries know it (distribution, "docs/content/spec/auth"): GET with Basic or without
/// a credential, and POST with a password or a refresh token. It signs with the key of its own certificate. Whoever
/// asks for more than is permitted gets a token for the rest, with status 200.
class TokenServer
{
public:
    static constexpr const char* service = "registry of the test";
    static constexpr const char* issuer = "tokens of the test";

    TokenServer();

    void addUser(const std::string& user, const std::string& password);
    void addRefreshToken(const std::string& token, const std::string& user);
    /// `user` empty: everybody.
    void permit(const std::string& user, const std::string& repository, const std::set<std::string>& actions);

    enum class Expiry
    {
        Stated,  ///< five minutes
        Omitted, ///< good for five minutes all the same
    };
    void setExpiry(Expiry expiry);

    std::string realm(const std::string& host) const { return m_server.origin(host) + "/token"; }

    int port() const { return m_server.port(); }

    const TestCertificates& certificates() const { return m_server.certificates(); }

    /// One token that was given.
    struct Grant
    {
        std::string how;   ///< "GET", "GET anonymous", "POST password", "POST refresh_token"
        std::string user;  ///< empty: nobody in particular
        std::string asked; ///< scopes, with a space between
        std::string given;

        friend bool operator==(const Grant&, const Grant&) = default;
    };

    std::vector<Grant> grants() const;
    /// Requests that got no token.
    int refusals() const;
    std::string lastToken() const;

private:
    void answer(const HttpRecord& request, HttpReply& reply);
    /// False when it is nobody who is known.
    bool identify(const HttpRecord& request, const std::multimap<std::string, std::string>& parameters,
                  Grant& grant) const;
    bool isPermitted(const std::string& user, const std::string& repository, const std::string& action) const;
    /// And writes what it is good for into the grant.
    std::string tokenFor(Grant& grant) const;
    bool isPassword(const std::string& user, const std::string& password) const;

    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_passwords;
    std::map<std::string, std::string> m_refreshTokens;                            ///< their users
    std::map<std::pair<std::string, std::string>, std::set<std::string>> m_rights; ///< by user and repository
    Expiry m_expiry = Expiry::Stated;
    std::vector<Grant> m_grants;
    int m_refusals = 0;
    std::string m_lastToken;
    HttpServer m_server; ///< last: it ends first
};

} // namespace layerhold::test
