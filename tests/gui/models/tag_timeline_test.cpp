// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/tag_timeline.h"

#include <random>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

TagMove move(std::int64_t second, std::string from, std::string to)
{
    return {at(second), std::move(from), std::move(to), "pull", "me"};
}

/// Moves are given the oldest first, as they happened.
TagHistory history(std::vector<TagMove> moves, std::optional<TagRecord> tag = std::nullopt)
{
    std::reverse(moves.begin(), moves.end());
    return {"docker.io/library/node:20", std::move(tag), std::move(moves)};
}

TagRecord tag(std::string digest, std::int64_t created = 0, std::int64_t updated = 0)
{
    TagRecord record;
    record.digest = std::move(digest);
    record.createdAt = at(created);
    record.movedAt = at(created);
    if (updated > 0)
        record.updatedAt = at(updated);
    return record;
}

QString secondText(Moment moment)
{
    return isKnown(moment) ? QString::number(std::chrono::duration_cast<std::chrono::seconds>(moment - at(0)).count())
                           : QStringLiteral("*");
}

/// "a0@5-9": digest a of colour 0 from second 5 to 9; "*" is an end that is not known.
QString blocks(const TagLane& lane)
{
    QStringList parts;
    for (const TagBlock& block : lane.blocks) {
        QString what = QStringLiteral("?");
        if (block.kind == TagBlock::Kind::Digest)
            what = QString::fromStdString(block.digest) + QString::number(block.colour);
        else if (block.kind == TagBlock::Kind::Deleted)
            what = QStringLiteral("-");
        parts += QStringLiteral("%1@%2..%3").arg(what, secondText(block.from), secondText(block.to));
    }
    return parts.join(QLatin1Char(' '));
}

QString entries(const TagLane& lane)
{
    QStringList parts;
    for (const TagEntry& entry : lane.entries)
        parts += secondText(entry.at) + QLatin1Char(':') + tagEntryName(entry.kind) +
                 (entry.times > 1 ? QStringLiteral("x%1").arg(entry.times) : QString());
    return parts.join(QLatin1Char(' '));
}

} // namespace

Q_DECLARE_METATYPE(layerhold::gui::TagHistory)

class TagTimelineTest : public QObject
{
    Q_OBJECT

private slots:
    void historiesBecomeLanes_data();
    void historiesBecomeLanes();
    void equalDigestsHaveEqualColoursInAllLanes();
    void blocksHaveNoHolesAndNeverEndBeforeTheyBegin();
    void lanesAreMergedNewestFirst();
    void sentencesSayWhatHappened();
};

void TagTimelineTest::historiesBecomeLanes_data()
{
    QTest::addColumn<TagHistory>("input");
    QTest::addColumn<QString>("blocks");
    QTest::addColumn<QString>("entries");
    QTest::newRow("appeared") << history({move(5, "", "a")}, tag("a", 5)) << "a0@5..*"
                              << "5:appeared";
    QTest::newRow("moved") << history({move(5, "", "a"), move(9, "a", "b")}, tag("b", 5)) << "a0@5..9 b1@9..*"
                           << "9:moved 5:appeared";
    QTest::newRow("reverted") << history({move(1, "", "a"), move(2, "a", "b"), move(3, "b", "a")}, tag("a", 1))
                              << "a0@1..2 b1@2..3 a0@3..*"
                              << "3:moved back 2:moved 1:appeared";
    QTest::newRow("deleted, and here again")
        << history({move(1, "", "a"), move(2, "a", ""), move(3, "", "b")}, tag("b", 1)) << "a0@1..2 -@2..3 b1@3..*"
        << "3:re-appeared 2:deleted 1:appeared";
    QTest::newRow("deleted for good") << history({move(1, "", "a"), move(2, "a", "")}) << "a0@1..2 -@2..*"
                                      << "2:deleted 1:appeared";
    QTest::newRow("older moves were not kept") << history({move(5, "a", "b")}, tag("b", 1)) << "?@1..5 b0@5..*"
                                               << "5:moved";
    QTest::newRow("nobody knows since when")
        << history({move(5, "a", "b"), move(6, "b", "a")}) << "?@*..5 b0@5..6 ?@6..*"
        << "6:moved back 5:moved";
    QTest::newRow("a move was not written down")
        << history({move(1, "", "a"), move(5, "b", "c")}, tag("c", 1)) << "?@1..5 c0@5..*"
        << "5:moved 1:appeared";
    QTest::newRow("the last move was not written down") << history({move(1, "", "a")}, tag("z", 1)) << "?@1..*"
                                                        << "1:appeared";
    QTest::newRow("appeared again after moves that were not kept")
        << history({move(5, "", "b")}, tag("b", 1)) << "?@1..5 b0@5..*"
        << "5:re-appeared";
    QTest::newRow("no history is kept") << history({}, tag("a", 3)) << "a0@3..*"
                                        << "";
    QTest::newRow("nothing is known") << history({}) << ""
                                      << "";
    QTest::newRow("checked since") << history({move(5, "", "a")}, tag("a", 5, 8)) << "a0@5..*"
                                   << "8:checked, unchanged 5:appeared";
    QTest::newRow("checks stand together")
        << history({move(1, "", "a"), move(2, "a", "a"), move(3, "a", "a"), move(4, "a", "b")}, tag("b", 1, 9))
        << "a0@1..4 b1@4..*"
        << "9:checked, unchanged 4:moved 3:checked, unchangedx2 1:appeared";
    QTest::newRow("the clock was set back")
        << history({move(9, "", "a"), move(3, "a", "b"), move(12, "b", "c")}, tag("c", 9))
        << "a0@9..9 b1@9..12 c2@12..*"
        << "12:moved 3:moved 9:appeared";
}

