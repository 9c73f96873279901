// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Prints what part of the asked-for each eviction strategy has there, beside Belady's rule, over generated traces of
// image pulls; and which is best.
#include "eviction/replay.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>

using namespace layerhold;
using namespace layerhold::bench;

namespace {

struct Contestant
{
    std::string name;
    MakeStrategy make;
};

std::vector<Contestant> contestants()
{
    std::vector<Contestant> result;
    for (const char* spec : {"lru", "size", "ttl", "cost", "composite:ttl,lru", "composite:ttl,cost"})
        result.push_back({spec, [spec](const Future&) { return makeStrategy(spec); }});
    for (const Foresight foresight : {Foresight::FurthestNextUse, Foresight::FurthestNextUseTimesSize})
        result.push_back({foresight == Foresight::FurthestNextUse ? "belady" : "belady-size",
                          [foresight](const Future& future) { return makeBelady(foresight, future); }});
    return result;
}

bool isBelady(const Contestant& contestant)
{
    return contestant.name.starts_with("belady");
}

struct Scale
{
    std::vector<double> skews = {0.6, 0.9, 1.2};
    std::vector<double> shares = {0.02, 0.05, 0.1, 0.2, 0.4}; ///< of the bytes of all blobs
    std::vector<std::uint64_t> seeds = {1, 2, 3};
    TraceOptions trace;
};

Scale quick()
{
    Scale scale;
    scale.skews = {0.9};
    scale.shares = {0.05, 0.2};
    scale.seeds = {1};
    scale.trace.pulls = 2000;
    scale.trace.repositories = 60;
    scale.trace.bases = 8;
    return scale;
}

void add(HitRatio& sum, const HitRatio& ratio, double weight)
{
    sum.objects += weight * ratio.objects;
    sum.bytes += weight * ratio.bytes;
}

/// One table; adds to `scores` how near each comes to Belady's rule.
void showSkew(const Scale& scale, double skew, std::map<std::string, double>& scores)
{
    const auto all = contestants();
    std::map<std::string, std::vector<HitRatio>> table;
    HitRatio endless;
    const double weight = 1.0 / static_cast<double>(scale.seeds.size());
    double blobs = 0;
    double gibibytes = 0;
    for (const std::uint64_t seed : scale.seeds) {
        TraceOptions traceOptions = scale.trace;
        traceOptions.seed = seed;
        traceOptions.skew = skew;
        const Trace trace = makeTrace(traceOptions);
        const std::uint64_t footprint = std::accumulate(trace.sizes.begin(), trace.sizes.end(), std::uint64_t(0));
        blobs += weight * static_cast<double>(trace.sizes.size());
        gibibytes += weight * static_cast<double>(footprint) / (1024.0 * 1024 * 1024);
        add(endless, replay(trace, {}, all.front().make), weight);
        for (std::size_t i = 0; i < scale.shares.size(); ++i) {
            ReplayOptions options;
            options.limit = static_cast<std::uint64_t>(static_cast<double>(footprint) * scale.shares[i]);
            for (const Contestant& contestant : all) {
                auto& row = table[contestant.name];
                row.resize(scale.shares.size());
                add(row[i], replay(trace, options, contestant.make), weight);
            }
        }
    }
    std::printf("skew %.1f: %zu pulls of %zu repositories, %.0f blobs of %.1f GiB; never evicting: %.1f / %.1f\n", skew,
                scale.trace.pulls, scale.trace.repositories, blobs, gibibytes, 100 * endless.objects,
                100 * endless.bytes);
    std::printf("%-20s", "cache, % of all bytes");
    for (const double share : scale.shares)
        std::printf("%14.0f", 100 * share);
    std::printf("\n");
    for (const Contestant& contestant : all) {
        std::printf("%-20s ", contestant.name.c_str());
        for (std::size_t i = 0; i < scale.shares.size(); ++i) {
            const HitRatio& ratio = table[contestant.name][i];
            std::printf("  %5.1f / %4.1f", 100 * ratio.objects, 100 * ratio.bytes);
            const HitRatio& best = table["belady"][i];
            scores[contestant.name] += (ratio.objects / best.objects + ratio.bytes / best.bytes) / 2;
        }
        std::printf("\n");
    }
    std::printf("\n");
}

} // namespace

int main(int argumentCount, char** arguments)
{
    const bool isQuick = argumentCount == 2 && std::strcmp(arguments[1], "--quick") == 0;
    if (argumentCount > 1 && !isQuick) {
        std::fputs("usage: layerhold_replay [--quick]\n"
                   "Replays traces of image pulls against every eviction strategy.\n",
                   stderr);
        return 2;
    }
    const Scale scale = isQuick ? quick() : Scale{};
    std::printf("Hits in %% of objects / of bytes, mean of %zu seeds. With sizes, Belady's rule is only near the "
                "optimum.\n\n",
                scale.seeds.size());
    std::map<std::string, double> scores;
    for (const double skew : scale.skews)
        showSkew(scale, skew, scores);
    const double cells = static_cast<double>(scale.skews.size() * scale.shares.size());
    std::printf("in parts of Belady's rule, mean of objects and bytes over all cells\n");
    std::string best;
    for (const Contestant& contestant : contestants()) {
        std::printf("%-20s %.3f\n", contestant.name.c_str(), scores[contestant.name] / cells);
        if (!isBelady(contestant) && (best.empty() || scores[contestant.name] > scores[best]))
            best = contestant.name;
    }
    std::printf("best: %s\n", best.c_str());
    return 0;
}
