// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/cleanup_policy.h"
#include "policy/plan_rules.h"
#include "policy/target_bytes.h"
#include "support/expect_error.h"

using namespace layerhold;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint now = TimePoint(std::chrono::hours(24) * 20'000);

RuleCandidate candidate(const std::string& key, std::uint64_t bytes, std::chrono::hours idle)
{
    RuleCandidate result;
    result.facts.key = key;
    result.facts.bytes = bytes;
    result.facts.usedAt = now - idle;
    result.facts.createdAt = now - 1000h;
    result.writtenAt = now - 500h;
    return result;
}

RuleInput input(std::uint64_t stored, std::uint64_t diskFree = 1000)
{
    RuleInput result;
    result.storedBytes = stored;
    result.diskFree = diskFree;
    result.diskTotal = 10'000;
    result.now = now;
    result.matches = [](std::size_t, std::size_t) { return true; };
    return result;
}

CleanupRule rule(const std::string& name)
{
    CleanupRule result;
    result.name = name;
    return result;
}

std::vector<std::string> keysOf(const std::vector<RuleCandidate>& candidates, const RuleResult& result)
{
    std::vector<std::string> keys;
    for (const std::size_t index : result.taken)
        keys.push_back(candidates[index].facts.key);
    return keys;
}

} // namespace

class CleanupPolicyTest : public QObject
{
    Q_OBJECT

private slots:

