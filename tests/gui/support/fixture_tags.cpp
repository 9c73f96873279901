// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixture_builder.h"

#include <algorithm>

namespace layerhold::gui::test::fixtures {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int tagCount = 40;
constexpr int movesPerTag = 15;
constexpr int imageCount = 60;

const char* const causes[] = {"pull", "push", "engine", "resolve", "manual"};
const char* const actors[] = {"uid 1000", "containerd", "ci", ""};

std::string two(int number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string reference(int tag)
{
    static const char* const names[] = {":latest", ":1.2", ":stable", ":nightly"};
    return "docker.io/library/app" + two(tag / 4) + names[tag % 4];
}

/// How long before now the n-th newest move of a tag was. The first tag moved on this and the last day only.
seconds moveAge(int tag, int nth)
{
    if (tag == 0)
        return minutes(100 * nth + 5);
    return hours(tag % 7 + 40 * nth) + minutes(nth);
}

class TagStory
{
public:
    TagStory(FixtureBuilder& build, const std::vector<std::string>& images, int tag)
        : m_build(build)
        , m_images(images)
        , m_tag(tag)
    {}

    TagHistory tell()
    {
        TagHistory history;
        history.reference = reference(m_tag);
        std::string at;
        for (int nth = movesPerTag - 1; nth >= 0; --nth) {
            TagMove move;
            // The newest but two of every fifth tag happened at one time.
            move.at = m_build.ago(moveAge(m_tag, m_tag % 5 == 0 && nth == 3 ? 4 : nth));
            move.from = isUnknownBefore(nth) ? other(at) : at;
            move.to = isRemoval(nth) ? std::string() : other(move.from);
            move.cause = causes[m_build.random(0, std::size(causes) - 1)];
            move.by = actors[m_build.random(0, std::size(actors) - 1)];
            at = move.to;
            history.moves.insert(history.moves.begin(), move);
        }
        return history;
    }

private:
    /// Somebody moved it while nobody looked.
    bool isUnknownBefore(int nth) const { return m_tag % 4 == 1 && (nth == 6 || nth == 9); }

    bool isRemoval(int nth) const { return (m_tag % 6 == 2 && nth == 7) || (m_tag % 20 == 19 && nth == 0); }

    std::string other(const std::string& than)
    {
        std::string digest;
        do
            digest = m_images[m_build.random(0, m_images.size() - 1)];
        while (digest == than);
        return digest;
    }

    FixtureBuilder& m_build;
    const std::vector<std::string>& m_images;
    int m_tag;
};

} // namespace

Fixture tags(Moment now)
{
    FixtureBuilder build(now, 40);
    FakeStore& store = build.store();
    std::vector<std::string> layers;
    for (int i = 0; i < 90; ++i)
        layers.push_back(build.blob(digestOf("tags/layer" + std::to_string(i)), "layer",
                                    build.randomSize(100'000, 90'000'000), {hours(900), hours(3)}));
    std::vector<std::string> images;
    for (int i = 0; i < imageCount; ++i) {
        const std::string label = "tags/image" + std::to_string(i);
        const std::string config = build.blob(digestOf(label + "/config"), "config", 4'000, {hours(900), hours(3)});
        const auto first = static_cast<std::size_t>(i);
        images.push_back(build.image({digestOf(label),
                                      config,
                                      {layers[first % 7], layers[first % 13 + 10], layers[first + 30]},
                                      i % 3 == 0 ? "linux/arm64" : "linux/amd64",
                                      1'500,
                                      {hours(900), hours(3)}}));
    }
    for (int tag = 0; tag < tagCount; ++tag) {
        TagHistory history = TagStory(build, images, tag).tell();
        const TagMove& newest = history.moves.front();
        if (!newest.to.empty()) {
            build.tag(history.reference, newest.to, moveAge(tag, 0), newest.cause);
            TagRecord& record = store.tags.back();
            record.createdAt = history.moves.back().at;
            // Checked since, and found unchanged.
            record.updatedAt = build.ago(minutes(tag % 3));
            record.isStale = tag % 8 == 3;
            record.by = newest.by;
            history.tag = record;
        }
        store.histories[history.reference] = std::move(history);
    }
    return build.finish();
}

} // namespace layerhold::gui::test::fixtures
