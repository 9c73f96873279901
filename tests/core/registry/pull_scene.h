// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/cache_fixture.h"
#include "image_server.h"
#include "layerhold/registry/puller.h"
#include "registry_fixture.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerhold::test {

inline const std::string alicesHeader = "Basic YWxpY2U6d29uZGVybGFuZA=="; // alice:wonderland

inline registry::Credential alicesPassword()
{
    return passwordOf("alice", "wonderland");
}

/// A cache, a registry, and who pulls from it. All go by one clock.
struct PullScene
{
    explicit PullScene(std::chrono::seconds offlineGrace = std::chrono::hours(1))
        : cache(&rig.clock, accessWith(offlineGrace))
        , access(cache.cache->access())
        , context(std::make_shared<registry::RegistryContext>(rig.options, access))
        , puller(*cache.cache, context)
    {}

    static AccessOptions accessWith(std::chrono::seconds grace)
    {
        AccessOptions options;
        options.offlineGrace = grace;
        return options;
    }

    registry::PullRequest request(const std::string& image, const registry::Credential& credential = {})
    {
        registry::PullRequest request(ImageReference::require(images.server().authority() + '/' + image));
        request.sources.push_back({endpointAt(images.server().origin()), credential});
        request.platforms = {"linux/amd64"};
        request.by = "tester";
        return request;
    }

    registry::PullReport pull(const std::string& image, const registry::Credential& credential = {})
    {
        return puller.pull(request(image, credential), {}, {});
    }

    /// With that source in front of the registry.
    registry::PullReport pullThrough(const ImageServer& mirror, const std::string& image,
                                     const registry::Credential& credential = {})
    {
        auto request = this->request(image, credential);
        request.sources.insert(request.sources.begin(), {endpointAt(mirror.server().origin()), {}});
        return puller.pull(request, {}, {});
    }

    std::string repository(const std::string& path) const { return images.server().authority() + '/' + path; }

    bool isPublic(std::string_view bytes)
    {
        return access.covers(Identity::anonymous(), Hasher::of(bytesOf(bytes)), rig.clock.now());
    }

    bool isStored(std::string_view bytes)
    {
        const auto blob = cache.cache->blob(Hasher::of(bytesOf(bytes)));
        return blob && blob->state == BlobState::Present;
    }

    RegistryRig rig;
    ImageServer images;
    CacheFixture cache;
    CacheAccess& access;
    std::shared_ptr<registry::RegistryContext> context;
    registry::Puller puller;
};

inline std::string layerOf(char c, std::size_t size = 300'000)
{
    std::string bytes(size, c);
    for (std::size_t i = 0; i < bytes.size(); i += 1000)
        bytes[i] = static_cast<char>('0' + i / 1000 % 10);
    return bytes;
}

/// {"mediaType":…,"digest":…,"size":…}, with `more` behind.
inline std::string descriptorOf(const std::string& mediaType, const std::string& bytes, std::uint64_t size,
                                const std::string& more = {})
{
    return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Hasher::of(bytesOf(bytes)).toString() +
           "\",\"size\":" + std::to_string(size) + more + '}';
}

inline const std::string layerType = "application/vnd.oci.image.layer.v1.tar+gzip";
inline const std::string manifestType = "application/vnd.oci.image.manifest.v1+json";
inline const std::string indexType = "application/vnd.oci.image.index.v1+json";

/// A manifest with these descriptors of config and layers.
inline std::string manifestOf(const std::string& config, const std::vector<std::string>& layers)
{
    std::string list;
    for (const std::string& layer : layers)
        list += (list.empty() ? "" : ",") + layer;
    return "{\"schemaVersion\":2,\"mediaType\":\"" + manifestType + "\",\"config\":" + config + ",\"layers\":[" + list +
           "]}";
}

} // namespace layerhold::test
