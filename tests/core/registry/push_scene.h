// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/cache_fixture.h"
#include "image_documents.h"
#include "layerhold/registry/pusher.h"
#include "registry_fixture.h"
#include "writable_registry.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace layerhold::test {

/// A cache with images that an engine brought, and a registry to push them to.
struct PushScene
{
    PushScene()
        : engine(cache.engine("one"))
        , context(std::make_shared<registry::RegistryContext>(rig.options, cache.cache->access()))
        , pusher(*cache.cache, context)
    {}

    void store(const std::string& bytes)
    {
        if (!cache.cache->blob(hashOf(bytes)))
            put(*engine, bytes);
    }

    /// The manifest, of an image whose parts are all stored.
    std::string storeImage(const std::vector<std::string>& layers)
    {
        for (const std::string& layer : layers)
            store(layer);
        store(config);
        std::string manifest = manifestOf(config, layers);
        test::put(*engine, manifest, "manifest-" + hashOf(manifest).toString()); // as engines name them
        return manifest;
    }

    registry::PushRequest request(const Digest& image, const std::string& destination,
                                  const registry::Credential& credential = {})
    {
        registry::PushRequest request(image, ImageReference::require(name(destination)),
                                      {endpointAt(server.server().origin()), credential});
        request.by = "tester";
        return request;
    }

    registry::PushReport push(const std::string& manifest, const std::string& destination,
                              const registry::Credential& credential = {})
    {
        return pusher.push(request(hashOf(manifest), destination, credential), {}, {});
    }

    /// With the registry in front.
    std::string name(const std::string& rest) { return server.server().authority() + '/' + rest; }

    AccessRecords& records() { return cache.cache->access(); }

    std::vector<Proof> proofs(const std::string& bytes, const std::string& repository)
    {
        std::vector<Proof> result = records().proofs(hashOf(bytes), 100);
        std::erase_if(result, [&](const Proof& proof) { return proof.repository != name(repository); });
        return result;
    }

    const std::string config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
    RegistryRig rig;
    WritableRegistry server;
    CacheFixture cache;
    std::shared_ptr<ContentStore> engine;
    std::shared_ptr<registry::RegistryContext> context;
    registry::Pusher pusher;
};

/// Not the same at every place of it.
inline std::string layerOf(char c, std::size_t size = 300'000)
{
    std::string bytes(size, c);
    for (std::size_t i = 0; i < bytes.size(); i += 1000)
        bytes[i] = static_cast<char>('0' + i / 1000 % 10);
    return bytes;
}

} // namespace layerhold::test
