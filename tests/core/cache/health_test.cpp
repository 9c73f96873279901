// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "manual_clock.h"

#include "index/blobs.h"
#include "index/metric_state.h"
#include "support/fault_file_system.h"

#include <algorithm>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

using Outcome = HealthCheck::Outcome;
using Reason = MissExplanation::Reason;

constexpr CleanupOptions removeAll{CleanupOptions::Mode::Run, 0};

std::vector<Digest> digestsOf(const std::vector<IntegrityProblem>& problems)
{
    std::vector<Digest> digests;
    for (const IntegrityProblem& problem : problems)
        digests.push_back(problem.digest);
    return digests;
}

HealthCheck find(const std::vector<HealthCheck>& checks, const std::string& name)
{
    for (const HealthCheck& check : checks)
        if (check.name == name)
            return check;
    return {"", Outcome::Fail, "no such check", ""};
}

/// Puts everything that nobody needs into the trash.
void trashAll(const CacheFixture& fixture)
{
    CleanupPolicy policy = CleanupPolicy::standard();
    policy.pressure = {};
    policy.rules.resize(1);
    policy.rules[0] = CleanupRule();
    policy.rules[0].name = "all";
    Cleanup& cleanup = fixture.cache->cleanup();
    cleanup.apply(cleanup.plan({policy, "manual"}, {}).id, Disposal::Trash, {}, {});
}

/// Makes a blob look as if it was hashed long ago, in a cache that is closed.
void ageVerification(const CacheFixture& fixture, const std::vector<Digest>& digests)
{
    Connection connection(fixture.layout.indexDatabase(), {});
    for (const Digest& digest : digests) {
        auto row = blobs::find(connection, digest);
        row->verifiedAt = fromNanoseconds(1);
        blobs::put(connection, *row);
    }
}

/// One file cannot be opened, once, when asked for.
class UnreadableFile : public FaultFileSystem
{
public:
    UnreadableFile()
        : FaultFileSystem(FileSystem::real(), m_noFaults)
    {}

    void failOnce(const std::filesystem::path& path)
    {
        const std::lock_guard lock(m_mutex);
        m_path = path;
    }

    UniqueFd open(const Path& path, OpenMode mode) override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (path == m_path) {
                m_path.clear();
                throw systemError(EIO, "injected fault: cannot open");
            }
        }
        return FaultFileSystem::open(path, mode);
    }

private:
    FaultPlan m_noFaults;
    std::mutex m_mutex;
    std::filesystem::path m_path;
};

} // namespace

class HealthTest : public QObject
{
    Q_OBJECT

private slots:

