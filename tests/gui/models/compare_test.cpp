// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "gui/models/model_fixture.h"
#include "models/compare.h"

using namespace layerhold::gui;
using namespace layerhold::gui::test;

namespace {

LayerRecord layer(const std::string& name, std::uint64_t size)
{
    return {name, {}, size, true, 1, "RUN " + name};
}

ManifestRecord manifest(const std::string& name, const std::string& platform, std::vector<LayerRecord> layers)
{
    return {name, true, platform, {}, "config-" + name, "2026-01-01T00:00:00Z", std::move(layers)};
}

ImageDetails image(std::vector<ManifestRecord> manifests)
{
    ImageDetails details;
    details.manifests = std::move(manifests);
    return details;
}

/// "=base +new": what is in both, -only in A, +only in B.
QString layers(const PlatformComparison& platform)
{
    QStringList parts;
    for (const LayerComparison& each : platform.layers) {
        const char* mark = each.where == LayerComparison::Where::Both    ? "="
                           : each.where == LayerComparison::Where::OnlyA ? "-"
                                                                         : "+";
        parts += QLatin1String(mark) + QString::fromStdString(each.digest);
    }
    return parts.join(QLatin1Char(' '));
}

QString pairs(const ImageComparison& comparison)
{
    QStringList parts;
    for (const PlatformComparison& each : comparison.platforms)
        parts += QString::fromStdString(each.digestA + "/" + each.digestB);
    return parts.join(QLatin1Char(' '));
}

} // namespace

class CompareTest : public QObject
{
    Q_OBJECT

private slots:
    void layersAreSameOrOnlyOnOneSide();
    void aLayerThatComesTwiceIsFetchedOnce();
    void platformsArePaired();
    void onePlatformThatIsNotKnownIsPaired();
    void aMissingSideLeavesWhatIsKnown();
    void aManifestThatIsNotStoredIsNotEmpty();
    void factsTellWhatDiffers();
    void anImageEqualsItself();
};

void CompareTest::layersAreSameOrOnlyOnOneSide()
{
    constexpr std::uint64_t MiB = 1024 * 1024;
    const ImageDetails a = image({manifest("a", "linux/amd64", {layer("base", 800 * MiB), layer("old", 10 * MiB)})});
    const ImageDetails b = image(
        {manifest("b", "linux/amd64", {layer("base", 800 * MiB), layer("mid", 40 * MiB), layer("top", 8 * MiB)})});
    const ImageComparison comparison = compareImages(a, b);
    QCOMPARE(comparison.platforms.size(), 1U);
    const PlatformComparison& platform = comparison.platforms[0];
    QCOMPARE(layers(platform), QStringLiteral("=base -old +mid +top"));
    QCOMPARE(platform.fetchForB.value_or(0), 48 * MiB);
    QCOMPARE(platform.fetchForA.value_or(0), 10 * MiB);
    QCOMPARE(platform.bytesA.value_or(0), 810 * MiB);
    QCOMPARE(platform.bytesB.value_or(0), 848 * MiB);
    QCOMPARE(fetchSentence(platform, format()),
             QStringLiteral("A client that has A fetches 48.0 MiB of 848 MiB for B."));
}

void CompareTest::aLayerThatComesTwiceIsFetchedOnce()
{
    const ImageDetails a = image({manifest("a", "linux/amd64", {layer("x", 1)})});
    const ImageDetails b = image({manifest("b", "linux/amd64", {layer("empty", 7), layer("y", 3), layer("empty", 7)})});
    const PlatformComparison platform = compareImages(a, b).platforms[0];
    QCOMPARE(layers(platform), QStringLiteral("-x +empty +y"));
    QCOMPARE(platform.fetchForB.value_or(0), 10U);
    QCOMPARE(platform.bytesB.value_or(0), 10U);
}

void CompareTest::platformsArePaired()
{
    const ImageDetails a = image({manifest("a1", "linux/amd64", {}), manifest("a2", "linux/arm64", {}),
                                  manifest("a3", "unknown/unknown", {}), manifest("a4", "unknown/unknown", {})});
    const ImageDetails b = image({manifest("b3", "unknown/unknown", {}), manifest("b2", "linux/arm64", {}),
                                  manifest("b1", "linux/amd64", {}), manifest("b5", "linux/riscv64", {})});
    QCOMPARE(pairs(compareImages(a, b)), QStringLiteral("a1/b1 a2/b2 a3/b3 a4/ /b5"));
    const ImageDetails one = image({manifest("one", "linux/arm64", {})});
    QCOMPARE(pairs(compareImages(a, one)), QStringLiteral("a1/ a2/one a3/ a4/"));
}

