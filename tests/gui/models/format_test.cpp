// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/format.h"
#include "models/translations.h"

#include <limits>

using namespace layerhold::gui;
using namespace std::chrono_literals;

namespace {

constexpr Moment noon = Moment(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 12h);

Format formatIn(const QLocale& locale, const QTimeZone& zone = QTimeZone::utc())
{
    Format::Options options;
    options.locale = locale;
    options.zone = zone;
    options.now = [] { return noon; };
    return Format(options);
}

/// Group separators are written as "'" in these tables.
QString grouped(QString text)
{
    return text.replace(QLatin1Char('\''), QChar(0x202f));
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT

private slots:

    void writesBytesInUnitsOf1024_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("exact");
        QTest::newRow("none") << quint64(0) << "0 B"
                              << "0 bytes";
        QTest::newRow("one") << quint64(1) << "1 B"
                             << "1 byte";
        QTest::newRow("below a step") << quint64(1023) << "1'023 B"
                                      << "1'023 bytes";
        QTest::newRow("one step") << quint64(1024) << "1.0 KiB"
                                  << "1'024 bytes";
        QTest::newRow("rounds up to the next unit") << quint64(1024 * 1024 - 1) << "1.0 MiB"
                                                    << "1'048'575 bytes";
        QTest::newRow("three digits") << quint64(912) * 1024 * 1024 << "912 MiB"
                                      << "956'301'312 bytes";
        QTest::newRow("one decimal") << quint64(65712345088) << "61.2 GiB"
                                     << "65'712'345'088 bytes";
        QTest::newRow("no 100.0") << quint64(102399) << "100 KiB"
                                  << "102'399 bytes";
        QTest::newRow("all") << std::numeric_limits<quint64>::max() << "16.0 EiB"
                             << "18'446'744'073'709'551'615 bytes";
    }

