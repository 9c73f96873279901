// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixtures.h"

#include "gui/support/fixture_builder.h"

#include <algorithm>

namespace layerhold::gui::test::fixtures {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::uint64_t mib = 1024 * 1024;

} // namespace

std::string tinyDigest(std::string_view name)
{
    return digestOf("tiny/" + std::string(name));
}

Fixture tiny(Moment now)
{
    FixtureBuilder build(now, 12);
    const auto add = [&](const char* name, const char* kind, std::uint64_t size, hours created, hours used,
                         const char* state = "present") {
        return build.blob(tinyDigest(name), kind, size, {created, used}, state);
    };
    const FixtureBuilder::Age age{hours(240), hours(2)};
    const std::string config = add("config", "config", 3'000, hours(240), hours(2));
    const std::string layer = add("layer", "layer", 28 * mib, hours(240), hours(2));
    const std::string manifest = build.image({tinyDigest("manifest"), config, {layer}, "linux/amd64", 1'500, age});
    const std::string index = build.index(tinyDigest("index"), {manifest}, age);
    build.tag("docker.io/library/tiny:1", index, hours(240));
    build.claim("pin", "golden", add("pinned", "layer", 5 * mib, hours(900), hours(900)), hours(800));
    build.claim("lease", "build-7", add("leased", "other", 2 * mib, hours(4), hours(1)), hours(1));
    build.store().pins.push_back({tinyDigest("pinned"), "golden", build.ago(hours(800))});
    build.store().expected.insert(add("expected", "layer", 7 * mib, hours(0), hours(0)));
    add("recent", "layer", 11 * mib, hours(300), hours(24));
    add("unused", "layer", 17 * mib, hours(3000), hours(2400));
    add("missing", "other", 1 * mib, hours(500), hours(400), "missing");
    add("quarantined", "layer", 3 * mib, hours(500), hours(400), "quarantined");
    add("deleting", "other", 4 * mib, hours(500), hours(400), "deleting");
    // Nobody knows where these bytes could be had again.
    const auto unused = std::ranges::find(build.store().blobs, tinyDigest("unused"), &BlobRecord::digest);
    unused->origin.clear();
    unused->refetch = "only_copy";

    const std::string gone = digestOf("tiny/trashed");
    BlobRecord trashed{gone, 9 * mib, "",          "layer", "present", build.ago(hours(2500)), build.ago(hours(2200)),
                       {},   1,       "docker.io", true};
    build.store().trash.push_back({gone, 9 * mib, "layer", "run1", build.ago(hours(10)), now + hours(62)});
    build.store().trashedBlobs[gone] = trashed;
    RunRecord run;
    run.id = "run1";
    run.cause = "manual";
    run.startedAt = build.ago(hours(10));
    run.finishedAt = build.ago(hours(10)) + std::chrono::seconds(2);
    run.trashed = 1;
    run.promisedBytes = run.reportedBytes = 9 * mib;
    build.store().runs.push_back(run);
    build.store().runItems["run1"] = {{"blob", gone, 9 * mib, "trashed", "Nobody needs it."}};
    build.event("blob_committed", layer, hours(240), 28 * mib, "The blob was committed.", "containerd");
    build.event("tag_moved", "docker.io/library/tiny:1", hours(240), 0, "The tag appeared.");
    build.event("blob_trashed", gone, hours(10), 9 * mib, "Nobody needs it.");
    return build.finish();
}

Fixture shared(Moment now)
{
    using shared_figures::digest;
    FixtureBuilder build(now, 3);
    const FixtureBuilder::Age age{hours(100), hours(20)};
    const auto layer = [&](const char* name, std::uint64_t size) { build.blob(digest(name), "layer", size, age); };
    layer("base", 1001);
    layer("mid", 600);
    layer("appTop", 50);
    layer("webTop", 70);
    layer("webNew", 40);
    layer("toolTop", 30);
    layer("loose", 500);
    const auto image = [&](const std::string& name, std::vector<std::string> layers) {
        for (std::string& each : layers)
            each = digest(each);
        const std::string config = build.blob(digest(name + "/config"), "config", 5, age);
        build.image({digest(name), config, std::move(layers), "linux/amd64", 10, age});
    };
    image("appA", {"base", "mid", "appTop"});
    image("webA", {"base", "mid", "webTop"});
    image("webB", {"base", "webNew"});
    image("toolA", {"base", "toolTop"});
    build.tag("docker.io/library/app:1", digest("appA"), hours(90));
    build.tag("docker.io/library/app:latest", digest("appA"), hours(90));
    build.tag("docker.io/library/web:1", digest("webA"), hours(80));
    build.tag("docker.io/library/web:2", digest("webB"), hours(60));
    build.tag("example.org/team/tool:1", digest("toolA"), hours(50));
    return build.finish();
}

std::string shared_figures::digest(std::string_view name)
{
    // Ascending as they are named.
    static constexpr std::string_view imagesInOrder[] = {"appA", "webA", "webB", "toolA"};
    std::string text = digestOf("shared/" + std::string(name));
    const auto found = std::ranges::find(imagesInOrder, name);
    if (found != std::end(imagesInOrder))
        text[std::string_view("sha256:").size()] = static_cast<char>('1' + (found - imagesInOrder));
    return text;
}

} // namespace layerhold::gui::test::fixtures
