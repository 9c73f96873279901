// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "service/daemon/daemon_log.h"
#include "service/daemon/log_format.h"

#include <nlohmann/json.hpp>

using namespace layerhold;
using namespace layerhold::service;

namespace {

LogRecord record()
{
    LogRecord record;
    record.message = "cache hit";
    record.fields = {{"operation", std::string("get_blob")},
                     {"size", std::uint64_t{7}},
                     {"duration_ms", 1.5},
                     {"success", true},
                     {"reason", std::string("two words")},
                     {"result", std::string("\x1b[31m\"")}};
    record.caller = {"/a/b/engine_store.cpp", 12, "info"};
    return record;
}

} // namespace

class LogFormatTest : public QObject
{
    Q_OBJECT

private slots:

    void textForPeople()
    {
        QCOMPARE(logText(record(), CallerInfo::Left),
                 std::string("cache hit operation=get_blob size=7 duration_ms=1.5 success=true reason=\"two words\" "
                             "result=\"\\x1b[31m\"\""));
        QVERIFY(logText(record(), CallerInfo::Shown).ends_with(" caller=\"engine_store.cpp:12 info\""));
    }

    void jsonForPrograms()
    {
        const auto json = nlohmann::json::parse("{\"message\":" + logJson(record(), CallerInfo::Shown) + '}');
        QCOMPARE(json["message"].get<std::string>(), std::string("cache hit"));
        QCOMPARE(json["size"].get<int>(), 7);
        QCOMPARE(json["duration_ms"].get<double>(), 1.5);
        QCOMPARE(json["success"].get<bool>(), true);
        QCOMPARE(json["result"].get<std::string>(), std::string("\x1b[31m\""));
        QCOMPARE(json["caller"].get<std::string>(), std::string("engine_store.cpp:12 info"));
        const auto plain = nlohmann::json::parse("{\"message\":" + logJson(record(), CallerInfo::Left) + '}');
        QVERIFY(!plain.contains("caller"));
    }

    void bytesThatAreNoTextStayOneLine()
    {
        LogRecord odd;
        odd.message = "a\nb\xff";
        QCOMPARE(logText(odd, CallerInfo::Left), std::string("a\\x0ab\\xff"));
        QVERIFY(nlohmann::json::accept(logJson(odd, CallerInfo::Left)));
    }

    void everySwitchGates()
    {
        DaemonLog log(DaemonLog::Format::Text, LogLevel::Info);
        QVERIFY(log.wants(LogLevel::Info, LogTopic::General));
        QVERIFY(!log.wants(LogLevel::Debug, LogTopic::General));
        QVERIFY(log.wants(LogLevel::Info, LogTopic::Performance));
        QVERIFY(!log.wants(LogLevel::Error, LogTopic::Operations));
        log.setSwitches({.caller = false, .performance = false, .operations = true});
        QVERIFY(!log.wants(LogLevel::Info, LogTopic::Performance));
        QVERIFY(log.wants(LogLevel::Info, LogTopic::Operations));
        log.setLevel(LogLevel::Error);
        QVERIFY(!log.wants(LogLevel::Info, LogTopic::Operations));
    }
};

QTEST_GUILESS_MAIN(LogFormatTest)
#include "log_format_test.moc"
