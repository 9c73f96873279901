// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"

#include "cache/busy_digests.h"
#include "cache/checkpoint_log.h"
#include "cache/counters.h"
#include "cache/ingest_ref.h"
#include "cache/manifest.h"
#include "cache/miss_recorder.h"
#include "cache/open_blob_cache.h"
#include "cache/worker_pool.h"
#include "policy/cleanup.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>

using namespace layerhold;
using namespace layerhold::test;

namespace {

const Digest any = digestOf("any");

std::string descriptor()
{
    return R"({"mediaType":"m","digest":")" + any.toString() + R"(","size":3})";
}

} // namespace

class CachePartsTest : public QObject
{
    Q_OBJECT

private slots:

    void countersStandWhileTheyAreWritten()
    {
        const auto total = [](const Counters& counters) {
            return counters.all()[static_cast<std::size_t>(CounterId::BytesResumed)].value;
        };
        const std::map<std::string, std::uint64_t> none;
        Counters counters;
        counters.restore({{"bytes_resumed", 10}, {"of another version", 1}});
        QVERIFY(counters.unwritten() == none);
        counters.add(CounterId::BytesResumed, 3);
        const auto taken = counters.unwritten();
        QVERIFY(taken == (std::map<std::string, std::uint64_t>{{"bytes_resumed", 13}}));
        QCOMPARE(total(counters), std::uint64_t(13)); // between taking and writing
        counters.add(CounterId::BytesResumed, 4);
        QVERIFY(counters.unwritten() ==
                (std::map<std::string, std::uint64_t>{{"bytes_resumed", 17}})); // a failed write
        counters.markWritten(taken);
        QVERIFY(counters.unwritten() == (std::map<std::string, std::uint64_t>{{"bytes_resumed", 17}}));
        counters.markWritten(counters.unwritten());
        QVERIFY(counters.unwritten() == none);
        QCOMPARE(total(counters), std::uint64_t(17));
        counters.markUnwritten(); // a new index
        QVERIFY(counters.unwritten() == (std::map<std::string, std::uint64_t>{{"bytes_resumed", 17}}));
    }

    void missesStandWhileTheyAreWritten()
    {
        const Digest digest = digestOf("missed");
        const auto times = [&](const MissRecorder& misses) {
            std::vector<std::uint64_t> result;
            for (const MissRow& row : misses.pending(digest))
                result.push_back(row.times);
            return result;
        };
        using Times = std::vector<std::uint64_t>;
        MissRecorder misses;
        misses.record(digest, fromNanoseconds(1), "a", MissReason::Absent);
        misses.record(digest, fromNanoseconds(2), "a", MissReason::Absent);
        QVERIFY(times(misses) == Times{2});
        QCOMPARE(misses.beginWrite().at(digest).times, std::uint64_t(2));
        QVERIFY(times(misses) == Times{2});
        misses.record(digest, fromNanoseconds(3), "b", MissReason::Hidden);
        QVERIFY(times(misses) == (Times{2, 1}));
        misses.cancelWrite();
        QVERIFY(times(misses) == Times{3});
        QVERIFY(misses.pending(digest).front().reason == MissReason::Hidden);
        QCOMPARE(misses.beginWrite().at(digest).times, std::uint64_t(3));
        misses.endWrite();
        QVERIFY(misses.pending(digest).empty());
    }

    void readsReferences()
    {
        const std::string digest = any.toString();
        QVERIFY(parseIngestRef("k8s.io/1/layer-" + digest).digest == any);
        QVERIFY(parseIngestRef("k8s.io/1/layer-" + digest).kind == BlobKind::Layer);
        QVERIFY(parseIngestRef("ns/12/manifest-docker.io/library/busybox:latest@" + digest).digest == any);
        QVERIFY(parseIngestRef("ns/12/index-x@" + digest).kind == BlobKind::Index);
        QVERIFY(parseIngestRef("layer-" + digest).digest == any);
        for (const std::string& ref : {std::string("ref"), "layer-" + digest + "0", "layer-" + digest + "-x", digest,
                                       std::string("ns/1/"), std::string("-@:")})
            QVERIFY2(!parseIngestRef(ref).digest, ref.c_str());
        QVERIFY(parseIngestRef("ns/x/manifest-" + digest).kind == BlobKind::Other);
    }

