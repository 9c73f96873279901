// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "entries_fixture.h"
#include "manual_clock.h"

#include "cache/latency_window.h"
#include "cache/metric_table.h"
#include "index/index.h"
#include "index/meta.h"
#include "index/metric_state.h"

#include <algorithm>
#include <cmath>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

constexpr CleanupOptions removeAll{CleanupOptions::Mode::Run, 0};

std::string manifestText()
{
    const std::string part = R"({"mediaType":"application/vnd.oci.image.config.v1+json","digest":")" +
                             digestOf("config").toString() + R"(","size":6})";
    return R"({"schemaVersion":2,"config":)" + part + R"(,"layers":[)" + part + "]}";
}

Digest putManifest(ContentStore& store)
{
    const std::string text = manifestText();
    return put(store, text, "ns/1/manifest-" + digestOf(text).toString());
}

} // namespace

class MetricsTest : public QObject
{
    Q_OBJECT

private slots:

    void namesAreWhatTheyEverWere()
    {
        const std::vector<std::string> golden{
            "hits", "misses", "hit_rate", "evictions", "errors", "bytes_stored", "bytes_retrieved", "bytes_served",
            "entries_stored", "network_requests", "bytes_downloaded", "bandwidth_saved", "avg_get_latency_ns",
            "avg_put_latency_ns", "avg_delete_latency_ns", "get_latency_samples", "put_latency_samples",
            "delete_latency_samples", "manifest_gets", "manifest_puts", "blob_gets", "blob_puts", "tag_resolutions",
            "uptime_ns", "time_since_last_hit_ns", "time_since_last_miss_ns", "time_since_last_eviction_ns",
            "time_since_last_error_ns", "peak_bytes_stored", "peak_entries_stored", "peak_hit_rate",
            // and what is more than the 31
            "bytes_not_downloaded", "get_latency_p50_ns", "get_latency_p95_ns", "get_latency_p99_ns",
            "put_latency_p50_ns", "put_latency_p95_ns", "put_latency_p99_ns", "delete_latency_p50_ns",
            "delete_latency_p95_ns", "delete_latency_p99_ns", "scrub_oldest_verified_ns", "scrub_due_bytes"};
        CacheFixture fixture;
        std::vector<std::string> names;
        for (const Metric& metric : fixture.cache->metrics().snapshot().metrics) {
            names.push_back(metric.description.name);
            QVERIFY2(metric.description.sentence.ends_with('.'), metric.description.name.c_str());
        }
        QVERIFY(names == golden);
        const std::vector<std::string> series{"hits",
                                              "misses",
                                              "evictions",
                                              "errors",
                                              "bytes_stored",
                                              "bytes_served",
                                              "entries_stored",
                                              "network_requests",
                                              "bytes_downloaded",
                                              "blob_puts",
                                              "bytes_not_downloaded",
                                              "get_latency_p50_ns",
                                              "get_latency_p95_ns",
                                              "get_latency_p99_ns",
                                              "put_latency_p50_ns",
                                              "put_latency_p95_ns",
                                              "put_latency_p99_ns"};
        names.clear();
        for (const MetricDescription& one : fixture.cache->metrics().series())
            names.push_back(one.name);
        QVERIFY(names == series); // stored by position
    }

    void aNewCacheHasCountedNothing()
    {
        CacheFixture fixture;
        const auto now = fixture.cache->metrics().snapshot();
        for (const Metric& metric : now.metrics) {
            const std::string& name = metric.description.name;
            QCOMPARE(metric.ratio, 0.0);
            if (name.starts_with("time_since_last") || name.find("_p") != std::string::npos ||
                name == "scrub_oldest_verified_ns")
                continue;
            if (name != "uptime_ns")
                QVERIFY2(metric.number.value_or(0) == 0, name.c_str());
        }
        for (const char* never : {"time_since_last_hit_ns", "time_since_last_miss_ns", "time_since_last_eviction_ns",
                                  "time_since_last_error_ns", "get_latency_p99_ns", "scrub_oldest_verified_ns"})
            QVERIFY2(!now.find(never)->number, never);
        QVERIFY(errorOf([&] { static_cast<void>(now.number("no_such_metric")); }) == ErrorCode::InvalidArgument);
    }

