// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "cache_fixture.h"
#include "layerhold/images.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace layerhold;
using namespace layerhold::test;

namespace {

nlohmann::json indexOf(const CacheFixture& fixture)
{
    std::ifstream file(fixture.layout.indexJson());
    return nlohmann::json::parse(file);
}

std::set<std::string> namesIn(const nlohmann::json& index)
{
    std::set<std::string> names;
    for (const auto& entry : index.at("manifests"))
        names.insert(entry.at("annotations").at("org.opencontainers.image.ref.name").get<std::string>());
    return names;
}

const std::string document = R"({"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",)"
                             R"("digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",)"
                             R"("size":2},"layers":[]})";

} // namespace

/// The root as an OCI image layout.
class LayoutIndexTest : public QObject
{
    Q_OBJECT

private slots:

    void isEmptyAtFirst()
    {
        const CacheFixture fixture;
        const auto index = indexOf(fixture);
        QCOMPARE(index.at("schemaVersion").get<int>(), 2);
        QVERIFY(index.at("manifests").empty());
    }

    void namesWhatTagsPointAt()
    {
        CacheFixture fixture;
        const Digest digest = digestOf(document);
        fixture.cache->images().putManifest("team/app:1", digest, bytesOf(document), "");
        fixture.cache->tags().put("team/app:2", digest, TagCause::Manual, "tester");
        fixture.cache->tags().put("absent/app:1", digestOf("not here"), TagCause::Manual, "tester");
        fixture.cache.reset();
        const auto index = indexOf(fixture);
        QVERIFY(namesIn(index) == (std::set<std::string>{"docker.io/team/app:1", "docker.io/team/app:2"}));
        for (const auto& entry : index.at("manifests")) {
            QCOMPARE(entry.at("digest").get<std::string>(), digest.toString());
            QCOMPARE(entry.at("size").get<std::uint64_t>(), document.size());
            QCOMPARE(entry.at("mediaType").get<std::string>(),
                     std::string("application/vnd.oci.image.manifest.v1+json"));
        }
        QVERIFY(!std::filesystem::exists(fixture.layout.newIndexJson()));

        fixture.open();
        fixture.cache->tags().remove("team/app:1", TagCause::Manual, "tester");
        fixture.cache.reset();
        QVERIFY(namesIn(indexOf(fixture)) == (std::set<std::string>{"docker.io/team/app:2"}));
    }

    void followsWhileTheCacheIsOpen()
    {
        CacheFixture fixture;
        fixture.cache->images().putManifest("team/app:1", digestOf(document), bytesOf(document), "");
        QTRY_VERIFY_WITH_TIMEOUT(!indexOf(fixture).at("manifests").empty(), 30'000);
    }

    void whatACrashLeftOfOneGoes()
    {
        CacheFixture fixture;
        fixture.cache.reset();
        writeFile(fixture.layout.newIndexJson(), "half of it");
        fixture.open();
        QTRY_VERIFY(
            !std::filesystem::exists(fixture.layout.newIndexJson())); // or the housekeeper is just making another
    }
};

QTEST_GUILESS_MAIN(LayoutIndexTest)
#include "layout_index_test.moc"
