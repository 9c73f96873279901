// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "entry_fixture.h"
#include "models/entry_filter.h"
#include "models/entry_matcher.h"

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

/// The entries that it shows by their place in the fixture, and how it is printed.
struct Good
{
    const char* text;
    const char* shown;
    const char* printed;
};

const Good goodFilters[] = {
    {"", "0123456789", ""},
    {"   ", "0123456789", ""},
    {"repo:library/*", "01", "repo:library/*"},
    {"repo:docker.io/library/nginx", "0", "repo:docker.io/library/nginx"},
    {"repo:nginx", "0", "repo:nginx"},
    {"repo:acme/tool", "2", "repo:acme/tool"},
    {"repo:*", "0129", "repo:*"},
    {"repo:ngin", "", "repo:ngin"},
    {"repo:NGINX", "0", "repo:NGINX"},
    {"repo:nginx,redis", "01", "repo:nginx,redis"},
    {"repo:\"team a/odd*name\"", "9", "repo:\"team a/odd*name\""},
    {"repo:\"plain\"", "", "repo:plain"},
    {"name:redis:7", "1", "name:redis:7"},
    {"name:*:latest", "0", "name:*:latest"},
    {"name:nginx:1.2?", "0", "name:nginx:1.2?"},
    {"name:\"odd*name:x\"", "9", "name:\"odd*name:x\""},
    {"kind:layer", "3457", "kind:layer"},
    {"kind:layer,config", "34567", "kind:layer,config"},
    {"!kind:layer", "012689", "!kind:layer"},
    {"kind:\"attestation\"", "9", "kind:\"attestation\""},
    {"kind:\"layer\"", "3457", "kind:layer"},
    {"kind:index kind:layer", "", "kind:index kind:layer"},
    {"state:present", "01234569", "state:present"},
    {"state:missing,quarantined", "78", "state:missing,quarantined"},
    {"!state:present", "78", "!state:present"},
    {"kept:tag", "016", "kept:tag"},
    {"kept:pin", "1", "kept:pin"},
    {"kept:engine", "023", "kept:engine"},
    {"kept:lease", "7", "kept:lease"},
    {"kept:any", "0123679", "kept:any"},
    {"kept:none", "458", "kept:none"},
    {"kept:\"quorum\"", "9", "kept:\"quorum\""},
    {"kept:pin,lease", "17", "kept:pin,lease"},
    {"pinned", "1", "pinned"},
    {"!pinned", "023456789", "!pinned"},
    {"released", "458", "released"},
    {"!released", "0123679", "!released"},
    {"digest:3f2a", "3", "digest:3f2a"},
    {"digest:3f2", "34", "digest:3f2"},
    {"digest:sha256:3f2", "34", "digest:sha256:3f2"},
    {"digest:0a,1b", "01", "digest:0a,1b"},
    {"digest:ff", "", "digest:ff"},
    {"media:gzip", "3457", "media:gzip"},
    {"media:*+json", "012689", "media:*+json"},
    {"origin:import", "458", "origin:import"},
    {"origin:\"engine main\"", "0123679", "origin:\"engine main\""},
    {"refetch:yes", "0123679", "refetch:yes"},
    {"refetch:unknown,only_copy", "458", "refetch:unknown,only_copy"},
    {"!refetch:only_copy", "012346789", "!refetch:only_copy"},
    {"size>50MiB", "3", "size>50MiB"},
    {"size>=50MiB", "34", "size>=50MiB"},
    {"size<1KiB", "589", "size<1KiB"},
    {"size:4KiB", "6", "size:4KiB"},
    {"size=4096B", "6", "size:4KiB"},
    {"size>1.5KiB", "123467", "size>1536B"},
    {"size:0", "8", "size:0"},
    {"size<=10MB", "0125689", "size<=10MB"},
    {"idle>30d", "2345", "idle>30d"},
    {"idle<1d", "0", "idle<1d"},
    {"idle>=1d", "12345679", "idle>=1d"},
    {"idle:never", "8", "idle:never"},
    {"!idle:never", "012345679", "!idle:never"},
    {"idle>4w", "2345", "idle>28d"},
    {"age<=3d", "89", "age<=3d"},
    {"used>=2026-03-01", "01", "used>=2026-03-01"},
    {"used>=2026-03-01T12:00:00Z used<2026-03-02T12:00:00Z", "1",
     "used>=2026-03-01T12:00:00Z used<2026-03-02T12:00:00Z"},
    {"used<=2026-03-01T13:00+01:00", "12345679", "used<=2026-03-01T12:00:00Z"},
    {"used>2026-02-28T12:00:00Z", "01", "used>2026-02-28T12:00:00Z"},
    {"used<2025-11-23T00:00:00Z", "5", "used<2025-11-23"},
    {"!used<2026-03-01", "018", "!used<2026-03-01"},
    {"users>3", "3", "users>3"},
    {"!users>3", "012456789", "!users>3"},
    {"hits>=9", "0169", "hits>=9"},
    {"hits:0", "48", "hits:0"},
    {"freed>1MiB", "4", "freed>1MiB"},
    {"freed:0", "5", "freed:0"},
    {"nginx", "0", "nginx"},
    {"\"pinned\"", "", "\"pinned\""},
    {"!nginx", "123456789", "!nginx"},
    {"3f2", "34", "3f2"},
    {"acme/tool", "2", "acme/tool"},
    {"\"team a\"", "9", "\"team a\""},
    {"a\\\\b", "", "a\\\\b"},
    {"repo:library/* kind:manifest size<50MiB idle<30d kept:tag pinned digest:1b", "1",
     "repo:library/* kind:manifest size<50MiB idle<30d kept:tag pinned digest:1b"},
    {"kind:layer size>1MiB !kept:engine", "47", "kind:layer size>1MiB !kept:engine"},
    {"  kind:layer   idle>30d ", "345", "kind:layer idle>30d"},
};