    void writesBytesInUnitsOf1024()
    {
        QFETCH(quint64, bytes);
        QFETCH(QString, text);
        QFETCH(QString, exact);
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.bytes(bytes), grouped(text));
        QCOMPARE(format.exactBytes(bytes), grouped(exact));
    }

    void writesBytesInUnitsOf1000WhenAsked()
    {
        Format::Options options;
        options.units = ByteUnits::Decimal;
        const Format format(options);
        QCOMPARE(format.bytes(999), QString("999 B"));
        QCOMPARE(format.bytes(1000), QString("1.0 kB"));
        QCOMPARE(format.bytes(65712345088), QString("65.7 GB"));
    }

    void writesDifferencesWithTheirSign()
    {
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.bytesWithSign(0), QString("0 B"));
        QCOMPARE(format.bytesWithSign(2048), QString("+2.0 KiB"));
        QCOMPARE(format.bytesWithSign(-512), QString("−512 B"));
        QCOMPARE(format.bytesWithSign(std::numeric_limits<std::int64_t>::min()), QString("−8.0 EiB"));
    }

    void followsTheLocaleButGroupsByANarrowSpace()
    {
        const Format german = formatIn(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(german.bytes(65712345088), QString("61,2 GiB"));
        QCOMPARE(german.count(1234567), grouped("1'234'567"));
        QCOMPARE(formatIn(QLocale(QLocale::English, QLocale::UnitedStates)).count(1284), grouped("1'284"));
        QCOMPARE(formatIn(QLocale::c()).count(128), QString("128"));
    }

    void writesRates()
    {
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.bytesPerSecond(3.2 * 1024 * 1024), QString("3.2 MiB/s"));
        QCOMPARE(format.bytesPerSecond(-1), QString("0 B/s"));
        QCOMPARE(format.perSecond(12.5), QString("12.5/s"));
    }

    void writesPercentagesThatDoNotClaimTooMuch_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << "0 %";
        QTest::newRow("nearly nothing") << 0.00001 << "<0.1 %";
        QTest::newRow("most") << 0.942 << "94.2 %";
        QTest::newRow("nearly all") << 0.99999 << ">99.9 %";
        QTest::newRow("all") << 1.0 << "100 %";
        QTest::newRow("more than all") << 2.5 << "250.0 %";
        QTest::newRow("not known") << std::numeric_limits<double>::quiet_NaN() << QString("–");
    }

    void writesPercentagesThatDoNotClaimTooMuch()
    {
        QFETCH(double, ratio);
        QTEST(formatIn(QLocale::c()).percent(ratio), "text");
    }

    void writesLatencies()
    {
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.latency(850ns), QString("850 ns"));
        QCOMPARE(format.latency(12340ns), QString("12.3 µs"));
        QCOMPARE(format.latency(999999ns), QString("1.0 ms"));
        QCOMPARE(format.latency(90s), QString("90.0 s"));
    }

    void writesDurationsInTwoUnits_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << "0 ms";
        QTest::newRow("negative") << qint64(-5) << "0 ms";
        QTest::newRow("milliseconds") << qint64(450) << "450 ms";
        QTest::newRow("seconds") << qint64(12900) << "12 s";
        QTest::newRow("minutes") << qint64(200000) << "3 min 20 s";
        QTest::newRow("whole minutes") << qint64(180000) << "3 min";
        QTest::newRow("hours") << qint64(11100000) << "3 h 5 min";
        QTest::newRow("hours and seconds") << qint64(3605000) << "1 h";
        QTest::newRow("days") << qint64(187200000) << "2 d 4 h";
    }

    void writesDurationsInTwoUnits()
    {
        QFETCH(qint64, milliseconds);
        QTEST(formatIn(QLocale::c()).duration(std::chrono::milliseconds(milliseconds)), "text");
    }

    void writesMomentsRelativeToNow_data()
    {
        QTest::addColumn<qint64>("secondsAgo");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(0) << "just now";
        QTest::newRow("seconds") << qint64(12) << "12 s ago";
        QTest::newRow("last second") << qint64(59) << "59 s ago";
        QTest::newRow("minute") << qint64(60) << "1 min ago";
        QTest::newRow("hours") << qint64(3 * 3600 + 1800) << "3 h ago";
        QTest::newRow("days") << qint64(89) * 86400 << "89 d ago";
        QTest::newRow("months") << qint64(100) * 86400 << "3 mo ago";
        QTest::newRow("years") << qint64(800) * 86400 << "2 y ago";
        QTest::newRow("to come") << qint64(-2) * 86400 << "in 2 d";
    }

    void writesMomentsRelativeToNow()
    {
        QFETCH(qint64, secondsAgo);
        QTEST(formatIn(QLocale::c()).relative(noon - std::chrono::seconds(secondsAgo)), "text");
    }

    void writesMomentsExactly()
    {
        const Format utc = formatIn(QLocale::c());
        QCOMPARE(utc.iso(noon), QString("2026-03-02T12:00:00Z"));
        const Format east = formatIn(QLocale::c(), QTimeZone(5400));
        QCOMPARE(east.iso(noon), QString("2026-03-02T13:30:00+01:30"));
        QCOMPARE(east.date(noon), QString("2026-03-02 13:30"));
        QCOMPARE(east.clock(noon), QString("13:30:00"));
    }

    void writesSpansWithTheirLength()
    {
        using namespace std::chrono_literals;
        const Format utc = formatIn(QLocale::c());
        QCOMPARE(utc.span(noon + 2min, noon + 15min), QString("2026-03-02 12:02:00 – 12:15:00 (13 min)"));
        QCOMPARE(utc.span(noon - 24h, noon + 30s), QString("2026-03-01 12:00:00 – 2026-03-02 12:00:30 (1 d)"));
        const Format east = formatIn(QLocale::c(), QTimeZone(5400));
        QCOMPARE(east.span(noon, noon + 11h), QString("2026-03-02 13:30:00 – 2026-03-03 00:30:00 (11 h)"));
    }

    void unknownMomentsAreNever()
    {
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.relative(Moment{}), QString("never"));
        QCOMPARE(format.iso(Moment{}), QString("never"));
        QCOMPARE(format.date(Moment{}), QString("never"));
        QCOMPARE(format.clock(Moment{}), QString("never"));
    }

    void momentsFollowTheChoiceOfTheUser()
    {
        Format::Options options;
        options.zone = QTimeZone::utc();
        options.now = [] { return noon; };
        QCOMPARE(Format(options).moment(noon - 3h), QString("3 h ago"));
        options.moments = MomentStyle::Iso;
        QCOMPARE(Format(options).moment(noon - 3h), QString("2026-03-02T09:00:00Z"));
    }

    void writesMetricsByTheirUnit()
    {
        const Format format = formatIn(QLocale::c());
        QCOMPARE(format.metric(0.5, "ratio"), QString("50.0 %"));
        QCOMPARE(format.metric(2048, "bytes"), QString("2.0 KiB"));
        QCOMPARE(format.metric(1500000, "nanoseconds"), QString("1.5 ms"));
        QCOMPARE(format.metric(1284, "count"), grouped("1'284"));
    }

    void shortensDigests_data()
    {
        QTest::addColumn<QString>("digest");
        QTest::addColumn<QString>("text");
        QTest::newRow("sha256") << "sha256:3f2a91c04d1e5566778899"
                                << "3f2a91c04d1e";
        QTest::newRow("sha512") << "sha512:3f2a91c04d1e5566778899"
                                << "sha512:3f2a91c04d1e";
        QTest::newRow("short already") << "sha256:3f2a"
                                       << "3f2a";
        QTest::newRow("no digest") << "nginx:latest"
                                   << "nginx:latest";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("hostile") << "nginx\n" << QString("nginx␊");
    }

    void shortensDigests()
    {
        QFETCH(QString, digest);
        QTEST(shortDigest(digest), "text");
    }

private:
    // For plurals.
    const Translations m_english{QLocale(QLocale::English)};
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