void TagTimelineTest::historiesBecomeLanes()
{
    QFETCH(TagHistory, input);
    DigestColours colours;
    const TagLane lane = tagLane(input, colours);
    QTEST(blocks(lane), "blocks");
    QTEST(entries(lane), "entries");
}

void TagTimelineTest::equalDigestsHaveEqualColoursInAllLanes()
{
    DigestColours colours;
    const TagLane first = tagLane(history({move(1, "", "a"), move(2, "a", "b")}, tag("b", 1)), colours);
    const TagLane second = tagLane(history({move(1, "", "b"), move(2, "b", "c")}, tag("c", 1)), colours);
    QCOMPARE(first.blocks[1].colour, second.blocks[0].colour);
    QVERIFY(second.blocks[1].colour != first.blocks[0].colour);
}

void TagTimelineTest::blocksHaveNoHolesAndNeverEndBeforeTheyBegin()
{
    std::mt19937 engine(5);
    const auto below = [&](int limit) { return static_cast<int>(engine() % static_cast<unsigned>(limit)); };
    for (int round = 0; round < 600; ++round) {
        std::vector<TagMove> moves;
        std::string now;
        for (int i = 0; i < 12; ++i) {
            std::string next = below(5) == 0 ? std::string() : std::string(1, static_cast<char>('a' + below(4)));
            if (below(10) == 0)
                now = "lost";
            moves.push_back(move(i * 3 + below(6), now, next));
            now = next;
        }
        DigestColours colours;
        const TagLane lane =
            tagLane(history(moves, now.empty() ? std::nullopt : std::make_optional(tag(now))), colours);
        QVERIFY(!lane.blocks.empty());
        for (std::size_t i = 0; i < lane.blocks.size(); ++i) {
            const TagBlock& block = lane.blocks[i];
            const bool isLast = i + 1 == lane.blocks.size();
            QCOMPARE(isKnown(block.to), !isLast);
            QVERIFY(isLast || (block.to == lane.blocks[i + 1].from && block.from <= block.to));
        }
        std::size_t told = 0;
        for (const TagEntry& entry : lane.entries)
            told += entry.times;
        QCOMPARE(told, moves.size());
    }
}

void TagTimelineTest::lanesAreMergedNewestFirst()
{
    DigestColours colours;
    const std::vector<TagLane> lanes{tagLane(history({move(1, "", "a"), move(5, "a", "b")}), colours),
                                     tagLane(history({move(3, "", "a"), move(5, "a", "c")}), colours)};
    const std::vector<TagEntry> merged = mergedEntries(lanes);
    QStringList order;
    for (const TagEntry& entry : merged)
        order += secondText(entry.at) + QString::fromStdString(entry.to);
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("5b 5c 3a 1a"));
}

void TagTimelineTest::sentencesSayWhatHappened()
{
    DigestColours colours;
    const TagLane lane = tagLane(history({move(5, digest("aa"), digest("bb"))}, tag(digest("bb"), 1)), colours);
    QCOMPARE(tagEntrySentence(lane.entries[0], format()),
             QStringLiteral("Moved from aa0000000000 to bb0000000000, by me"));
    QCOMPARE(tagBlockSentence(lane.blocks[0], format()),
             QStringLiteral("not known: from 2026-01-01 00:00 to 2026-01-01 00:00"));
    QCOMPARE(tagBlockSentence(lane.blocks[1], format()), QStringLiteral("bb0000000000: from 2026-01-01 00:00 to now"));
}

QTEST_GUILESS_MAIN(TagTimelineTest)
#include "tag_timeline_test.moc"
