// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "entry_fixture.h"
#include "models/entry_model.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSet>
#include <QSignalSpy>
#include <QTimer>

#include <algorithm>
#include <array>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

EntryFilter filterOf(const char* text)
{
    return std::get<EntryFilter>(EntryFilter::parse(text));
}

Format fixedFormat()
{
    Format::Options options;
    options.zone = QTimeZone::utc();
    options.now = [] { return now; };
    return Format(options);
}

std::vector<BlobRecord> manyBlobs(std::size_t count)
{
    std::vector<BlobRecord> blobs(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t scattered = static_cast<std::uint32_t>(i) * 2654435761U;
        blobs[i].digest = digestOf(QByteArray::number(scattered, 16).rightJustified(8, '0').toStdString());
        blobs[i].kind = i % 3 == 0 ? "layer" : "config";
        blobs[i].state = "present";
        blobs[i].size = (i * 7919) % 100003;
        blobs[i].accessedAt = now - std::chrono::hours(i % 5000);
    }
    return blobs;
}

/// A model under the eyes of a tester that ends the program.
struct Watched
{
    Watched()
        : model(fixedFormat())
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
        , selection(&model)
    {}

    void fill()
    {
        model.upsert(fixtureBlobs());
        model.describe(fixtureFacts());
        model.flush();
    }

    bool settles() const
    {
        return QTest::qWaitFor([this] { return !model.isBusy(); }, 20000);
    }

    QSet<EntryId> selectedIds() const
    {
        QSet<EntryId> ids;
        for (const QModelIndex& index : selection.selectedRows())
            ids.insert(index.data(EntryModel::IdRole).toUInt());
        return ids;
    }

    void select(int row)
    {
        selection.select(model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

    QStringList column(EntryColumn column) const
    {
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row)
            texts.append(model.index(row, static_cast<int>(column)).data().toString());
        return texts;
    }

    /// That the rows are what the filter and the order ask for, by doing it the slow way.
    bool isInOrder() const
    {
        for (int row = 1; row < model.rowCount(); ++row)
            if (!precedes(model.columns(), model.order(), model.idAt(row - 1), model.idAt(row)))
                return false;
        return true;
    }

    EntryModel model;
    QAbstractItemModelTester tester;
    QItemSelectionModel selection;
};

} // namespace

class EntryModelTest : public QObject
{
    Q_OBJECT

private slots:

    void showsWhatIsKnown()
    {
        Watched watched;
        watched.fill();
        QCOMPARE(watched.model.rowCount(), 10);
        const auto text = [&](int row, EntryColumn column) {
            return watched.model.index(row, static_cast<int>(column)).data().toString();
        };
        QCOMPARE(text(0, EntryColumn::Digest), QString("0a0000000000"));
        QCOMPARE(text(0, EntryColumn::Kind), QString("Index"));
        QCOMPARE(text(0, EntryColumn::Names), QString("docker.io/library/nginx:latest +1"));
        QCOMPARE(text(0, EntryColumn::Repositories), QString("docker.io/library/nginx"));
        QCOMPARE(text(0, EntryColumn::Kept), QString("Tag +1"));
        QCOMPARE(text(1, EntryColumn::Kept), QString("Pinned +1"));
        QCOMPARE(text(3, EntryColumn::Size), QString("80.0 MiB"));
        QCOMPARE(text(3, EntryColumn::Users), QString("4"));
        QCOMPARE(text(3, EntryColumn::LastUsed), QString("40 d ago"));
        QCOMPARE(text(4, EntryColumn::Freed), QString("50.0 MiB"));
        QCOMPARE(text(4, EntryColumn::Kept), QString("Not kept"));
        QCOMPARE(text(7, EntryColumn::State), QString("Quarantined"));
        QCOMPARE(text(8, EntryColumn::LastUsed), QString("never"));
        QCOMPARE(text(9, EntryColumn::Kind), QString("attestation"));
        QCOMPARE(text(9, EntryColumn::Kept), QString("kept: quorum"));
        QCOMPARE(text(0, EntryColumn::Users), QString("–"));
        QCOMPARE(text(0, EntryColumn::Freed), QString("–"));
    }

    void toolTipsAreExact()
    {
        Watched watched;
        watched.fill();
        const auto tip = [&](int row, EntryColumn column) {
            return watched.model.index(row, static_cast<int>(column)).data(Qt::ToolTipRole).toString();
        };
        QVERIFY(tip(3, EntryColumn::LastUsed).contains("2026-01-21T12:00:00Z"));
        QVERIFY(tip(6, EntryColumn::Size).contains(QString("4") + QChar(0x202f) + "096 bytes"));
        QVERIFY(tip(0, EntryColumn::Names).contains("nginx:latest\ndocker.io/library/nginx:1.27"));
        QVERIFY(tip(0, EntryColumn::Digest).contains(QString::fromStdString(digestOf("0a"))));
    }

