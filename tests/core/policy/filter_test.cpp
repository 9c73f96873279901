// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/error.h"
#include "layerhold/filter.h"

#include <QTest>

#include <algorithm>
#include <map>

using layerhold::Error;
using layerhold::ErrorCode;
using layerhold::Filter;

namespace {

struct Thing
{
    std::string name;
    std::string other;
    std::map<std::string, std::string> labels;
};

/// The things that containerd's own filter test asks about.
const std::vector<Thing> Things = {
    {"foo", "", {{"foo", "true"}}},
    {"bar", "", {}},
    {"foo", "", {{"foo", "present"}, {"more complex label", "present"}}},
    {"bar", "", {{"bar", "true"}}},
    {"fooer", "", {{"more complex label with \\ and \"", "present"}}},
    {"fooer", "", {{"more complex label with \\ and \".post", "present"}}},
    {"baz", "too complex, yo", {}},
    {"bazo", "abc", {}},
    {"compound", "", {{"foo", "omg_asdf.asdf-qwer"}}},
};

bool matches(const Filter& filter, const Thing& thing)
{
    return filter.matches([&](const std::vector<std::string>& path) -> std::optional<std::string> {
        const auto unlessEmpty = [](const std::string& text) {
            return text.empty() ? std::nullopt : std::optional(text);
        };
        if (path.front() == "name")
            return unlessEmpty(thing.name);
        if (path.front() == "other")
            return unlessEmpty(thing.other);
        std::string key;
        for (std::size_t i = 1; i < path.size(); ++i)
            key += (i > 1 ? "." : "") + path[i];
        const auto label = thing.labels.find(key);
        return path.front() == "labels" && label != thing.labels.end() ? std::optional(label->second) : std::nullopt;
    });
}

/// Indices of the things that match, as "0 2 8".
std::string matching(const Filter& filter)
{
    std::string result;
    for (std::size_t i = 0; i < Things.size(); ++i) {
        if (matches(filter, Things[i]))
            result += (result.empty() ? "" : " ") + std::to_string(i);
    }
    return result;
}

/// The message of the refusal; empty when the filter is accepted.
std::string refusal(const std::string& text)
{
    try {
        Filter::parse(text);
    } catch (const Error& error) {
        return error.code() == ErrorCode::InvalidArgument ? error.what() : "an error of another class";
    }
    return {};
}

/// Whether `filter` holds for a thing whose `labels.x` is `value`.
bool holds(const std::string& filter, const std::string& value)
{
    return matches(Filter::parse(filter), Thing{"n", "", {{"x", value}}});
}

} // namespace

class FilterTest : public QObject
{
    Q_OBJECT

private slots:

