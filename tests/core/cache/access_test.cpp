// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "access_records_suite.h"

#include "cache_fixture.h"

#include "layerhold/log.h"

#include "support/fault_vfs.h"

#include <memory>
#include <optional>

using namespace layerhold;
using namespace layerhold::test;

namespace {

/// Counts the warnings of the records: the housekeeper may warn as well.
class WarningSink final : public LogSink
{
public:
    bool wants(LogLevel level, LogTopic) const noexcept override { return level == LogLevel::Warning; }

    void write(const LogRecord& record) const noexcept override
    {
        if (record.message.starts_with("The records of descriptors failed"))
            ++m_count;
    }

    int count() const { return m_count; }

private:
    mutable std::atomic<int> m_count = 0;
};

/// Closes the cache before the disk that it is on goes, however a test ends.
class Closing
{
public:
    explicit Closing(std::unique_ptr<Cache>& cache)
        : m_cache(cache)
    {}

    ~Closing() { m_cache.reset(); }

    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;

private:
    std::unique_ptr<Cache>& m_cache;
};

} // namespace

/// The suite on the records of a cache, and what they have to do with its blobs, its index and its root.
class AccessTest : public AccessRecordsSuite
{
    Q_OBJECT

protected:
    AccessRecords& fresh(const AccessOptions& options) override
    {
        m_cache.reset();
        m_root.emplace();
        m_cache = open(options);
        return m_cache->access();
    }

private slots:

    void theyOutliveARestart()
    {
        AccessRecords& records = fresh({});
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        records.stat(privateRepository, layer, [&] { return describe(layer); });
        records.record(alice, privateRepository, layer, blobMethod, clock.now());
        m_cache.reset();
        m_cache = open({});
        CacheAccess& again = m_cache->access();
        QCOMPARE(again.identityOf("registry.example", "password", "alice", "secret"), alice);
        QVERIFY(again.covers(alice, layer, clock.now()));
        QCOMPARE(*again.descriptor(privateRepository, layer), describe(layer));
        QCOMPARE(again.lookupCounts().requests, std::uint64_t(1));
    }

    /// What can be asked for again is not worth a place in the checkpoint, and is never invented.
    void anIndexMadeAnewBeginsWithoutThem()
    {
        AccessRecords& records = fresh({});
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        m_cache->addEngine("a", "/run/a.sock", Sharing::Verified);
        m_cache->access().grant("a", alice);
        records.setDescriptor(privateRepository, layer, describe(layer));
        records.record(alice, privateRepository, layer, blobMethod, clock.now());
        m_cache->rebuild({}, {});
        QVERIFY(!records.covers(alice, layer, clock.now()));
        QVERIFY(!records.isMember(privateRepository, layer));
        QVERIFY(!records.descriptor(layer));
        QVERIFY(m_cache->access().granted("a").empty());
        clock.advance(1s);
        QVERIFY(records.record(alice, privateRepository, layer, blobMethod, clock.now()));
        QVERIFY(records.covers(alice, layer, clock.now()));
    }

    void aRemovedBlobIsForgotten_data()
    {
        QTest::addColumn<bool>("isTrashed");
        QTest::newRow("removed") << false;
        QTest::newRow("trashed, and back") << true;
    }

