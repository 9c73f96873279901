// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/cache.h"
#include "store/layout.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace layerhold::test {

inline Digest digestOf(std::string_view bytes)
{
    return Hasher::of(bytesOf(bytes));
}

inline void append(Ingest& ingest, std::string_view bytes)
{
    const std::array pieces{bytesOf(bytes)};
    ingest.append(pieces);
}

/// Writes and commits; the ref is the digest, so that two writers do not meet.
inline Digest put(ContentStore& store, std::string_view bytes, const std::string& ref = {})
{
    const Digest digest = digestOf(bytes);
    const auto ingest = store.ingest(ref.empty() ? "put-" + digest.hex() : ref, {});
    append(*ingest, bytes);
    return ingest->commitAndWait({bytes.size(), digest, {}});
}

inline std::string readAll(const BlobReader& reader)
{
    std::string bytes(reader.size(), '\0');
    const auto count = reader.read(0, std::as_writable_bytes(std::span(bytes)));
    bytes.resize(count);
    return bytes;
}

inline std::vector<Digest> listed(ContentStore& store)
{
    std::vector<Digest> digests;
    for (const ContentInfo& info : store.list({}, 1000))
        digests.push_back(info.digest);
    return digests;
}

/// A cache on a fresh root that can be closed and opened again.
class CacheFixture
{
public:
    explicit CacheFixture(const Clock* clockOfCache = nullptr, const AccessOptions& accessOfCache = {})
        : layout(root.path() / "cache")
        , clock(clockOfCache)
        , access(accessOfCache)
    {
        open();
    }

    void open()
    {
        CacheOptions options;
        options.root = layout.root();
        options.eventsKept = eventsKept;
        options.clock = clock;
        options.access = access;
        options.fileSystem = fileSystem;
        options.log = log;
        options.scrubRate = scrubRate;
        cache = Cache::open(options);
    }

    void reopen()
    {
        cache.reset();
        open();
    }

    std::shared_ptr<ContentStore> engine(const std::string& name, Sharing sharing = Sharing::Open)
    {
        cache->addEngine(name, "/run/" + name + ".sock", sharing);
        return cache->contentStore(name);
    }

    std::uint64_t counter(const std::string& name)
    {
        for (const Counter& counter : cache->counters())
            if (counter.name == name)
                return counter.value;
        return 0;
    }

    std::vector<std::string> eventKinds()
    {
        std::vector<std::string> kinds;
        for (const Event& event : cache->eventsAfter(0, 10'000).events)
            kinds.push_back(event.kind);
        return kinds;
    }

    /// Puts other bytes into a blob file behind the cache's back.
    void damage(const Digest& digest, std::string_view bytes)
    {
        std::filesystem::permissions(layout.blob(digest), std::filesystem::perms::owner_all);
        writeFile(layout.blob(digest), bytes);
    }

    TempRoot root;
    Layout layout;
    std::uint64_t eventsKept = 100'000;
    const Clock* clock = nullptr;
    AccessOptions access;
    FileSystem* fileSystem = nullptr;
    const LogSink* log = nullptr;
    std::uint64_t scrubRate = 0;
    std::unique_ptr<Cache> cache;
};

/// Changes the index of a cache that is closed, without its knowledge.
template <typename Change>
void tamper(const CacheFixture& fixture, Change change)
{
    Connection connection(fixture.layout.indexDatabase(), {});
    change(connection);
}

inline void markUnclean(const CacheFixture& fixture)
{
    tamper(fixture, [](Connection& index) { index.database().execute("DELETE FROM meta"); });
}

template <typename Condition>
bool eventually(Condition condition)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::yield();
    }
    return true;
}

} // namespace layerhold::test
