// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "entries_fixture.h"

#include "layerhold/log.h"

#include <mutex>

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

/// Keeps what it gets.
class CapturingSink final : public LogSink
{
public:
    LogLevel least = LogLevel::Debug;
    bool operations = true;
    bool performance = true;

    bool wants(LogLevel level, LogTopic topic) const noexcept override
    {
        return level >= least && (topic != LogTopic::Operations || operations) &&
               (topic != LogTopic::Performance || performance);
    }

    void write(const LogRecord& record) const noexcept override
    {
        const std::lock_guard lock(m_mutex);
        m_records.push_back(record);
    }

    std::vector<LogRecord> records() const
    {
        const std::lock_guard lock(m_mutex);
        return m_records;
    }

    /// The record of an operation with this message; fails when there is none.
    LogRecord about(const std::string& operation, const std::string& message) const
    {
        for (const LogRecord& record : records())
            if (record.message == message && text(record, "operation") == operation)
                return record;
        return {};
    }

    static std::string text(const LogRecord& record, const std::string& field)
    {
        for (const LogField& one : record.fields)
            if (one.name == field && std::holds_alternative<std::string>(one.value))
                return std::get<std::string>(one.value);
        return {};
    }

    static std::vector<std::string> names(const LogRecord& record)
    {
        std::vector<std::string> result;
        for (const LogField& field : record.fields)
            result.push_back(field.name);
        return result;
    }

private:
    mutable std::mutex m_mutex;
    mutable std::vector<LogRecord> m_records;
};

using Names = std::vector<std::string>;

} // namespace

class LogTest : public QObject
{
    Q_OBJECT

private slots:

    void readsLevels()
    {
        QVERIFY(parseLogLevel("debug").level == LogLevel::Debug);
        QVERIFY(parseLogLevel("INFO").level == LogLevel::Info);
        QVERIFY(parseLogLevel("Warn").level == LogLevel::Warning);
        QVERIFY(parseLogLevel("warning").level == LogLevel::Warning);
        QVERIFY(parseLogLevel("ERROR").level == LogLevel::Error);
        QVERIFY(parseLogLevel("Error").problem.empty());
        for (const char* text : {"", "loud", "info "}) {
            QVERIFY(parseLogLevel(text).level == LogLevel::Info);
            QVERIFY(!parseLogLevel(text).problem.empty());
        }
        QVERIFY(LogLevel::Debug < LogLevel::Info && LogLevel::Info < LogLevel::Warning &&
                LogLevel::Warning < LogLevel::Error);
    }

    void childrenCarryMore()
    {
        const CapturingSink sink;
        const Logger parent = Logger(&sink).with("a", std::int64_t{1});
        const Logger child =
            parent.withOperation("get_blob").withDigest(digestOf("x")).withSize(3).withDuration(1500us);
        QVERIFY(child.fields().size() == 5 && parent.fields().size() == 1);
        child.write(LogLevel::Warning, "message");
        const LogRecord record = sink.records().front();
        QVERIFY(CapturingSink::names(record) == Names({"a", "operation", "digest", "size", "duration_ms"}));
        QCOMPARE(std::get<double>(record.fields.back().value), 1.5);
        QVERIFY(std::string(record.caller.file).ends_with("log_test.cpp"));
        QVERIFY(std::string(record.caller.function).find("childrenCarryMore") != std::string::npos);
    }

    void aLoggerWithoutSinkIsSilent()
    {
        const Logger silent;
        QVERIFY(!silent.wants(LogLevel::Error));
        QVERIFY(silent.withOperation("x").withSize(1).fields().empty());
        silent.operation("x", 1ms, 1, "error");
        silent.hit("x", 1);
        silent.miss("x", "y");
        silent.eviction("x", 1, "y");
        silent.cleanup("x", 1, 1, 1ms);
        silent.performance({});
    }

