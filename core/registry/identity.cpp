// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/identity.h"

#include "registry/url.h"

#include <string_view>

namespace layerhold::registry {

namespace {

std::string_view wordFor(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Anonymous:
        break;
    case CredentialKind::Password:
        return "password";
    case CredentialKind::IdentityToken:
        return "identity token";
    case CredentialKind::RegistryToken:
        return "registry token";
    }
    return "anonymous";
}

Url urlOf(const Endpoint& endpoint)
{
    return Url::require(endpoint.url, "the address of the registry");
}

/// Fields one after the other, each with its length, so that none runs into the next. Overwritten at the end.
class Fields
{
public:
    Fields() = default;
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    ~Fields() { wipe(m_text); }

    void add(std::string_view field)
    {
        std::string longer; // grown by hand, as a string that grows by itself leaves copies behind
        longer.reserve(m_text.size() + field.size() + 24);
        longer += m_text;
        longer += std::to_string(field.size());
        longer += ':';
        longer += field;
        m_text.swap(longer);
        wipe(longer);
    }

    std::string_view text() const { return m_text; }

private:
    std::string m_text;
};

bool showsCertificate(const TlsSettings& tls)
{
    return !tls.clientPairs.empty() || !tls.material.certificate.empty();
}

} // namespace

Identity identityOf(AccessRecords& records, const std::string& registry, const Source& source)
{
    const Endpoint& endpoint = source.endpoint;
    const Credential& credential = source.credential;
    const bool isUpstreamItself = isUpstream(endpoint, registry);
    const bool isBare = endpoint.headers.empty() && !showsCertificate(endpoint.tls);
    if (credential.kind == CredentialKind::Anonymous && isUpstreamItself && isBare)
        return Identity::anonymous();
    Fields shown;
    shown.add(credential.secret.reveal());
    for (const Header& header : endpoint.headers) {
        shown.add(header.name);
        shown.add(header.value.reveal());
    }
    for (const ClientPair& pair : endpoint.tls.clientPairs)
        shown.add(pair.certificate.native());
    if (!endpoint.tls.material.certificate.empty())
        shown.add(endpoint.tls.material.certificate);
    return records.identityOf(isUpstreamItself ? connectHost(registry) : urlOf(endpoint).origin(),
                              wordFor(credential.kind), credential.username, shown.text());
}

Identity originOf(AccessRecords& records, const Source& source, const Identity& asker)
{
    const TlsSettings& tls = source.endpoint.tls;
    const Url url = urlOf(source.endpoint);
    Fields vouching;
    for (const auto& file : tls.caFiles)
        vouching.add(file.native());
    vouching.add(tls.material.authorities);
    if (url.scheme() == Url::Scheme::Http || tls.verification == Verification::Skip)
        vouching.add(asker.toString());
    return records.identityOf(url.origin(), "origin", {}, vouching.text());
}

} // namespace layerhold::registry
