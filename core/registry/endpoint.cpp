// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/endpoint.h"

#include "layerhold/registry/credential.h"
#include "layerhold/registry/registry_options.h"
#include "registry/pem.h"
#include "registry/url.h"

namespace layerhold::registry {

std::vector<std::string> wellKnownRegistries()
{
    return {"docker.io",           "gcr.io",         "ghcr.io", "mcr.microsoft.com", "public.ecr.aws", "quay.io",
            "registry.gitlab.com", "registry.k8s.io"};
}

bool isUpstream(const Endpoint& endpoint, const std::string& registry)
{
    const auto url = Url::parse(endpoint.url);
    if (!url || url->hasUserinfo() || (url->path() != "/v2" && url->path() != "/v2/"))
        return false;
    const char* const scheme = url->scheme() == Url::Scheme::Https ? "https://" : "http://";
    const auto own = Url::parse(scheme + connectHost(registry));
    return own && own->isSameOrigin(*url);
}

TlsSettings readTls(const TlsSettings& settings)
{
    TlsSettings read;
    read.verification = settings.verification;
    read.material = settings.material;
    for (const std::filesystem::path& file : settings.caFiles)
        read.material.authorities += readPemFile(file) + '\n';
    if (!settings.clientPairs.empty()) {
        read.material.certificate = readPemFile(settings.clientPairs.front().certificate);
        read.material.key = Secret(readPemFile(settings.clientPairs.front().key));
    }
    return read;
}

Endpoint endpointOf(const std::string& registry, Transport transport)
{
    Endpoint endpoint;
    endpoint.url = (transport == Transport::Https ? "https://" : "http://") + connectHost(registry) + "/v2";
    return endpoint;
}

} // namespace layerhold::registry
