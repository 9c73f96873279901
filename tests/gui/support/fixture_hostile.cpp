// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixture_builder.h"

namespace layerhold::gui::test::fixtures {

namespace {

using std::chrono::hours;

constexpr std::uint64_t gib = std::uint64_t(1) << 30;

/// What others may call a thing. UTF-8.
std::vector<std::string> hostileTexts()
{
    std::vector<std::string> texts{
        "<b>bold</b> & <img src='file:etc'>",
        "a\nline\rbreak\ttab",
        "bell\a, escape \x1b[31mred\x1b[0m, delete \x7f",
        "\u202Egnp.exe\u202C reversed",
        "\u2066isolated\u2069 \u200B\u200Czero\u200D width",
        "\u05E9\u05DC\u05D5\u05DD \u0639\u0627\u0644\u0645",
        "e\u0301\u0301\u0301\u0301 stacked marks",
        "\U0001F4E6\U0001F433",
        "%1 %2 %n &amp; \"quoted\" 'single' \\back",
        " leading and trailing ",
        "",
    };
    texts.push_back(std::string(300, 'w'));
    texts.push_back("nul" + std::string(1, '\0') + "inside");
    texts.push_back(std::string("bad utf-8 \xC3\x28 \xFF end"));
    return texts;
}

} // namespace

Fixture hostile(Moment now)
{
    FixtureBuilder build(now, 666);
    FakeStore& store = build.store();
    const auto texts = hostileTexts();
    const std::string base = build.blob(digestOf("hostile/base"), "layer", 900 * gib, {hours(50), hours(1)});
    const std::string empty = build.blob(digestOf("hostile/empty"), "layer", 0, {hours(50), hours(1)});
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string label = "hostile/" + std::to_string(i);
        const std::string config = build.blob(digestOf(label + "/config"), "config", i, {hours(40), hours(1)});
        const std::string digest =
            build.image({digestOf(label), config, {base, empty}, texts[i], 100, {hours(40), hours(-30)}});
        build.tag("docker.io/hostile/" + texts[i] + ":" + texts[i], digest, hours(-5));
        build.engineName(texts[i], texts[i], digest);
        store.imageDetails[digest].manifests.front().layers.front().command = texts[i];
        store.pins.push_back({digest, texts[i], build.ago(hours(-1000))});
        build.event(texts[i], texts[i], hours(-3), ~std::uint64_t(0), texts[i], texts[i]);
        store.status.engines.push_back({texts[i], texts[i], "verified", false, texts[i], texts[i], false, texts[i]});
        store.rateLimits.push_back({texts[i], texts[i], 0, ~std::uint64_t(0), hours(1), build.ago(hours(-1000))});
        store.policy.rules.push_back({texts[i], {texts[i]}, "used", "", "", "", "", ""});
    }
    build.blob(digestOf("hostile/future"), "other", 1, {hours(-24 * 365 * 50), hours(-24 * 365 * 200)});
    store.blobs.back().mediaType = texts[0];
    store.blobs.back().origin = texts[3];
    store.blobs.back().accessCount = ~std::uint64_t(0);
    build.blob(digestOf("hostile/strange"), "a kind of tomorrow", 5, {hours(1), hours(1)}, "a state of tomorrow");
    store.blobs.back().refetch = "an answer of tomorrow";
    // Never made and never used, as far as anybody knows.
    build.blob(digestOf("hostile/timeless"), "layer", 7, {hours(1), hours(1)});
    store.blobs.back().createdAt = store.blobs.back().accessedAt = store.blobs.back().verifiedAt = Moment();
    store.status.notice = texts[0];
    store.status.root = "/tmp/" + texts[3];
    store.checks.push_back({texts[1], "warn", texts[0], texts[2]});
    return build.finish();
}

} // namespace layerhold::gui::test::fixtures