    void recognisesManifests_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<bool>("recognised");
        const auto row = [](const char* name, const std::string& document, bool recognised) {
            QTest::newRow(name) << QString::fromStdString(document) << recognised;
        };
        const std::string parts = R"("config":)" + descriptor() + R"(,"layers":[)" + descriptor() + "]";
        row("oci manifest", R"({"schemaVersion":2,)" + parts + "}", true);
        row("docker manifest",
            R"({"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",)" + parts + "}",
            true);
        row("index", R"({"schemaVersion":2,"manifests":[)" + descriptor() + "]}", true);
        row("empty index", R"({"schemaVersion":2,"manifests":[]})", true);
        row("mixed", R"({"schemaVersion":2,"manifests":[],)" + parts + "}", false);
        row("type of the other kind",
            R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)" + parts + "}", false);
        row("unknown type", R"({"schemaVersion":2,"mediaType":"text/plain",)" + parts + "}", false);
        row("schema 1", R"({"schemaVersion":1,)" + parts + "}", false);
        row("duplicate key", R"({"schemaVersion":2,"schemaVersion":2,)" + parts + "}", false);
        row("duplicate key inside", R"({"schemaVersion":2,"a":{"b":1,"b":1},)" + parts + "}", false);
        row("trailing bytes", R"({"schemaVersion":2,)" + parts + "} x", false);
        row("too deep", R"({"schemaVersion":2,"a":)" + std::string(40, '[') + std::string(40, ']') + ',' + parts + "}",
            false);
        row("bad digest", R"({"schemaVersion":2,"manifests":[{"digest":"sha256:1","size":1}]})", false);
        row("negative size", R"({"schemaVersion":2,"manifests":[{"digest":")" + any.toString() + R"(","size":-1}]})",
            false);
        row("an array", "[]", false);
        row("nothing", "", false);
    }

    void recognisesManifests()
    {
        QFETCH(QString, document);
        QFETCH(bool, recognised);
        QCOMPARE(recogniseManifest(any, document.toStdString()).has_value(), recognised);
    }

    void refusesInvalidUtf8()
    {
        QVERIFY(!recogniseManifest(any, "{\"schemaVersion\":2,\"manifests\":[],\"a\":\"\xff\"}"));
    }

    void busyDigestsExclude()
    {
        BusyDigests table;
        {
            const auto lock = table.lock(any);
            QVERIFY(!table.tryLock(any));
            QVERIFY(table.tryLock(digestOf("other")));
        }
        QVERIFY(table.tryLock(any));
    }

    void openBlobsAreBounded()
    {
        const TempRoot root;
        FileSystem& fileSystem = FileSystem::real();
        BlobFiles files(fileSystem, Layout(root.path()));
        files.prepare();
        const auto open = [&](const std::string& bytes) {
            writeFile(files.layout().blob(digestOf(bytes)), bytes);
            return files.open(digestOf(bytes), *files.identity(digestOf(bytes)));
        };
        OpenBlobCache cache(2);
        cache.insert({open("1"), BlobKind::Layer}, cache.generation());
        cache.insert({open("2"), BlobKind::Layer}, cache.generation());
        QVERIFY(cache.find(digestOf("1")).kind == BlobKind::Layer);
        cache.insert({open("3"), BlobKind::Layer}, cache.generation());
        QVERIFY(!cache.find(digestOf("2")).blob); // the least recently used
        QVERIFY(cache.find(digestOf("1")).blob);
        const auto before = cache.generation();
        cache.erase(digestOf("1"));
        cache.insert({open("1"), BlobKind::Layer}, before); // opened before the release
        QVERIFY(!cache.find(digestOf("1")).blob);
    }

    void aTaskThatThrowsEndsItselfOnly()
    {
        WorkerPool pool(1);
        std::promise<void> ran;
        pool.submit([](const std::stop_token&) { throw Cancelled(); });
        pool.submit([](const std::stop_token&) { throw Error(ErrorCode::Full, "no space"); });
        pool.submit([&](const std::stop_token&) { ran.set_value(); });
        QVERIFY(ran.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready);
    }

    void checkpointLogSkipsDamage()
    {
        const TempRoot root;
        const Layout layout(root.path());
        std::vector<CheckpointRecord> records;
        for (int i = 0; i < 100; ++i) {
            CheckpointRecord record;
            record.what = CheckpointRecord::What::Claim;
            record.digest = digestOf(std::to_string(i));
            record.holder = "engine";
            record.since = fromNanoseconds(i);
            records.push_back(record);
        }
        CheckpointLog log(FileSystem::real(), layout);
        log.append(records);
        const auto replayed = [&] {
            std::vector<CheckpointRecord> seen;
            CheckpointLog::replay(FileSystem::real(), layout.checkpoint(),
                                  [&](const CheckpointRecord& record) { seen.push_back(record); });
            return seen;
        };
        QVERIFY(replayed() == records);
        std::string bytes = readFile(layout.checkpoint());
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        bytes.resize(bytes.size() - 1); // and a torn end
        writeFile(layout.checkpoint(), bytes);
        const auto left = replayed();
        QCOMPARE(left.size(), std::size_t(98));
        for (const CheckpointRecord& record : left)
            QVERIFY(std::find(records.begin(), records.end(), record) != records.end());
    }

    void cleanupPicksByLastUse()
    {
        const std::vector<CleanupCandidate> all{{"new", 10, fromNanoseconds(3), false},
                                                {"old", 10, fromNanoseconds(1), false},
                                                {"b", 10, fromNanoseconds(2), false},
                                                {"a", 10, fromNanoseconds(2), false}};
        const auto picked = pickForCleanup(all, 15);
        QCOMPARE(picked.size(), std::size_t(3));
        QCOMPARE(picked[0].name, std::string("old"));
        QCOMPARE(picked[1].name, std::string("a"));
        QCOMPARE(picked[2].name, std::string("b"));
        QVERIFY(pickForCleanup(all, 40).empty());
        QCOMPARE(pickForCleanup(all, 0).size(), std::size_t(4));
    }
};

QTEST_GUILESS_MAIN(CachePartsTest)
#include "cache_parts_test.moc"
