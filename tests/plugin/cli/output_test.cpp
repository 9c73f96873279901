// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/help_format.h"
#include "cli/output/json.h"
#include "cli/output/progress_bar.h"
#include "cli/output/table.h"
#include "cli/output/text.h"
#include "layerhold/error.h"

#include <QTest>

using namespace layerhold;
using namespace layerhold::cli;

class OutputTest : public QObject
{
    Q_OBJECT

private slots:
    void neutralisesHostileText_data();
    void neutralisesHostileText();
    void sizes_data();
    void sizes();
    void parsesSizes_data();
    void parsesSizes();
    void refusesSizes_data();
    void refusesSizes();
    void ages();
    void alignsTables();
    void printsMessagesAsJson();
    void fitsTheBarIntoTheLine();
    void wrapsBetweenWords();
};

void OutputTest::neutralisesHostileText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("safe");
    QTest::newRow("plain") << QByteArray("layer 1") << QByteArray("layer 1");
    QTest::newRow("umlaut") << QByteArray("Gr\xc3\xb6\xc3\x9f"
                                          "e")
                            << QByteArray("Gr\xc3\xb6\xc3\x9f"
                                          "e");
    QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\\x1b[31mred");
    QTest::newRow("newline") << QByteArray("a\nb\r") << QByteArray("a\\x0ab\\x0d");
    QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                      "31m")
                        << QByteArray("\\x9b31m");
    QTest::newRow("raw C1") << QByteArray("\x9b"
                                          "31m")
                            << QByteArray("\\x9b31m");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
    QTest::newRow("right-to-left override") << QByteArray("\xe2\x80\xae"
                                                          "txt")
                                            << QByteArray("\\u{202e}txt");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("\\xc0\\xaf");
    QTest::newRow("cut character") << QByteArray("\xe2\x82") << QByteArray("\\xe2\\x82");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xed\\xa0\\x80");
}

void OutputTest::neutralisesHostileText()
{
    QFETCH(QByteArray, text);
    QTEST(QByteArray::fromStdString(neutralise(text.toStdString())), "safe");
}

void OutputTest::sizes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << quint64(0) << QByteArray("0 B");
    QTest::newRow("1023") << quint64(1023) << QByteArray("1023 B");
    QTest::newRow("1024") << quint64(1024) << QByteArray("1.0 KiB");
    QTest::newRow("almost a MiB") << quint64(1024 * 1024 - 1) << QByteArray("1.0 MiB");
    QTest::newRow("1.5 GiB") << quint64(3) * 512 * 1024 * 1024 << QByteArray("1.5 GiB");
    QTest::newRow("largest") << quint64(UINT64_MAX) << QByteArray("16.0 EiB");
}

void OutputTest::sizes()
{
    QFETCH(quint64, bytes);
    QTEST(QByteArray::fromStdString(formatSize(bytes)), "text");
}

void OutputTest::parsesSizes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("bytes");
    const auto row = [](const char* text, quint64 bytes) { QTest::newRow(text) << QByteArray(text) << bytes; };
    row("0", 0);
    row("512", 512);
    row("512 b", 512);
    row("1k", 1024);
    row("1KB", 1024);
    row("1 KiB", 1024);
    row(" 2mib ", 2 << 20);
    row("20G", quint64(20) << 30);
    row("1TiB", quint64(1) << 40);
    row("4611686018427387904", quint64(1) << 62);
}

void OutputTest::parsesSizes()
{
    QFETCH(QByteArray, text);
    QTEST(quint64(parseSize(text.toStdString())), "bytes");
}

void OutputTest::refusesSizes_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"", "K", "-1", "+1", "1.5G", "1 X", "1KiBs", "4611686018427387905", "5000000T",
                             "99999999999999999999", "1\x1b"})
        QTest::newRow(text) << QByteArray(text);
}

void OutputTest::refusesSizes()
{
    QFETCH(QByteArray, text);
    try {
        parseSize(text.toStdString());
        QFAIL("accepted");
    } catch (const Error& error) {
        QVERIFY(error.code() == ErrorCode::InvalidArgument);
    }
}

void OutputTest::ages()
{
    using namespace std::chrono_literals;
    QCOMPARE(formatAge(3s), std::string("3 s"));
    QCOMPARE(formatAge(5min), std::string("5 min"));
    QCOMPARE(formatAge(3h), std::string("3 h"));
    QCOMPARE(formatAge(24h * 9), std::string("9 d"));
    QCOMPARE(formatAge(-5s), std::string("in 5 s"));
}

void OutputTest::alignsTables()
{
    Table table({{"NAME"}, {"SIZE", Table::Align::Right}, {"NOTE"}});
    table.add({"a", "1", "x"});
    table.add({"l\xc3\xa4nger", "1000", ""});
    table.add({"\x1b", "2", "y"});
    const std::vector<std::string> expected{"NAME    SIZE  NOTE", "a          1  x", "l\xc3\xa4nger  1000",
                                            "\\x1b       2  y"};
    QCOMPARE(table.lines(), expected);
}

void OutputTest::printsMessagesAsJson()
{
    v1::Event event;
    event.set_sequence(UINT64_MAX);
    event.set_subject("\x1b]0;x\x07 \xc2\x9b \x7f");
    event.mutable_at()->set_seconds(1);
    event.mutable_at()->set_nanos(5);
    QCOMPARE(
        print(toJson(event), JsonStyle::Line),
        std::string(R"({"sequence":18446744073709551615,"at":"1970-01-01T00:00:01.000000005Z","kind":"",)"
                    "\"subject\":\"\\u001b]0;x\\u0007 \\u009b \\u007f\",\"engine\":\"\",\"detail\":\"\",\"bytes\":0}"));
    v1::VerifyResponse step;
    step.mutable_report()->set_checked(1);
    QCOMPARE(print(toJson(step), JsonStyle::Line),
             std::string(R"({"report":{"checked":1,"checked_bytes":0,"damaged":[]}})"));
    QVERIFY(toJson(v1::Blob())["created_at"].is_null());
}

void OutputTest::fitsTheBarIntoTheLine()
{
    v1::Progress progress;
    progress.set_done_bytes(50);
    progress.set_total_bytes(100);
    progress.set_done_items(1);
    progress.set_total_items(2);
    QCOMPARE(progressLine("gc", progress, 100), std::string("gc [############............]  50 %  1/2  50 B"));
    QCOMPARE(progressLine("gc", progress, 10).size(), 10U);
    progress.set_done_bytes(500); // more than was announced
    QVERIFY(progressLine("gc", progress, 100).find("100 %") != std::string::npos);
    QVERIFY(progressLine("gc", v1::Progress(), 100).find("  0 %") != std::string::npos);
}

void OutputTest::wrapsBetweenWords()
{
    QCOMPARE(wrapped("  --flag  one two three four\n", 20, 10),
             std::string("  --flag  one two\n          three four\n"));
    QCOMPARE(wrapped("short\n\nlines\n", 20, 10), std::string("short\n\nlines\n"));
    QCOMPARE(wrapped("  " + std::string(40, 'x') + "\n", 20, 10), "  " + std::string(40, 'x') + "\n");
    QCOMPARE(wrapped("", 20, 10), std::string());
}

QTEST_GUILESS_MAIN(OutputTest)
#include "output_test.moc"
