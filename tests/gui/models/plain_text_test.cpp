// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/plain_text.h"
#include "models/without_secrets.h"

using namespace layerhold::gui;

class PlainTextTest : public QObject
{
    Q_OBJECT

private slots:

    void showsWhatCannotBeSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("plain") << "docker.io/library/nginx:1.27"
                               << "docker.io/library/nginx:1.27";
        QTest::newRow("line break") << "a\nb" << QString("a␊b");
        QTest::newRow("carriage return") << "a\r\nb" << QString("a␍␊b");
        QTest::newRow("tabulator") << "a\tb" << QString("a␉b");
        QTest::newRow("escape sequence") << "\x1b[31m" << QString("␛[31m");
        QTest::newRow("zero") << QString(QChar(0)) << QString("␀");
        QTest::newRow("delete") << QString(QChar(0x7f)) << QString("␡");
        QTest::newRow("next line") << QString(QChar(0x85)) << "[U+0085]";
        QTest::newRow("line separator") << QString(QChar(0x2028)) << "[U+2028]";
        QTest::newRow("paragraph separator") << QString(QChar(0x2029)) << "[U+2029]";
        QTest::newRow("right to left override") << "a" + QString(QChar(0x202e)) + "gpj"
                                                << "a[U+202E]gpj";
        QTest::newRow("isolate") << QString(QChar(0x2067)) << "[U+2067]";
        QTest::newRow("zero width space") << QString(QChar(0x200b)) << "[U+200B]";
        QTest::newRow("byte order mark") << QString(QChar(0xfeff)) << "[U+FEFF]";
        QTest::newRow("tag character") << QStringView(QChar::fromUcs4(0xe0041)).toString() << "[U+E0041]";
        QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QString(QChar(0xfffd));
        QTest::newRow("Hebrew letters stay") << QString("שלום") << QString("שלום");
        QTest::newRow("accents and pictures stay") << QString("café 📦") << QString("café 📦");
        QTest::newRow("markup stays as written") << "<b>bold</b> & <img src=x>"
                                                 << "<b>bold</b> & <img src=x>";
    }

    void showsWhatCannotBeSeen()
    {
        QFETCH(QString, text);
        QTEST(plainText(text), "line");
    }

    void losesTheMiddleOfWhatIsLong()
    {
        const QString text = "start" + QString(100000, QLatin1Char('x')) + "end";
        const QString line = plainText(text, 21);
        QCOMPARE(line.size(), 21);
        QVERIFY(line.startsWith("start"));
        QVERIFY(line.endsWith("end"));
        QCOMPARE(line.count(QChar(u'…')), 1);
    }

    void isShorterThanItsBoundWhenMostHasToBeSpelled()
    {
        QVERIFY(plainText(QString(3000, QChar(0x202e)), 100).size() <= 100);
    }

    void cutsNoCharacterInHalf()
    {
        const QString line = plainText(QString("📦").repeated(50), 20);
        QVERIFY(line.size() <= 20);
        QVERIFY(line.isValidUtf16());
    }

    void keepsTheLongestThatFits()
    {
        const QString text(20, QLatin1Char('x'));
        QCOMPARE(plainText(text, 20), text);
        QCOMPARE(plainText(text, 1), QString("…"));
    }

    void replacesBytesThatAreNoText()
    {
        QCOMPARE(plainText(std::string_view("a\xff"
                                            "b")),
                 QString("a\ufffdb"));
        QCOMPARE(plainText(std::string_view("caf\xc3\xa9")), QString("café"));
    }

    void tellsNoSecrets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("told");
        const auto add = [](const char* text, const char* told) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(told);
        };
        add("", "");
        add("GET https://ann:pa:ss@example.org/v2/ failed", "GET https://…@example.org/v2/ failed");
        add("https://example.org/a@b", "https://example.org/a@b");
        add("Authorization: Basic YW5uOnB3", "Authorization: Basic …");
        add("authorization:Bearer ey.J.x, again", "authorization:Bearer …, again");
        add("sent bearer eyJhbGciOi.x", "sent bearer …");
        add("a bearer of news", "a bearer of news");
        add("?account=ann&access_token=abc&scope=x", "?account=ann&access_token=…&scope=x");
        add(R"({"token": "abc", "expires": 60})", R"({"token": "…", "expires": 60})");
        add("PASSWORD=x y", "PASSWORD=… y");
        add("The registry refused the token: it is too old.", "The registry refused the token: it is too old.");
    }

    void tellsNoSecrets()
    {
        QFETCH(QString, text);
        QTEST(withoutSecrets(text), "told");
    }

    void toolTipsShowMarkupLiterally()
    {
        const QString tip = literalToolTip("<b>x</b> & y");
        QVERIFY(tip.startsWith("<html>"));
        QVERIFY(tip.contains("&lt;b&gt;x&lt;/b&gt; &amp; y"));
        QVERIFY2(literalToolTip("").isEmpty(), "an empty box would be shown");
    }
};

QTEST_APPLESS_MAIN(PlainTextTest)
#include "plain_text_test.moc"
