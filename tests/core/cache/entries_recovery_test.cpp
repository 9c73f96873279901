// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What is left of entries after the process was killed, and when the index is lost.
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "entries_fixture.h"

#include "index/connection.h"

#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

using std::chrono::seconds;

PutOptions described()
{
    PutOptions options;
    options.metadata = "{\"quoted\": \"a \\\" \\\\ \xc3\xa4\"}";
    options.ttl = seconds(1000);
    return options;
}

/// Drops what was committed since the last checkpoint; the mark of a clean end must not come back with that.
void loseWal(const std::filesystem::path& root)
{
    std::filesystem::remove(root / "index.db-wal");
    Connection index(root / "index.db", {});
    index.database().execute("DELETE FROM meta");
}

} // namespace

class EntriesRecoveryTest : public QObject
{
    Q_OBJECT

private slots:
    void aKillLosesNothing();
    void aKillInAPutLeavesTheOld();
    void aRebuildKeepsEntries_data();
    void aRebuildKeepsEntries();
    void rowsThatTheIndexLostComeBack();
    void whatWasRemovedStaysRemoved();
    void damagedRowsComeFromTheCheckpoint();
};

void EntriesRecoveryTest::aKillLosesNothing()
{
    EntriesFixture fixture;
    const Entry put = fixture.put("s", "k", "bytes", described());
    fixture.put("s", "gone", "other");
    fixture.entries().remove("s", "gone");
    fixture.put("s", "void", "void");
    fixture.entries().invalidate("s", "void");
    fixture.openCopy(fixture.copyAsAfterKill());
    QVERIFY(fixture.entries().find("s", "k") == put);
    QCOMPARE(fixture.got("s", "k"), std::string("bytes"));
    QCOMPARE(fixture.got("s", "gone"), std::string("(nothing)"));
    QCOMPARE(fixture.got("s", "void"), std::string("(invalidated)"));
    QVERIFY(fixture.isCountedRight());
}

void EntriesRecoveryTest::aKillInAPutLeavesTheOld()
{
    EntriesFixture fixture;
    const Entry old = fixture.put("s", "k", "old");
    std::filesystem::path copy;
    EntrySource second = source({}, "second");
    second.read = [&, count = 0](std::span<std::byte> buffer) mutable -> std::size_t {
        if (++count == 2) // the first blob is committed, the second half written
            copy = fixture.copyAsAfterKill();
        return count < 3 ? buffer.size() : 0;
    };
    fixture.entries().put("s", "k", {source("first", "first"), second});
    fixture.openCopy(copy);
    QVERIFY(fixture.entries().find("s", "k") == old);
    QCOMPARE(fixture.got("s", "k"), std::string("old"));
    QVERIFY(fixture.isReleased("first"));
    QVERIFY(std::filesystem::is_empty(fixture.layout.ingestDirectory()));
    QCOMPARE(fixture.cache->status().ingestCount, std::uint64_t(0));
    fixture.reopen();
    QVERIFY(fixture.isReleased("first"));
}

void EntriesRecoveryTest::aRebuildKeepsEntries_data()
{
    QTest::addColumn<bool>("isIndexThere");
    QTest::newRow("asked for") << true;
    QTest::newRow("the index is gone") << false;
}

void EntriesRecoveryTest::aRebuildKeepsEntries()
{
    QFETCH(bool, isIndexThere);
    EntriesFixture fixture;
    fixture.entries().setScope("s", {seconds(7), 1000});
    const Entry put = fixture.put("s", "k", "bytes", described());
    fixture.entries().put("s/b", "\xff:%", {source("same", "a"), source("same", "\xff")});
    fixture.put("s", "replaced", "before");
    fixture.put("s", "replaced", "after");
    fixture.put("s", "gone", "gone");
    fixture.entries().remove("s", "gone");
    fixture.put("s", "void", "void");
    fixture.entries().invalidate("s", "void");
    for (int round = 0; round < 2; ++round) { // the second time the log was written anew
        if (isIndexThere) {
            fixture.cache->rebuild({}, {});
        } else {
            fixture.cache.reset();
            std::filesystem::remove(fixture.layout.indexDatabase());
            fixture.open();
        }
        const auto found = fixture.entries().find("s", "k");
        QVERIFY(found && found->blobs == put.blobs && found->metadata == put.metadata && found->ttl == put.ttl);
        QVERIFY(found->createdAt == put.createdAt && found->updatedAt == put.updatedAt);
        QCOMPARE(fixture.got("s", "k"), std::string("bytes"));
        QCOMPARE(fixture.got("s/b", "\xff:%", "\xff"), std::string("same"));
        QCOMPARE(fixture.got("s", "replaced"), std::string("after"));
        QCOMPARE(fixture.got("s", "gone"), std::string("(nothing)"));
        QCOMPARE(fixture.got("s", "void"), std::string("(invalidated)"));
        QCOMPARE(fixture.holders("bytes"), std::string("entry s:k"));
        QVERIFY(fixture.isReleased("before") && fixture.isReleased("gone"));
        QVERIFY((fixture.entries().scopes("s").front().settings == ScopeSettings{seconds(7), 1000}));
        QVERIFY(fixture.isCountedRight());
    }
}

