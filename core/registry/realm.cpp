// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/realm.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "registry/destination.h"

#include <libpsl.h>

#include <algorithm>

namespace layerhold::registry {

namespace {

/// Empty for a public suffix itself, and for names of one part.
std::string_view registrableDomain(const std::string& host)
{
    const char* const domain = psl_registrable_domain(psl_builtin(), host.c_str());
    return domain && std::string_view(domain).find('.') != std::string_view::npos ? domain : std::string_view();
}

bool isRelated(const std::string& registry, const std::string& realm)
{
    if (registry == realm)
        return true;
    if (classifyHost(registry) || classifyHost(realm))
        return false;
    const std::string_view domain = registrableDomain(registry);
    return !domain.empty() && domain == registrableDomain(realm);
}

[[noreturn]] void refuse(const std::string& reason)
{
    throw Error(ErrorCode::FailedPrecondition,
                "no credential is sent to the token service that the registry names: " + reason);
}

} // namespace

Url requireRealm(const Url& registry, const std::vector<std::string>& trustedHosts, std::string_view realm)
{
    const auto url = Url::parse(realm);
    if (!url)
        refuse("its address is no http or https URL");
    if (url->hasUserinfo() || url->hasFragment())
        refuse("its address holds a user, a password or a fragment");
    if (url->scheme() == Url::Scheme::Http && registry.scheme() == Url::Scheme::Https)
        refuse(text::quoted(url->origin()) + " is without encryption");
    const bool isTrusted = std::find(trustedHosts.begin(), trustedHosts.end(), url->host()) != trustedHosts.end();
    if (!isTrusted && !isRelated(registry.host(), url->host()))
        refuse(text::quoted(url->host()) + " has nothing to do with " + registry.host() +
               "; name it as a trusted host of this registry if it is right");
    return *url;
}

} // namespace layerhold::registry
