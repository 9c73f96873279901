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

QTEST_GUILESS_MAIN(ImageModelTest)
#include "image_model_test.moc"
