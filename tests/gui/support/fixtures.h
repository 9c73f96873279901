// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fake_store.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// Caches to show and to count, the same at every run; moments are relative to `now`. All have a policy, a status, a
/// plan by that policy (the first of `plans`), and figures of usage.
namespace layerhold::gui::test::fixtures {

using Fixture = std::shared_ptr<FakeStore>;

/// Twelve blobs: each state, and each reason to be kept or removed that a cache without limits knows.
Fixture tiny(Moment now);
/// The digest of one: index, manifest, config, layer, pinned, leased, expected, recent, unused, missing, quarantined,
/// deleting.
std::string tinyDigest(std::string_view name);

/// Three repositories, few enough to count by hand: figures below.
Fixture shared(Moment now);
/// What a machine of developers looks like: 8000 blobs, 60 repositories, 90 days of metrics, events, runs, trash.
Fixture typical(Moment now);
/// 40 tags that moved 600 times, the newest 15 of "docker.io/library/app00:latest" on the day before `now` and today;
/// times that are equal, removals, and periods of which nothing is known (a move from a digest that no move led to).
Fixture tags(Moment now);
/// Names and figures of somebody who means ill, or whose clock is wrong.
Fixture hostile(Moment now);

/// A digest that is always the same for a label.
std::string digestOf(std::string_view label);

/// `shared`, counted by hand. Layers: base 1001 (of all four images), mid 600 (appA and webA), appTop 50 (appA), webTop
/// 70 (webA), webNew 40 (webB), toolTop 30 (toolA); a manifest of 10 and a config of 5 for each image; loose 500, which
/// nobody has. Images ascend by digest as they are named here; repositories by name: library/app has appA, library/web
/// has webA and webB, team/tool has toolA.
namespace shared_figures {

struct Bytes
{
    std::string_view name;
    std::uint64_t referenced;
    std::uint64_t unique;
    std::uint64_t share;
};

inline constexpr std::uint64_t stored = 2351;
inline constexpr std::uint64_t reached = 1851; ///< by some image
inline constexpr std::uint64_t sharedPool = 1601;
inline constexpr Bytes repositories[] = {{"docker.io/library/app", 1666, 65, 700},
                                         {"docker.io/library/web", 1741, 140, 773},
                                         {"example.org/team/tool", 1046, 45, 378}};
inline constexpr std::uint64_t sharedByImages = 1601;
inline constexpr Bytes images[] = {
    {"appA", 1666, 65, 616}, {"webA", 1686, 85, 635}, {"webB", 1056, 55, 305}, {"toolA", 1046, 45, 295}};

/// Names of blobs, separated by blanks, and what only they reach.
struct Freed
{
    std::string_view selection;
    std::uint64_t bytes;
};

inline constexpr Freed freed[] = {{"", 0},
                                  {"appA", 65},
                                  {"webA", 85},
                                  {"webB", 55},
                                  {"toolA", 45},
                                  {"loose", 500},
                                  {"base", 0},
                                  {"appTop", 0},
                                  {"appA webA", 750},
                                  {"appA webB", 120},
                                  {"appA toolA", 110},
                                  {"webA webB", 140},
                                  {"webA toolA", 130},
                                  {"webB toolA", 100},
                                  {"appA webA webB", 805},
                                  {"appA webA toolA", 795},
                                  {"appA webB toolA", 165},
                                  {"webA webB toolA", 185},
                                  {"appA loose", 565},
                                  {"appA webA webB toolA", 1851},
                                  {"appA webA webB toolA loose", 2351}};

/// The digest of a layer or an image by its name above; "appA/config" is the config of appA.
std::string digest(std::string_view name);

} // namespace shared_figures

} // namespace layerhold::gui::test::fixtures
