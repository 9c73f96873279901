// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/image_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

ImageRecord image(const std::string& start, const std::string& kind, std::vector<ImageNameRecord> names,
                  std::uint64_t bytes)
{
    ImageRecord record;
    record.digest = digest(start);
    record.kind = kind;
    record.names = std::move(names);
    record.platforms = {"linux/amd64"};
    record.layers = 3;
    record.referencedBytes = bytes;
    return record;
}

ImageDetails details(const ImageRecord& record, std::vector<std::string> platforms)
{
    ImageDetails result;
    result.image = record;
    for (const std::string& platform : platforms) {
        ManifestRecord& manifest = result.manifests.emplace_back();
        manifest.digest = digest(platform.substr(0, 1));
        manifest.platform = platform;
        manifest.isPresent = platform != "gone";
        manifest.layers = {{digest("1"), {}, 1024, true, 1, {}}, {digest("2"), {}, 2048, true, 1, {}}};
    }
    return result;
}

std::vector<ImageRecord> sample()
{
    return {image("aa", "index",
                  {{"engine", "node:20", "main", "k8s.io"}, {"tag", "docker.io/library/node:20", {}, {}}}, 30),
            image("bb", "manifest", {{"tag", "docker.io/library/app:1", {}, {}}}, 10), image("cc", "index", {}, 20)};
}

} // namespace

class ImageModelTest : public QObject
{
    Q_OBJECT

private slots:
    void imagesHaveTheirBestName();
    void platformsComeWhenAViewWantsThem();
    void childrenStayWithTheirImageWhenSorted();
    void filtersLookAtNamesPlatformsAndDigests();
    void sameImagesAreTakenOnce();
    void pagesAreSortedInAsTheyCome_data();
    void pagesAreSortedInAsTheyCome();
    void whatDidNotComeIsWantedAgain();
    void toolTipsShowTextsOfOthersLiterally();
};

void ImageModelTest::imagesHaveTheirBestName()
{
    ImageModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(sample());
    QCOMPARE(column(model, ImageModel::Name),
             QStringLiteral("docker.io/library/node:20 + 1|docker.io/library/app:1|cc0000000000"));
    QCOMPARE(column(model, ImageModel::HeldBy), QStringLiteral("main, Tag|Tag|nobody"));
    QCOMPARE(column(model, ImageModel::Referenced), QStringLiteral("30 B|10 B|20 B"));
    QCOMPARE(model.index(0, ImageModel::Name).data(CopyRole).toString(), QStringLiteral("docker.io/library/node:20"));
    model.append({image("dd", "manifest", {{"tag", "%1%2", {}, {}}, {"tag", "another", {}, {}}}, 1)});
    QCOMPARE(model.index(3, ImageModel::Name).data().toString(), QStringLiteral("%1%2 + 1"));
}

void ImageModelTest::platformsComeWhenAViewWantsThem()
{
    ImageModel model(format());
    QAbstractItemModelTester tester(&model, fatal);
    // The tester would want everything at once.
    tester.setUseFetchMore(false);
    QSignalSpy wanted(&model, &ImageModel::detailsWanted);
    model.append(sample());
    const QModelIndex node = model.index(0, 0);
    QVERIFY(model.hasChildren(node) && !model.hasChildren(model.index(1, 0)));
    QVERIFY(model.canFetchMore(node));
    wanted.clear();
    model.fetchMore(node);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), QString::fromStdString(digest("aa")));
    QVERIFY(!model.canFetchMore(node));
    model.setDetails(details(model.imageAt(node), {"linux/amd64", "arm", "gone"}));
    QCOMPARE(column(model, ImageModel::Name, node), QStringLiteral("linux/amd64|arm|gone"));
    QCOMPARE(column(model, ImageModel::Referenced, node), QStringLiteral("3.0 KiB|3.0 KiB|–"));
    // Again, with other platforms: the old ones go.
    model.setDetails(details(model.imageAt(node), {"riscv"}));
    QCOMPARE(column(model, ImageModel::Name, node), QStringLiteral("riscv"));
    model.setDetails(details(model.imageAt(node), {}));
    QVERIFY(!model.hasChildren(node));
    model.setDetails(details(image("ff", "index", {}, 1), {"x"}));
}

