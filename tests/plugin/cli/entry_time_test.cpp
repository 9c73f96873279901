// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "cli/verbs/entry.h"
#include "layerhold/error.h"

using namespace layerhold;
using namespace layerhold::cli;
using std::chrono::nanoseconds;
using std::chrono::seconds;

class EntryTimeTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTimes();
    void refusesOtherText();
    void writesTimes();
};

void EntryTimeTest::readsTimes()
{
    QVERIFY(parseTtl("90s") == seconds(90));
    QVERIFY(parseTtl("15m") == seconds(900));
    QVERIFY(parseTtl("1h30m") == seconds(5400));
    QVERIFY(parseTtl("2w") == seconds(2 * 7 * 86400));
    QVERIFY(parseTtl("60d") == seconds(60 * 86400));
    QVERIFY(parseTtl("never") == nanoseconds(0));
    QVERIFY(parseTtl("36500d") == seconds(std::int64_t(36500) * 86400));
}

void EntryTimeTest::refusesOtherText()
{
    for (const char* text : {"", "5", "s", "-5s", "1.5h", "5 s", "5S", "5y", "0s", "36501d", "36500d1s",
                             "99999999999999999999s", "9223372036854775807w", "never1s", "5s "}) {
        try {
            parseTtl(text);
            QFAIL(text);
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::InvalidArgument);
        }
    }
}

void EntryTimeTest::writesTimes()
{
    for (const char* text : {"90s", "90m", "36h", "15d", "3w", "never"})
        QCOMPARE(formatTtl(parseTtl(text)), std::string(text));
    QCOMPARE(formatTtl(parseTtl("60m")), std::string("1h"));
    QCOMPARE(formatTtl(nanoseconds(5)), std::string("5ns"));
}

QTEST_GUILESS_MAIN(EntryTimeTest)
#include "entry_time_test.moc"
