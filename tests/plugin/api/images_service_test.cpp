// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "api/client.h"
#include "layerhold/cache.h"
#include "service/api/api_services.h"
#include "service/api/idle_engine_host.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>

using namespace layerhold;
using api::Client;

namespace {

std::span<const std::byte> bytesOf(const std::string& text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

Digest digestOf(const std::string& text)
{
    return Hasher::of(bytesOf(text));
}

std::string descriptor(const std::string& bytes, const std::string& mediaType)
{
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestOf(bytes).toString() + R"(","size":)" +
           std::to_string(bytes.size()) + '}';
}

const std::string config = R"({"os":"linux","architecture":"amd64","history":[{"created_by":"ADD \u202e base"}]})";

std::string manifestOf(const std::string& layers)
{
    return R"({"schemaVersion":2,"config":)" + descriptor(config, "application/vnd.oci.image.config.v1+json") +
           R"(,"layers":[)" + layers + "]}";
}

const std::string manifest = manifestOf(descriptor("layer", "application/vnd.oci.image.layer.v1.tar"));

template <class Call>
std::optional<ErrorCode> codeOf(Call&& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

/// The services over a real cache, on an in-process channel.
struct Scene
{
    Scene()
        : cache(Cache::open(options()))
        , host(*cache)
        , services(*cache, host, {})
    {
        grpc::ServerBuilder builder;
        services.registerWith(builder);
        server = builder.BuildAndStart();
        client.emplace(server->InProcessChannel({}));
        cache->images().putManifest("team/app:1", digestOf(manifest), bytesOf(manifest), "");
    }

    ~Scene()
    {
        services.stop();
        server->Shutdown(std::chrono::system_clock::now());
    }

    CacheOptions options() const
    {
        CacheOptions result;
        result.root = directory.filePath(QStringLiteral("root")).toStdString();
        return result;
    }

    v1::InspectResponse inspect(const std::string& name)
    {
        v1::InspectRequest request;
        request.set_name(name);
        return client->call(&v1::Images::Stub::Inspect, request);
    }

    v1::Tag tag(const std::string& reference, const std::string& digest)
    {
        v1::PutTagRequest request;
        request.set_reference(reference);
        request.set_digest(digest);
        request.set_by("tester");
        return client->call(&v1::Tags::Stub::PutTag, request).tag();
    }

    v1::GetTagHistoryResponse history(const std::string& reference)
    {
        v1::GetTagHistoryRequest request;
        request.set_reference(reference);
        return client->call(&v1::Tags::Stub::GetTagHistory, request);
    }

    std::vector<std::string> tags(const v1::ListTagsRequest& request)
    {
        std::vector<std::string> references;
        client->stream(&v1::Tags::Stub::ListTags, request, [&](const v1::ListTagsResponse& page) {
            for (const v1::Tag& listed : page.tags())
                references.push_back(listed.reference());
        });
        return references;
    }

    std::vector<v1::Image> images(const v1::ListImagesRequest& request, v1::ImageTotals* totals = nullptr)
    {
        std::vector<v1::Image> found;
        client->stream(&v1::Images::Stub::ListImages, request, [&](const v1::ListImagesResponse& page) {
            if (page.has_totals() && totals)
                *totals = page.totals();
            found.insert(found.end(), page.images().begin(), page.images().end());
        });
        return found;
    }

    std::vector<v1::Edge> edges(const v1::ListEdgesRequest& request)
    {
        std::vector<v1::Edge> found;
        client->stream(&v1::Images::Stub::ListEdges, request, [&](const v1::ListEdgesResponse& page) {
            found.insert(found.end(), page.edges().begin(), page.edges().end());
        });
        return found;
    }

    QTemporaryDir directory;
    std::unique_ptr<Cache> cache;
    service::IdleEngineHost host;
    service::ApiServices services;
    std::unique_ptr<grpc::Server> server;
    std::optional<Client> client;
};

} // namespace

class ImagesServiceTest : public QObject
{
    Q_OBJECT

private slots:
    void listsImagesWithTotals();
    void pagesThroughImages();
    void listsEdgesOfAllManifests();
    void inspectsByAnyName();
    void inspectsOtherBlobs();
    void movesTagsByHand();
    void listsTags();
    void refusesNonsense();
    void enginesHaveLinks();
};

void ImagesServiceTest::listsImagesWithTotals()
{
    Scene scene;
    v1::ImageTotals totals;
    const auto images = scene.images({}, &totals);
    QCOMPARE(images.size(), std::size_t(1));
    QCOMPARE(images[0].digest(), digestOf(manifest).toString());
    QCOMPARE(images[0].names(0).name(), std::string("docker.io/team/app:1"));
    QCOMPARE(images[0].names(0).source(), std::string("tag"));
    QCOMPARE(images[0].referenced_bytes(), std::uint64_t(manifest.size()));
    QCOMPARE(images[0].absent_blobs(), std::uint64_t(2));
    QCOMPARE(images[0].config(), digestOf(config).toString());
    QCOMPARE(totals.images(), std::uint64_t(1));
    QCOMPARE(totals.image_bytes(), images[0].share_bytes());
    v1::ListImagesRequest none;
    none.add_filters("named==false");
    v1::ImageTotals whole;
    QVERIFY(scene.images(none, &whole).empty());
    QCOMPARE(whole.images(), std::uint64_t(1)); // whatever the filter
}

void ImagesServiceTest::pagesThroughImages()
{
    Scene scene;
    for (int i = 0; i < 1100; ++i) {
        const std::string document = manifest + std::string(static_cast<std::size_t>(i + 1), ' ');
        const std::string reference = "r.io/app:" + std::to_string(i);
        scene.cache->images().putManifest(reference, digestOf(document), bytesOf(document), "");
    }
    const auto all = scene.images({});
    QCOMPARE(all.size(), std::size_t(1101));
    for (std::size_t i = 1; i < all.size(); ++i)
        QVERIFY(Digest::require(all[i - 1].digest()) < Digest::require(all[i].digest()));
    v1::ListImagesRequest request;
    request.set_limit(7);
    request.set_page_token(all[2].digest());
    const auto page = scene.images(request);
    QCOMPARE(page.size(), std::size_t(7));
    QCOMPARE(page[0].digest(), all[3].digest());
    request.set_page_token("nonsense");
    QVERIFY(codeOf([&] { scene.images(request); }) == ErrorCode::InvalidArgument);
}

void ImagesServiceTest::listsEdgesOfAllManifests()
{
    Scene scene;
    std::vector<std::string> parents{digestOf(manifest).toString()};
    // More than a page of manifests, and one that alone is more than a message of edges.
    for (int i = 0; i < 501; ++i) {
        const std::string other =
            manifestOf(descriptor("layer " + std::to_string(i), "application/vnd.oci.image.layer.v1.tar"));
        scene.cache->images().putManifest("team/many:" + std::to_string(i), digestOf(other), bytesOf(other), "");
        parents.push_back(digestOf(other).toString());
    }
    std::string layers;
    for (int i = 0; i < 2'001; ++i)
        layers +=
            (i > 0 ? "," : "") + descriptor("wide " + std::to_string(i), "application/vnd.oci.image.layer.v1.tar");
    const std::string wide = manifestOf(layers);
    scene.cache->images().putManifest("team/wide:1", digestOf(wide), bytesOf(wide), "");
    parents.push_back(digestOf(wide).toString());
    std::ranges::sort(parents);

    const std::vector<v1::Edge> edges = scene.edges({});
    QCOMPARE(edges.size(), std::size_t(2 + 501 * 2 + 2'002));
    QVERIFY(std::ranges::is_sorted(edges, {}, [](const v1::Edge& edge) { return edge.parent(); }));
    std::vector<std::string> listed;
    for (const v1::Edge& edge : edges)
        if (listed.empty() || listed.back() != edge.parent())
            listed.push_back(edge.parent());
    QCOMPARE(listed, parents);
    const auto first = std::ranges::find(edges, digestOf(manifest).toString(), &v1::Edge::parent);
    QCOMPARE(first->role(), "config");
    QCOMPARE(first->child(), digestOf(config).toString());
    QCOMPARE(std::next(first)->role(), "layer");
    QCOMPARE(std::next(first)->child(), digestOf("layer").toString());
    QCOMPARE(std::next(first)->size(), 5U);

    v1::ListEdgesRequest rest;
    rest.set_page_token(parents[500]);
    rest.set_limit(1);
    for (const v1::Edge& edge : scene.edges(rest))
        QCOMPARE(edge.parent(), parents[501]);
    rest.set_page_token(parents.back());
    QVERIFY(scene.edges(rest).empty());
    rest.set_page_token("no digest");
    QVERIFY(codeOf([&] { scene.edges(rest); }) == ErrorCode::InvalidArgument);
}

void ImagesServiceTest::inspectsByAnyName()
{
    Scene scene;
    const std::string digest = digestOf(manifest).toString();
    for (const std::string& name : {std::string("team/app:1"), std::string("docker.io/team/app:1"), digest,
                                    digest.substr(7, 10), digest.substr(0, 20)})
        QCOMPARE(scene.inspect(name).blob().digest(), digest);
    const auto found = scene.inspect(digest);
    QCOMPARE(found.children_size(), 2);
    QCOMPARE(found.claims(0).holder_kind(), std::string("tag"));
    QCOMPARE(found.image().manifests_size(), 1);
    QCOMPARE(found.image().manifests(0).layers_size(), 1);
    QVERIFY(!found.image().manifests(0).layers(0).present());
    QVERIFY(codeOf([&] { scene.inspect("team/app:2"); }) == ErrorCode::NotFound);
    QVERIFY(codeOf([&] { scene.inspect("123456"); }) == ErrorCode::NotFound);
    QVERIFY(codeOf([&] { scene.inspect("a b"); }) == ErrorCode::InvalidArgument);
    QVERIFY(codeOf([&] { scene.inspect(""); }) == ErrorCode::InvalidArgument);
    scene.tag("abcdef", digest); // a name goes before the start of a digest
    QCOMPARE(scene.inspect("abcdef").blob().digest(), digest);
    scene.tag("absent", "sha256:" + std::string(64, '1'));
    QVERIFY(codeOf([&] { scene.inspect("absent"); }) == ErrorCode::NotFound);
}

void ImagesServiceTest::inspectsOtherBlobs()
{
    Scene scene;
    const QDir directory(scene.directory.path());
    directory.mkpath("store/sha256");
    QFile file(directory.filePath("store/sha256/" + QString::fromStdString(digestOf(config).hex())));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(config.c_str()) > 0);
    file.close();
    scene.cache->addEngine("a", "/run/a.sock", Sharing::Open);
    scene.cache->importBlobs("a", directory.filePath("store").toStdString(), {}, {});
    const auto found = scene.inspect(digestOf(config).toString());
    QVERIFY(!found.has_image());
    QCOMPARE(found.parents_size(), 1);
    const auto image = scene.inspect("team/app:1").image();
    QCOMPARE(image.manifests(0).platform(), std::string("linux/amd64"));
    QVERIFY(!image.manifests(0).layers(0).command().empty());
}

void ImagesServiceTest::movesTagsByHand()
{
    Scene scene;
    const std::string digest = digestOf(manifest).toString();
    const v1::Tag tag = scene.tag("r.io/x", "team/app:1");
    QCOMPARE(tag.reference(), std::string("r.io/x:latest"));
    QCOMPARE(tag.digest(), digest);
    QCOMPARE(tag.cause(), std::string("manual"));
    QVERIFY(tag.present() && tag.claim() && !tag.stale());
    scene.tag("r.io/x", "sha256:" + std::string(64, '1'));
    v1::RemoveTagRequest removal;
    removal.set_reference("r.io/x");
    scene.client->call(&v1::Tags::Stub::RemoveTag, removal);
    QVERIFY(codeOf([&] { scene.client->call(&v1::Tags::Stub::RemoveTag, removal); }) == ErrorCode::NotFound);
    const auto history = scene.history("r.io/x:latest");
    QCOMPARE(history.reference(), std::string("r.io/x:latest"));
    QVERIFY(!history.has_tag());
    QCOMPARE(history.moves_size(), 3);
    QVERIFY(history.moves(0).to().empty());
    QCOMPARE(history.moves(1).from(), digest);
    QVERIFY(history.moves(2).from().empty());
    QCOMPARE(history.moves(2).by(), std::string("tester"));
    QVERIFY(codeOf([&] { scene.history("never"); }) == ErrorCode::NotFound);
}

void ImagesServiceTest::listsTags()
{
    Scene scene;
    for (int i = 0; i < 1100; ++i)
        scene.cache->tags().put("r.io/x:" + std::to_string(i), digestOf(manifest), TagCause::Resolve, "");
    const auto all = scene.tags({});
    QCOMPARE(all.size(), std::size_t(1101));
    QVERIFY(std::is_sorted(all.begin(), all.end()));
    v1::ListTagsRequest request;
    request.set_limit(5);
    request.set_page_token(all[9]);
    QCOMPARE(scene.tags(request).front(), all[10]);
    QCOMPARE(scene.tags(request).size(), std::size_t(5));
    request.Clear();
    request.add_filters("cause==push");
    QCOMPARE(scene.tags(request).size(), std::size_t(1));
}

void ImagesServiceTest::refusesNonsense()
{
    Scene scene;
    const std::string digest = digestOf(manifest).toString();
    QVERIFY(codeOf([&] { scene.tag("A B", digest); }) == ErrorCode::InvalidArgument);
    QVERIFY(codeOf([&] { scene.tag("x", "no digest"); }) == ErrorCode::InvalidArgument);
    QVERIFY(codeOf([&] { scene.tag("x", "unknown"); }) == ErrorCode::NotFound);
    QVERIFY(codeOf([&] { scene.history("\x1b"); }) == ErrorCode::InvalidArgument);
    v1::ListTagsRequest bad;
    bad.add_filters("==");
    QVERIFY(codeOf([&] { scene.tags(bad); }) == ErrorCode::InvalidArgument);
    v1::ListImagesRequest badImages;
    badImages.add_filters("==");
    QVERIFY(codeOf([&] { scene.images(badImages); }) == ErrorCode::InvalidArgument);
}

void ImagesServiceTest::enginesHaveLinks()
{
    Scene scene;
    v1::AddEngineRequest request;
    request.set_name("a");
    request.set_socket("/run/a.sock");
    QVERIFY(!scene.client->call(&v1::Layerhold::Stub::AddEngine, request).engine().has_link());
    request.set_containerd_address("/run/containerd/containerd.sock");
    const auto linked = scene.client->call(&v1::Layerhold::Stub::AddEngine, request).engine();
    QCOMPARE(linked.link().address(), std::string("/run/containerd/containerd.sock"));
    QVERIFY(!linked.link().connected() && !linked.link().has_seen_at() && !linked.link().problem().empty());
    const auto engines = scene.client->call(&v1::Layerhold::Stub::ListEngines, v1::ListEnginesRequest());
    QVERIFY(engines.engines(0).has_link());
    request.clear_containerd_address();
    QVERIFY(scene.client->call(&v1::Layerhold::Stub::AddEngine, request).engine().has_link()); // as it was
    request.set_containerd_address("relative");
    QVERIFY(codeOf([&] { scene.client->call(&v1::Layerhold::Stub::AddEngine, request); }) ==
            ErrorCode::InvalidArgument);
    request.set_containerd_address("");
    QVERIFY(!scene.client->call(&v1::Layerhold::Stub::AddEngine, request).engine().has_link());
}

QTEST_GUILESS_MAIN(ImagesServiceTest)
#include "images_service_test.moc"
