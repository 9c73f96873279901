// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fixtures.h"

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace layerhold::gui::test::fixtures {

/// Puts a cache together: blobs, images on them, names on those, and at the end the figures that follow.
class FixtureBuilder
{
public:
    FixtureBuilder(Moment now, std::uint64_t seed);

    struct Age
    {
        std::chrono::seconds created{0}; ///< before now
        std::chrono::seconds used{0};    ///< before now
    };

    /// Returns the digest.
    std::string blob(const std::string& digest, const std::string& kind, std::uint64_t size, Age age,
                     const std::string& state = "present");

    /// A manifest on blobs that are there.
    struct Image
    {
        std::string digest;
        std::string config;
        std::vector<std::string> layers;
        std::string platform = "linux/amd64";
        std::uint64_t manifestBytes = 1500;
        Age age;
    };

    std::string image(const Image& image);
    std::string index(const std::string& digest, const std::vector<std::string>& manifests, Age age);
    void claim(const std::string& kind, const std::string& holder, const std::string& digest, std::chrono::seconds ago);
    void tag(const std::string& reference, const std::string& digest, std::chrono::seconds movedAgo,
             const std::string& cause = "pull");
    void engineName(const std::string& engine, const std::string& name, const std::string& digest);
    void event(const std::string& kind, const std::string& subject, std::chrono::seconds ago, std::uint64_t bytes,
               const std::string& detail, const std::string& engine = {});

    Moment ago(std::chrono::seconds time) const { return m_now - time; }

    Moment now() const { return m_now; }

    FakeStore& store() { return *m_store; }

    /// Evenly among `first` … `last`; the same on every machine, as the distributions of the library are not.
    std::uint64_t random(std::uint64_t first, std::uint64_t last);
    /// Evenly among the orders of magnitude.
    std::uint64_t randomSize(std::uint64_t least, std::uint64_t most);

    /// Sorts, and counts what follows from blobs, edges, claims and names. The builder is used up.
    Fixture finish();

private:
    void describeImages();
    void countBytes();
    void countUsage(const std::string& level, const std::map<std::string, std::set<std::string>>& entities);
    void addDiskLines(UsageRecord& usage) const;
    void order();

    Moment m_now;
    std::mt19937_64 m_random;
    Fixture m_store = std::make_shared<FakeStore>();
};

PolicyRecord standardPolicy();
MetricsRecord someMetrics(Moment now);
/// 90 days for each metric that has a history, up to what it is now; of two of the hours there is nothing.
void addHistory(FakeStore& store);

} // namespace layerhold::gui::test::fixtures
