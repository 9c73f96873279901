// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fixture_builder.h"

#include <algorithm>
#include <array>

namespace layerhold::gui::test::fixtures {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t blobCount = 8000;
constexpr int repositoryCount = 60;
constexpr int imagesPerRepository = 12;
constexpr int eventCount = 2000;
constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;

constexpr std::array bases{"debian", "alpine", "ubuntu", "distroless", "fedora", "busybox"};
constexpr std::array subjects{"node",  "python", "golang",  "postgres", "redis",
                              "nginx", "rust",   "openjdk", "grafana",  "api"};
constexpr std::array registries{"docker.io/library", "ghcr.io/acme", "quay.io/platform", "registry.acme.test/team"};

std::string repositoryName(int number)
{
    const auto n = static_cast<std::size_t>(number);
    std::string name = std::string(registries[n % registries.size()]) + '/' + subjects[n % subjects.size()];
    if (n >= subjects.size())
        name += '-' + std::to_string(n / subjects.size());
    return name;
}

class TypicalCache
{
public:
    explicit TypicalCache(Moment now)
        : m_build(now, 8000)
    {}

    Fixture make()
    {
        makeBases();
        for (int repository = 0; repository < repositoryCount; ++repository)
            makeRepository(repository);
        makeLooseBlobs();
        makeTrash();
        makeEvents();
        addHistory(m_build.store());
        FakeStore& store = m_build.store();
        store.status.engines.push_back(
            {"buildkit", "/run/layerhold/buildkit.sock", "isolated", true, "", "", false, ""});
        store.rateLimits = {{"docker.io", "anonymous", 100, 7, hours(6), m_build.ago(minutes(11))}};
        store.status.ingestCount = 3;
        store.status.ingestBytes = 41 * mib;
        store.status.partialBytes = 120 * mib;
        return m_build.finish();
    }

private:
    std::string layer(std::uint64_t least, std::uint64_t most, FixtureBuilder::Age age)
    {
        return m_build.blob(next("layer"), "layer", m_build.randomSize(least, most), age);
    }

    std::string next(const char* kind) { return digestOf("typical/" + std::string(kind) + std::to_string(++m_count)); }

    void makeBases()
    {
        for (std::size_t i = 0; i < bases.size(); ++i) {
            std::vector<std::string> chain;
            for (int depth = 0; depth < 4; ++depth)
                chain.push_back(layer(1 * mib, 60 * mib, {hours(24 * 200), hours(1)}));
            m_bases.push_back(std::move(chain));
        }
    }

    std::string makeImage(const FixtureBuilder::Age& age, const std::vector<std::string>& chain, const char* platform)
    {
        FixtureBuilder::Image image;
        image.digest = next("manifest");
        image.config = m_build.blob(next("config"), "config", m_build.random(2 * kib, 12 * kib), age);
        image.layers = chain;
        const std::uint64_t own = m_build.random(2, 6);
        for (std::uint64_t i = 0; i < own; ++i)
            image.layers.push_back(layer(2 * kib, 80 * mib, age));
        image.platform = platform;
        image.age = age;
        return m_build.image(image);
    }

    void makeRepository(int number)
    {
        const auto& base = m_bases[m_build.random(0, m_bases.size() - 1)];
        const std::vector<std::string> chain(
            base.begin(), base.begin() + static_cast<std::ptrdiff_t>(m_build.random(1, base.size())));
        const std::string name = repositoryName(number);
        std::string newest;
        for (int i = imagesPerRepository; i > 0; --i) {
            const hours created(24 * 9 * i + static_cast<int>(m_build.random(0, 100)));
            const FixtureBuilder::Age age{created,
                                          hours(m_build.random(1, static_cast<std::uint64_t>(created.count())))};
            std::string image = makeImage(age, chain, "linux/amd64");
            if (number % 5 == 0 && i % 3 == 0)
                image = m_build.index(next("index"), {image, makeImage(age, chain, "linux/arm64")}, age);
            // The older ones have lost their names: other builds took them.
            if (i <= 5)
                m_build.tag(name + ":1." + std::to_string(imagesPerRepository - i), image, created);
            if (i == 6 && number % 3 == 0)
                m_build.engineName("containerd", name + ":running", image);
            newest = image;
        }
        m_build.tag(name + ":latest", newest, hours(9 + number));
        addMoves(name + ":latest", newest);
        if (number % 20 == 7) {
            m_build.claim("pin", "release " + name, newest, hours(100));
            m_build.store().pins.push_back({newest, "release " + name, m_build.ago(hours(100))});
        }
    }