    void lookupsAndReadsCount()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest layer = put(*store, "layer");
        const Digest manifest = putManifest(*store);
        const auto before = fixture.cache->metrics().snapshot();
        QCOMPARE(before.number("manifest_puts"), std::uint64_t(1));
        QCOMPARE(before.number("blob_puts"), std::uint64_t(1));
        QCOMPARE(before.number("put_latency_samples"), std::uint64_t(2));
        QCOMPARE(before.number("entries_stored"), std::uint64_t(2));
        QCOMPARE(before.number("bytes_stored"), 5 + manifestText().size());
        QCOMPARE(before.number("network_requests"), std::uint64_t(2));

        store->info(layer);                     // hit
        store->tryInfo(layer);                  // hit
        store->info(manifest);                  // hit
        const auto reader = store->open(layer); // hit
        store->open(layer);                     // hit, of the open blobs
        std::array<std::byte, 3> three{};
        reader.read(1, three);
        QVERIFY(!store->info(digestOf("nowhere")));                                         // miss of unknown kind
        QVERIFY(errorOf([&] { store->open(digestOf("nowhere")); }) == ErrorCode::NotFound); // and another

        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("hits"), std::uint64_t(5));
        QCOMPARE(now.number("misses"), std::uint64_t(2));
        QCOMPARE(now.find("hit_rate")->ratio, 5.0 / 7.0);
        QCOMPARE(now.number("manifest_gets"), std::uint64_t(1));
        QCOMPARE(now.number("blob_gets"), std::uint64_t(4));
        QCOMPARE(now.number("get_latency_samples"), std::uint64_t(7));
        QCOMPARE(now.number("bytes_retrieved"), std::uint64_t(3));
        QCOMPARE(now.number("bytes_served"), std::uint64_t(3));
        QVERIFY(now.find("time_since_last_hit_ns")->number);
        QVERIFY(now.find("time_since_last_miss_ns")->number);
        QVERIFY(now.number("get_latency_p50_ns") <= now.number("get_latency_p95_ns"));
        QVERIFY(now.number("get_latency_p95_ns") <= now.number("get_latency_p99_ns"));

        readAll(fixture.cache->open(layer)); // for people: read, not served
        const auto after = fixture.cache->metrics().snapshot();
        QCOMPARE(after.number("bytes_retrieved"), std::uint64_t(8));
        QCOMPARE(after.number("bytes_served"), std::uint64_t(3));
        QCOMPARE(after.number("hits"), std::uint64_t(5));

        store->release(layer);
        QCOMPARE(fixture.cache->metrics().snapshot().number("delete_latency_samples"), std::uint64_t(1));
    }

    void listingCountsNothing()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "listed");
        const auto uses = fixture.cache->blob(digest)->accessCount;
        for (int i = 0; i < 100; ++i) {
            store->list({}, 10);
            fixture.cache->blobs({}, {}, 10);
            fixture.cache->health().topEntries();
            fixture.cache->health().entry(digest);
        }
        fixture.cache->flush();
        QCOMPARE(fixture.cache->blob(digest)->accessCount, uses);
        QCOMPARE(fixture.cache->metrics().snapshot().number("hits"), std::uint64_t(0));
    }

    void savedBytesAreExactAndEstimated()
    {
        CacheFixture fixture;
        const auto first = fixture.engine("a");
        const auto second = fixture.engine("b");
        const Digest small = put(*first, std::string(1024, 's'));
        put(*first, std::string(2048, 'l'));
        second->info(small); // free for b
        second->info(small); // held already
        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("network_requests"), std::uint64_t(2));
        QCOMPARE(now.number("bytes_downloaded"), std::uint64_t(3072));
        QCOMPARE(now.number("hits"), std::uint64_t(2));
        QCOMPARE(now.number("bandwidth_saved"), std::uint64_t(3072)); // two hits at the mean of 1536
        QCOMPARE(now.number("bytes_not_downloaded"), std::uint64_t(1024));
    }

    void evictionsLowerTheGaugesAndNotThePeaks()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        put(*store, "kept");
        const Digest evicted = put(*store, "evicted");
        store->release(evicted);
        fixture.cache->cleanup().collect(removeAll, {}, {});
        auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("evictions"), std::uint64_t(1));
        QVERIFY(now.find("time_since_last_eviction_ns")->number);
        QCOMPARE(now.number("entries_stored"), std::uint64_t(1));
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(4));
        QCOMPARE(now.number("peak_entries_stored"), std::uint64_t(2));
        QCOMPARE(now.number("peak_bytes_stored"), std::uint64_t(11));

        std::filesystem::remove(fixture.layout.blob(digestOf("kept")));
        fixture.cache->verify({}, {}, {});
        now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("entries_stored"), std::uint64_t(0));
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(0));
        put(*store, "kept");
        now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(4));
        fixture.cache->rebuild({}, {});
        now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(4));
        QCOMPARE(now.number("peak_bytes_stored"), std::uint64_t(11));
        QCOMPARE(now.number("evictions"), std::uint64_t(1));
    }

    void faultsAreErrorsAndOthersAreNot()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "good");
        fixture.damage(digest, "bad!");
        QVERIFY(errorOf([&] { store->open(digest); }) == ErrorCode::DataLoss);
        auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("errors"), std::uint64_t(1));
        QVERIFY(now.find("time_since_last_error_ns")->number);
        append(*store->ingest("x", {}), "abc");
        QVERIFY(errorOf([&] {
                    store->ingest("x", {})->commitAndWait({3, digest, {}});
                }) == ErrorCode::FailedPrecondition);
        now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("errors"), std::uint64_t(1));
    }

    void countersSurviveARestart()
    {
        ManualClock clock;
        CacheFixture fixture(&clock); // nothing is counted by another one
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "kept");
        store->info(digest);
        store->info(digestOf("nowhere"));
        const auto before = fixture.cache->metrics().snapshot();
        store.reset();
        fixture.cache.reset();
        clock.advance(10s);
        fixture.open();
        const auto now = fixture.cache->metrics().snapshot();
        for (const char* name : {"hits", "misses", "blob_gets", "blob_puts", "bytes_downloaded", "get_latency_samples",
                                 "avg_get_latency_ns", "put_latency_samples", "peak_bytes_stored"})
            QVERIFY2(now.number(name) == before.number(name), name);
        QVERIFY(now.since == before.since);
        QCOMPARE(now.find("peak_hit_rate")->ratio, before.find("peak_hit_rate")->ratio);
        QCOMPARE(now.number("time_since_last_hit_ns"), std::uint64_t(10'000'000'000));
        QVERIFY(!now.find("time_since_last_eviction_ns")->number);
        QCOMPARE(now.number("uptime_ns"), std::uint64_t(0)); // of this process
    }

    void flushedCountersSurviveAKill()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "kept");
        store->info(digest);
        fixture.cache->flush();
        // What a killed process leaves: the files as they are now.
        const auto copy = fixture.root.path() / "copy";
        std::filesystem::copy(fixture.layout.root(), copy, std::filesystem::copy_options::recursive);
        std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
        CacheOptions options;
        options.root = copy;
        const auto revived = Cache::open(options);
        QCOMPARE(revived->metrics().snapshot().number("hits"), std::uint64_t(1));
        QCOMPARE(revived->metrics().snapshot().number("blob_puts"), std::uint64_t(1));
    }

    void anIndexFromBeforeTheMetricsIsCounted()
    {
        CacheFixture fixture;
        put(*fixture.engine("a"), "kept");
        fixture.cache.reset();
        tamper(fixture, [](Connection& index) {
            for (const char* trigger : {"blobs_counted_in", "blobs_counted_out", "blobs_counted_anew"})
                index.database().execute(std::string("DROP TRIGGER ") + trigger);
            for (const char* table : {"blob_totals", "metric_state", "metric_samples", "misses", "repositories",
                                      "repository_blobs", "descriptors", "proofs", "deliveries", "grants"})
                index.database().execute(std::string("DROP TABLE ") + table);
            index.database().execute("DELETE FROM schema_migrations WHERE name >= '0005_metrics'");
        });
        fixture.open();
        QCOMPARE(fixture.cache->status().notice, std::string());
        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(4));
        QCOMPARE(now.number("peak_entries_stored"), std::uint64_t(1));
    }

    void entriesAreNoDownloads()
    {
        CacheFixture fixture;
        Entries& entries = fixture.cache->entries();
        entries.put("scope", "key", {source("bytes of an entry")});
        QCOMPARE(readAll(*entries.get("scope", "key")), std::string("bytes of an entry"));
        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("bytes_stored"), std::uint64_t(17));
        QCOMPARE(now.number("bytes_retrieved"), std::uint64_t(17));
        for (const char* name : {"network_requests", "bytes_downloaded", "blob_puts", "bytes_served"})
            QVERIFY2(now.number(name) == 0, name);
    }

    void entriesThatExpireOrMakeRoomAreEvictions()
    {
        ManualClock clock;
        CacheFixture fixture(&clock);
        const auto entries = [&]() -> Entries& { return fixture.cache->entries(); };
        const auto evictions = [&] { return fixture.cache->metrics().snapshot().number("evictions"); };
        const auto sinceEviction = [&] {
            return fixture.cache->metrics().snapshot().find("time_since_last_eviction_ns")->number;
        };
        const auto statistics = [&] { return fixture.cache->health().collect({}).cacheStats; };
        entries().put("s", "short", {source("12345")}, lasting(1min));
        entries().put("s", "short too", {source("1234567")}, lasting(1min));
        entries().put("s", "for ever", {source("123")});
        clock.advance(1min);
        QCOMPARE(statistics().expiredEntries, std::uint64_t(0));
        clock.advance(1ns);
        QCOMPARE(statistics().expiredEntries, std::uint64_t(2));
        QCOMPARE(evictions(), std::uint64_t(0));
        QVERIFY(!sinceEviction());

        const EntryTotals cleaned = entries().clean("s", {});
        QCOMPARE(cleaned.entries, std::uint64_t(2));
        QCOMPARE(cleaned.bytes, std::uint64_t(12));
        QCOMPARE(statistics().expiredEntries, std::uint64_t(0));
        QCOMPARE(statistics().totalEvictions, std::uint64_t(2));
        QCOMPARE(fixture.counter("entry_bytes_evicted"), std::uint64_t(12));
        clock.advance(5s);
        QVERIFY(sinceEviction() == std::uint64_t(5'000'000'000));

        entries().remove("s", "for ever"); // somebody wanted so
        QCOMPARE(evictions(), std::uint64_t(2));
        ScopeSettings small;
        small.maxBytes = 4;
        entries().setScope("small", small);
        entries().put("small", "first", {source("abc")});
        entries().put("small", "second", {source("def")});
        QCOMPARE(evictions(), std::uint64_t(3));
        entries().put("small", "third", {source("ghi")}, lasting(1s));
        clock.advance(2h);
        fixture.cache->cleanup().keepUp("periodic", {});
        QCOMPARE(fixture.counter("entries_evicted"), std::uint64_t(5)); // "second" made room, "third" expired
        QCOMPARE(fixture.counter("entry_bytes_evicted"), std::uint64_t(21));

        clock.advance(1s);
        fixture.cache->cleanup().collect(removeAll, {}, {}); // blobs go as well
        QCOMPARE(evictions(), 5 + fixture.counter("blobs_removed"));
        QVERIFY(fixture.counter("blobs_removed") > 0);
        QVERIFY(sinceEviction() == std::uint64_t(0));
        const auto before = evictions();
        fixture.cache.reset();
        fixture.open();
        QCOMPARE(evictions(), before);
        fixture.cache->metrics().reset();
        QCOMPARE(evictions(), std::uint64_t(0));
        QVERIFY(!sinceEviction());
    }

    void countersAndTheResetOutliveALostIndex()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "kept");
        store->info(digest);
        fixture.cache->metrics().reset();
        store->info(digest);
        fixture.cache->rebuild({}, {});
        QCOMPARE(fixture.cache->metrics().snapshot().number("hits"), std::uint64_t(1));
        store.reset();
        fixture.cache.reset();
        std::map<std::string, std::string> state;
        std::map<std::string, std::uint64_t> counters;
        tamper(fixture, [&](Connection& index) {
            state = metric_state::all(index);
            counters = meta::counters(index);
        });
        QCOMPARE(state.at("baseline.hits"), std::string("1"));
        QCOMPARE(counters.at("hits"), std::uint64_t(2));
    }

    void resetStartsAnewAndCountsWhatIsThere()
    {
        ManualClock clock;
        CacheFixture fixture(&clock); // nothing is counted by another one
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "kept");
        const Digest gone = put(*store, "gone");
        store->info(digest);
        store->release(gone);
        fixture.cache->cleanup().collect(removeAll, {}, {});
        clock.advance(5s);
        const auto before = fixture.cache->metrics().snapshot();
        QCOMPARE(before.number("uptime_ns"), std::uint64_t(5'000'000'000));
        const auto created = fixture.counter("blobs_committed");
        fixture.cache->metrics().reset();
        const auto check = [&] {
            const auto now = fixture.cache->metrics().snapshot();
            for (const char* name : {"hits", "misses", "evictions", "blob_gets", "blob_puts", "bytes_downloaded",
                                     "get_latency_samples", "avg_put_latency_ns", "uptime_ns", "bandwidth_saved"})
                QVERIFY2(now.number(name) == 0, name);
            for (const char* name : {"hit_rate", "peak_hit_rate"})
                QCOMPARE(now.find(name)->ratio, 0.0);
            QVERIFY(!now.find("time_since_last_hit_ns")->number);
            QVERIFY(!now.find("time_since_last_eviction_ns")->number);
            QCOMPARE(now.number("bytes_stored"), std::uint64_t(4));
            QCOMPARE(now.number("peak_bytes_stored"), std::uint64_t(4));
            QCOMPARE(now.number("peak_entries_stored"), std::uint64_t(1));
            QVERIFY(now.since > before.since);
        };
        check();
        store.reset();
        fixture.reopen();
        check();
        QCOMPARE(fixture.counter("blobs_committed"), created); // those of the root go on
        store = fixture.cache->contentStore("a");
        store->info(digest);
        QCOMPARE(fixture.cache->metrics().snapshot().number("hits"), std::uint64_t(1));
    }

    void aSnapshotUnderLoadIsWhole()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "wanted");
        constexpr int threads = 4;
        constexpr int rounds = 250;
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < threads; ++i)
                workers.emplace_back([&] {
                    for (int round = 0; round < rounds; ++round) {
                        store->info(digest);
                        store->info(digestOf("nowhere"));
                    }
                });
            std::uint64_t last = 0;
            for (int i = 0; i < 50; ++i) {
                const auto now = fixture.cache->metrics().snapshot();
                QVERIFY(now.number("hits") >= last);
                QVERIFY(now.find("hit_rate")->ratio <= 1.0);
                last = now.number("hits");
                fixture.cache->flush();
            }
        }
        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("hits"), std::uint64_t(threads * rounds));
        QCOMPARE(now.number("misses"), std::uint64_t(threads * rounds));
    }

    void latenciesAreMeansAndQuantiles()
    {
        LatencyWindow window;
        QCOMPARE(window.summary().samples, std::uint64_t(0));
        window.record(100ms);
        window.record(200ms);
        QCOMPARE(window.summary().meanNs, std::uint64_t(150'000'000));
        QCOMPARE(window.summary().samples, std::uint64_t(2));
        window.clear();
        for (int i = 1; i <= 1000; ++i)
            window.record(std::chrono::microseconds(i));
        const auto near = [](std::uint64_t actual, double expected) {
            return std::abs(static_cast<double>(actual) - expected) <= expected / 32;
        };
        const auto summary = window.summary();
        QVERIFY(near(summary.p50Ns, 500e3));
        QVERIFY(near(summary.p95Ns, 950e3));
        QVERIFY(near(summary.p99Ns, 990e3));
        QCOMPARE(summary.meanNs, std::uint64_t(500'500));

        LatencyWindow restored;
        restored.restore(window.encode());
        QCOMPARE(restored.summary().samples, summary.samples);
        QCOMPARE(restored.summary().sumNs, summary.sumNs);
        QCOMPARE(restored.summary().p99Ns, summary.p99Ns);
        for (const char* text : {"", "x", "1", "1 2 9999:1", "1 2 3:", "nonsense 1 2"}) {
            restored.restore(text);
            QCOMPARE(restored.summary().p99Ns, std::uint64_t(0));
        }
        window.record(-5ns); // a clock that went back
        window.record(std::chrono::hours(100));
        QCOMPARE(window.summary().samples, std::uint64_t(1002));
    }

    void theLatencyWindowIsBounded()
    {
        LatencyWindow window;
        for (int i = 0; i < 5000; ++i)
            window.record(1s);
        for (int i = 0; i < 5000; ++i)
            window.record(1ms);
        for (int i = 0; i < 4000; ++i)
            window.record(1ms);
        const auto summary = window.summary();
        QVERIFY(summary.samples >= 5'000 && summary.samples <= 10'000);
        QCOMPARE(summary.meanNs, std::uint64_t(1'000'000)); // the seconds have left
    }
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"