    void selects_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* filter, const char* expected) {
            QTest::newRow(filter) << QByteArray(filter) << QByteArray(expected);
        };
        row("", "0 1 2 3 4 5 6 7 8");
        row("name", "0 1 2 3 4 5 6 7 8");
        row("labels.foo", "0 2 8");
        row("labels.foo,name", "0 2 8");
        row("labels.foo==true", "0");
        row("labels.foo==omg_asdf.asdf-qwer", "8");
        row("name==bar", "1 3");
        row("name!=bar", "0 2 4 5 6 7 8");
        row("name==bar,labels.bar", "3");
        row("other==\"too complex, yo\"", "6");
        row("other~=[abc]+,name!=foo", "6 7");
        row("other~=/[abc]+/,name!=foo", "6 7");
        row("other~=/[abc]{1,2}/,name!=foo", "6 7");
        row("other~=|[abc]{1,2}|,name!=foo", "6 7");
        row("other~=/[abc]{0,1}\"\\//,name!=foo", "");
        row("name==bar,labels.bar==true", "3");
        row("name==bar,labels.bar==wrong", "");
        row("name==foo,labels.\"more complex label\"", "2");
        row("labels.\"more complex label with \\\\ and \\\"\"==present", "4");
        row("labels.\"more complex label with \\\\ and \\\"\".post==present", "5");
        // Absent fields.
        row("size!=100", "0 1 2 3 4 5 6 7 8");
        row("size==100", "");
        row("size", "");
        row("labels", "");
        row("size~=/./", "");
        row("size~=^$", "0 1 2 3 4 5 6 7 8");
        row("size!=\"\"", "");
        // Spaces are skipped before tokens.
        row(" name == bar", "1 3");
        row("name==bar, labels.bar", "3");
        row("labels . foo == true", "");
        row("labels. foo == true", "0");
        // Expressions that do not compile.
        row("other~=(", "");
        row("other~=/[/", "");
        row("other~=a{1001}", "");
        row("other~=(?=a)", "");
    }

    void selects()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, expected);
        if (filter == "labels . foo == true") {
            QVERIFY2(!refusal(filter.toStdString()).empty(), "no space before a dot");
            return;
        }
        QCOMPARE(QByteArray::fromStdString(matching(Filter::parse(filter.toStdString()))), expected);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* filter, const char* place, const char* reason) {
            QTest::newRow(filter) << QByteArray(filter) << QByteArray(place) << QByteArray(reason);
        };
        row("labels.|foo|==omg", "[labels. >|||< foo|==omg]", "invalid quote encountered");
        row("labels.?\"x\".post==present", "[labels. >|?|< \"x\".post==present]", "expected field or quoted");
        row("name==foo,", "[name==foo,]", "expected field or quoted");
        row("labels.", "[labels.]", "expected field or quoted");
        row("image~=,id?=?fbaq", "[image~= >|,|< id?=?fbaq]", "expected value or quoted");
        row("labels.ns/key==value", "[labels.ns >|/|< key==value]", "quoted literal not terminated");
        row("labels.key==/value", "[labels.key== >|/|< value]", "quoted literal not terminated");
        row("labels.key==/value/", "[labels.key== >|/|< value/]", "invalid quote encountered");
        row("labels.c == 3 , labels.x", "[labels.c == 3 >| |< , labels.x]", "unexpected input");
        row("name=foo", "[name >|=|< foo]", "unsupported operator");
        row("name===foo", "[name >|=|< ==foo]", "unsupported operator");
        row("name== =foo", "[name==  >|=|< foo]", "expected value or quoted");
        row("name==.foo", "[name== >|.|< foo]", "expected value or quoted");
        row("name ", "[name ]", "expected an operator");
        row("^r", "[ >|^|< r]", "expected field or quoted");
        row("name=='x y'", "[name=='x >| |< y']", "unexpected input");
        row("name==\"a\\qb\"", "[name== >|\"|< a\\qb\"]", "illegal escape sequence");
        row("name~=/\\d+/", "[name~= >|/|< \\d+/]", "illegal escape sequence");
        row("name==\"\\x4\"", "[name== >|\"|< \\x4\"]", "illegal numeric escape sequence");
        row("name==\"\\400\"", "[name== >|\"|< \\400\"]", "unquoting failed");
        row("name==\"\\U00110000\"", "[name== >|\"|< \\U00110000\"]", "unquoting failed");
        row("name==\"a\nb\"", "[name== >|\"|< a?b\"]", "quoted literal not terminated");
        row("name==\"a\xff\"", "[name== >|\"|< a?\"]", "rune error");
        row("name==\"\xef\xbf\xbd\"", "[name== >|\"|< ???\"]", "rune error");
        row("n\xc3", "[n >|?|< ]", "rune error");
        row(",", "[ >|,|< ]", "expected field or quoted");
        row("a,,b", "[a, >|,|< b]", "expected field or quoted");
        row("a..b", "[a. >|.|< b]", "expected field or quoted");
    }

    void refuses()
    {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, reason);
        const QByteArray message = QByteArray::fromStdString(refusal(filter.toStdString()));
        QVERIFY2(message.contains(place), message);
        QVERIFY2(message.contains(reason), message);
    }

    void refusesNul()
    {
        for (const std::string& text :
             {std::string("\0", 1), std::string("name==\"a\0\"", 10), std::string("na\0me", 5)})
            QVERIFY2(refusal(text).find("unexpected null") != std::string::npos, refusal(text).c_str());
    }

    void values()
    {
        QVERIFY(holds("labels.x==a/b:c.d-e", "a/b:c.d-e"));
        QVERIFY(holds("labels.x=='quoted'", "'quoted'"));
        QVERIFY2(holds("labels.x==a=b!c~d", "a=b!c~d"), "operators inside a value belong to it");
        QVERIFY(holds("labels.x==a\"b", "a\"b"));
        QVERIFY(holds("labels.x==\"\"", ""));
        QVERIFY(!holds("labels.x!=\"\"", ""));
        QVERIFY(holds("labels.x==\xc3\xa4\xe2\x82\xac", "\xc3\xa4\xe2\x82\xac"));
        QVERIFY(holds("labels.x==\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"", "\a\b\f\n\r\t\v\\\""));
        QVERIFY(holds("labels.x==\"\\x41\\102\\u00e4\\U0001F600\"", "AB\xc3\xa4\xf0\x9f\x98\x80"));
        QVERIFY2(holds("labels.x==\"\\xff\"", "\xff"), "\\x is a byte");
        QVERIFY2(holds("labels.x==\"\\u00ff\"", "\xc3\xbf"), "\\u is a character");
        QVERIFY2(holds("labels.x==\"\\ud800\"", "\xef\xbf\xbd"), "half a pair is the replacement character");
        QVERIFY2(holds("labels.x~=/a\\/b/", "xa/bx"), "the quote itself is escaped by a backslash");
        QVERIFY2(holds("labels.x~=|a/b|", "xa/bx"), "other quotes need none");
        QVERIFY2(holds("labels.x~=\"^a.*z$\"", "a..z"), "anchors are the caller's");
        QVERIFY(!holds("labels.x~=a.z", "a\nz"));
    }

    void fieldsMayBeginWithADigit()
    {
        const Filter filter = Filter::parse("labels.1a.\"b.c\"==v");
        QVERIFY(matches(filter, Thing{"n", "", {{"1a.b.c", "v"}}}));
    }

    void anyOfSeveral()
    {
        QCOMPARE(matching(Filter::parseAny({"name==baz", "labels.bar"})), std::string("3 6"));
        QCOMPARE(matching(Filter::parseAny({"name==none", ""})), std::string("0 1 2 3 4 5 6 7 8"));
        QVERIFY(Filter::parseAny({}).matchesEverything());
        QVERIFY(Filter::parseAny({"name==none", ""}).matchesEverything());
        QVERIFY(!Filter::parseAny({"name"}).matchesEverything());
        QVERIFY_EXCEPTION_THROWN(Filter::parseAny({"name", "="}), Error);
    }

    void hostileInputsEnd()
    {
        const std::string tenKilobytes(10'000, 'a');
        QVERIFY(!matches(Filter::parse("labels.x==" + tenKilobytes), Things.front()));
        QVERIFY(!matches(Filter::parse(tenKilobytes), Things.front()));

        std::string deep = "labels";
        for (int i = 0; i < 10'000; ++i)
            deep += ".a";
        QVERIFY(!matches(Filter::parse(deep), Things.front()));

        std::string wide = "name";
        for (int i = 0; i < 10'000; ++i)
            wide += ",name";
        QVERIFY(matches(Filter::parse(wide), Things.front()));

        const std::string message = refusal(tenKilobytes + "=" + tenKilobytes);
        QVERIFY2(message.size() < 300, "a message fits in a header");
        QVERIFY(message.find("at byte 10000") != std::string::npos);
    }

    void catastrophicExpressionsEnd()
    {
        const std::string subject(50'000, 'a');
        QVERIFY(!holds("labels.x~=/^(a+)+$/", subject + "b"));
        QVERIFY(!holds("labels.x~=/^(a|aa)+$/", subject + "b"));
        QVERIFY(!holds("labels.x~=/^(.*)*b$/", subject + "c"));
        // More than the memory an expression may take: never matches, never grows.
        QVERIFY(!holds("labels.x~=/((a{100}){100}){100}/", subject));
    }
};

QTEST_GUILESS_MAIN(FilterTest)
#include "filter_test.moc"
