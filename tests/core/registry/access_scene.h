// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/cache_fixture.h"
#include "image_server.h"
#include "layerhold/registry/puller.h"
#include "registry_fixture.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::test {

/// Two users and anybody, at one cache, and a registry with
///  - `private`, which A may read: the layers `secret` and `shared`;
///  - `public`, which everybody may read: the layers `shared` and `common`;
///  - `sparse`, a public repository in which B has published a manifest that names `secret`, without having it;
///  - `bluff`, another one, whose manifest names a layer that nobody has;
///  - `absent`, where there is nothing; the registry answers as for what is private.
class AccessScene
{
public:
    static constexpr const char* host = "registry.example.test";
    static constexpr std::array<const char*, 3> layerNames{"secret", "shared", "common"};

    AccessScene()
    {
        const auto hidden = images.putImage("private", "1", {layers["secret"], layers["shared"]});
        const auto open = images.putImage("public", "1", {layers["shared"], layers["common"]});
        m_images = {{"private", hidden.digest},
                    {"public", open.digest},
                    {"sparse", publishSparse("sparse", digestOf(layers["secret"]))},
                    {"bluff", publishSparse("bluff", digestOf(std::string(layers["secret"].size(), 'n')))},
                    {"absent", digestOf("never made")}};
        letIn();
        images.guard("absent", "nobody");
        CacheOptions options;
        options.root = m_root / "cache";
        options.access.offlineGrace = std::chrono::hours(1);
        cache = Cache::open(options);
        m_contexts[false] = contextAt("127.0.0.1");
        m_contexts[true] = contextAt("127.0.0.2");          // nobody listens there
        for (const char* const who : {"A", "B", "anybody"}) // as of a registry whose word counts
            believe(m_contexts[false], {endpointAt(images.server().origin(host)), credentialOf(who)}, registryName(),
                    images.digests());
    }

    static registry::Credential credentialOf(const std::string& who)
    {
        if (who == "A")
            return passwordOf("alice", "wonderland");
        return who == "B" ? passwordOf("bob", "builder") : registry::Credential();
    }

    /// As in names of images.
    std::string registryName() { return images.server().authority(host); }

    Identity identityOf(const std::string& who)
    {
        return registry::identityOf(cache->access(), registryName(),
                                    {endpointAt(images.server().origin(host)), credentialOf(who)});
    }

    Digest image(const std::string& what) const { return m_images.at(what); }

    Digest layer(const std::string& name) { return digestOf(layers[name]); }

    /// Of A, to `private`, from now on.
    void letIn() { images.guard("private", "Basic YWxpY2U6d29uZGVybGFuZA=="); }

    void shutOut() { images.guard("private", "nobody"); }

    /// By digest; nullopt when it succeeds.
    std::optional<Error> pull(const std::string& who, const std::string& what)
    {
        return pullReference(who, what + '@' + image(what).toString());
    }

    std::optional<Error> pullReference(const std::string& who, const std::string& reference)
    {
        registry::PullRequest request(ImageReference::require(registryName() + '/' + reference));
        request.sources.push_back({endpointAt(images.server().origin(host)), credentialOf(who)});
        request.by = who;
        return failureOf([&] { registry::Puller(*cache, m_contexts[isAway]).pull(request, {}, {}); });
    }

    /// The layers that the registry sent since it was last asked: "secret shared", "-". Their sizes and all sums of
    /// them differ, and what else it sends of blobs is less than the least difference.
    std::string sent()
    {
        const std::uint64_t all = images.sentBytes();
        const std::uint64_t bytes = (all - m_sent) / 10'000;
        m_sent = all;
        for (unsigned set = 0; set < 8; ++set) {
            std::string text;
            std::uint64_t sum = 0;
            for (unsigned i = 0; i < 3; ++i)
                if ((set >> i) & 1U) {
                    text += (text.empty() ? "" : " ") + std::string(layerNames[i]);
                    sum += layers[layerNames[i]].size() / 10'000;
                }
            if (sum == bytes)
                return text.empty() ? "-" : text;
        }
        return std::to_string(bytes) + "0 kB";
    }

    /// The layers that a new engine in `verified` mode is given by ContentStore::info, with what that identity may
    /// read granted to it; without any when `granted` is empty.
    std::string givenTo(const std::string& granted)
    {
        const std::string name = "engine" + std::to_string(++m_engines);
        cache->addEngine(name, "/run/" + name + ".sock", Sharing::Verified);
        if (!granted.empty())
            cache->access().grant(name, identityOf(granted));
        std::string text;
        for (const char* const layerName : layerNames)
            if (cache->contentStore(name)->info(layer(layerName)))
                text += (text.empty() ? "" : " ") + std::string(layerName);
        cache->removeEngine(name);
        return text.empty() ? "-" : text;
    }

    RegistryRig rig;
    ImageServer images;
    std::map<std::string, std::string> layers{{"secret", std::string(50'000, 's')},
                                              {"shared", std::string(60'000, 'h')},
                                              {"common", std::string(70'000, 'c')}};
    std::unique_ptr<Cache> cache;
    bool isAway = false; ///< the registry: nobody answers

private:
    std::shared_ptr<registry::RegistryContext> contextAt(const std::string& address)
    {
        registry::RegistryOptions options = rig.options;
        options.clock = &Clock::system(); // as the cache
        options.addresses = {registryName() + ':' + address};
        return std::make_shared<registry::RegistryContext>(options, cache->access());
    }

    Digest publishSparse(const std::string& repository, const Digest& named)
    {
        const std::string config = "{}";
        const std::string manifest =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
            "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" +
            images.putBlob(repository, config).toString() + "\",\"size\":2},\"layers\":[{\"mediaType\":" +
            "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"" + named.toString() +
            "\",\"size\":" + std::to_string(layers["secret"].size()) + "}]}";
        return images.putManifest(repository, "1", manifest, "application/vnd.oci.image.manifest.v1+json");
    }

    TempRoot m_root;
    std::map<std::string, Digest> m_images;
    std::map<bool, std::shared_ptr<registry::RegistryContext>> m_contexts; ///< by isAway
    std::uint64_t m_sent = 0;
    int m_engines = 0;
};

} // namespace layerhold::test
