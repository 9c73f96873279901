// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/policy_text.h"

using namespace layerhold::gui;

namespace {

PolicyRule rule(std::vector<std::string> filters, std::string keep = {}, std::string maxUsed = {},
                std::string minFree = {}, std::string reserved = {}, std::string strategy = "lru",
                std::string clock = "used")
{
    return {"r",
            std::move(filters),
            std::move(clock),
            std::move(keep),
            std::move(reserved),
            std::move(maxUsed),
            std::move(minFree),
            std::move(strategy)};
}

} // namespace

class PolicyTextTest : public QObject
{
    Q_OBJECT

private slots:
    void rulesAreSentences_data();
    void rulesAreSentences();
    void policiesSayWhenAndForHowLong();
    void whatIsUnknownIsShownAsItIs();
};

void PolicyTextTest::rulesAreSentences_data()
{
    QTest::addColumn<PolicyRule>("input");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("everything") << rule({}) << "Removes everything that nobody needs.";
    QTest::newRow("unused") << rule({}, "60d") << "Removes what nobody needs and was not used for 60d.";
    QTest::newRow("written") << rule({}, "2d", {}, {}, {}, "lru", "written")
                             << "Removes what nobody needs and was last written more than 2d ago.";
    QTest::newRow("created") << rule({}, "2d", {}, {}, {}, "lru", "created")
                             << "Removes what nobody needs and came in more than 2d ago.";
    QTest::newRow("no age") << rule({}, "0s") << "Removes everything that nobody needs.";
    QTest::newRow("filters and a limit")
        << rule({"kind==partial"}, "48h", "512M")
        << "Removes what nobody needs and matches kind==partial and was not used for 48h, the least recently used "
           "first, until at most 512M are stored.";
    QTest::newRow("all limits")
        << rule({"kind==layer", "kind==other"}, {}, "80%<=100G", "20%", "10%<=10G", "cost")
        << "Removes what nobody needs and matches kind==layer or kind==other, what is worth least to keep first, "
           "until at most 80% of the disk (but never more than 100G) are stored and at least 20% of the disk are "
           "free, but leaves 10% of the disk (but never more than 10G) alone.";
    QTest::newRow("expired only") << rule({}, {}, {}, {}, {}, "ttl")
                                  << "Removes everything that nobody needs, only what has expired.";
}

void PolicyTextTest::rulesAreSentences()
{
    QFETCH(PolicyRule, input);
    QTEST(ruleSentence(input), "sentence");
}

void PolicyTextTest::policiesSayWhenAndForHowLong()
{
    PolicyRecord policy{"manual", "24h", "5%<=2G", {}};
    QCOMPARE(
        policySentences(policy),
        (QStringList{QStringLiteral("Cleans up only when somebody asks, or less than 5% of the disk (but never more "
                                    "than 2G) are free."),
                     QStringLiteral("Has no rules, so it removes nothing."),
                     QStringLiteral("What is removed can be brought back for 24h.")}));
    policy = {"automatic", {}, {}, {rule({}, "60d")}};
    QCOMPARE(policySentences(policy),
             (QStringList{QStringLiteral("Cleans up by itself: at start, after work and from time to time."),
                          QStringLiteral("r: Removes what nobody needs and was not used for 60d."),
                          QStringLiteral("What is removed cannot be brought back.")}));
    policy.mode = "manual";
    QCOMPARE(policySentences(policy).first(), QStringLiteral("Cleans up only when somebody asks."));
}

void PolicyTextTest::whatIsUnknownIsShownAsItIs()
{
    QVERIFY(ruleSentence(rule({}, {}, "1G", {}, {}, "random")).contains(QStringLiteral("the strategy random")));
    QVERIFY(policySentences({"lunar", {}, {}, {}}).first().contains(QStringLiteral("lunar")));
    const QString hostile = ruleSentence(rule({"x\n<b>"}));
    QVERIFY(!hostile.contains(QLatin1Char('\n')));
}

QTEST_GUILESS_MAIN(PolicyTextTest)
#include "policy_text_test.moc"
