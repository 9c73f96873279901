// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "plugin/api/fake_cache.h"

#include "api/client.h"
#include "service/api/api_services.h"
#include "service/api/idle_engine_host.h"
#include "service/version.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

#include <chrono>
#include <optional>

using namespace layerhold;
using api::Client;
using layerhold::testing::FakeCache;

namespace {

Digest digestOf(char digit)
{
    return Digest::require("sha256:" + std::string(64, digit));
}

Digest digestOf(const std::string& start)
{
    return Digest::require("sha256:" + start + std::string(64 - start.size(), '0'));
}

Blob blobOf(const Digest& digest)
{
    return {digest, 3, "", BlobKind::Layer, BlobState::Present, fromNanoseconds(1'500'000'000), {}, {}, 0, "", false};
}

Event eventOf(const std::string& kind, const std::string& subject = {})
{
    Event event;
    event.kind = kind;
    event.subject = subject;
    return event;
}

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

/// The service on an in-process channel.
struct Scene
{
    explicit Scene(service::ApiServiceOptions options = {})
        : host(cache)
        , services(cache, host, options)
    {
        grpc::ServerBuilder builder;
        services.registerWith(builder);
        server = builder.BuildAndStart();
        client.emplace(server->InProcessChannel({}));
    }

    ~Scene()
    {
        services.stop();
        server->Shutdown(std::chrono::system_clock::now());
    }

    template <class Request, class Response>
    Response call(grpc::Status (v1::Layerhold::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request)
    {
        return client->call(method, request);
    }

    v1::InspectBlobResponse inspect(const std::string& digest)
    {
        v1::InspectBlobRequest request;
        request.set_digest(digest);
        return call(&v1::Layerhold::Stub::InspectBlob, request);
    }

    std::vector<std::string> list(const v1::ListBlobsRequest& request)
    {
        std::vector<std::string> digests;
        client->stream(&v1::Layerhold::Stub::ListBlobs, request, [&](const v1::ListBlobsResponse& page) {
            for (const v1::Blob& blob : page.blobs())
                digests.push_back(blob.digest());
        });
        return digests;
    }

    FakeCache cache;
    service::IdleEngineHost host;
    service::ApiServices services;
    std::unique_ptr<grpc::Server> server;
    std::optional<Client> client;
};

} // namespace

class ApiServiceTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsVersionStatusAndCounters();
    void listsAllPagesInOrder();
    void listTakesLimitTokenAndFilters();
    void refusesABadPageToken();
    void findsBlobsByPrefix();
    void refusesPrefixes_data();
    void refusesPrefixes();
    void explainsABlob();
    void managesEngines();
    void tellsTheGapBetweenEvents();
    void bytesThatAreNoTextDoNotBreakAnAnswer();
    void followsEventsUntilTheClientLeaves();
    void refusesOneFollowerTooMany();
    void endsFollowersWhenItStops();
    void refusesToFollowFromTheFuture();
    void verifyStreamsProgressAndTheReport();
    void verifyStopsWhenTheClientLeaves();
    void clientsThatDoNotReadHoldUpNoWork();
    void longWorkIsUnavailableWhenTheServiceStops();
    void anIdleUploadEndsWhenTheServiceStops();
    void cleanupListsItemsThenTheReport();
    void rebuilds();
    void importsAndExports();
    void theDirectoryIsTheOneItsClientSees();
};

void ApiServiceTest::tellsVersionStatusAndCounters()
{
    Scene scene;
    scene.cache.stored = {blobOf(digestOf('1'))};
    scene.cache.addEngine("main", "/s", Sharing::Open);
    const v1::GetVersionResponse version = scene.call(&v1::Layerhold::Stub::GetVersion, v1::GetVersionRequest());
    QCOMPARE(version.version(), std::string(service::version));
    QCOMPARE(version.pid(), QCoreApplication::applicationPid());
    const v1::GetStatusResponse status = scene.call(&v1::Layerhold::Stub::GetStatus, v1::GetStatusRequest());
    QCOMPARE(status.root(), std::string("/cache"));
    QCOMPARE(status.blob_count(), 1U);
    QVERIFY(!status.daemon());
    QCOMPARE(status.engines_size(), 1);
    QVERIFY(!status.engines(0).serving());
    QVERIFY(!status.engines(0).problem().empty());
    const v1::GetStatsResponse stats = scene.call(&v1::Layerhold::Stub::GetStats, v1::GetStatsRequest());
    QCOMPARE(stats.counters(0).name(), std::string("commits"));
    QCOMPARE(stats.counters(0).value(), 7U);
}

void ApiServiceTest::listsAllPagesInOrder()
{
    Scene scene;
    std::vector<std::string> expected;
    for (int i = 0; i < 1234; ++i) {
        scene.cache.stored.push_back(blobOf(digestOf(QString::number(i + 100000).toStdString())));
        expected.push_back(scene.cache.stored.back().digest.toString());
    }
    QCOMPARE(scene.list({}), expected);
}

void ApiServiceTest::listTakesLimitTokenAndFilters()
{
    Scene scene;
    for (const char digit : {'1', '2', '3', '4'})
        scene.cache.stored.push_back(blobOf(digestOf(digit)));
    v1::ListBlobsRequest request;
    request.set_limit(2);
    request.set_page_token(digestOf('1').toString());
    request.add_filters("kind==layer");
    const std::vector<std::string> expected{digestOf('2').toString(), digestOf('3').toString()};
    QCOMPARE(scene.list(request), expected);
    QCOMPARE(scene.cache.lastFilter.filters, std::vector<std::string>{"kind==layer"});
}

void ApiServiceTest::refusesABadPageToken()
{
    Scene scene;
    v1::ListBlobsRequest request;
    request.set_page_token("nonsense");
    QCOMPARE(codeOf([&] { scene.list(request); }), std::optional(ErrorCode::InvalidArgument));
}

void ApiServiceTest::findsBlobsByPrefix()
{
    Scene scene;
    scene.cache.stored = {blobOf(digestOf('0')), blobOf(digestOf("abcdef0")), blobOf(digestOf("abcdef1")),
                          blobOf(digestOf('f'))};
    QCOMPARE(scene.inspect("abcdef1").blob().digest(), digestOf("abcdef1").toString());
    QCOMPARE(scene.inspect("ABCDEF1").blob().digest(), digestOf("abcdef1").toString());
    QCOMPARE(scene.inspect("sha256:abcdef0").blob().digest(), digestOf("abcdef0").toString());
    QCOMPARE(scene.inspect("000000").blob().digest(), digestOf('0').toString());
    QCOMPARE(scene.inspect("ffffff").blob().digest(), digestOf('f').toString());
    QCOMPARE(scene.inspect(digestOf('f').toString()).blob().created_at().nanos(), 500'000'000);
}

void ApiServiceTest::refusesPrefixes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const QByteArray& text, ErrorCode code) {
        QTest::newRow(name) << text << static_cast<int>(code);
    };
    row("ambiguous", "abcdef", ErrorCode::InvalidArgument);
    row("too short", "abcde", ErrorCode::InvalidArgument);
    row("empty", "", ErrorCode::InvalidArgument);
    row("not hexadecimal", "abcdefg", ErrorCode::InvalidArgument);
    row("too long", QByteArray(129, 'a'), ErrorCode::InvalidArgument);
    row("unknown algorithm", "md5:abcdef", ErrorCode::InvalidArgument);
    row("of another algorithm", "sha512:abcdef0", ErrorCode::NotFound);
    row("unknown prefix", "123456", ErrorCode::NotFound);
    row("unknown digest", "sha256:" + QByteArray(64, '9'), ErrorCode::NotFound);
}

