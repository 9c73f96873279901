// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_client.h"
#include "registry_fixture.h"
#include "support/files.h"

#include <memory>
#include <string>
#include <string_view>

namespace layerhold::test {

using registry::RegistryClient;
using registry::RegistryContext;

inline const std::string ociManifest = "application/vnd.oci.image.manifest.v1+json";
inline const std::string ociIndex = "application/vnd.oci.image.index.v1+json";

inline Digest digestOf(std::string_view text)
{
    return Hasher::of(bytesOf(text));
}

/// A client without a credential of a server that answers as the handler says.
struct Scene
{
    explicit Scene(HttpServer::Handler handler, const registry::Credential& credential = {})
        : server(std::move(handler))
        , context(std::make_shared<RegistryContext>(rig.options, *rig.records))
        , client(context, endpointAt(server.origin()), server.authority(), credential)
    {}

    RegistryRig rig;
    HttpServer server;
    std::shared_ptr<RegistryContext> context;
    RegistryClient client;
};

inline HttpServer::Handler answer(int status, const HttpHeaders& headers = {}, const std::string& body = {})
{
    return [=](const HttpRecord&, HttpReply& reply) { reply.send(status, headers, body); };
}

} // namespace layerhold::test
