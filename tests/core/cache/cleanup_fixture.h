// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache_fixture.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::test {

using namespace std::chrono_literals;

class ManualClock final : public Clock
{
public:
    TimePoint now() const override { return Clock::system().now() + m_ahead.load(); }

    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::now() + m_ahead.load();
    }

    void advance(std::chrono::nanoseconds by) { m_ahead = m_ahead.load() + by; }

private:
    std::atomic<std::chrono::nanoseconds> m_ahead{0ns};
};

/// A policy that takes everything that nobody needs.
inline CleanupPolicy takeAll()
{
    CleanupPolicy policy = CleanupPolicy::standard();
    policy.pressure = {};
    policy.rules.resize(1);
    policy.rules[0] = CleanupRule();
    policy.rules[0].name = "all";
    return policy;
}

inline std::string manifestOf(const std::vector<std::string>& layers)
{
    const auto descriptor = [](std::string_view bytes) {
        return R"({"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":")" + digestOf(bytes).toString() +
               R"(","size":)" + std::to_string(bytes.size()) + '}';
    };
    std::string list;
    for (const std::string& layer : layers)
        list += (list.empty() ? "" : ",") + descriptor(layer);
    return R"({"schemaVersion":2,"config":)" + descriptor("{}") + R"(,"layers":[)" + list + "]}";
}

class CleanupFixture
{
public:
    CleanupFixture()
        : layout(root.path() / "cache")
    {
        open();
    }

    void open()
    {
        CacheOptions options;
        options.root = layout.root();
        options.clock = &clock;
        cache = Cache::open(options);
        cache->addEngine("a", "/run/a.sock", Sharing::Open);
        store = cache->contentStore("a");
    }

    void close()
    {
        store.reset();
        cache.reset();
    }

    void reopen()
    {
        close();
        open();
    }

    Cleanup& cleanup() { return cache->cleanup(); }

    Digest putReleased(std::string_view bytes)
    {
        const Digest digest = put(*store, bytes);
        store->release(digest);
        return digest;
    }

    Digest putManifest(const std::string& bytes)
    {
        return put(*store, bytes, "ns/1/manifest-" + digestOf(bytes).toString());
    }

    CleanupRun trashAll() { return apply(takeAll(), Disposal::Trash); }

    CleanupRun apply(const CleanupPolicy& policy, Disposal disposal)
    {
        return cleanup().apply(cleanup().plan({policy, "manual"}, {}).id, disposal, {}, {});
    }

    BlobState stateOf(const Digest& digest) { return cache->blob(digest)->state; }

    bool isInTrash(const Digest& digest) const { return std::filesystem::exists(layout.trashed(digest)); }

    bool isInPlace(const Digest& digest) const { return std::filesystem::exists(layout.blob(digest)); }

    bool hasEvent(const std::string& kind)
    {
        const auto events = cache->eventsAfter(0, 10'000).events;
        return std::any_of(events.begin(), events.end(), [&](const Event& event) { return event.kind == kind; });
    }

    TempRoot root;
    Layout layout;
    ManualClock clock;
    std::unique_ptr<Cache> cache;
    std::shared_ptr<ContentStore> store;
};

} // namespace layerhold::test