void ApiServiceTest::refusesPrefixes()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    Scene scene;
    scene.cache.stored = {blobOf(digestOf("abcdef0")), blobOf(digestOf("abcdef1"))};
    QCOMPARE(codeOf([&] { scene.inspect(text.toStdString()); }), std::optional(static_cast<ErrorCode>(code)));
}

void ApiServiceTest::explainsABlob()
{
    Scene scene;
    const Digest layer = digestOf('1');
    const Digest manifest = digestOf('2');
    scene.cache.stored = {blobOf(layer), blobOf(manifest)};
    scene.cache.edges = {{.parent = manifest, .child = layer, .role = "layer", .mediaType = "m", .platform = ""}};
    const Claim direct{.holder = "a", .digest = layer, .since = {}};
    const Claim above{.holder = "b", .digest = manifest, .since = {}};
    scene.cache.paths = {{{layer}, direct}, {{layer, manifest}, above}};
    v1::ExplainBlobRequest request;
    request.set_digest("111111");
    const v1::ExplainBlobResponse answer = scene.call(&v1::Layerhold::Stub::ExplainBlob, request);
    QCOMPARE(answer.paths_size(), 2);
    QCOMPARE(answer.paths(1).path(1), manifest.toString());
    QCOMPARE(answer.paths(1).claim().holder(), std::string("b"));
    const v1::InspectBlobResponse found = scene.inspect("111111");
    QCOMPARE(found.claims_size(), 1);
    QCOMPARE(found.claims(0).holder(), std::string("a"));
    QCOMPARE(found.parents_size(), 1);
    QCOMPARE(found.children_size(), 0);
}