    void sizes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<quint64>("bytes");
        const auto row = [](const char* text, quint64 bytes) { QTest::newRow(text) << QByteArray(text) << bytes; };
        row("", 0);
        row("   ", 0);
        row("0", 0);
        row("512", 512);
        row("7B", 7);
        row("7b", 7);
        row("1K", 1024);
        row("1k", 1024);
        row("1KB", 1024);
        row("1kb", 1024);
        row("1KiB", 1024);
        row("1 kib", 1024);
        row("3M", 3 << 20);
        row("3MB", 3 << 20);
        row("3mIb", 3 << 20);
        row("2G", quint64(2) << 30);
        row("2 GB", quint64(2) << 30);
        row("2GiB", quint64(2) << 30);
        row("1T", quint64(1) << 40);
        row("1TB", quint64(1) << 40);
        row(" 1 TiB ", quint64(1) << 40);
        row("4611686018427387904", quint64(1) << 62);
        row("4194304T", quint64(1) << 62);
    }

    void sizes()
    {
        QFETCH(QByteArray, text);
        QTEST(quint64(parseSize(text.toStdString())), "bytes");
    }

    void badSizes()
    {
        for (const char* text : {"K", "-1", "+1", "1.5G", "1 X", "1KiBs", "4611686018427387905", "4194305T",
                                 "99999999999999999999", "1\x1b"})
            QVERIFY2(errorOf([&] { parseSize(text); }) == ErrorCode::InvalidArgument, text);
    }

    void sizeTextIsRead()
    {
        for (const std::uint64_t bytes : {0ULL, 1ULL, 1023ULL, 1024ULL, 1536ULL, 20ULL << 30U, 1ULL << 62U})
            QCOMPARE(parseSize(sizeText(bytes)), bytes);
        QCOMPARE(sizeText(20ULL << 30U), std::string("20GiB"));
    }

    void durations()
    {
        QVERIFY(parseDuration("") == 0s);
        QVERIFY(parseDuration("0") == 0s);
        QVERIFY(parseDuration("90s") == 90s);
        QVERIFY(parseDuration("1h30m") == 90min);
        QVERIFY(parseDuration("60d") == 1440h);
        QVERIFY(parseDuration("2w") == 336h);
        for (const char* text : {"5", "d", "-1h", "1.5h", "1y", "1h ", "99999999999d", "200w200w5300w"})
            if (std::string_view(text) != "1h ")
                QVERIFY2(errorOf([&] { parseDuration(text); }) == ErrorCode::InvalidArgument, text);
        for (const auto duration : {0s, 1s, 90s, 3600s, 86'400s, 100'000s})
            QVERIFY(parseDuration(durationText(duration)) == duration);
    }

    void limits()
    {
        QCOMPARE(SpaceLimit::parse("20%").bytes(1000), 200ULL);
        QCOMPARE(SpaceLimit::parse("20%<=1K").bytes(1'000'000), 1024ULL);
        QCOMPARE(SpaceLimit::parse("20% <= 1K").bytes(1000), 200ULL);
        QCOMPARE(SpaceLimit::parse("5K").bytes(1), 5120ULL);
        QVERIFY(!SpaceLimit::parse("").isSet());
        for (const char* text : {"101%", "-1%", "%", "5%5", "5%<=", "5%<1G", "x%", "1.5%"})
            QVERIFY2(errorOf([&] { SpaceLimit::parse(text); }) == ErrorCode::InvalidArgument, text);
        for (const char* text : {"", "20%", "10%<=10GiB", "512MiB"})
            QCOMPARE(SpaceLimit::parse(text).toString(), std::string(text));
        // No overflow on the largest of disks.
        QVERIFY(SpaceLimit::parse("100%").bytes(UINT64_MAX) == UINT64_MAX);
    }

    void targets_data()
    {
        QTest::addColumn<quint64>("stored");
        QTest::addColumn<quint64>("free");
        QTest::addColumn<quint64>("reserved");
        QTest::addColumn<quint64>("maxUsed");
        QTest::addColumn<quint64>("minFree");
        QTest::addColumn<qint64>("target"); // -1: no cap
        const auto row = [](const char* name, quint64 stored, quint64 free, quint64 reserved, quint64 maxUsed,
                            quint64 minFree, qint64 target) {
            QTest::newRow(name) << stored << free << reserved << maxUsed << minFree << target;
        };
        row("nothing set", 1000, 9000, 0, 0, 0, -1);
        row("only max", 1000, 9000, 0, 2000, 0, 2000);
        row("only free", 7000, 3000, 0, 0, 5000, 5000);
        row("free and reserved", 7000, 3000, 6000, 0, 5000, 6000);
        row("all three", 7000, 3000, 2000, 4000, 5000, 4000);
        row("others use the disk: max", 4000, 2000, 0, 2000, 0, 2000);
        row("others use the disk: free", 4000, 2000, 0, 0, 5000, 1000);
        row("others use the disk: free and reserved", 4000, 2000, 2000, 0, 5000, 2000);
        row("others use the disk: all three", 4000, 2000, 2000, 4000, 5000, 2000);
        row("free enough: all stays", 4000, 6000, 0, 0, 5000, 4000);
        row("more is missing than is stored", 1000, 0, 0, 0, 5000, 0);
        row("only reserved", 4000, 2000, 1000, 0, 0, 1000);
    }

    void targets()
    {
        QFETCH(quint64, stored);
        QFETCH(quint64, free);
        QFETCH(quint64, reserved);
        QFETCH(quint64, maxUsed);
        QFETCH(quint64, minFree);
        const auto target = targetBytes(stored, free, {reserved, maxUsed, minFree});
        QTEST(target ? qint64(*target) : qint64(-1), "target");
    }

    void jsonRoundTrip()
    {
        const CleanupPolicy standard = CleanupPolicy::standard();
        QVERIFY(cleanupPolicyFromJson(toJson(standard)) == standard);
        CleanupPolicy policy = standard;
        policy.mode = CleanupPolicy::Mode::Automatic;
        policy.undoWindow = 90min;
        policy.rules.front().clock = AgeClock::Written;
        policy.rules.front().strategy = "composite:ttl,lru";
        QVERIFY(cleanupPolicyFromJson(toJson(policy)) == policy);
        for (const char* json : {"", "[]", "{\"rules\":[{\"nam\":\"x\"}]}", "{\"x\":1}", "{\"mode\":\"never\"}",
                                 "{\"rules\":[{\"name\":\"\"}]}", "{\"rules\":[{\"name\":5}]}",
                                 "{\"rules\":[{\"name\":\"a\",\"clock\":\"never\"}]}"})
            QVERIFY2(errorOf([&] { cleanupPolicyFromJson(json); }) == ErrorCode::InvalidArgument, json);
    }

    void theStandardPolicyIsWhatItIsSaidToBe()
    {
        const CleanupPolicy standard = CleanupPolicy::standard();
        requireValid(standard);
        QVERIFY(standard.mode == CleanupPolicy::Mode::Manual);
        QCOMPARE(standard.rules.size(), std::size_t(4));
        QVERIFY(standard.rules[0].filters == std::vector<std::string>{"kind==partial"});
        QVERIFY(standard.rules[0].keepDuration == 48h);
        QCOMPARE(standard.rules[0].maxUsed.bytes(1), 512ULL << 20U);
        QVERIFY(standard.rules[1].filters.empty() && !standard.rules[1].maxUsed.isSet());
        QVERIFY(standard.rules[1].keepDuration == 24h * 60);
        QVERIFY(!standard.rules[2].filters.empty() && standard.rules[3].filters.empty());
        constexpr std::uint64_t gibibyte = 1ULL << 30U;
        for (const std::size_t i : {2U, 3U}) {
            const CleanupRule& capped = standard.rules[i];
            QCOMPARE(capped.reserved.bytes(50 * gibibyte), 5 * gibibyte); // 10 %, at most 10 GiB
            QCOMPARE(capped.reserved.bytes(1000 * gibibyte), 10 * gibibyte);
            QCOMPARE(capped.maxUsed.bytes(100 * gibibyte), 80 * gibibyte); // 80 %, at most 100 GiB
            QCOMPARE(capped.maxUsed.bytes(1000 * gibibyte), 100 * gibibyte);
            QCOMPARE(capped.minFree.bytes(1000 * gibibyte), 200 * gibibyte); // 20 %
        }
    }

    void badPoliciesAreNamed()
    {
        const auto refuses = [](const std::function<void(CleanupPolicy&)>& spoil) {
            CleanupPolicy policy = CleanupPolicy::standard();
            spoil(policy);
            return errorOf([&] { requireValid(policy); }) == ErrorCode::InvalidArgument;
        };
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.rules[0].filters = {"kind=="}; }));
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.rules[0].strategy = "best"; }));
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.rules[0].name = policy.rules[1].name; }));
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.rules[0].name.clear(); }));
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.undoWindow = -1s; }));
        QVERIFY(refuses([](CleanupPolicy& policy) { policy.rules.resize(101, policy.rules[0]); }));
        QVERIFY(refuses([](CleanupPolicy& policy) {
            policy.rules[0].reserved = SpaceLimit::parse("2G");
            policy.rules[0].maxUsed = SpaceLimit::parse("1G");
        }));
        try {
            CleanupPolicy policy = CleanupPolicy::standard();
            policy.rules[2].strategy = "best";
            requireValid(policy);
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(std::string_view(error.what()).find("rule 3") != std::string_view::npos);
        }
    }

    void withoutLimitsAllThatIsOldGoes()
    {
        const std::vector candidates{candidate("young", 10, 1h), candidate("old", 10, 100h)};
        CleanupRule old = rule("old");
        old.keepDuration = 48h;
        const RuleResult result = applyRules({old}, candidates, input(20));
        QCOMPARE(keysOf(candidates, result), std::vector<std::string>{"old"});
        QVERIFY(result.verdicts[0].why == RuleVerdict::Why::Recent);
        QVERIFY(result.verdicts[1].why == RuleVerdict::Why::Unused);
    }

    void clocksDiffer()
    {
        const std::vector candidates{candidate("x", 10, 1h)};
        CleanupRule old = rule("old");
        old.keepDuration = 600h;
        old.clock = AgeClock::Created; // 1000 h ago
        QCOMPARE(applyRules({old}, candidates, input(10)).taken.size(), std::size_t(1));
        old.clock = AgeClock::Written; // 500 h ago
        QCOMPARE(applyRules({old}, candidates, input(10)).taken.size(), std::size_t(0));
        old.clock = AgeClock::Used;
        QCOMPARE(applyRules({old}, candidates, input(10)).taken.size(), std::size_t(0));
    }

    void limitsTakeNoMoreThanNeeded()
    {
        std::vector<RuleCandidate> candidates;
        for (int i = 0; i < 20; ++i)
            candidates.push_back(candidate(std::string(1, static_cast<char>('a' + i)), 100, std::chrono::hours(i)));
        CleanupRule cap = rule("cap");
        cap.maxUsed = SpaceLimit::parse("1050");
        const RuleResult result = applyRules({cap}, candidates, input(2000));
        QCOMPARE(result.taken.size(), std::size_t(10)); // 1000 are left
        QCOMPARE(keysOf(candidates, result).front(), std::string("t"));
        QVERIFY(result.verdicts[0].why == RuleVerdict::Why::WithinLimit);
        QVERIFY(result.verdicts[19].why == RuleVerdict::Why::OverLimit);
    }

    void rulesGoOnWhereTheLastOneStopped()
    {
        const std::vector candidates{candidate("a", 100, 90h), candidate("b", 100, 80h), candidate("c", 100, 70h)};
        CleanupRule first = rule("first");
        first.keepDuration = 85h; // takes a
        CleanupRule second = rule("second");
        second.maxUsed = SpaceLimit::parse("150"); // 200 are left: takes b
        CleanupRule third = rule("third");
        third.minFree = SpaceLimit::parse("1200"); // 1000 free, and 200 from a and b: takes nothing
        const RuleResult result = applyRules({first, second, third}, candidates, input(300));
        QCOMPARE(keysOf(candidates, result), (std::vector<std::string>{"a", "b"}));
        QCOMPARE(result.verdicts[0].rule, std::size_t(0));
        QCOMPARE(result.verdicts[1].rule, std::size_t(1));
        QCOMPARE(result.verdicts[2].rule, std::size_t(2));
        QVERIFY(result.verdicts[2].why == RuleVerdict::Why::WithinLimit);
    }

    void heldBytesCountButStay()
    {
        // 500 are stored, of which only 100 may go: the rest is held.
        const std::vector candidates{candidate("a", 100, 90h)};
        CleanupRule cap = rule("cap");
        cap.maxUsed = SpaceLimit::parse("200");
        QCOMPARE(applyRules({cap}, candidates, input(500)).taken.size(), std::size_t(1));
    }

    void filtersDecideWhatMatches()
    {
        const std::vector candidates{candidate("a", 100, 90h), candidate("b", 100, 90h)};
        RuleInput some = input(200);
        some.matches = [](std::size_t, std::size_t index) { return index == 1; };
        const RuleResult result = applyRules({rule("all")}, candidates, some);
        QCOMPARE(keysOf(candidates, result), std::vector<std::string>{"b"});
        QVERIFY(result.verdicts[0].why == RuleVerdict::Why::NoRule);
    }
};

QTEST_GUILESS_MAIN(CleanupPolicyTest)
#include "cleanup_policy_test.moc"
