// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_table.h"

#include <chrono>
#include <string>
#include <vector>

namespace layerhold::gui::test {

inline constexpr Moment now = Moment(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(12));

/// "sha256:" and 64 digits that begin with `start`.
inline std::string digestOf(std::string start)
{
    start.resize(64, '0');
    return "sha256:" + start;
}

struct FixtureEntry
{
    const char* digest;
    const char* kind;
    const char* state;
    std::uint64_t size;
    int idleDays; ///< -1: never used
    int ageDays;
    std::uint64_t hits;
    bool isReleased;
    std::vector<std::string> names;
    std::vector<std::string> holders;
};

inline const std::vector<FixtureEntry>& fixtureEntries()
{
    constexpr std::uint64_t mebi = 1024 * 1024;
    static const std::vector<FixtureEntry> entries = {
        {"0a",
         "index",
         "present",
         1200,
         0,
         10,
         50,
         false,
         {"docker.io/library/nginx:latest", "docker.io/library/nginx:1.27"},
         {"tag", "engine"}},
        {"1b", "manifest", "present", 2400, 1, 10, 40, false, {"docker.io/library/redis:7"}, {"pin", "tag"}},
        {"2c", "manifest", "present", 2500, 40, 100, 3, false, {"ghcr.io/acme/tool:v2"}, {"engine"}},
        {"3f2a", "layer", "present", 80 * mebi, 40, 100, 7, false, {}, {"engine"}},
        {"3f2b", "layer", "present", 50 * mebi, 31, 31, 0, true, {}, {}},
        {"4d", "layer", "present", 700, 100, 200, 1, true, {}, {}},
        {"5e", "config", "present", 4096, 5, 10, 12, false, {}, {"tag"}},
        {"6a", "layer", "quarantined", 10 * mebi, 8, 9, 2, false, {}, {"lease"}},
        {"7b", "other", "missing", 0, -1, 3, 0, true, {}, {}},
        {"8c", "attestation", "present", 900, 2, 2, 9, false, {"localhost:5000/team a/odd*name:x"}, {"quorum"}},
    };
    return entries;
}

inline std::vector<BlobRecord> fixtureBlobs()
{
    std::vector<BlobRecord> blobs;
    for (const FixtureEntry& entry : fixtureEntries()) {
        BlobRecord blob;
        blob.digest = digestOf(entry.digest);
        blob.kind = entry.kind;
        blob.state = entry.state;
        blob.size = entry.size;
        blob.mediaType = blob.kind == "layer" ? "application/vnd.oci.image.layer.v1.tar+gzip"
                                              : "application/vnd.oci.image." + blob.kind + ".v1+json";
        blob.origin = entry.isReleased ? "import" : "engine main";
        blob.createdAt = now - std::chrono::days(entry.ageDays);
        blob.accessedAt = entry.idleDays < 0 ? Moment{} : now - std::chrono::days(entry.idleDays);
        blob.accessCount = entry.hits;
        blob.isReleased = entry.isReleased;
        if (!entry.isReleased)
            blob.refetch = "yes";
        else if (blob.kind == "layer" && blob.accessCount > 0)
            blob.refetch = "only_copy";
        blobs.push_back(blob);
    }
    return blobs;
}

inline std::vector<EntryFacts> fixtureFacts()
{
    std::vector<EntryFacts> facts;
    for (const FixtureEntry& entry : fixtureEntries()) {
        EntryFacts fact;
        fact.digest = digestOf(entry.digest);
        fact.names = entry.names;
        fact.holderKinds = entry.holders;
        facts.push_back(fact);
    }
    facts[3].users = 4;
    facts[4].freed = 50 * 1024 * 1024;
    facts[5].freed = 0;
    return facts;
}

} // namespace layerhold::gui::test