void ImageModelTest::childrenStayWithTheirImageWhenSorted()
{
    ImageModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(sample());
    model.setDetails(details(model.imageAt(model.index(0, 0)), {"linux/amd64", "arm"}));
    model.setDetails(details(model.imageAt(model.index(2, 0)), {"riscv"}));
    const QPersistentModelIndex arm = model.index(1, 0, model.index(0, 0));
    const QPersistentModelIndex riscv = model.index(0, 0, model.index(2, 0));
    model.sort(ImageModel::Referenced, Qt::AscendingOrder);
    QCOMPARE(column(model, ImageModel::Referenced), QStringLiteral("10 B|20 B|30 B"));
    QCOMPARE(arm.data().toString(), QStringLiteral("arm"));
    QCOMPARE(arm.parent().row(), 2);
    QCOMPARE(riscv.parent().row(), 1);
    QCOMPARE(model.imageAt(arm).digest, digest("aa"));
    model.append({image("dd", "manifest", {}, 15)});
    QCOMPARE(column(model, ImageModel::Referenced), QStringLiteral("10 B|15 B|20 B|30 B"));
    QCOMPARE(arm.parent().row(), 3);
    model.setFilter(QStringLiteral("app"));
    QVERIFY(!arm.isValid() && !riscv.isValid());
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void ImageModelTest::filtersLookAtNamesPlatformsAndDigests()
{
    ImageModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(sample());
    for (const auto& [text, rows] : {std::pair("NODE", 1), std::pair("library", 2), std::pair("cc0", 1),
                                     std::pair("amd64", 3), std::pair("nothing", 0), std::pair("", 3)}) {
        model.setFilter(QString::fromLatin1(text));
        QCOMPARE(model.rowCount(), rows);
    }
    model.setFilter(QStringLiteral("extra"));
    model.append({image("ee", "manifest", {{"tag", "extra:1", {}, {}}}, 1), image("ff", "manifest", {}, 1)});
    QCOMPARE(model.rowCount(), 1);
}

void ImageModelTest::sameImagesAreTakenOnce()
{
    ImageModel model(format());
    const QAbstractItemModelTester tester(&model, fatal);
    model.append(sample());
    model.append(sample());
    QCOMPARE(model.rowCount(), 3);
}

void ImageModelTest::pagesAreSortedInAsTheyCome_data()
{
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::newRow("ascending") << Qt::AscendingOrder;
    QTest::newRow("descending") << Qt::DescendingOrder;
}

void ImageModelTest::pagesAreSortedInAsTheyCome()
{
    QFETCH(const Qt::SortOrder, order);
    ImageModel paged(format());
    const QAbstractItemModelTester tester(&paged, fatal);
    ImageModel whole(format());
    std::vector<ImageRecord> all;
    paged.sort(ImageModel::HeldBy, order);
    for (int page = 0; page < 5; ++page) {
        std::vector<ImageRecord> images;
        for (int i = 0; i < 20; ++i) {
            const std::string number = std::to_string(100 + (page * 20 + i) * 37 % 100);
            // Many are held by the same, and stay as they came.
            images.push_back(image(number, "manifest", {{"engine", "n" + number, "e" + number.substr(2), {}}}, 1));
        }
        all.insert(all.end(), images.begin(), images.end());
        paged.append(images);
    }
    whole.append(all);
    whole.sort(ImageModel::HeldBy, order);
    QCOMPARE(paged.rowCount(), 100);
    QCOMPARE(column(paged, ImageModel::Name), column(whole, ImageModel::Name));
    whole.sort(ImageModel::Name, order);
    paged.sort(ImageModel::Name, order);
    QCOMPARE(column(paged, ImageModel::Name), column(whole, ImageModel::Name));
    QCOMPARE(paged.index(0, 0).data().toString(), order == Qt::AscendingOrder ? "n100" : "n199");
    for (int row = 0; row < 100; ++row)
        QCOMPARE(paged.indexOf(paged.index(row, 0).data(IdRole).toString()).row(), row);
}

void ImageModelTest::whatDidNotComeIsWantedAgain()
{
    ImageModel model(format());
    model.append(sample());
    const QModelIndex node = model.index(0, 0);
    const QModelIndex other = model.index(2, 0);
    model.setDetails(details(model.imageAt(other), {}));
    QSignalSpy wanted(&model, &ImageModel::detailsWanted);
    model.fetchMore(node);
    QVERIFY(!model.hasChildren(node));
    model.forgetAsked();
    QVERIFY(model.hasChildren(node) && model.canFetchMore(node));
    QVERIFY2(!model.canFetchMore(other), "it is known to have nothing below it");
    model.fetchMore(node);
    QCOMPARE(wanted.count(), 2);
}

void ImageModelTest::toolTipsShowTextsOfOthersLiterally()
{
    ImageModel model(format());
    ImageRecord record = image("aa", "index", {{"tag", "<b>name</b>", {}, {}}}, 1);
    record.digest = "<b>digest</b>";
    record.platforms = {"<b>platform</b>", "line\nbreak"};
    ImageDetails below = details(record, {"<b>linux</b>"});
    below.manifests.front().digest = "<b>digest</b>";
    below.manifests.front().created = "<b>created</b>";
    model.append({record});
    model.setDetails(below);
    const QModelIndex parent = model.index(0, 0);
    for (int column = 0; column < ImageModel::ColumnCount; ++column) {
        for (const QModelIndex& row : {parent, model.index(0, 0, parent)}) {
            const QString tip = row.siblingAtColumn(column).data(Qt::ToolTipRole).toString();
            QVERIFY2(tip.isEmpty() || tip.startsWith(QLatin1String("<html>")), qPrintable(tip));
            QVERIFY2(!tip.contains(QLatin1String("<b>")), qPrintable(tip));
        }
    }
    QVERIFY(parent.siblingAtColumn(ImageModel::Platforms).data(Qt::ToolTipRole).toString().contains(u'␊'));
    QCOMPARE(parent.siblingAtColumn(ImageModel::Digest).data(CopyRole).toString(), QStringLiteral("<b>digest</b>"));
}

QTEST_GUILESS_MAIN(ImageModelTest)
#include "image_model_test.moc"