    void aHealthyCacheIsHealthy()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        put(*store, "one");
        store->release(put(*store, "two"));
        for (const auto depth : {IntegrityDepth::Quick, IntegrityDepth::Full}) {
            const auto report = fixture.cache->health().checkIntegrity(depth, {}, {});
            QVERIFY(report.isHealthy());
            QVERIFY(report.depth == depth);
            QCOMPARE(report.totalEntries, std::uint64_t(2));
        }
        const auto repaired = fixture.cache->health().repair(IntegrityDepth::Full, {}, {});
        QVERIFY(repaired.after.isHealthy());
        QCOMPARE(repaired.dropped + repaired.markedMissing + repaired.quarantined + repaired.left, std::uint64_t(0));
    }

    void findsWhatIsWrongAndChangesNothing()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest good = put(*store, "good");
        const Digest gone = put(*store, "gone");
        const Digest flipped = put(*store, "flipped");
        store->release(flipped);
        std::filesystem::remove(fixture.layout.blob(gone));
        fixture.damage(flipped, "flopped");
        const auto events = fixture.cache->lastEvent();
        for (const auto depth : {IntegrityDepth::Quick, IntegrityDepth::Full}) {
            const auto report = fixture.cache->health().checkIntegrity(depth, {}, {});
            QVERIFY(!report.isHealthy());
            QVERIFY(digestsOf(report.missingFiles) == std::vector{gone});
            QVERIFY(report.missingFiles.front().isClaimed);
            QVERIFY(digestsOf(report.invalidDigests) == std::vector{flipped});
            QVERIFY(!report.invalidDigests.front().isClaimed);
            QVERIFY(report.corruptedEntries.empty());
            QCOMPARE(report.totalEntries, std::uint64_t(3));
        }
        QCOMPARE(fixture.cache->lastEvent(), events);
        QVERIFY(fixture.cache->blob(flipped)->state == BlobState::Present);
        QCOMPARE(fixture.cache->status().quarantineCount, std::uint64_t(0));
        QVERIFY(store->info(good));
    }

    void repairsWhatIsWrong()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest good = put(*store, "good");
        const Digest goneClaimed = put(*store, "gone, claimed");
        const Digest goneReleased = put(*store, "gone, released");
        const Digest flippedClaimed = put(*store, "flipped, claimed");
        const Digest flippedReleased = put(*store, "flipped, released");
        store->release(goneReleased);
        store->release(flippedReleased);
        std::filesystem::remove(fixture.layout.blob(goneClaimed));
        std::filesystem::remove(fixture.layout.blob(goneReleased));
        fixture.damage(flippedClaimed, "flopped, claimed");
        fixture.damage(flippedReleased, "flopped, released");
        const auto report = fixture.cache->health().repair(IntegrityDepth::Full, {}, {});
        QCOMPARE(report.dropped, std::uint64_t(1));
        QCOMPARE(report.markedMissing, std::uint64_t(1));
        QCOMPARE(report.quarantined, std::uint64_t(2));
        QCOMPARE(report.left, std::uint64_t(0));
        // What engines wait for is still told, until it is fetched again.
        QCOMPARE(report.after.missingFiles.size(), std::size_t(2));
        QVERIFY(report.after.invalidDigests.empty());
        QVERIFY(!fixture.cache->blob(goneReleased));
        QVERIFY(!fixture.cache->blob(flippedReleased));
        QVERIFY(fixture.cache->blob(goneClaimed)->state == BlobState::Missing);
        QVERIFY(fixture.cache->blob(flippedClaimed)->state == BlobState::Quarantined);
        QCOMPARE(fixture.cache->status().quarantineCount, std::uint64_t(2));
        put(*store, "gone, claimed", "healed 1");
        put(*store, "flipped, claimed", "healed 2");
        QVERIFY(fixture.cache->health().checkIntegrity(IntegrityDepth::Full, {}, {}).isHealthy());
        QVERIFY(store->info(good));
    }

    void whatCannotBeReadIsLeftAlone()
    {
        UnreadableFile faulty;
        CacheFixture fixture;
        fixture.fileSystem = &faulty;
        fixture.reopen();
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "unreadable for now");
        faulty.failOnce(fixture.layout.blob(digest));
        const auto report = fixture.cache->health().checkIntegrity(IntegrityDepth::Full, {}, {});
        QVERIFY(digestsOf(report.corruptedEntries) == std::vector{digest});
        QVERIFY(report.missingFiles.empty() && report.invalidDigests.empty());
        faulty.failOnce(fixture.layout.blob(digest));
        const auto repaired = fixture.cache->health().repair(IntegrityDepth::Full, {}, {});
        QCOMPARE(repaired.left, std::uint64_t(1));
        QVERIFY(repaired.after.isHealthy()); // it can be read again, and nothing was done to it
        QVERIFY(fixture.cache->blob(digest)->state == BlobState::Present);
        fixture.cache.reset();
    }

    void repairReportsProgressAndStops()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        put(*store, "one");
        Progress last;
        fixture.cache->health().checkIntegrity(IntegrityDepth::Full, [&](const Progress& now) { last = now; }, {});
        QCOMPARE(last.doneItems, std::uint64_t(1));
        QCOMPARE(last.totalItems, std::uint64_t(1));
        std::stop_source stop;
        stop.request_stop();
        bool isCancelled = false;
        try {
            fixture.cache->health().repair(IntegrityDepth::Full, {}, stop.get_token());
        } catch (const Cancelled&) {
            isCancelled = true;
        }
        QVERIFY(isCancelled);
    }

    void listsTheMostUsed()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        std::vector<Digest> digests;
        for (int i = 0; i < 25; ++i)
            digests.push_back(put(*store, "blob " + std::to_string(i)));
        for (int i = 0; i < 25; ++i)
            for (int uses = 0; uses < i; ++uses)
                store->open(digests[static_cast<std::size_t>(i)]);
        fixture.cache->flush();
        const auto top = fixture.cache->health().topEntries();
        QCOMPARE(top.size(), std::size_t(20));
        for (std::size_t i = 0; i < top.size(); ++i) {
            QCOMPARE(top[i].key, digests[24 - i].toString());
            QCOMPARE(top[i].accessCount, std::uint64_t(24 - i));
        }
    }

    void describesAnEntry()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "bytes", "ns/1/layer-" + digestOf("bytes").toString());
        const EntryInfo entry = fixture.cache->health().entry(digest);
        QCOMPARE(entry.key, digest.toString());
        QCOMPARE(entry.size, std::uint64_t(5));
        QCOMPARE(entry.filePath, fixture.layout.blob(digest).string());
        QCOMPARE(entry.type, std::string("blob"));
        QVERIFY(!entry.ttl && !entry.isExpired);
        QCOMPARE(fixture.cache->health().entry(put(*store, "odd", "odd ref")).type, std::string("unknown"));
        QVERIFY(errorOf([&] { fixture.cache->health().entry(digestOf("nowhere")); }) == ErrorCode::NotFound);
    }

    void tellsRealSizes()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        put(*store, "12345");
        put(*store, "1234567");
        append(*store->ingest("open", {}), "abc");
        const StorageInfo info = fixture.cache->health().storage({});
        QCOMPARE(info.path, fixture.layout.root().string());
        std::map<std::string, DirectoryInfo> byPath;
        std::uint64_t files = 0;
        std::uint64_t bytes = 0;
        for (const DirectoryInfo& directory : info.directories) {
            byPath[directory.path] = directory;
            files += directory.fileCount;
            bytes += directory.totalSize;
        }
        QCOMPARE(byPath["blobs/sha256"].fileCount, std::uint64_t(2));
        QCOMPARE(byPath["blobs/sha256"].totalSize, std::uint64_t(12));
        QCOMPARE(byPath["ingest"].totalSize, std::uint64_t(3));
        QVERIFY(byPath["."].fileCount >= 3);
        QCOMPARE(info.totalFiles, files);
        QCOMPARE(info.totalSize, bytes);
        std::uint64_t real = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(fixture.layout.root()))
            real += entry.is_regular_file() && entry.path().extension() != ".db-wal" ? 1 : 0;
        QVERIFY(info.totalFiles >= real);
    }

    void collectsEverything()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "bytes");
        store->open(digest);
        fixture.cache->flush();
        const HealthReport report = fixture.cache->health().collect({});
        QCOMPARE(report.config.at("root"), fixture.layout.root().string());
        QCOMPARE(report.metrics.number("hits"), std::uint64_t(1));
        QCOMPARE(report.cacheStats.totalEntries, std::uint64_t(1));
        QCOMPARE(report.cacheStats.totalSizeBytes, std::uint64_t(5));
        QCOMPARE(report.cacheStats.averageAccessCount, 1.0);
        QCOMPARE(report.cacheStats.hitRate, 1.0);
        QVERIFY(!report.cacheStats.lastCompaction);
        QCOMPARE(report.indexStats.rows, std::uint64_t(1));
        QVERIFY(report.indexStats.fileBytes > 0);
        QCOMPARE(report.topEntries.size(), std::size_t(1));
        QVERIFY(report.integrity.isHealthy());
        QVERIFY(report.storageInfo.totalFiles > 0);
    }

    void compactGivesSpaceBack()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        for (int i = 0; i < 1000; ++i) // rows that go again
            store->ingest("write " + std::to_string(i) + std::string(200, 'x'), {});
        for (int i = 0; i < 1000; ++i)
            store->abort("write " + std::to_string(i) + std::string(200, 'x'));
        const auto before = fixture.cache->health().collect({});
        QVERIFY(before.indexStats.freeBytes > 0);
        const CompactReport report = fixture.cache->health().compact({});
        QCOMPARE(report.bytesRegained, report.bytesBefore - report.bytesAfter);
        QVERIFY(report.bytesRegained > 0);
        const auto after = fixture.cache->health().collect({});
        QVERIFY(after.indexStats.freeBytes < before.indexStats.freeBytes);
        QVERIFY(after.cacheStats.lastCompaction == report.at);
        put(*store, "still works");
        QVERIFY(fixture.cache->health().compact({}).at > report.at);
    }

    void diagnosesAHealthyCache()
    {
        CacheFixture fixture;
        put(*fixture.engine("a"), "bytes");
        const auto checks = fixture.cache->health().diagnose({});
        std::vector<std::string> names;
        for (const HealthCheck& check : checks) {
            names.push_back(check.name);
            QVERIFY2(check.outcome != Outcome::Fail || check.name == "disk space", check.finding.c_str());
            QVERIFY2(check.finding.ends_with('.'), check.finding.c_str());
            QVERIFY((check.outcome == Outcome::Ok) == check.advice.empty());
        }
        QVERIFY(names == std::vector<std::string>({"root", "file system", "writing", "disk space", "index",
                                                   "quarantine", "clock", "scrubbing"}));
        QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    }

    void diagnosesFaults()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest digest = put(*store, "bytes");
        Health& health = fixture.cache->health();
        std::filesystem::permissions(fixture.layout.root(), std::filesystem::perms(0755));
        QVERIFY(find(health.diagnose({}), "root").outcome == Outcome::Warn);
        std::filesystem::permissions(fixture.layout.root(), std::filesystem::perms(0777));
        QVERIFY(find(health.diagnose({}), "root").outcome == Outcome::Fail);
        std::filesystem::permissions(fixture.layout.root(), std::filesystem::perms::owner_all);
        QVERIFY(find(health.diagnose({}), "root").outcome == Outcome::Ok);

        fixture.damage(digest, "wrong");
        fixture.cache->verify({}, {}, {});
        QVERIFY(find(health.diagnose({}), "quarantine").outcome == Outcome::Warn);

        std::filesystem::remove_all(fixture.layout.ingestDirectory());
        QVERIFY(find(health.diagnose({}), "writing").outcome == Outcome::Fail);
        std::filesystem::create_directory(fixture.layout.ingestDirectory());

        put(*store, "unhashed");
        store.reset();
        fixture.cache.reset();
        ageVerification(fixture, {digestOf("unhashed")});
        fixture.open();
        QVERIFY(find(fixture.cache->health().diagnose({}), "scrubbing").outcome == Outcome::Warn);
        const auto now = fixture.cache->metrics().snapshot();
        QCOMPARE(now.number("scrub_due_bytes"), std::uint64_t(8));
        QVERIFY(now.number("scrub_oldest_verified_ns") > 0);

        ManualClock clock; // stands in the past of the events
        fixture.clock = &clock;
        fixture.reopen();
        QVERIFY(find(fixture.cache->health().diagnose({}), "clock").outcome == Outcome::Fail);
        fixture.cache.reset();
    }

    void explainsMisses()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        Health& health = fixture.cache->health();
        const Digest never = digestOf("never");
        QVERIFY(health.explain(never).reason == Reason::NotMissed);
        store->info(never);
        auto explanation = health.explain(never);
        QVERIFY(explanation.reason == Reason::NeverSeen);
        QCOMPARE(explanation.engine, std::string("a"));
        QCOMPARE(explanation.times, std::uint64_t(1));
        QVERIFY(explanation.missedAt && !explanation.lostAt);
        store->info(never);
        fixture.cache->flush();
        store->info(never);
        QCOMPARE(health.explain(never).times, std::uint64_t(3));

        const Digest evicted = put(*store, "evicted");
        store->release(evicted);
        fixture.cache->cleanup().collect(removeAll, {}, {});
        QVERIFY(health.explain(evicted).reason == Reason::Evicted); // also before anybody missed it
        QVERIFY(!store->info(evicted));
        explanation = health.explain(evicted);
        QVERIFY(explanation.reason == Reason::Evicted);
        QVERIFY(!explanation.cause.empty() && explanation.lostAt && *explanation.lostAt <= *explanation.missedAt);
        QVERIFY(explanation.events.size() >= 3);
        put(*store, "evicted"); // fetched again: the miss before is still explained
        QVERIFY(health.explain(evicted).reason == Reason::Evicted);

        const Digest corrupted = put(*store, "corrupted");
        fixture.damage(corrupted, "corrupt!!");
        QVERIFY(!store->info(corrupted));
        QVERIFY(health.explain(corrupted).reason == Reason::Corrupted);

        const Digest vanished = put(*store, "vanished");
        std::filesystem::remove(fixture.layout.blob(vanished));
        QVERIFY(!store->info(vanished));
        QVERIFY(health.explain(vanished).reason == Reason::Vanished);

        const auto isolated = fixture.engine("b", Sharing::Isolated);
        const Digest hidden = put(*store, "hidden");
        QVERIFY(!isolated->info(hidden));
        explanation = health.explain(hidden);
        QVERIFY(explanation.reason == Reason::Hidden);
        QCOMPARE(explanation.engine, std::string("b"));
        for (const Digest& digest : {never, evicted, corrupted, vanished, hidden})
            QVERIFY(!health.explain(digest).sentence.empty());
    }

    void explainsWhatIsGoneByItsNewestLoss()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        Health& health = fixture.cache->health();
        const Digest digest = digestOf("first missed, then lost");
        store->info(digest);
        QVERIFY(health.explain(digest).reason == Reason::NeverSeen);
        put(*store, "first missed, then lost");
        QVERIFY(health.explain(digest).reason == Reason::NeverSeen); // it is here: what was missed counts
        store->release(digest);
        fixture.cache->cleanup().collect(removeAll, {}, {});
        const auto explanation = health.explain(digest);
        QVERIFY(explanation.reason == Reason::Evicted);
        QVERIFY(*explanation.lostAt > *explanation.missedAt);

        // However much happened since.
        store->info(digest);
        for (int i = 0; i < 60; ++i) {
            put(*store, "first missed, then lost");
            store->release(digest);
        }
        QVERIFY(health.explain(digest).reason == Reason::Evicted);
    }

    void explainsWhatIsInTheTrash()
    {
        CacheFixture fixture;
        const auto store = fixture.engine("a");
        Health& health = fixture.cache->health();
        const Digest digest = put(*store, "trashed");
        store->release(digest);
        trashAll(fixture);
        auto explanation = health.explain(digest);
        QVERIFY(explanation.reason == Reason::Evicted);
        QCOMPARE(explanation.events.back().kind, std::string("blob_trashed"));
        const std::string cause = explanation.cause;
        QCOMPARE(cause, explanation.events.back().detail);
        QCOMPARE(health.entry(digest).filePath, fixture.layout.trashed(digest).string());
        QVERIFY(health.topEntries().empty());
        QCOMPARE(health.checkIntegrity(IntegrityDepth::Full, {}, {}).totalEntries, std::uint64_t(0));

        fixture.cache->cleanup().restore({digest});
        QVERIFY(health.explain(digest).reason == Reason::NotMissed);

        trashAll(fixture);
        fixture.cache->cleanup().emptyTrash({}, {}, {});
        explanation = health.explain(digest);
        QVERIFY(explanation.reason == Reason::Evicted);
        QCOMPARE(explanation.events.back().kind, std::string("blob_removed"));
        QCOMPARE(explanation.events.back().detail, std::string("The trash was emptied."));
        QCOMPARE(explanation.cause, cause); // why it went there, not how it went in the end
    }

    void aMissOfForgottenTimesIsSaidToBeOne()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        put(*store, "something");
        store.reset();
        fixture.cache.reset();
        {
            Connection connection(fixture.layout.indexDatabase(), {});
            connection.database().execute("DELETE FROM events WHERE sequence = 1");
        }
        fixture.open();
        store = fixture.cache->contentStore("a");
        store->info(digestOf("who knows"));
        QVERIFY(fixture.cache->health().explain(digestOf("who knows")).reason == Reason::Forgotten);
    }

    void missesSurviveARestart()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        store->info(digestOf("never"));
        store.reset();
        fixture.reopen();
        QVERIFY(fixture.cache->health().explain(digestOf("never")).missedAt);
        fixture.cache->rebuild({}, {});
        QVERIFY(fixture.cache->health().explain(digestOf("never")).missedAt);
    }

    void theScrubberHashesWhatIsDue()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest due = put(*store, "due");
        const Digest fresh = put(*store, "fresh");
        const Digest rotten = put(*store, "rotten");
        store.reset();
        const auto freshBefore = fixture.cache->blob(fresh)->verifiedAt;
        fixture.cache.reset();
        ageVerification(fixture, {due, rotten});
        // Bytes that go bad without any change of the file's times cannot be made here; a changed file does as well.
        fixture.damage(rotten, "gotten");
        fixture.scrubRate = std::uint64_t{1} << 30U;
        fixture.open();
        QVERIFY(eventually([&] { return fixture.cache->blob(due)->verifiedAt > fromNanoseconds(1); }));
        QVERIFY(eventually([&] { return fixture.cache->blob(rotten)->state == BlobState::Quarantined; }));
        QVERIFY(fixture.cache->blob(fresh)->verifiedAt == freshBefore);
        QVERIFY(fixture.counter("blobs_verified") >= 1);
    }

    void theScrubberGoesOnWhereItWas()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        std::vector<Digest> digests;
        for (int i = 0; i < 4; ++i)
            digests.push_back(put(*store, std::string(100'000, static_cast<char>('a' + i))));
        std::sort(digests.begin(), digests.end());
        store.reset();
        fixture.cache.reset();
        ageVerification(fixture, digests);
        fixture.scrubRate = 1'000'000; // the tenth of a second for each
        fixture.open();
        QVERIFY(eventually([&] { return fixture.counter("blobs_verified") >= 1; }));
        fixture.cache.reset(); // amid the pass
        fixture.scrubRate = 0;
        std::optional<Digest> position;
        {
            Connection connection(fixture.layout.indexDatabase(), {});
            const auto state = metric_state::all(connection);
            if (const auto found = state.find("scrub_position"); found != state.end())
                position = Digest::parse(found->second);
        }
        fixture.open();
        for (const Digest& digest : digests) {
            const bool isDone = fixture.cache->blob(digest)->verifiedAt > fromNanoseconds(1);
            QCOMPARE(isDone, !position || digest <= *position);
        }
        fixture.cache.reset();
        fixture.scrubRate = std::uint64_t{1} << 30U;
        fixture.open();
        QVERIFY(eventually([&] { return fixture.cache->blob(digests.back())->verifiedAt > fromNanoseconds(1); }));
    }

    void scrubbingIsOffUnlessAskedFor()
    {
        CacheFixture fixture;
        auto store = fixture.engine("a");
        const Digest due = put(*store, "due");
        store.reset();
        fixture.cache.reset();
        ageVerification(fixture, {due});
        fixture.open();
        fixture.cache->flush();
        fixture.cache.reset(); // joins every thread
        fixture.open();
        QVERIFY(fixture.cache->blob(due)->verifiedAt == fromNanoseconds(1));
    }
};

QTEST_GUILESS_MAIN(HealthTest)
#include "health_test.moc"