void ApiServiceTest::managesEngines()
{
    Scene scene;
    v1::AddEngineRequest add;
    add.set_name("main");
    add.set_socket("/run/main.sock");
    add.set_sharing("everything");
    QCOMPARE(codeOf([&] { scene.call(&v1::Layerhold::Stub::AddEngine, add); }),
             std::optional(ErrorCode::InvalidArgument));
    add.set_sharing("");
    QCOMPARE(scene.call(&v1::Layerhold::Stub::AddEngine, add).engine().engine().sharing(), std::string("verified"));
    scene.cache.knownEngines.clear();
    add.set_sharing("isolated");
    QCOMPARE(scene.call(&v1::Layerhold::Stub::AddEngine, add).engine().engine().sharing(), std::string("isolated"));
    QCOMPARE(scene.call(&v1::Layerhold::Stub::ListEngines, v1::ListEnginesRequest()).engines_size(), 1);
    v1::RemoveEngineRequest remove;
    remove.set_name("main");
    scene.call(&v1::Layerhold::Stub::RemoveEngine, remove);
    QCOMPARE(codeOf([&] { scene.call(&v1::Layerhold::Stub::RemoveEngine, remove); }),
             std::optional(ErrorCode::NotFound));
}

void ApiServiceTest::tellsTheGapBetweenEvents()
{
    Scene scene;
    scene.cache.lost = {.firstMissing = 1, .lastMissing = 40};
    scene.cache.addEvent(eventOf("blob_committed"));
    v1::FollowEventsRequest request;
    request.set_after(10);
    std::vector<v1::FollowEventsResponse> pages;
    scene.client->stream(&v1::Layerhold::Stub::FollowEvents, request,
                         [&](const v1::FollowEventsResponse& page) { pages.push_back(page); });
    QCOMPARE(pages.size(), 1U);
    QCOMPARE(pages[0].gap().first_missing(), 11U);
    QCOMPARE(pages[0].gap().last_missing(), 40U);
    QCOMPARE(pages[0].events(0).sequence(), 41U);
}