void EntriesRecoveryTest::rowsThatTheIndexLostComeBack()
{
    EntriesFixture fixture;
    fixture.put("s", "early", "early");
    fixture.reopen(); // all of it is in index.db now
    fixture.put("s", "late", "late", described());
    fixture.put("s", "early", "early, but newer");
    fixture.put("s", "brief", "brief");
    fixture.entries().remove("s", "brief");
    const auto copy = fixture.copyAsAfterKill();
    loseWal(copy);
    fixture.openCopy(copy);
    QCOMPARE(fixture.got("s", "late"), std::string("late"));
    QCOMPARE(fixture.entries().find("s", "late")->metadata, described().metadata);
    QCOMPARE(fixture.got("s", "early"), std::string("early, but newer"));
    QCOMPARE(fixture.got("s", "brief"), std::string("(nothing)"));
    QCOMPARE(fixture.holders("late"), std::string("entry s:late"));
    QVERIFY(fixture.isCountedRight());

    // Without its bytes an entry does not come back.
    fixture.put("s", "bare", "bare");
    const auto bare = fixture.copyAsAfterKill();
    loseWal(bare);
    std::filesystem::remove(bare / "blobs" / "sha256" / digestOf("bare").hex());
    fixture.openCopy(bare);
    QCOMPARE(fixture.got("s", "bare"), std::string("(nothing)"));
    QCOMPARE(fixture.got("s", "late"), std::string("late"));
}

void EntriesRecoveryTest::whatWasRemovedStaysRemoved()
{
    EntriesFixture fixture;
    fixture.put("s", "k", "bytes");
    fixture.entries().clear("s");
    fixture.openCopy(fixture.copyAsAfterKill());
    QCOMPARE(fixture.got("s", "k"), std::string("(nothing)"));
    fixture.put("s", "k", "new bytes");
    fixture.openCopy(fixture.copyAsAfterKill());
    QCOMPARE(fixture.got("s", "k"), std::string("new bytes"));
}

void EntriesRecoveryTest::damagedRowsComeFromTheCheckpoint()
{
    for (const char* damage :
         {"UPDATE entries SET metadata = 'x'", "UPDATE entry_blobs SET size = 1", "UPDATE scopes SET ttl = 5"}) {
        EntriesFixture fixture;
        fixture.entries().setScope("s", {seconds(7), 0});
        fixture.put("s", "k", "bytes", described());
        fixture.cache.reset();
        {
            Connection index(fixture.layout.indexDatabase(), {});
            index.database().execute(damage);
        }
        fixture.open();
        // Whoever meets the damage is told to come back; the index is made anew meanwhile.
        const auto deadline = std::chrono::steady_clock::now() + seconds(30);
        const auto settled = [&] {
            try {
                const auto scopes = fixture.entries().scopes("");
                const auto found = fixture.entries().find("s", "k");
                return found && found->metadata == described().metadata && scopes.front().settings.ttl == seconds(7) &&
                       fixture.got("s", "k") == "bytes";
            } catch (const Error& error) {
                return error.code() != ErrorCode::Unavailable;
            }
        };
        while (!settled() && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        QVERIFY2(settled(), damage);
        QVERIFY(fixture.isCountedRight());
    }
}

QTEST_GUILESS_MAIN(EntriesRecoveryTest)
#include "entries_recovery_test.moc"
