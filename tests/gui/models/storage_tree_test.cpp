// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "models/storage_tree.h"

namespace {

using namespace layerhold::gui;

using Path = std::vector<std::string>;

ImageRecord imageNamed(const std::string& source, const std::string& name)
{
    ImageRecord image;
    image.digest = "sha256:d";
    if (!name.empty())
        image.names = {{source, name, {}, {}}};
    return image;
}

BlobRecord blob(const std::string& digest, std::uint64_t size, const std::string& state = "present")
{
    BlobRecord record;
    record.digest = digest;
    record.size = size;
    record.kind = "layer";
    record.state = state;
    return record;
}

EdgeRecord edge(const std::string& parent, const std::string& child, const std::string& role = "layer")
{
    return {parent, child, role, {}, {}, 0};
}

ImageRecord image(const std::string& digest, const std::string& name)
{
    ImageRecord record = imageNamed("tag", name);
    record.digest = digest;
    return record;
}

} // namespace

class StorageTreeTest : public QObject
{
    Q_OBJECT

private slots:

    void aTitleTakesNamesAsTheyAre()
    {
        ImageRecord record = image("sha256:d", "%1%2");
        QCOMPARE(imageTitle(record), QString("%1%2"));
        record.names.push_back(record.names.front());
        record.names.push_back(record.names.front());
        QCOMPARE(imageTitle(record), QString("%1%2 and 2 more"));
    }

    void imagesArePlacedByTheirNames_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("path");
        const auto row = [](const char* source, const char* name, const QStringList& path) {
            QTest::newRow(name) << QString(source) << QString(name) << path + QStringList{"sha256:d"};
        };
        row("tag", "docker.io/library/app:1", {"docker.io", "library/app"});
        row("tag", "localhost:5000/app:1", {"localhost:5000", "app"});
        row("engine", "localhost/a/b/c:1", {"localhost", "a/b/c"});
        row("tag", "ghcr.io/x/y@sha256:00", {"ghcr.io", "x/y"});
        row("tag", "ghcr.io/x/y:1@sha256:00", {"ghcr.io", "x/y"});
        row("engine", "made/up:1", {""});
        row("engine", "app:1", {""});
        row("lease", "docker.io/no/name", {""});
        row("tag", "", {""});
    }

    void imagesArePlacedByTheirNames()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, name);
        QFETCH(const QStringList, path);
        QStringList found;
        for (const std::string& part : storagePath(imageNamed(source.toStdString(), name.toStdString())))
            found += QString::fromStdString(part);
        QCOMPARE(found, path);
    }

    void whatIsNotThereIsLeftOut()
    {
        StorageCollector lists;
        lists.addBlobs({blob("a", 1), blob("b", 2), blob("c", 4, "missing")});
        // Twice, and not in its place.
        lists.addBlobs({blob("c", 100), blob("a", 100), blob("d", 8), blob("e", 16)});
        lists.addEdges({edge("a", "b"), edge("a", "unknown"), edge("unknown", "d"), edge("c", "d"), edge("b", "a"),
                        edge("a", "e", "subject")});
        lists.addImages({image("a", "docker.io/x/y:1"), image("c", "docker.io/x/z:1"), image("gone", "")});
        lists.addTags({TagRecord{.reference = "t",
                                 .digest = "gone",
                                 .cause = {},
                                 .by = {},
                                 .createdAt = {},
                                 .movedAt = {},
                                 .updatedAt = {},
                                 .accessedAt = {},
                                 .accessCount = 0,
                                 .isStale = false,
                                 .isPresent = false,
                                 .claims = true}});
        const auto contents = std::make_shared<const StorageContents>(std::move(lists).finish());
        QCOMPARE(contents->graph.blobs.size(), 4U);
        QCOMPARE(contents->graph.entities.size(), 3U);
        QCOMPARE(contents->graph.entities[0].blobs.size(), 2U); // around a circle, each once
        QCOMPARE(contents->graph.entities[1].blobs.size(), 1U); // a manifest that is missing still refers to it
        QCOMPARE(contents->graph.entities[2].blobs.size(), 0U);
        const StorageTree tree(contents, ByteRule::Unique);
        QCOMPARE(tree.map().totalBytes(), 27U);
        QVERIFY(tree.contents().sharersOf(3).empty()); // a signature does not contain what it signs
    }

    void largestComeFirstAndBlocksLast()
    {
        StorageCollector lists;
        lists.addBlobs({blob("a", 1), blob("b", 2), blob("c", 50), blob("d", 1000), blob("e", 7)});
        lists.addEdges({edge("a", "c"), edge("a", "d"), edge("b", "d")});
        lists.addImages({image("a", "docker.io/x/y:1"), image("b", "docker.io/x/z:1")});
        const StorageTree tree(std::make_shared<const StorageContents>(std::move(lists).finish()), ByteRule::Unique);
        QStringList names;
        for (int row = 0; row < tree.childCount(0); ++row)
            names += tree.nameOf(tree.childAt(0, row));
        QCOMPARE(names, (QStringList{"docker.io", "In no image", "Shared by two or more"}));
        const std::uint32_t registry = tree.childAt(0, 0);
        QCOMPARE(tree.nameOf(tree.childAt(registry, 0)), QString("x/y"));
        for (std::uint32_t node = 1; node < tree.map().nodes.size(); ++node) {
            QCOMPARE(tree.childAt(tree.parentOf(node), tree.rowOf(node)), node);
            QCOMPARE(tree.find(tree.keyOf(node)), node);
            QVERIFY(tree.contains(tree.parentOf(node), node));
        }
        QCOMPARE(tree.findNamed("docker.io/x/y"), std::optional(tree.childAt(registry, 0)));
        QCOMPARE(tree.find({"docker.io", "gone", "gone"}), registry);
        QCOMPARE(tree.sharersOf(3), (QStringList{"docker.io/x/y:1", "docker.io/x/z:1"}));
    }
};

QTEST_GUILESS_MAIN(StorageTreeTest)
#include "storage_tree_test.moc"