void ApiServiceTest::bytesThatAreNoTextDoNotBreakAnAnswer()
{
    Scene scene;
    scene.cache.addEvent(eventOf("ingest_started", "ref-\xff\xc0\xaf"));
    std::string subject;
    scene.client->stream(&v1::Layerhold::Stub::FollowEvents, v1::FollowEventsRequest(),
                         [&](const v1::FollowEventsResponse& page) { subject = page.events(0).subject(); });
    QCOMPARE(subject, std::string("ref-\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
}

void ApiServiceTest::followsEventsUntilTheClientLeaves()
{
    Scene scene;
    scene.cache.addEvent(eventOf("old"));
    v1::FollowEventsRequest request;
    request.set_after(0);
    request.set_follow(true);
    std::stop_source stop;
    std::vector<std::string> kinds;
    try {
        scene.client->stream(
            &v1::Layerhold::Stub::FollowEvents, request,
            [&](const v1::FollowEventsResponse& page) {
                for (const v1::Event& event : page.events())
                    kinds.push_back(event.kind());
                if (kinds.size() == 1)
                    scene.cache.addEvent(eventOf("new"));
                else
                    stop.request_stop();
            },
            stop.get_token());
        QFAIL("a follower that leaves is cancelled");
    } catch (const Cancelled&) {
    }
    const std::vector<std::string> expected{"old", "new"};
    QCOMPARE(kinds, expected);
}

void ApiServiceTest::refusesOneFollowerTooMany()
{
    Scene scene({.host = service::ApiServiceOptions::Host::Caller, .maxFollowers = 2});
    v1::FollowEventsRequest request;
    request.set_follow(true);
    request.set_only_new(true);
    const auto stub = v1::Layerhold::NewStub(scene.server->InProcessChannel({}));
    grpc::ClientContext contexts[2];
    std::unique_ptr<grpc::ClientReader<v1::FollowEventsResponse>> readers[2];
    for (int i = 0; i < 2; ++i) {
        readers[i] = stub->FollowEvents(&contexts[i], request);
        readers[i]->WaitForInitialMetadata(); // counted in
    }
    const auto tooMany = [&] {
        return codeOf([&] {
            request.set_follow(false);
            scene.client->stream(&v1::Layerhold::Stub::FollowEvents, request, [](const auto&) {});
        });
    };
    QCOMPARE(tooMany(), std::optional(ErrorCode::Unavailable));
    contexts[0].TryCancel();
    QCOMPARE(readers[0]->Finish().error_code(), grpc::StatusCode::CANCELLED);
    QTRY_COMPARE(tooMany(), std::nullopt); // a place is free again
    contexts[1].TryCancel();
    readers[1]->Finish();
}

void ApiServiceTest::endsFollowersWhenItStops()
{
    Scene scene;
    scene.cache.addEvent(eventOf("first"));
    v1::FollowEventsRequest request;
    request.set_follow(true);
    const auto code = codeOf([&] {
        scene.client->stream(&v1::Layerhold::Stub::FollowEvents, request,
                             [&](const v1::FollowEventsResponse&) { scene.services.stop(); });
    });
    QCOMPARE(code, std::optional(ErrorCode::Unavailable));
}

void ApiServiceTest::refusesToFollowFromTheFuture()
{
    Scene scene;
    scene.cache.addEvent(eventOf("first"));
    v1::FollowEventsRequest request;
    request.set_follow(true);
    request.set_after(2);
    QCOMPARE(codeOf([&] { scene.client->stream(&v1::Layerhold::Stub::FollowEvents, request, [](const auto&) {}); }),
             std::optional(ErrorCode::OutOfRange));
}

void ApiServiceTest::verifyStreamsProgressAndTheReport()
{
    Scene scene;
    scene.cache.stored = {blobOf(digestOf('1')), blobOf(digestOf('2'))};
    std::vector<v1::VerifyResponse> steps;
    const auto verify = [&](const v1::VerifyRequest& request) {
        steps.clear();
        scene.client->stream(&v1::Layerhold::Stub::Verify, request,
                             [&](const v1::VerifyResponse& step) { steps.push_back(step); });
    };
    verify({});
    QCOMPARE(steps.size(), 2U);
    QCOMPARE(steps[0].progress().done_bytes(), 10U);
    QCOMPARE(steps[1].report().checked(), 2U);
    v1::VerifyRequest one;
    one.add_digests("222222");
    verify(one);
    QCOMPARE(steps.back().report().checked(), 1U);
    one.add_digests("333333");
    QCOMPARE(codeOf([&] { verify(one); }), std::optional(ErrorCode::NotFound));
}

void ApiServiceTest::verifyStopsWhenTheClientLeaves()
{
    Scene scene;
    scene.cache.work = FakeCache::Work::WaitForStop;
    std::stop_source stop;
    QVERIFY_EXCEPTION_THROWN(scene.client->stream(
                                 &v1::Layerhold::Stub::Verify, v1::VerifyRequest(),
                                 [&](const v1::VerifyResponse&) { stop.request_stop(); }, stop.get_token()),
                             Cancelled);
    QTRY_VERIFY(scene.cache.sawStop());
}

void ApiServiceTest::clientsThatDoNotReadHoldUpNoWork()
{
    Scene scene;
    scene.cache.work = FakeCache::Work::TellMuch;
    const auto stub = v1::Layerhold::NewStub(scene.server->InProcessChannel({}));
    grpc::ClientContext context;
    const auto reader = stub->Verify(&context, v1::VerifyRequest());
    QTRY_COMPARE(scene.cache.finished(), 1);
    // Who reads after all gets the newest progress, and the report.
    v1::VerifyResponse step;
    v1::VerifyResponse last;
    while (reader->Read(&step))
        last = step;
    QVERIFY(reader->Finish().ok());
    QVERIFY(last.has_report());
}

void ApiServiceTest::longWorkIsUnavailableWhenTheServiceStops()
{
    Scene scene;
    scene.cache.work = FakeCache::Work::WaitForStop;
    const auto code = codeOf([&] {
        scene.client->stream(&v1::Layerhold::Stub::Rebuild, v1::RebuildRequest(),
                             [&](const v1::RebuildResponse&) { scene.services.stop(); });
    });
    QCOMPARE(code, std::optional(ErrorCode::Unavailable));
}

void ApiServiceTest::anIdleUploadEndsWhenTheServiceStops()
{
    Scene scene;
    const auto stub = v1::Entries::NewStub(scene.server->InProcessChannel({}));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
    v1::PutEntryResponse response;
    const auto writer = stub->PutEntry(&context, &response);
    scene.services.stop();
    const auto code = writer->Finish().error_code(); // nothing was sent, nor that this is all
    QVERIFY(code != grpc::StatusCode::OK && code != grpc::StatusCode::DEADLINE_EXCEEDED);
}

void ApiServiceTest::cleanupListsItemsThenTheReport()
{
    Scene scene;
    CleanupItem item;
    item.name = digestOf('1').toString();
    item.bytes = 5;
    CleanupItem skipped = item;
    skipped.skipped = "claimed meanwhile";
    scene.cache.items = {item, skipped};
    v1::CleanupRequest request;
    request.set_keep_bytes(9);
    request.set_dry_run(true);
    std::vector<v1::CleanupResponse> steps;
    scene.client->stream(&v1::Layerhold::Stub::Cleanup, request,
                         [&](const v1::CleanupResponse& step) { steps.push_back(step); });
    QCOMPARE(scene.cache.lastCleanup.keepBytes, 9U);
    QVERIFY(scene.cache.lastCleanup.mode == CleanupOptions::Mode::DryRun);
    QCOMPARE(steps.size(), 4U); // progress, two items, report
    QCOMPARE(steps[1].item().what(), std::string("blob"));
    QCOMPARE(steps[2].item().skipped(), std::string("claimed meanwhile"));
    QCOMPARE(steps[3].report().items(), 1U);
    QCOMPARE(steps[3].report().bytes(), 5U);
}

void ApiServiceTest::rebuilds()
{
    Scene scene;
    scene.cache.stored = {blobOf(digestOf('1'))};
    v1::RebuildReport report;
    scene.client->stream(&v1::Layerhold::Stub::Rebuild, v1::RebuildRequest(), [&](const v1::RebuildResponse& step) {
        if (step.has_report())
            report = step.report();
    });
    QCOMPARE(report.blobs(), 1U);
}

void ApiServiceTest::importsAndExports()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    Scene scene;
    v1::ImportBlobsRequest request;
    request.set_engine("main");
    request.set_directory("relative");
    v1::TransferReport report;
    const auto import = [&] {
        scene.client->stream(&v1::Layerhold::Stub::ImportBlobs, request, [&](const v1::TransferProgress& step) {
            if (step.has_report())
                report = step.report();
        });
    };
    QCOMPARE(codeOf(import), std::optional(ErrorCode::InvalidArgument));
    request.set_directory(path + "/absent");
    QCOMPARE(codeOf(import), std::optional(ErrorCode::NotFound));
    request.set_directory(path);
    import();
    QCOMPARE(report.transferred(), 2U);
    QCOMPARE(report.skipped(0), path + "/odd: not a digest");
    QCOMPARE(report.failed(), 1U);
    v1::ExportBlobsRequest out;
    out.set_engine("nobody");
    out.set_directory("/blobs");
    QCOMPARE(codeOf([&] { scene.client->stream(&v1::Layerhold::Stub::ExportBlobs, out, [](const auto&) {}); }),
             std::optional(ErrorCode::NotFound));
}

void ApiServiceTest::theDirectoryIsTheOneItsClientSees()
{
    const QTemporaryDir directory;
    Scene scene;
    const auto import = [&](const v1::ImportBlobsRequest& request) {
        return codeOf([&] { scene.client->stream(&v1::Layerhold::Stub::ImportBlobs, request, [](const auto&) {}); });
    };
    const auto exportTo = [&](const v1::ImportBlobsRequest& like) {
        v1::ExportBlobsRequest request;
        request.set_engine("nobody");
        request.set_directory(like.directory());
        *request.mutable_seen() = like.seen();
        return codeOf([&] { scene.client->stream(&v1::Layerhold::Stub::ExportBlobs, request, [](const auto&) {}); });
    };

    struct stat status
    {};

    QCOMPARE(::stat(qPrintable(directory.path()), &status), 0);
    v1::ImportBlobsRequest request;
    request.set_engine("main");
    request.set_directory(directory.path().toStdString());
    request.mutable_seen()->set_device(status.st_dev);
    request.mutable_seen()->set_inode(status.st_ino);
    QCOMPARE(import(request), std::nullopt);
    QCOMPARE(exportTo(request), std::optional(ErrorCode::NotFound)); // of the engine

    request.mutable_seen()->set_inode(status.st_ino + 1);
    QCOMPARE(import(request), std::optional(ErrorCode::FailedPrecondition));
    QCOMPARE(exportTo(request), std::optional(ErrorCode::FailedPrecondition));

    request.mutable_seen()->set_inode(status.st_ino);
    request.set_directory(directory.path().toStdString() + "/absent");
    QCOMPARE(import(request), std::optional(ErrorCode::FailedPrecondition));
    QCOMPARE(exportTo(request), std::optional(ErrorCode::FailedPrecondition));
    QVERIFY(!QFile::exists(directory.filePath("absent")));
}

QTEST_GUILESS_MAIN(ApiServiceTest)
#include "api_service_test.moc"