    void helpersHaveTheirFields()
    {
        const CapturingSink sink;
        const Logger log(&sink);
        log.operation("get_blob", 2ms, 7, std::nullopt);
        log.operation("get_blob", 2ms, 0, "broken");
        log.hit("get_manifest", 7);
        log.miss("get_blob", "absent");
        log.eviction("sha256:1", 7, "old");
        log.cleanup("cleanup_expired", 2, 14, 3ms);
        Logger::Performance figures;
        figures.hitRate = 0.6666;
        log.performance(figures);
        const auto records = sink.records();
        const auto check = [&](std::size_t i, LogLevel level, const Names& names) {
            QVERIFY(records.at(i).level == level);
            QVERIFY(CapturingSink::names(records.at(i)) == names);
        };
        check(0, LogLevel::Info, {"operation", "duration_ms", "success", "size"});
        check(1, LogLevel::Warning, {"operation", "duration_ms", "success", "error"});
        check(2, LogLevel::Debug, {"operation", "size", "result"});
        check(3, LogLevel::Debug, {"operation", "reason", "result"});
        check(4, LogLevel::Info, {"operation", "key", "size", "reason"});
        check(5, LogLevel::Info, {"operation", "entries_removed", "bytes_freed", "duration_ms"});
        check(6, LogLevel::Info,
              {"hit_rate", "hits", "misses", "evictions", "errors", "bytes_stored", "entries_stored", "bandwidth_saved",
               "uptime"});
        QCOMPARE(std::get<double>(records[6].fields[0].value), 0.67);
    }

    void theCacheTellsItsOperations()
    {
        CapturingSink sink;
        CacheFixture fixture;
        fixture.log = &sink;
        fixture.reopen();
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "blob");
        store->info(digest);
        store->info(digestOf("nowhere"));
        fixture.cache->verify({digest}, {}, {});
        store->release(digest);
        fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        for (const auto& [operation, message] :
             {std::pair("put_blob", "operation done"), std::pair("get_blob", "operation done"),
              std::pair("get_blob", "cache hit"), std::pair("get_blob", "cache miss"),
              std::pair("validate_digest", "operation done"), std::pair("delete_entry", "operation done"),
              std::pair("evict_entry", "entry evicted"), std::pair("cleanup_expired", "cleanup done")})
            QVERIFY2(sink.about(operation, message).message == message, operation);
        QCOMPARE(CapturingSink::text(sink.about("get_blob", "cache hit"), "digest"), digest.toString());
    }

    void evictedEntriesAreTold()
    {
        CapturingSink sink;
        CacheFixture fixture;
        fixture.log = &sink;
        fixture.reopen();
        fixture.cache->entries().put("s", "k", {source("bytes")}, lasting(1ns));
        QCOMPARE(fixture.cache->entries().clean("s", {}).entries, std::uint64_t(1));
        const LogRecord evicted = sink.about("evict_entry", "entry evicted");
        QCOMPARE(CapturingSink::text(evicted, "key"), std::string("s:k"));
        QCOMPARE(CapturingSink::text(evicted, "reason"), std::string("It had expired or was invalidated."));
        QCOMPARE(sink.about("cleanup_expired", "cleanup done").message, std::string("cleanup done"));
    }

    void theSwitchesGate()
    {
        CapturingSink sink;
        sink.operations = false;
        CacheFixture fixture;
        fixture.log = &sink;
        fixture.reopen();
        const auto store = fixture.engine("a");
        const Digest digest = put(*store, "blob");
        store->info(digest);
        store->release(digest);
        QVERIFY(sink.records().empty());
        fixture.cache->cleanup().collect({CleanupOptions::Mode::Run, 0}, {}, {});
        QCOMPARE(sink.records().size(), std::size_t(2)); // the eviction and the cleanup are no single operations
        sink.performance = false;
        Logger(&sink).performance({});
        QCOMPARE(sink.records().size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "log_test.moc"
