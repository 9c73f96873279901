// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// cleanup_scale ROOT: how long the start, a plan, the byte figures, a page of the list and a `why` take on the root
// that fill_index has filled, and what memory they need. One JSON line.
#include "layerhold/cache.h"
#include "layerhold/error.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <vector>

namespace {

using namespace layerhold;

constexpr std::size_t pageSize = 100;

template <typename Work>
double millisecondsOf(const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Of what takes so little that one run says little.
template <typename Work>
double medianOf(const Work& work)
{
    std::vector<double> times(21);
    for (double& time : times)
        time = millisecondsOf(work);
    std::nth_element(times.begin(), times.begin() + 10, times.end());
    return times[10];
}

CleanupPolicy takeAll()
{
    CleanupPolicy policy;
    policy.rules.emplace_back().name = "all";
    return policy;
}

void print(const char* name, double value)
{
    std::printf("\"%s\": %.3f, ", name, value);
}

void measure(const char* root)
{
    CacheOptions options;
    options.root = root;
    std::unique_ptr<Cache> cache;
    // The filler wrote past the checkpoint log, which the first start makes anew.
    const double firstStart = millisecondsOf([&] { cache = Cache::open(options); });
    cache.reset();
    const double start = millisecondsOf([&] { cache = Cache::open(options); });
    const double firstUsage = millisecondsOf([&] { cache->cleanup().usage(UsageLevel::Holder); });
    cache.reset();
    cache = Cache::open(options);
    Cleanup& cleanup = cache->cleanup();
    Plan standard;
    Plan all;
    std::printf("{");
    print("first_start_ms", firstStart);
    print("start_ms", start);
    print("df_first_ms", firstUsage);
    print("plan_ms", millisecondsOf([&] { standard = cleanup.plan({}, {}); }));
    print("plan_all_ms", millisecondsOf([&] { all = cleanup.plan({takeAll(), "manual"}, {}); }));
    if (all.items == 0)
        throw Error(ErrorCode::FailedPrecondition, "the root is empty; fill it by fill_index");
    print("plan_page_ms", medianOf([&] { cleanup.planItems(all.id, all.items / 2, pageSize); }));
    print("df_ms", millisecondsOf([&] { cleanup.usage(UsageLevel::Holder); }));
    print("df_again_ms", millisecondsOf([&] { cleanup.usage(UsageLevel::Holder); }));
    print("df_image_ms", millisecondsOf([&] { cleanup.usage(UsageLevel::Image); }));
    const Digest middle = Digest::require(cleanup.planItems(all.id, all.items / 2, 1).at(0).name);
    print("ls_page_ms", medianOf([&] { cache->blobs({}, middle, pageSize); }));
    print("why_ms", medianOf([&] { cache->why(middle); }));
    struct rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    std::printf("\"items\": %llu, \"removed\": %llu, \"peak_mib\": %ld}\n", static_cast<unsigned long long>(all.items),
                static_cast<unsigned long long>(all.removeItems), used.ru_maxrss / 1024);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ROOT\n", argv[0]);
        return 2;
    }
    try {
        measure(argv[1]);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return 0;
}
