// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// cleanup_reads ROOT BLOBS SECONDS: makes a cache at ROOT, and reads small random ranges of blobs that an engine holds,
// SECONDS long with nothing else going on, then while BLOBS others are planned, moved to the trash and removed. One
// JSON line with the latencies of both.
#include "layerhold/cache.h"
#include "layerhold/error.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace layerhold;
using SteadyClock = std::chrono::steady_clock;

/// More than the blobs that a content store keeps open.
constexpr std::size_t keptBlobs = 256;
constexpr std::size_t keptSize = 256U << 10U;
constexpr std::size_t releasedSize = 4U << 10U;
constexpr std::size_t rangeSize = 16U << 10U;
/// Commits that come together share their flush.
constexpr std::size_t writers = 16;

Digest put(ContentStore& store, std::size_t number, std::size_t size)
{
    std::string bytes = "blob " + std::to_string(number) + ' ';
    bytes.resize(size, 'x');
    const auto ingest = store.ingest("bench-" + std::to_string(number), {});
    const std::array pieces{std::as_bytes(std::span(bytes))};
    ingest->append(pieces);
    return ingest->commitAndWait({size, Hasher::of(pieces[0]), {}});
}

std::vector<Digest> putKept(ContentStore& store)
{
    std::vector<Digest> kept;
    for (std::size_t i = 0; i < keptBlobs; ++i)
        kept.push_back(put(store, i, keptSize));
    return kept;
}

void putReleased(ContentStore& store, std::size_t count)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < writers; ++i)
        threads.emplace_back([&] {
            for (std::size_t number = next++; number < count; number = next++)
                store.release(put(store, keptBlobs + number, releasedSize));
        });
}

struct Latencies
{
    std::size_t reads = 0;
    double p50 = 0;
    double p99 = 0;
    double max = 0;
};

/// Milliseconds.
Latencies summary(std::vector<double> times)
{
    if (times.empty())
        throw Error(ErrorCode::Internal, "nothing was read");
    std::sort(times.begin(), times.end());
    return {times.size(), times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

/// Opens and reads as an engine's server does, until it is asked to stop.
std::vector<double> readUntil(const std::stop_token& stop, ContentStore& store, const std::vector<Digest>& kept)
{
    std::vector<double> times;
    std::mt19937 random(1);
    std::array<std::byte, rangeSize> buffer{};
    while (!stop.stop_requested()) {
        const Digest& digest = kept[random() % kept.size()];
        const std::uint64_t offset = random() % (keptSize - rangeSize);
        const auto start = SteadyClock::now();
        const auto cached = store.tryOpen(digest);
        const BlobReader reader = cached ? *cached : store.open(digest);
        if (!reader.tryRead(offset, buffer))
            reader.read(offset, buffer);
        times.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count());
    }
    return times;
}

Latencies readDuring(ContentStore& store, const std::vector<Digest>& kept, const std::function<void()>& work)
{
    std::vector<double> times;
    std::exception_ptr failure;
    {
        const std::jthread reader([&](const std::stop_token& stop) {
            try {
                times = readUntil(stop, store, kept);
            } catch (...) {
                failure = std::current_exception();
            }
        });
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    return summary(std::move(times));
}

/// Returns how many blobs went.
std::uint64_t removeAll(Cleanup& cleanup)
{
    CleanupPolicy policy;
    policy.rules.emplace_back().name = "all";
    const Plan plan = cleanup.plan({policy, "manual"}, {});
    const CleanupRun run = cleanup.apply(plan.id, Disposal::Trash, {}, {});
    const TrashReport emptied = cleanup.emptyTrash({}, {}, {});
    const auto removed = std::count_if(emptied.items.begin(), emptied.items.end(),
                                       [](const TrashItem& item) { return item.outcome == CleanupOutcome::Removed; });
    return std::min(run.trashed, static_cast<std::uint64_t>(removed));
}

void print(const char* name, const Latencies& latencies)
{
    std::printf("\"%s\": {\"reads\": %zu, \"p50_ms\": %.4f, \"p99_ms\": %.4f, \"max_ms\": %.3f}", name, latencies.reads,
                latencies.p50, latencies.p99, latencies.max);
}

void measure(const std::filesystem::path& root, std::size_t count, std::chrono::seconds idleTime)
{
    CacheOptions options;
    options.root = root;
    const auto cache = Cache::open(options);
    cache->addEngine("bench", (root / "bench.sock").string(), std::nullopt);
    const auto store = cache->contentStore("bench");
    const std::vector<Digest> kept = putKept(*store);
    putReleased(*store, count);
    cache->flush();
    const Latencies idle = readDuring(*store, kept, [&] { std::this_thread::sleep_for(idleTime); });
    std::uint64_t removed = 0;
    const auto start = SteadyClock::now();
    const Latencies busy = readDuring(*store, kept, [&] { removed = removeAll(cache->cleanup()); });
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
    if (removed != count)
        throw Error(ErrorCode::Internal, std::to_string(removed) + " blobs went instead of " + std::to_string(count));
    std::printf("{\"removed\": %llu, \"cleanup_seconds\": %.2f, ", static_cast<unsigned long long>(removed), seconds);
    print("idle", idle);
    std::printf(", ");
    print("cleanup", busy);
    std::printf("}\n");
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc == 4 ? std::strtoull(argv[2], nullptr, 10) : 0;
    const unsigned long seconds = argc == 4 ? std::strtoul(argv[3], nullptr, 10) : 0;
    if (count == 0 || seconds == 0) {
        std::fprintf(stderr, "usage: %s ROOT BLOBS SECONDS\n", argv[0]);
        return 2;
    }
    try {
        measure(argv[1], count, std::chrono::seconds(seconds));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