    void addMoves(const std::string& reference, const std::string& newest)
    {
        TagHistory& history = m_build.store().histories[reference];
        std::string to = digestOf(reference + "/before");
        history.moves.front().from = to;
        for (int i = 1; i <= 4; ++i) {
            const std::string from = i == 4 ? std::string() : digestOf(reference + std::to_string(i));
            history.moves.push_back(
                {history.moves.front().at - hours(70 * i), from, to, i % 2 ? "pull" : "resolve", "uid 1000"});
            to = from;
        }
        history.tag->createdAt = history.moves.back().at;
        std::ranges::find(m_build.store().tags, reference, &TagRecord::reference)->createdAt = history.moves.back().at;
        m_build.event("tag_moved", reference, hours(40), 0, "The tag moved to " + newest.substr(0, 19) + '.');
    }

    void makeLooseBlobs()
    {
        while (m_build.store().blobs.size() < blobCount) {
            const hours used(m_build.random(1, 24 * 150));
            const bool isLayer = m_build.random(0, 9) < 8;
            m_build.blob(next("loose"), isLayer ? "layer" : "other", m_build.randomSize(kib, 100 * mib),
                         {used + hours(24), used});
            if (m_build.random(0, 19) == 0) {
                m_build.store().blobs.back().origin.clear();
                m_build.store().blobs.back().refetch = "only_copy";
            }
        }
        FakeStore& store = m_build.store();
        store.blobs[blobCount - 2].state = "quarantined";
        store.blobs[blobCount - 4].state = "missing";
    }

    void makeTrash()
    {
        FakeStore& store = m_build.store();
        for (int number = 0; number < 6; ++number) {
            RunRecord run;
            run.id = "run" + std::to_string(number + 1);
            run.cause = number % 2 ? "periodic" : "manual";
            run.startedAt = m_build.ago(hours(24 * (5 - number) + 7));
            run.finishedAt = run.startedAt + seconds(3);
            for (int i = 0; i < 40; ++i) {
                const std::string digest = next("trashed");
                const std::uint64_t bytes = m_build.randomSize(kib, 60 * mib);
                const bool isInTrash = number >= 3;
                store.runItems[run.id].push_back(
                    {"blob", digest, bytes, isInTrash ? "trashed" : "removed", "Nobody needs it."});
                (isInTrash ? run.trashed : run.removed) += 1;
                run.reportedBytes += bytes;
                if (!isInTrash)
                    continue;
                store.trash.push_back({digest, bytes, "layer", run.id, run.startedAt, run.startedAt + hours(72)});
                BlobRecord& blob = store.trashedBlobs[digest];
                blob = store.blobs.back();
                blob.digest = digest;
                blob.size = bytes;
                blob.kind = "layer";
                blob.state = "present";
            }
            run.promisedBytes = run.reportedBytes;
            run.unlinkedBytes = run.trashed == 0 ? run.reportedBytes : 0;
            run.measuredBytes = static_cast<std::int64_t>(run.unlinkedBytes);
            store.runs.insert(store.runs.begin(), std::move(run));
        }
    }

    void makeEvents()
    {
        static constexpr std::array kinds{"blob_committed", "blob_claimed", "claim_released", "blob_imported"};
        FakeStore& store = m_build.store();
        store.events.clear();
        for (int i = eventCount; i > 0; --i) {
            const BlobRecord& blob = store.blobs[m_build.random(0, store.blobs.size() - 1)];
            const std::string kind = kinds[m_build.random(0, kinds.size() - 1)];
            const std::string digest = blob.digest;
            m_build.event(kind, digest, minutes(i * 2), blob.size, "", i % 3 ? "containerd" : "buildkit");
            if (i % 50 == 0)
                m_build.event("blob_removed", digest, minutes(i * 2), blob.size, "Nobody needs it.");
            if (i % 400 == 0)
                m_build.event("blob_missing", digest, minutes(i * 2), blob.size, "The blob's file has vanished.");
        }
    }

    FixtureBuilder m_build;
    std::vector<std::vector<std::string>> m_bases;
    int m_count = 0;
};

} // namespace

Fixture typical(Moment now)
{
    return TypicalCache(now).make();
}

} // namespace layerhold::gui::test::fixtures