    void namesOfOthersStayInTheirLine()
    {
        Watched watched;
        watched.fill();
        EntryFacts facts;
        facts.digest = digestOf("0a");
        facts.names = std::vector<std::string>{"<b>evil</b>\n\xe2\x80\xaegpj"};
        watched.model.describe(std::array{facts});
        watched.model.flush();
        const QModelIndex names = watched.model.index(0, static_cast<int>(EntryColumn::Names));
        QCOMPARE(names.data().toString(), QString("<b>evil</b>␊[U+202E]gpj"));
        QVERIFY(names.data(Qt::ToolTipRole).toString().contains("&lt;b&gt;"));
        facts.names = std::vector<std::string>{"%1%2", "another"};
        watched.model.describe(std::array{facts});
        watched.model.flush();
        QCOMPARE(names.data().toString(), QString("%1%2 +1"));
    }

    void everyConditionOfACellShowsItsRow()
    {
        Watched watched;
        watched.fill();
        for (int row = 0; row < watched.model.rowCount(); ++row) {
            for (int column = 0; column < entryColumnCount; ++column) {
                const QString condition = watched.model.index(row, column).data(EntryModel::ConditionRole).toString();
                if (condition.isEmpty())
                    continue;
                const auto parsed = EntryFilter::parse(condition);
                QVERIFY2(std::holds_alternative<EntryFilter>(parsed), qPrintable(condition));
                const EntryRows rows =
                    makeRows({watched.model.columns(), std::get<EntryFilter>(parsed), {}, now, {}, false}, {});
                QVERIFY2(rows.rowOf(watched.model.idAt(row)) != notShown, qPrintable(condition));
            }
        }
    }

    void sortsByEveryColumn()
    {
        Watched watched;
        watched.fill();
        for (int column = 0; column < entryColumnCount; ++column) {
            for (const Qt::SortOrder direction : {Qt::DescendingOrder, Qt::AscendingOrder}) {
                watched.model.sort(column, direction);
                QVERIFY(watched.settles());
                QCOMPARE(watched.model.rowCount(), 10);
                QVERIFY(watched.isInOrder());
            }
        }
        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
        QVERIFY(watched.settles());
        QCOMPARE(watched.column(EntryColumn::Size).mid(0, 2), (QStringList{"80.0 MiB", "50.0 MiB"}));
    }

    void filtersAndNarrowsAndWidens()
    {
        Watched watched;
        watched.fill();
        const auto rowsOf = [&](const char* filter) {
            watched.model.setFilter(filterOf(filter));
            return watched.settles() ? watched.model.rowCount() : -1;
        };
        QCOMPARE(rowsOf("kind:layer"), 4);
        QCOMPARE(rowsOf("kind:layer size>1MiB"), 3);
        QCOMPARE(rowsOf("kind:layer size>60MiB"), 1);
        QCOMPARE(rowsOf("digest:ffff"), 0);
        QCOMPARE(rowsOf(""), 10);
    }

    void theLastOfManyFiltersHolds()
    {
        Watched watched;
        watched.model.upsert(manyBlobs(60000));
        watched.model.flush();
        QVERIFY(watched.settles());
        for (const char* filter : {"kind:layer", "size>1KiB", "kind:config", "", "kind:layer size<10KiB"})
            watched.model.setFilter(filterOf(filter));
        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
        QVERIFY(watched.settles());
        QVERIFY(watched.isInOrder());
        QVERIFY(watched.model.rowCount() > 0);
        for (int row = 0; row < watched.model.rowCount(); row += 97)
            QCOMPARE(watched.model.index(row, 0).siblingAtColumn(1).data(EntryModel::CodeRole).toString(),
                     QString("layer"));
    }

    void selectionFollowsItsEntries()
    {
        Watched watched;
        watched.fill();
        for (const int row : {1, 3, 4})
            watched.select(row);
        const QPersistentModelIndex current = watched.model.index(3, 0);
        const EntryId currentId = current.data(EntryModel::IdRole).toUInt();
        const QSet<EntryId> selected = watched.selectedIds();

        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
        QVERIFY(watched.settles());
        QCOMPARE(watched.selectedIds(), selected);
        QCOMPARE(current.data(EntryModel::IdRole).toUInt(), currentId);

        watched.model.setFilter(filterOf("size>2000B"));
        QVERIFY(watched.settles());
        QCOMPARE(watched.selectedIds(), selected);

        BlobRecord fresh = fixtureBlobs().front();
        fresh.digest = digestOf("99");
        fresh.size = 60 * 1024 * 1024;
        watched.model.upsert(std::array{fresh});
        watched.model.flush();
        QCOMPARE(watched.selectedIds(), selected);
        QVERIFY(watched.isInOrder());
        QCOMPARE(current.data(EntryModel::IdRole).toUInt(), currentId);

        watched.model.remove(std::array{digestOf("3f2b")});
        watched.model.flush();
        QCOMPARE(watched.selectedIds().size(), 2);
        QVERIFY(selected.contains(watched.selectedIds()));
    }