struct Bad
{
    const char* text;
    int column;
};

const Bad badFilters[] = {
    {"!", 1},
    {"!!pinned", 1},
    {"kind:", 5},
    {"size>", 5},
    {":x", 0},
    {"<3", 0},
    {"!=3", 1},
    {"foo:bar", 0},
    {"kind:layer foo:bar", 11},
    {"nginx:latest", 0},
    {"Kind:layer", 0},
    {"kind:lair", 5},
    {"refetch:maybe", 8},
    {"kind:layer,", 11},
    {"kind:layer,,config", 11},
    {"kind:,layer", 5},
    {"kind:layer,lair", 11},
    {"kind=layer", 4},
    {"kind>layer", 4},
    {"repo>x", 4},
    {"digest=3f", 6},
    {"digest:12x", 9},
    {"digest:\"12x\"", 10},
    {"digest:\"sha256:\"", 15},
    {"size>big", 5},
    {"size>50", 7},
    {"size>50MX", 7},
    {"size>50mib", 7},
    {"size><50MiB", 4},
    {"size=>50MiB", 4},
    {"size>>50MiB", 4},
    {"size::50MiB", 4},
    {"size>1MiB,2MiB", 9},
    {"size>\"50MiB\"", 5},
    {"size>1.2.3MiB", 5},
    {"size>-1MiB", 5},
    {"size>99999999999TiB", 5},
    {"idle>30", 7},
    {"idle>30x", 7},
    {"idle>never", 5},
    {"age:never", 4},
    {"used:2026-03-01", 4},
    {"used=2026-03-01", 4},
    {"used>yesterday", 5},
    {"used>2026-3-1", 5},
    {"used>2026-02-30", 5},
    {"used>2026-03-01T10:00", 5},
    {"used>2026-03-01T10:00:61Z", 5},
    {"used>\"2026-03-01\"", 5},
    {"used>1969-12-31", 5},
    {"used>9999-12-31T23:59:59-14:00", 5},
    {"used>=2026-03-01,2026-03-02", 16},
    {"users>3x", 7},
    {"users>1.5", 6},
    {"hits:many", 5},
    {"digest:3g", 8},
    {"digest:sha256:", 14},
    {"digest:3F2A", 8},
    {"digest:"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaa",
     135},
    {"pinned:yes", 6},
    {"released>3", 8},
    {"state:lost", 6},
    {"kept:moon", 5},
    {"\"open", 0},
    {"repo:\"open", 5},
    {"repo:\"a\"b", 8},
    {"repo:a\"b\"", 6},
    {"\"\"", 0},
    {"repo:\"\"", 5},
    {"\"a\\x\"", 2},
    {"\"a\"b", 3},
    {"x\"y", 1},
};

EntryFilter parsed(const QString& text)
{
    const auto result = EntryFilter::parse(text);
    if (const auto* error = std::get_if<FilterError>(&result)) {
        qWarning("%s: column %d: %s", qPrintable(text), error->column, qPrintable(error->text));
        return {};
    }
    return std::get<EntryFilter>(result);
}

} // namespace

class EntryFilterTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase()
    {
        std::vector<EntryId> changed;
        m_table.upsert(fixtureBlobs(), changed);
        m_table.describe(fixtureFacts(), changed);
    }

    void showsWhatItSays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("printed");
        for (const Good& good : goodFilters)
            QTest::addRow("<%s>", good.text) << QString(good.text) << QString(good.shown) << QString(good.printed);
    }

    void showsWhatItSays()
    {
        QFETCH(QString, text);
        QFETCH(QString, printed);
        const auto result = EntryFilter::parse(text);
        if (const auto* error = std::get_if<FilterError>(&result))
            QFAIL(qPrintable(error->text));
        const EntryFilter filter = std::get<EntryFilter>(result);

        EntryMatcher matcher(filter, m_table.columns(), now);
        QString shown;
        for (EntryId id = 0; id < m_table.columns().size(); ++id)
            if (matcher.matches(id))
                shown += QString::number(id);
        QTEST(shown, "shown");
        QCOMPARE(filter.toString(), printed);
        QVERIFY(parsed(filter.toString()) == filter);
    }

    void tellsWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        for (const Bad& bad : badFilters)
            QTest::addRow("<%.40s>", bad.text) << QString(bad.text) << bad.column;
    }

    void tellsWhatIsWrongAndWhere()
    {
        QFETCH(QString, text);
        const auto result = EntryFilter::parse(text);
        const auto* error = std::get_if<FilterError>(&result);
        QVERIFY(error);
        QTEST(error->column, "column");
        QVERIFY(error->text.endsWith('.'));
    }

    void errorsSayWhatToDo()
    {
        const auto textOf = [](const char* text) { return std::get<FilterError>(EntryFilter::parse(text)).text; };
        QCOMPARE(textOf("nginx:latest"),
                 QString("There is no key \"nginx\". To look for a text with \":\" in it, put it in quotes."));
        QCOMPARE(textOf("size>50"), QString("A unit is missing: this is to be a size, as 50MiB."));
        QCOMPARE(textOf("kind:lair"),
                 QString("\"lair\" is not known here; there are index, manifest, config, layer, other."));
        QCOMPARE(textOf("used:2026-03-01"), QString("\"used\" takes < <= > >= only."));
        QCOMPARE(textOf("pinned:yes"), QString("\"pinned\" stands alone, without a value."));
        QCOMPARE(textOf("repo:\"open"), QString("The quote is not closed."));
    }

    void refusesWhatIsTooLong()
    {
        QVERIFY(std::holds_alternative<FilterError>(EntryFilter::parse(QString(5000, QLatin1Char('x')))));
    }

    void knowsWhenItOnlyNarrows_data()
    {
        QTest::addColumn<QString>("narrow");
        QTest::addColumn<QString>("wide");
        QTest::addColumn<bool>("refines");
        QTest::newRow("longer text") << "ngin"
                                     << "ng" << true;
        QTest::newRow("another text") << "ng"
                                      << "ngin" << false;
        QTest::newRow("one more") << "kind:layer size>1MiB"
                                  << "kind:layer" << true;
        QTest::newRow("one less") << "kind:layer"
                                  << "kind:layer size>1MiB" << false;
        QTest::newRow("nothing before") << "kind:layer"
                                        << "" << true;
        QTest::newRow("longer digest") << "digest:3f2a"
                                       << "digest:3f" << true;
        QTest::newRow("larger") << "size>2MiB"
                                << "size>1MiB" << true;
        QTest::newRow("smaller") << "size>1MiB"
                                 << "size>2MiB" << false;
        QTest::newRow("below less") << "size<1MiB"
                                    << "size<2MiB" << true;
        QTest::newRow("later") << "used>=2026-03-02"
                               << "used>=2026-03-01" << true;
        QTest::newRow("longer but not") << "!ngin"
                                        << "!ng" << false;
        QTest::newRow("wildcards") << "ngin*x"
                                   << "ngin*" << false;
        QTest::newRow("more values") << "kind:layer,config"
                                     << "kind:layer" << false;
    }

    void knowsWhenItOnlyNarrows()
    {
        QFETCH(QString, narrow);
        QFETCH(QString, wide);
        QTEST(parsed(narrow).refines(parsed(wide)), "refines");
    }

    void completesKeysAndCodes()
    {
        QCOMPARE(filterCompletions("si", 2), QStringList{"size>"});
        QCOMPARE(filterCompletions("kind:layer !ki", 14), QStringList{"!kind:"});
        QCOMPARE(filterCompletions("pin", 3), QStringList{"pinned"});
        QCOMPARE(filterCompletions("kind:l", 6), QStringList{"kind:layer"});
        QCOMPARE(filterCompletions("kind:layer,c", 12), QStringList{"kind:layer,config"});
        QVERIFY(filterCompletions("kept:", 5).contains("kept:tag"));
        QVERIFY(filterCompletions("nothing", 7).isEmpty());
        QVERIFY(filterCompletions("", 0).size() > 10);
    }

    void copesWithAnyText()
    {
        quint32 random = 1;
        const QString alphabet = QStringLiteral("!:<>=,\"\\*? kindsizerepo0123MiBd");
        for (int round = 0; round < 20000; ++round) {
            QString text;
            for (quint32 length = random % 24; length > 0; --length) {
                random = random * 1664525 + 1013904223;
                text += alphabet[static_cast<qsizetype>((random >> 8U) % static_cast<quint32>(alphabet.size()))];
            }
            random = random * 1664525 + 1013904223;
            const auto result = EntryFilter::parse(text);
            if (const auto* error = std::get_if<FilterError>(&result)) {
                QVERIFY2(error->column >= 0 && error->column <= text.size(), qPrintable(text));
            } else {
                const EntryFilter& filter = std::get<EntryFilter>(result);
                QVERIFY2(parsed(filter.toString()) == filter, qPrintable(text));
            }
        }
    }

private:
    EntryTable m_table;
};

QTEST_APPLESS_MAIN(EntryFilterTest)
#include "entry_filter_test.moc"