    void aRemovedBlobIsForgotten()
    {
        QFETCH(bool, isTrashed);
        AccessRecords& records = fresh({});
        const auto store = engine("a", Sharing::Open);
        const Digest digest = put(*store, "bytes");
        know(digest);
        know(other);
        store->release(digest);
        if (isTrashed) {
            Cleanup& cleanup = m_cache->cleanup();
            CleanupPolicy all = CleanupPolicy::standard();
            all.pressure = {};
            all.rules.assign(1, CleanupRule());
            all.rules[0].name = "all";
            QCOMPARE(cleanup.apply(cleanup.plan({all}, {}).id, Disposal::Trash, {}, {}).trashed, std::uint64_t(1));
            QVERIFY(isKnown(digest)); // it comes back when it is wanted
            QVERIFY(store->info(digest));
            return;
        }
        QCOMPARE(m_cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {}).items.size(), std::size_t(1));
        QVERIFY(!m_cache->blob(digest));
        QVERIFY(!records.descriptor(digest));
        QVERIFY(records.repositoriesOf(digest, 10).empty());
        QVERIFY(records.proofs(digest, 10).empty());
        QVERIFY(isKnown(other));
    }

    void aVanishedFileHeals()
    {
        AccessRecords& records = fresh({});
        const auto store = engine("a", Sharing::Verified);
        const Digest digest = put(*store, "bytes");
        records.setDescriptor(publicRepository, digest, describe(digest, 5));
        std::filesystem::remove(layout().blob(digest));
        QVERIFY(!store->info(digest)); // whatever the descriptor says
        put(*store, "bytes", "again");
        QCOMPARE(readAll(store->open(digest)), std::string("bytes"));
        QCOMPARE(*records.stat(publicRepository, digest, [&] { return describe(digest, 5); }), describe(digest, 5));
        store->release(digest);
        std::filesystem::remove(layout().blob(digest));
        QVERIFY(!store->info(digest)); // nobody waits for it: it is dropped
        QVERIFY(!records.descriptor(digest));
        put(*store, "bytes", "once more");
        QVERIFY(store->info(digest));
    }

    void aFailingIndexIsNoAbsence()
    {
        m_cache.reset();
        m_root.emplace();
        FaultPlan plan(FaultPlan::Counting::All);
        FaultVfs vfs("access", plan);
        WarningSink log;
        const Closing closing(m_cache);
        m_cache = open({}, vfs.name(), &log);
        CacheAccess& records = m_cache->access();
        const Identity alice = records.identityOf("registry.example", "password", "alice", "secret");
        know(layer);
        records.record(alice, privateRepository, layer, blobMethod, clock.now());
        plan.failAt(1, FaultPlan::Fault::IoError, FaultPlan::Repeat::Sticky);
        const auto fails = [](const auto& call) { return errorOf(call).has_value(); };
        QVERIFY(fails([&] { records.covers(alice, layer, clock.now()); }));
        QVERIFY(fails([&] { records.coversOffline(alice, layer, clock.now(), "registry.example"); }));
        QVERIFY(fails([&] { records.isMember(publicRepository, layer); }));
        QVERIFY(fails([&] { records.descriptor(layer); }));
        QVERIFY(fails([&] { records.descriptor(publicRepository, layer); }));
        QVERIFY(fails([&] { records.proofs(layer, 1); }));
        QVERIFY(fails([&] { records.repositoriesOf(layer, 1); }));
        QVERIFY(fails([&] { records.revoke(alice, privateRepository); }));
        QVERIFY(fails([&] { records.addMember(privateRepository, other); }));
        QVERIFY(fails([&] { records.granted("a"); }));

        const auto before = records.lookupCounts();
        int asked = 0;
        const auto ask = [&] {
            ++asked;
            return std::optional(describe(other));
        };
        QVERIFY(records.stat(publicRepository, other, ask));
        QCOMPARE(asked, 1);
        QCOMPARE(records.lookupCounts().errors, before.errors + 1);
        QCOMPARE(log.count(), 1);
        plan.clear();
        // An index that cannot be read is made anew.
        QVERIFY(eventually([&] { return !errorOf([&] { records.descriptor(other); }); }));
        QVERIFY(!records.descriptor(other)); // what came while they failed was not kept
        QVERIFY(!records.covers(alice, layer, clock.now()));
    }

    void aRevocationThatCannotBeWrittenCountsAllTheSame()
    {
        m_cache.reset();
        m_root.emplace();
        FaultPlan plan;
        FaultVfs vfs("access-revoke", plan);
        const Closing closing(m_cache);
        m_cache = open({}, vfs.name());
        CacheAccess& records = m_cache->access();
        const auto store = engine("a", Sharing::Open);
        const auto verified = engine("b", Sharing::Verified);
        const Digest digest = put(*store, "bytes");
        know(digest);
        QVERIFY(isKnown(digest));
        plan.failAt(1, FaultPlan::Fault::NoSpace, FaultPlan::Repeat::Sticky);
        QVERIFY(errorOf([&] { records.revoke(Identity::anonymous(), publicRepository); }) == ErrorCode::Full);
        plan.clear();
        QCOMPARE(records.proofs(digest, 9).size(), std::size_t(1));
        QVERIFY(!records.covers(Identity::anonymous(), digest, clock.now()));
        QVERIFY(!verified->info(digest));
    }

    void whatCannotBeKeptIsGivenAllTheSame()
    {
        m_cache.reset();
        m_root.emplace();
        FaultPlan plan;
        FaultVfs vfs("access-full", plan);
        WarningSink log;
        const Closing closing(m_cache);
        m_cache = open({}, vfs.name(), &log);
        CacheAccess& records = m_cache->access();
        plan.failAt(1, FaultPlan::Fault::NoSpace, FaultPlan::Repeat::Sticky);
        QVERIFY(records.stat(publicRepository, layer, [&] { return describe(layer); }));
        QCOMPARE(records.lookupCounts().errors, std::uint64_t(1));
        QCOMPARE(log.count(), 1);
        QVERIFY(errorOf([&] { records.addMember(privateRepository, layer); }).has_value());
        plan.clear();
        QVERIFY(!records.descriptor(layer));
    }

    void noSecretIsOnTheDisk()
    {
        AccessRecords& records = fresh({});
        const std::string secret = "planted-secret-0123456789";
        const std::string user = "planted-user-0123456789";
        const Identity identity = records.identityOf("registry.example", "password", user, secret);
        records.record(identity, privateRepository, layer, blobMethod, clock.now());
        const std::string key = readFile(layout().identityKey());
        QCOMPARE(key.size(), std::size_t(32));
        QVERIFY(std::filesystem::status(layout().identityKey()).permissions() ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
        m_cache.reset();
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(layout().root())) {
            if (!entry.is_regular_file())
                continue;
            ++files;
            const std::string bytes = readFile(entry.path());
            QVERIFY(bytes.find(secret) == std::string::npos);
            QVERIFY(bytes.find(user) == std::string::npos);
            QVERIFY(entry.path() == layout().identityKey() || bytes.find(key) == std::string::npos);
        }
        QVERIFY(files >= 3);
    }

private:
    std::unique_ptr<Cache> open(const AccessOptions& access, const std::string& vfs = "unix-excl",
                                const LogSink* log = nullptr)
    {
        CacheOptions options;
        options.root = layout().root();
        options.clock = &clock;
        options.access = access;
        options.sqliteVfs = vfs;
        options.log = log;
        return Cache::open(options);
    }

    Layout layout() const { return Layout(m_root->path() / "cache"); }

    std::shared_ptr<ContentStore> engine(const std::string& name, Sharing sharing)
    {
        m_cache->addEngine(name, "/run/" + name + ".sock", sharing);
        return m_cache->contentStore(name);
    }

    void know(const Digest& digest)
    {
        m_cache->access().setDescriptor(publicRepository, digest, describe(digest));
        m_cache->access().record(Identity::anonymous(), publicRepository, digest, blobMethod, clock.now());
    }

    bool isKnown(const Digest& digest)
    {
        return m_cache->access().descriptor(publicRepository, digest) &&
               m_cache->access().covers(Identity::anonymous(), digest, clock.now());
    }

    std::optional<TempRoot> m_root;
    std::unique_ptr<Cache> m_cache;
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