    void liveChangesKeepTheOrder()
    {
        Watched watched;
        std::vector<BlobRecord> blobs = manyBlobs(3000);
        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::AscendingOrder);
        watched.model.setFilter(filterOf("size<50000B"));
        QVERIFY(watched.settles());
        quint32 random = 7;
        const auto below = [&](std::size_t bound) {
            random = random * 1664525 + 1013904223;
            return (random >> 8U) % bound;
        };
        for (int round = 0; round < 60; ++round) {
            std::vector<BlobRecord> batch;
            std::vector<std::string> gone;
            for (int i = 0; i < 40; ++i) {
                BlobRecord& blob = blobs[below(blobs.size())];
                blob.size = below(100000);
                batch.push_back(blob);
                gone.push_back(blobs[below(blobs.size())].digest);
            }
            watched.model.upsert(batch);
            watched.model.remove(std::span(gone).first(below(gone.size())));
            watched.model.flush();
            QVERIFY(watched.isInOrder());
            const EntryRows expected =
                makeRows({watched.model.columns(), watched.model.filter(), watched.model.order(), now, {}, false}, {});
            QCOMPARE(static_cast<std::size_t>(watched.model.rowCount()), expected.ids.size());
            for (int row = 0; row < watched.model.rowCount(); ++row)
                QCOMPARE(watched.model.idAt(row), expected.ids[static_cast<std::size_t>(row)]);
        }
    }

    void oneThatLeavesIsNoNeighbour()
    {
        Watched watched;
        std::vector<BlobRecord> blobs = manyBlobs(3);
        for (std::size_t i = 0; i < blobs.size(); ++i)
            blobs[i].accessCount = std::array{5, 6, 10}[i];
        watched.model.upsert(blobs);
        watched.model.sort(static_cast<int>(EntryColumn::AccessCount), Qt::AscendingOrder);
        watched.model.setFilter(filterOf("hits<100"));
        QVERIFY(watched.settles());
        QCOMPARE(watched.column(EntryColumn::AccessCount), QStringList({"5", "6", "10"}));
        blobs[0].accessCount = 50;
        blobs[1].accessCount = 200;
        watched.model.upsert(std::span(blobs).first(2));
        watched.model.flush();
        QCOMPARE(watched.column(EntryColumn::AccessCount), QStringList({"10", "50"}));
        // The same from the other side.
        blobs[1].accessCount = 20;
        watched.model.upsert(std::span(blobs).subspan(1, 1));
        watched.model.flush();
        QCOMPARE(watched.column(EntryColumn::AccessCount), QStringList({"10", "20", "50"}));
        blobs[0].accessCount = 1;
        blobs[1].accessCount = 200;
        watched.model.upsert(std::span(blobs).first(2));
        watched.model.flush();
        QCOMPARE(watched.column(EntryColumn::AccessCount), QStringList({"1", "10"}));
    }

    void whatComesWhileAWorkerIsBusyIsNotLost()
    {
        Watched watched;
        const std::vector<BlobRecord> blobs = manyBlobs(40000);
        watched.model.upsert(std::span(blobs).first(20000));
        watched.model.flush();
        QVERIFY(watched.settles());
        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
        watched.model.upsert(std::span(blobs).subspan(20000));
        watched.model.setFilter(filterOf("kind:layer"));
        watched.model.setFilter(filterOf("kind:layer size<1000KiB"));
        QTRY_COMPARE(watched.model.rowCount(), 13334);
        QVERIFY(watched.settles());
        QVERIFY(watched.isInOrder());
    }

    void batchesArriveByThemselves()
    {
        Watched watched;
        QSignalSpy inserted(&watched.model, &QAbstractItemModel::rowsInserted);
        watched.model.upsert(fixtureBlobs());
        QTRY_COMPARE(watched.model.rowCount(), 10);
        QCOMPARE(inserted.size(), 1);
        watched.model.remove(std::array{digestOf("0a")});
        QTRY_COMPARE(watched.model.rowCount(), 9);
    }

    void rowsArriveWhileMoreComeWithoutAPause()
    {
        Watched watched;
        std::vector<BlobRecord> blobs = manyBlobs(60000);
        std::sort(blobs.begin(), blobs.end(),
                  [](const auto& left, const auto& right) { return left.digest < right.digest; });
        std::size_t fed = 0;
        int shownMidway = 0;
        QTimer feed;
        connect(&feed, &QTimer::timeout, this, [&] {
            shownMidway = watched.model.rowCount();
            watched.model.upsert(std::span(blobs).subspan(fed, 3000));
            fed += 3000;
            if (fed == blobs.size())
                feed.stop();
        });
        feed.start(0);
        QTRY_COMPARE(watched.model.rowCount(), 60000);
        QVERIFY(shownMidway > 30000);
        QVERIFY(watched.isInOrder());
    }

    void countsWhatThereIs()
    {
        Watched watched;
        watched.fill();
        watched.model.setFilter(filterOf("kind:layer"));
        QTRY_COMPARE(watched.model.facets().matching.entries, std::uint64_t(4));
        QCOMPARE(watched.model.facets().all.entries, std::uint64_t(10));
        QCOMPARE(watched.model.facets().facets.size(), std::size_t(6));
        for (const Facet& facet : watched.model.facets().facets) {
            for (const FacetLine& line : facet.lines) {
                if (line.condition.isEmpty())
                    continue;
                const auto parsed = EntryFilter::parse(line.condition);
                QVERIFY2(std::holds_alternative<EntryFilter>(parsed), qPrintable(line.condition));
                const EntryRows rows =
                    makeRows({watched.model.columns(), std::get<EntryFilter>(parsed), {}, now, {}, false}, {});
                QVERIFY2(rows.ids.size() == line.all.entries, qPrintable(line.condition));
            }
        }
    }

    void aNewLoadBeginsEmpty()
    {
        Watched watched;
        watched.model.upsert(manyBlobs(20000));
        watched.model.flush();
        watched.model.sort(static_cast<int>(EntryColumn::Size), Qt::DescendingOrder);
        watched.model.clear();
        QCOMPARE(watched.model.rowCount(), 0);
        QVERIFY(!watched.model.isBusy());
        watched.fill();
        QCOMPARE(watched.model.rowCount(), 10);
        QVERIFY(watched.isInOrder());
    }

    void copiesWholeValues()
    {
        Watched watched;
        watched.fill();
        constexpr std::array columns = {EntryColumn::Digest, EntryColumn::Size, EntryColumn::Names, EntryColumn::Freed};
        const QStringList lines = watched.model.toTsv(std::array{0, 4}, columns).split('\n');
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0], QString("Digest\tStored size\tNames\tFreed if removed"));
        QCOMPARE(lines[1], QString::fromStdString(digestOf("0a")) +
                               "\t1200\tdocker.io/library/nginx:latest,docker.io/library/nginx:1.27\t");
        QCOMPARE(lines[2], QString::fromStdString(digestOf("3f2b")) + "\t52428800\t\t52428800");
    }

    void digestsOfAllAlgorithmsAreFound()
    {
        Watched watched;
        BlobRecord blob = fixtureBlobs().front();
        const std::string common(64, 'a');
        const std::array digests = {"sha256:" + common, "sha512:" + common + std::string(64, 'b'),
                                    "sha512:" + common + std::string(64, 'c'), std::string("odd")};
        for (const std::string& digest : digests) {
            blob.digest = digest;
            watched.model.upsert(std::array{blob});
        }
        watched.model.flush();
        QCOMPARE(watched.model.rowCount(), 4);
        for (const std::string& digest : digests) {
            const auto id = watched.model.find(QString::fromStdString(digest));
            QVERIFY(id);
            QCOMPARE(watched.model.columns().digest(*id), QString::fromStdString(digest));
        }
    }

    void anEntryThatComesBackKeepsItsId()
    {
        Watched watched;
        watched.fill();
        const auto id = watched.model.find(QString::fromStdString(digestOf("1b")));
        watched.model.remove(std::array{digestOf("1b")});
        watched.model.flush();
        QVERIFY(!watched.model.find(QString::fromStdString(digestOf("1b"))));
        watched.model.upsert(fixtureBlobs());
        watched.model.flush();
        QCOMPARE(watched.model.find(QString::fromStdString(digestOf("1b"))), id);
        QCOMPARE(watched.model.storedCount(), std::size_t(10));
    }

    void snapshotsDoNotSeeLaterWrites()
    {
        EntryTable table;
        std::vector<EntryId> changed;
        std::vector<BlobRecord> blobs = manyBlobs(10000);
        table.upsert(blobs, changed);
        const EntryColumns before = table.snapshot();
        for (BlobRecord& blob : blobs)
            blob.size += 1'000'000;
        table.upsert(blobs, changed);
        QCOMPARE(before.size(), std::size_t(10000));
        for (EntryId id = 0; id < before.size(); ++id) {
            QVERIFY(before[id].size < 1'000'000);
            QVERIFY(table.columns()[id].size >= 1'000'000);
        }
    }
};

QTEST_GUILESS_MAIN(EntryModelTest)
#include "entry_model_test.moc"
