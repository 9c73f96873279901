// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/attention.h"

namespace layerhold::gui::test {

namespace {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

constexpr Moment noon{std::chrono::hours(500'004)};
constexpr std::uint64_t gib = 1ULL << 30U;

Format utc()
{
    return Format({.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [] { return noon; }});
}

/// Everything was answered, and all is well.
OverviewFacts allWell()
{
    OverviewFacts facts;
    StatusRecord status;
    status.diskFree = 212 * gib;
    status.diskTotal = 512 * gib;
    PolicyRecord policy;
    policy.pressure = "5%<=2GiB";
    HealthCheckRecord check{"index", "ok", "It is whole.", ""};
    facts.status.answer = status;
    facts.policy.answer = policy;
    facts.plans.answer.emplace();
    facts.trash.answer.emplace();
    facts.checks.answer = {check};
    facts.rateLimits.answer.emplace();
    facts.metrics.answer.emplace();
    return facts;
}

PlanRecord planWith(std::uint64_t items)
{
    PlanRecord plan;
    plan.id = "1";
    plan.madeAt = noon - 2h;
    plan.removeItems = items;
    plan.removeBytes = items * gib;
    plan.policy.pressure = "5%<=2GiB";
    return plan;
}

} // namespace

using Change = void (*)(OverviewFacts&);

/// What the overview points out.
class AttentionTest final : public QObject
{
    Q_OBJECT

private slots:
    void findings_data();
    void findings();
    void theWorstComesFirst();
    void plansThatDoNotWait_data();
    void plansThatDoNotWait();
    void whatWasNotAnswered();
    void textsOfOthersAreFitToShow();
};

void AttentionTest::findings_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("text"); // empty: nothing is found
    QTest::addColumn<QString>("page");
    const auto row = [](const char* name, Change change, const QString& text, const QString& page) {
        QTest::newRow(name) << change << text << page;
    };
    row(
        "all is well", [](OverviewFacts&) {}, QString(), QString());
    row(
        "nothing was answered", [](OverviewFacts& facts) { facts = {}; }, QString(), QString());
    row(
        "the notice of the service",
        [](OverviewFacts& facts) { facts.status.answer->notice = "The index is being made anew."; },
        u"The index is being made anew."_s, u"events"_s);
    row(
        "a check that warns",
        [](OverviewFacts& facts) {
            facts.checks.answer = {{"scrubbing", "warn", "It is behind.", "Give it time."}};
        },
        u"Check “scrubbing”: It is behind."_s, u"events"_s);
    row(
        "a check of the disk",
        [](OverviewFacts& facts) {
            facts.checks.answer = {{"disk space", "fail", "1 GiB is free.", "Make room."}};
        },
        u"Check “disk space”: 1 GiB is free."_s, u"cleanup"_s);
    row(
        "far from the mark", [](OverviewFacts& facts) { facts.status.answer->diskFree = 4 * gib; }, QString(),
        QString());
    row(
        "near the mark", [](OverviewFacts& facts) { facts.status.answer->diskFree = 3 * gib; },
        u"The disk is near its mark: 3.0 GiB of 512 GiB are free; below 2.0 GiB the service removes what nobody holds."_s,
        u"cleanup"_s);
    row(
        "beyond the mark", [](OverviewFacts& facts) { facts.status.answer->diskFree = 1 * gib; },
        u"The disk runs full: 1.0 GiB of 512 GiB are free, less than 2.0 GiB. The service empties the trash and "
        "removes what nobody holds."_s,
        u"cleanup"_s);
    row(
        "no mark",
        [](OverviewFacts& facts) {
            facts.status.answer->diskFree = 0;
            facts.policy.answer->pressure.clear();
        },
        QString(), QString());
    row(
        "an engine that is not served",
        [](OverviewFacts& facts) {
            EngineRecord engine;
            engine.name = "main";
            engine.problem = "Its socket is taken.";
            facts.status.answer->engines = {engine};
        },
        u"Engine “main”: Its socket is taken."_s, u"events"_s);
    row(
        "a registry that gives no more",
        [](OverviewFacts& facts) {
            facts.rateLimits.answer = {{"docker.io", "anonymous", 100, 0, 6h, noon}};
        },
        u"docker.io gives no more manifests for now: its limit of 100 is used up."_s, u"events"_s);
    row(
        "a registry that gives some again",
        [](OverviewFacts& facts) {
            facts.rateLimits.answer = {{"docker.io", "anonymous", 100, 0, 6h, noon - 6h - 1s}};
        },
        QString(), QString());
    row(
        "a registry that does not say for how long",
        [](OverviewFacts& facts) {
            facts.rateLimits.answer = {{"docker.io", "anonymous", 100, 0, 0s, noon - 3h}};
        },
        u"docker.io said 3 h ago that its limit of 100 is used up."_s, u"events"_s);
    row(
        "trash that stays for days",
        [](OverviewFacts& facts) { facts.trash.answer = {.entries = 4, .bytes = gib, .nextExpiry = noon + 25h}; },
        QString(), QString());
    row(
        "trash that expires soon",
        [](OverviewFacts& facts) { facts.trash.answer = {.entries = 4, .bytes = gib, .nextExpiry = noon + 3h}; },
        u"4 entries (1.0 GiB) are in the trash; the first expire in 3 h."_s, u"trash"_s);
    row(
        "a plan that waits", [](OverviewFacts& facts) { facts.plans.answer = {planWith(3)}; },
        u"A plan waits that would remove 3 entries (3.0 GiB); it was made 2 h ago."_s, u"cleanup"_s);
}

void AttentionTest::findings()
{
    QFETCH(const Change, change);
    QFETCH(const QString, text);
    QFETCH(const QString, page);
    OverviewFacts facts = allWell();
    change(facts);
    const auto items = attentionFor(facts, utc());
    QCOMPARE(items.size(), text.isEmpty() ? std::size_t(0) : std::size_t(1));
    if (items.empty())
        return;
    QCOMPARE(items.front().text, text);
    QCOMPARE(items.front().page, page);
}

void AttentionTest::theWorstComesFirst()
{
    OverviewFacts facts = allWell();
    facts.trash.answer = {.entries = 1, .bytes = 5, .nextExpiry = noon + 1h};
    facts.status.answer->notice = "Look here.";
    facts.checks.answer = {{"clock", "warn", "a", ""}, {"index", "fail", "b", "c"}};
    const auto items = attentionFor(facts, utc());
    QCOMPARE(items.size(), std::size_t(4));
    QCOMPARE(items[0].text, u"Check “index”: b"_s);
    QCOMPARE(items[0].advice, u"c"_s);
    QVERIFY(items[0].tone == AttentionItem::Tone::Error);
    QCOMPARE(items[1].text, u"Look here."_s);
    QCOMPARE(items[2].text, u"Check “clock”: a"_s);
    QVERIFY(items[3].tone == AttentionItem::Tone::Info);
}

void AttentionTest::plansThatDoNotWait_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << change; };
    row("it removes nothing", [](OverviewFacts& facts) { facts.plans.answer = {planWith(0)}; });
    row("it was applied", [](OverviewFacts& facts) {
        facts.plans.answer = {planWith(3)};
        facts.plans.answer->front().run = "7";
    });
    row("something was removed since", [](OverviewFacts& facts) {
        facts.plans.answer = {planWith(3), planWith(4)};
        facts.plans.answer->front().run = "7";
    });
    row("it is of a draft", [](OverviewFacts& facts) {
        facts.plans.answer = {planWith(3)};
        facts.plans.answer->front().policy.mode = "automatic";
    });
    row("the policy is not known", [](OverviewFacts& facts) {
        facts.plans.answer = {planWith(3)};
        facts.policy = {.problem = u"You may not."_s};
    });
}

void AttentionTest::plansThatDoNotWait()
{
    QFETCH(const Change, change);
    OverviewFacts facts = allWell();
    change(facts);
    QVERIFY(attentionFor(facts, utc()).empty());
}

void AttentionTest::whatWasNotAnswered()
{
    QCOMPARE(unansweredIn(allWell()), QStringList());
    OverviewFacts facts = allWell();
    facts.checks = {.problem = u"You may not."_s};
    facts.metrics = {.problem = u"not reported by this service."_s};
    QCOMPARE(unansweredIn(facts),
             (QStringList{u"Health checks: You may not."_s, u"Metrics: not reported by this service."_s}));
}

void AttentionTest::textsOfOthersAreFitToShow()
{
    OverviewFacts facts = allWell();
    facts.checks.answer = {{"a\nb", "warn", "c\u202Ed", "e\tf"}};
    const auto items = attentionFor(facts, utc());
    QCOMPARE(items.front().text, u"Check “a␊b”: c[U+202E]d"_s);
    QCOMPARE(items.front().advice, u"e␉f"_s);
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::AttentionTest)
#include "attention_test.moc"
