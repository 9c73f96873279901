// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/cache_fixture.h"
#include "core/registry/user_home.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/host_config.h"
#include "layerhold/registry/puller.h"
#include "registry_fixture.h"
#include "support/engine/registry.h"
#include "support/token_server.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace layerhold::test {

/// An image of the test's making.
struct PushedImage
{
    static constexpr const char* mediaType = "application/vnd.oci.image.manifest.v1+json";

    explicit PushedImage(std::vector<std::string> theLayers)
        : layers(std::move(theLayers))
    {
        std::string list;
        for (const std::string& layer : layers)
            list += (list.empty() ? "" : ",") + descriptor("application/vnd.oci.image.layer.v1.tar", layer);
        manifest = std::string(R"({"schemaVersion":2,"mediaType":")") + mediaType + R"(","config":)" +
                   descriptor("application/vnd.oci.image.config.v1+json", config) + ",\"layers\":[" + list + "]}";
    }

    Digest digest() const { return digestOf(manifest); }

    static std::string descriptor(const std::string& type, const std::string& bytes)
    {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digestOf(bytes).toString() +
               "\",\"size\":" + std::to_string(bytes.size()) + '}';
    }

    std::string config = R"({"architecture":"amd64","os":"linux"})";
    std::vector<std::string> layers;
    std::string manifest;
};

enum class Guard
{
    Nobody, ///< everybody may do everything
    Basic,  ///< the users of `user` and `password`
    Bearer, ///< whom the token service lets
};

/// docker-registry over TLS with certificates of an authority that only the user's own settings name, a user with a
/// home, and an empty cache.
class SecureRegistry
{
public:
    static constexpr const char* host = "registry.example.test";
    static constexpr const char* user = "alice";
    static constexpr const char* password = "wonderland";

    explicit SecureRegistry(Guard guard)
    {
        RegistrySetup setup;
        const TestCertificates& certificates = tokens.certificates();
        setup.tls = ServerPair{text(certificates.serverCertificate()), text(certificates.serverKey())};
        if (guard == Guard::Basic) {
            // bcrypt of the password with the least cost.
            writeFile(m_folder / "htpasswd", "alice:$2y$05$abcdefghijklmnopqrstuuA0vov2GDneHB3.8.cv9UF9g.RdvScIW\n");
            setup.htpasswd = text(m_folder / "htpasswd");
        }
        if (guard == Guard::Bearer)
            setup.token = TokenAuth{QString::fromStdString(tokens.realm(host)), TokenServer::service,
                                    TokenServer::issuer, text(certificates.caFile())};
        tokens.addUser(user, password);
        tokens.addUser("bob", "builder");
        server = std::make_unique<Registry>(text(m_folder.path()), setup);
    }

    bool start()
    {
        if (!server->start())
            return false;
        rig.resolve(host, server->port());
        rig.resolve(host, tokens.port());
        context = std::make_shared<registry::RegistryContext>(rig.options, cache.cache->access());
        return true;
    }

    std::string name() const { return std::string(host) + ':' + std::to_string(server->port()); }

    /// As Docker has it.
    void trustByCertificatesFolder(const std::filesystem::path& authority)
    {
        home.put("home/certs.d/" + name() + "/ca.crt", readFile(authority));
    }

    /// As containerd has it.
    void trustByHostsFile(const std::filesystem::path& authority)
    {
        const auto file = home.put("home/hosts/" + name() + "/ca.pem", readFile(authority));
        home.put("home/hosts/" + name() + "/hosts.toml",
                 "server = \"https://" + name() + "\"\nca = \"" + file.native() + "\"\n");
    }

    void useInlineLogin(const std::string& base64OfPair)
    {
        home.putDockerConfig("{\"auths\":{\"" + name() + "\":{\"auth\":\"" + base64OfPair + "\"}}}");
    }

    void useIdentityToken(const std::string& token)
    {
        home.putDockerConfig("{\"auths\":{\"" + name() + "\":{\"auth\":\"YWxpY2U6\",\"identitytoken\":\"" + token +
                             "\"}}}");
    }

    void useHelper()
    {
        home.putHelper("test", registry::test::answering(name(), user, password));
        home.putDockerConfig("{\"credHelpers\":{\"" + name() + "\":\"test\"}}");
    }

    /// Endpoints and credential as the user's settings have them.
    std::vector<registry::Source> sources(const std::string& repository)
    {
        registry::HostConfigOptions options;
        options.uid = home.user().uid;
        options.hostsFolders = {home / "home/hosts"};
        options.certificateFolders = {home / "home/certs.d"};
        registry::CredentialFinderOptions finding;
        finding.user = home.user();
        const auto found = registry::CredentialFinder(finding).find(name(), repository);
        std::vector<registry::Source> sources;
        for (const auto& endpoint : registry::hostConfigFor(name(), options).endpoints)
            sources.push_back({endpoint, *found.credential});
        return sources;
    }

    std::unique_ptr<registry::RegistryClient> client(const std::string& repository)
    {
        const auto all = sources(repository);
        return std::make_unique<registry::RegistryClient>(context, all.at(0).endpoint, name(), all.at(0).credential);
    }

    registry::BlobPush pushBlob(const std::string& repository, const std::string& bytes,
                                const std::string& mountFrom = {})
    {
        const auto read = [&](std::uint64_t offset, std::span<std::byte> buffer) {
            const std::size_t size = std::min<std::size_t>(buffer.size(), bytes.size() - offset);
            std::copy_n(bytesOf(bytes).begin() + static_cast<std::ptrdiff_t>(offset), size, buffer.begin());
            return size;
        };
        registry::PushOptions options;
        options.mountFrom = mountFrom;
        return client(repository)->pushBlob(repository, digestOf(bytes), bytes.size(), read, options, {});
    }

    void push(const std::string& repository, const std::string& tag, const PushedImage& image)
    {
        for (const std::string& layer : image.layers)
            pushBlob(repository, layer);
        pushBlob(repository, image.config);
        client(repository)->putManifest(repository, tag, PushedImage::mediaType, image.manifest, {});
    }

    /// "team/app:1", "team/app@sha256:…".
    registry::PullReport pull(const std::string& image)
    {
        registry::PullRequest request(ImageReference::require(name() + '/' + image));
        request.sources = sources(request.reference.path());
        request.by = "tester";
        return registry::Puller(*cache.cache, context).pull(request, {}, {});
    }

    bool isStored(const std::string& bytes)
    {
        const auto blob = cache.cache->blob(digestOf(bytes));
        return blob && blob->state == BlobState::Present;
    }

    static QString text(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

    TokenServer tokens;
    registry::test::UserHome home;
    RegistryRig rig;
    CacheFixture cache;
    std::shared_ptr<registry::RegistryContext> context;

private:
    TempRoot m_folder;

public:
    std::unique_ptr<Registry> server; ///< last: it ends before its folder goes
};

} // namespace layerhold::test
