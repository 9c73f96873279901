// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "index/blobs.h"
#include "index/claims.h"
#include "index/events.h"
#include "index/index.h"
#include "index/plans.h"
#include "index/row_checksum.h"

#include "support/expect_error.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <atomic>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

const Digest digest = Hasher::of(bytesOf("blob"));

class IndexFixture
{
public:
    IndexFixture()
        : index({root.path() / "index.db", "unix-excl", 100, &Clock::system(),
                 [this](std::uint64_t last, const std::vector<CheckpointRecord>& more) {
                     lastEvent = last;
                     records.insert(records.end(), more.begin(), more.end());
                 },
                 [this](const std::string&) { ++damages; }})
    {
        index.open(Index::Empty::IsNew);
    }

    TempRoot root;
    std::uint64_t lastEvent = 0;
    std::vector<CheckpointRecord> records;
    std::atomic<int> damages = 0;
    Index index;
};

void putBlob(Index& index)
{
    index.write(Index::Durability::Durable, [](Change& change) {
        BlobRow row{digest};
        row.size = 4;
        blobs::put(change.index(), row);
    });
}

} // namespace

class IndexTest : public QObject
{
    Q_OBJECT

private slots:

    void planPagesAreWrittenReadAndSwept()
    {
        IndexFixture fixture;
        constexpr std::uint64_t count = 70'000; // more than one write
        const auto itemOf = [](std::uint64_t number) {
            PackedItem item;
            item.name = std::to_string(number);
            item.holder = static_cast<std::uint32_t>(number);
            item.bytes = number % 3 == 0 ? number << 40U : number;
            item.created = -static_cast<std::int64_t>(number); // before 1970, by a wrong clock
            item.used = static_cast<std::int64_t>(number) * 1'000'000'007;
            return item;
        };
        const auto writePlan = [&](const std::string& id, std::uint64_t items) {
            plans::PageWriter pages(id);
            const auto write = [&] {
                fixture.index.write(Index::Durability::Relaxed, [&](Change& change) { pages.write(change.index()); });
                pages.clear();
            };
            int writes = 1;
            for (std::uint64_t number = 0; number < items; ++number) {
                if (pages.isFull()) {
                    write();
                    ++writes;
                }
                pages.add(itemOf(number));
            }
            write();
            return writes;
        };
        const auto read = [&](const std::string& id, std::uint64_t from, std::size_t limit) {
            return fixture.index.read([&](Connection& index) { return plans::items(index, id, from, limit); });
        };
        QVERIFY(writePlan("kept", count) > 1);
        writePlan("gone", count);
        writePlan("being made", 2000);
        for (const std::uint64_t from : {std::uint64_t(0), std::uint64_t(1023), std::uint64_t(65'535), count - 1}) {
            const auto items = read("kept", from, 2);
            QCOMPARE(items.size(), std::size_t(from == count - 1 ? 1 : 2));
            for (std::size_t i = 0; i < items.size(); ++i) {
                const PackedItem expected = itemOf(from + i);
                QCOMPARE(items[i].name, expected.name);
                QCOMPARE(items[i].holder, expected.holder);
                QCOMPARE(items[i].bytes, expected.bytes);
                QCOMPARE(items[i].created, expected.created);
                QCOMPARE(items[i].used, expected.used);
            }
        }
        const auto sweep = [&] {
            auto swept = plans::Swept::Nothing;
            fixture.index.write(Index::Durability::Relaxed, [&](Change& change) {
                plans::put(change.index(), {"kept", fromNanoseconds(1), "{}", ""});
                swept = plans::sweep(change.index(), "being made");
            });
            return swept;
        };
        QVERIFY(sweep() == plans::Swept::Some);
        QVERIFY(read("gone", 0, 10).empty()); // not those that come later
        while (sweep() == plans::Swept::Some) {
        }
        QVERIFY(read("gone", count - 1, 10).empty());
        QCOMPARE(read("being made", 0, 3000).size(), std::size_t(2000));
        QCOMPARE(read("kept", 0, count).size(), std::size_t(count));
    }

    void checksumTellsColumnsApart()
    {
        QVERIFY(RowChecksum().add("ab").add("c").value() != RowChecksum().add("a").add("bc").value());
        QVERIFY(RowChecksum().add(std::int64_t(1)).value() != RowChecksum().add(std::int64_t(2)).value());
        QVERIFY(RowChecksum().add("a").value() != RowChecksum().add(bytesOf("a")).value());
    }

    void everyFlippedColumnIsNoticed()
    {
        for (const char* change :
             {"size = size + 1", "media_type = 'x'", "kind = 3", "state = 2", "created_at = 1", "verified_at = 1",
              "inode = 9", "mtime = 9", "ctime = 9", "origin = 'x'", "checksum = checksum + 1"}) {
            IndexFixture fixture;
            putBlob(fixture.index);
            fixture.index.write(Index::Durability::Relaxed, [&](Change& tampered) {
                tampered.index().database().execute(std::string("UPDATE blobs SET ") + change);
            });
            const auto find = [](Connection& rows) { return blobs::find(rows, digest); };
            QVERIFY2(errorOf([&] { fixture.index.read(find); }) == ErrorCode::Unavailable, change);
            QVERIFY(errorOf([&] { fixture.index.read(find); }) == ErrorCode::Unavailable);
            QVERIFY(!fixture.index.tryRead(find));
            QCOMPARE(fixture.damages.load(), 1);
        }
    }

    void accessStatisticsAreOutsideTheChecksum()
    {
        IndexFixture fixture;
        putBlob(fixture.index);
        fixture.index.write(Index::Durability::Relaxed,
                            [](Change& change) { blobs::recordAccess(change.index(), digest, fromNanoseconds(7), 3); });
        const auto row = fixture.index.read([](Connection& rows) { return blobs::find(rows, digest); });
        QCOMPARE(row->accessCount, std::uint64_t(3));
    }

    void aFailingChangeTakesNoOtherAlong()
    {
        IndexFixture fixture;
        std::atomic<int> failed = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&, i] {
                try {
                    fixture.index.write(Index::Durability::Durable, [i](Change& change) {
                        change.event("kind", std::to_string(i), {}, {});
                        change.remember({});
                        if (i % 4 == 0)
                            throw Error(ErrorCode::InvalidArgument, "no");
                    });
                } catch (const Error& error) {
                    failed += error.code() == ErrorCode::InvalidArgument ? 1 : 100;
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(failed.load(), 4);
        const auto page = fixture.index.read([](Connection& rows) { return events::after(rows, 0, 100); });
        QCOMPARE(page.events.size(), std::size_t(12));
        QCOMPARE(fixture.lastEvent, std::uint64_t(12)); // rolled-back numbers are given out again
        QCOMPARE(fixture.records.size(), std::size_t(12));
    }

    void aReadSeesOneState()
    {
        IndexFixture fixture;
        putBlob(fixture.index);
        const auto [before, after] = fixture.index.read([&](Connection& rows) {
            const auto first = events::last(rows);
            fixture.index.write(Index::Durability::Relaxed, [](Change& change) { change.event("kind", {}, {}, {}); });
            return std::pair(first, events::last(rows));
        });
        QCOMPARE(after, before);
        QCOMPARE(fixture.index.read([](Connection& rows) { return events::last(rows); }), before + 1);
    }

    void aFailureAfterACommitHoldsNobodyUp()
    {
        const TempRoot root;
        Index index({root.path() / "index.db", "unix-excl", 100, &Clock::system(),
                     [](std::uint64_t, const std::vector<CheckpointRecord>&) { throw std::bad_alloc(); },
                     [](const std::string&) {}});
        index.open(Index::Empty::IsNew);
        for (int i = 0; i < 2; ++i)
            index.write(Index::Durability::Relaxed, [](Change& change) { change.event("kind", {}, {}, {}); });
        QCOMPARE(index.read([](Connection& rows) { return events::last(rows); }), std::uint64_t(2));
    }

    void listingLooksAtBlobRows()
    {
        IndexFixture fixture;
        putBlob(fixture.index);
        fixture.index.write(Index::Durability::Relaxed, [&](Change& change) {
            claims::put(change.index(), {HolderKind::Engine, "a", digest, {}, {}});
        });
        const auto list = [](Connection& rows) { return heldBlobs(rows, "a", {}, 10); };
        QCOMPARE(fixture.index.read(list).size(), std::size_t(1));
        QVERIFY(fixture.index.read([](Connection& rows) { return heldBlobs(rows, "a", digest, 10); }).empty());
        fixture.index.write(Index::Durability::Relaxed, [&](Change& tampered) {
            tampered.index().database().execute("UPDATE blobs SET size = size + 1");
        });
        QVERIFY(errorOf([&] { fixture.index.read(list); }) == ErrorCode::Unavailable);
    }

    void anEmptyIndexIsNewOrDamaged()
    {
        const TempRoot root;
        Index index({root.path() / "index.db", "unix-excl", 100, &Clock::system(),
                     [](std::uint64_t, const std::vector<CheckpointRecord>&) {}, [](const std::string&) {}});
        QVERIFY(errorOf([&] { index.open(Index::Empty::IsDamage); }) == ErrorCode::Corrupted);
        QVERIFY(!index.isOpen());
        index.open(Index::Empty::IsNew);
        index.close();
        index.open(Index::Empty::IsDamage);
        QVERIFY(index.isOpen());
    }

    void closedGateTurnsCallersAway()
    {
        IndexFixture fixture;
        fixture.index.gate().close("closed");
        QVERIFY(errorOf([&] { putBlob(fixture.index); }) == ErrorCode::Unavailable);
        fixture.index.gate().open();
        putBlob(fixture.index);
        QVERIFY(fixture.index.read([](Connection& rows) { return blobs::exists(rows, digest); }));
    }

    void stayingWaitsWhileTheGateIsClosed()
    {
        IndexGate gate;
        gate.close("closed");
        std::stop_source source;
        source.request_stop();
        QVERIFY(!gate.stay(source.get_token()));
        std::atomic<bool> isIn = false;
        std::thread waiting([&] {
            const auto stay = gate.stay({});
            isIn = stay && gate.isOpen();
        });
        gate.open();
        waiting.join();
        QVERIFY(isIn);
        QVERIFY(gate.stay(source.get_token())); // an open gate is open, also at the end
    }

    void closingWaitsForThoseWhoStay()
    {
        IndexGate gate;
        std::atomic<bool> isClosed = false;
        std::thread closing;
        {
            const auto stay = gate.stay({});
            closing = std::thread([&] {
                gate.close("closed");
                isClosed = true;
            });
            for (int i = 0; i < 1000; ++i)
                gate.enter(); // passes are given out until all stays have ended
            QVERIFY(!isClosed);
        }
        closing.join();
        QVERIFY(!gate.isOpen());
        gate.changeReason("other");
        try {
            gate.enter();
            QFAIL("the gate is closed");
        } catch (const Error& error) {
            QCOMPARE(std::string(error.what()), std::string("other"));
        }
    }

    void damageClosesTheGateOnThoseWhoStay()
    {
        IndexGate gate;
        const auto stay = gate.stay({});
        QVERIFY(gate.bar("damaged"));
        QVERIFY(!gate.bar("again"));
        QVERIFY(errorOf([&] { gate.enter(); }) == ErrorCode::Unavailable);
    }

    void tryReadNeverWaits()
    {
        IndexFixture fixture;
        // All readers are out: the innermost call finds none.
        const auto exists = [](Connection& rows) { return blobs::exists(rows, digest); };
        const bool found = fixture.index.read([&](Connection&) {
            return fixture.index.read([&](Connection&) {
                return fixture.index.read([&](Connection&) {
                    return fixture.index.read([&](Connection&) { return fixture.index.tryRead(exists).has_value(); });
                });
            });
        });
        QVERIFY(!found);
        QVERIFY(fixture.index.tryRead(exists).has_value());
    }

    void longReadsLeaveTheReadersFree()
    {
        IndexFixture fixture;
        const auto exists = [](Connection& rows) { return blobs::exists(rows, digest); };
        std::atomic<int> isDone = 0;
        std::vector<std::thread> others;
        const bool isAnswered = fixture.index.readAtLength([&](Connection&) {
            for (int i = 0; i < 8; ++i)
                others.emplace_back([&] {
                    fixture.index.readAtLength(exists);
                    ++isDone;
                });
            // It gives up too while one of the others passes the gate: then once more.
            const QDeadlineTimer deadline(std::chrono::seconds(30));
            while (!fixture.index.tryRead(exists) && !deadline.hasExpired())
                std::this_thread::yield();
            return !deadline.hasExpired() && isDone == 0;
        });
        for (std::thread& other : others)
            other.join();
        QVERIFY(isAnswered);
        QCOMPARE(isDone.load(), 8);
    }
};

QTEST_GUILESS_MAIN(IndexTest)
#include "index_test.moc"