void CompareTest::onePlatformThatIsNotKnownIsPaired()
{
    const ImageDetails a = image({manifest("a", "", {})});
    const ImageDetails b = image({manifest("b", "linux/amd64", {})});
    QCOMPARE(pairs(compareImages(a, b)), QStringLiteral("a/b"));
    const ImageDetails other = image({manifest("c", "linux/arm64", {})});
    QCOMPARE(pairs(compareImages(other, b)), QStringLiteral("c/ /b"));
}

void CompareTest::aMissingSideLeavesWhatIsKnown()
{
    const ImageDetails b = image({manifest("b", "linux/amd64", {layer("base", 5)})});
    const ImageComparison comparison = compareImages(std::nullopt, b);
    QVERIFY(!comparison.isKnownA && comparison.isKnownB);
    const PlatformComparison& platform = comparison.platforms[0];
    QCOMPARE(layers(platform), QStringLiteral("+base"));
    QVERIFY(!platform.fetchForB && !platform.fetchForA && !platform.bytesA);
    QCOMPARE(platform.bytesB.value_or(0), 5U);
    QVERIFY(fetchSentence(platform, format()).contains(QStringLiteral("A is not here")));
    QVERIFY(
        fetchSentence(compareImages(b, std::nullopt).platforms[0], format()).contains(QStringLiteral("B is not here")));
    QVERIFY(compareImages(std::nullopt, std::nullopt).platforms.empty());
}

void CompareTest::aManifestThatIsNotStoredIsNotEmpty()
{
    ManifestRecord gone = manifest("a", "linux/amd64", {});
    gone.isPresent = false;
    const ImageDetails b = image({manifest("b", "linux/amd64", {layer("base", 5)})});
    const PlatformComparison platform = compareImages(image({gone}), b).platforms[0];
    QCOMPARE(platform.digestA, std::string("a"));
    QVERIFY(!platform.bytesA && !platform.fetchForB);
    QVERIFY(!platform.facts[4].isDifferent().has_value());
}

void CompareTest::factsTellWhatDiffers()
{
    const ImageDetails a = image({manifest("a", "linux/amd64", {layer("base", 5)})});
    ImageDetails b = image({manifest("b", "linux/amd64", {layer("base", 5)})});
    b.manifests[0].created.clear();
    const PlatformComparison platform = compareImages(a, b).platforms[0];
    QStringList facts;
    for (const FactComparison& fact : platform.facts) {
        const std::optional<bool> isDifferent = fact.isDifferent();
        facts +=
            QStringLiteral("%1 %2|%3 %4")
                .arg(factName(fact.fact), factText(fact.fact, fact.a, format()), factText(fact.fact, fact.b, format()),
                     !isDifferent   ? QStringLiteral("?")
                     : *isDifferent ? QStringLiteral("differs")
                                    : QStringLiteral("same"));
    }
    const QStringList expected{QStringLiteral("Platform linux/amd64|linux/amd64 same"),
                               QStringLiteral("Created 2026-01-01T00:00:00Z|– ?"),
                               QStringLiteral("Config config-a|config-b differs"),
                               QStringLiteral("Artifact type –|– ?"),
                               QStringLiteral("Layers 1|1 same"),
                               QStringLiteral("Size of the layers 5 B|5 B same")};
    QCOMPARE(facts, expected);
}

void CompareTest::anImageEqualsItself()
{
    const ImageDetails a = image({manifest("a", "linux/amd64", {layer("base", 5), layer("top", 6)})});
    const PlatformComparison platform = compareImages(a, a).platforms[0];
    QCOMPARE(layers(platform), QStringLiteral("=base =top"));
    QCOMPARE(platform.fetchForA.value_or(9), 0U);
    QCOMPARE(platform.fetchForB.value_or(9), 0U);
}

QTEST_GUILESS_MAIN(CompareTest)
#include "compare_test.moc"
