// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image_server.h"
#include "layerhold/cache.h"
#include "layerhold/log.h"
#include "layerhold/registry/tag_resolver.h"
#include "registry_fixture.h"
#include "support/temp_root.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace layerhold::test {

inline const std::string Alice = "Basic YWxpY2U6d29uZGVybGFuZA=="; // alice:wonderland

inline registry::Credential alice()
{
    return passwordOf("alice", "wonderland");
}

class CountingSink final : public LogSink
{
public:
    bool wants(LogLevel level, LogTopic) const noexcept override { return level >= LogLevel::Warning; }

    void write(const LogRecord&) const noexcept override { ++warnings; }

    mutable std::atomic<int> warnings{0};
};

/// A cache and a registry, on one clock that the test moves.
struct ResolverScene
{
    struct Options
    {
        AccessOptions access;
        registry::TagResolverOptions resolver;
    };

    explicit ResolverScene(const std::function<void(Options&)>& set = {})
    {
        Options options;
        if (set)
            set(options);
        CacheOptions cacheOptions;
        cacheOptions.root = root / "cache";
        cacheOptions.clock = &rig.clock;
        cacheOptions.access = options.access;
        cache = Cache::open(cacheOptions);
        context = std::make_shared<registry::RegistryContext>(rig.options, cache->access());
        options.resolver.clock = &rig.clock;
        options.resolver.log = &log;
        m_resolver = std::make_unique<registry::TagResolver>(*cache, context, options.resolver);
    }

    registry::TagResolver& resolver() { return *m_resolver; }

    std::string nameOf(const std::string& image) { return images.server().authority() + '/' + image; }

    registry::ResolveRequest request(const std::string& image, const registry::Credential& credential = {})
    {
        registry::ResolveRequest request(ImageReference::require(nameOf(image)));
        request.sources.push_back({endpointAt(images.server().origin()), credential});
        request.by = "tester";
        return request;
    }

    registry::Resolution resolve(const std::string& image, const registry::Credential& credential = {})
    {
        return resolver().resolve(request(image, credential), {});
    }

    std::optional<ErrorCode> codeOf(const std::string& image, const registry::Credential& credential)
    {
        const auto failure = failureOf([&] { resolve(image, credential); });
        return failure ? std::optional(failure->code()) : std::nullopt;
    }

    Identity identityOf(const registry::Credential& credential)
    {
        return registry::identityOf(cache->access(), images.server().authority(),
                                    {endpointAt(images.server().origin()), credential});
    }

    /// Equal ones for equal layers, wherever they are.
    ImageServer::Image putImage(const std::string& repository, const std::string& tag, const std::string& layer)
    {
        const auto image = images.putImage(repository, tag, {layer});
        for (const registry::Credential& credential : {registry::Credential(), alice()}) // its word is to count
            believe(context, {endpointAt(images.server().origin()), credential}, images.server().authority(),
                    {image.digest});
        return image;
    }

    /// Brings the manifest into the cache, under another name.
    void store(const ImageServer::Image& image)
    {
        cache->images().putManifest("stored.example/image:1", image.digest, bytesOf(image.manifest), "tester");
    }

    /// What the registry answers for manifests from now on, as ImageServer::interceptManifests. Without an answer the
    /// time passes that one may take.
    void fail(int status)
    {
        images.interceptManifests([this, status](const HttpRecord&) {
            if (status < 0)
                rig.clock.advance(rig.options.deadlines.headers);
            return status;
        });
    }

    std::size_t heads() { return images.server().count("HEAD", "/v2/"); }

    std::uint64_t resolutions() { return cache->metrics().snapshot().number("tag_resolutions"); }

    RegistryRig rig;
    CountingSink log;
    TempRoot root;
    std::unique_ptr<Cache> cache;
    std::shared_ptr<registry::RegistryContext> context;
    ImageServer images;

private:
    std::unique_ptr<registry::TagResolver> m_resolver;
};

} // namespace layerhold::test
