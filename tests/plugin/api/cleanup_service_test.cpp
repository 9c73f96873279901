// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "api/client.h"
#include "layerhold/cache.h"
#include "service/api/api_services.h"
#include "service/api/idle_engine_host.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <QTemporaryDir>

#include <array>
#include <optional>

using namespace layerhold;
using api::Client;

namespace {

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

CacheOptions optionsFor(const QTemporaryDir& directory)
{
    CacheOptions options;
    options.root = directory.filePath("root").toStdString();
    return options;
}

/// The services of a real cache on an in-process channel.
struct Scene
{
    Scene()
        : cache(Cache::open(optionsFor(directory)))
        , host(*cache)
        , services(*cache, host, {})
    {
        cache->addEngine("main", "/run/main.sock", Sharing::Open);
        store = cache->contentStore("main");
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

    std::string putReleased(const std::string& text) const
    {
        const auto bytes = std::as_bytes(std::span(text));
        const Digest digest = Hasher::of(bytes);
        const auto ingest = store->ingest("put-" + digest.hex(), {});
        const std::array pieces{bytes};
        ingest->append(pieces);
        ingest->commitAndWait({text.size(), digest, {}});
        store->release(digest);
        return digest.toString();
    }

    template <class Request, class Response>
    Response call(grpc::Status (v1::Cleanup::Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request)
    {
        return client->call(method, request);
    }

    v1::Plan planAll()
    {
        v1::MakePlanRequest request;
        request.mutable_policy()->add_rules()->set_name("all");
        return call(&v1::Cleanup::Stub::MakePlan, request);
    }

    v1::CleanupRun apply(const std::string& plan)
    {
        v1::ApplyPlanRequest request;
        request.set_id(plan);
        v1::CleanupRun run;
        client->stream(&v1::Cleanup::Stub::ApplyPlan, request, [&](const v1::ApplyPlanResponse& step) {
            if (step.has_run())
                run = step.run();
        });
        return run;
    }

    QTemporaryDir directory;
    std::unique_ptr<Cache> cache;
    std::shared_ptr<ContentStore> store;
    service::IdleEngineHost host;
    service::ApiServices services;
    std::unique_ptr<grpc::Server> server;
    std::optional<Client> client;
};

} // namespace

class CleanupServiceTest : public QObject
{
    Q_OBJECT

private slots:
    void policyGoesThereAndBack();
    void planApplyUndo();
    void onlyTheTrashIsNotForGood();
    void plansToLookAtDropNoOther();
    void pinsAndLeases();
    void tellsUsageAndFreed();
};

void CleanupServiceTest::policyGoesThereAndBack()
{
    Scene scene;
    v1::CleanupPolicy policy = scene.call(&v1::Cleanup::Stub::GetPolicy, v1::GetPolicyRequest());
    QCOMPARE(policy.rules_size(), 4);
    QCOMPARE(policy.mode(), std::string("manual"));
    QCOMPARE(policy.rules(1).keep_duration(), std::string("60d"));
    policy.set_mode("automatic");
    policy.mutable_rules(0)->set_max_used("30%<=1GiB");
    v1::SetPolicyRequest request;
    *request.mutable_policy() = policy;
    const v1::CleanupPolicy stored = scene.call(&v1::Cleanup::Stub::SetPolicy, request);
    QCOMPARE(stored.SerializeAsString(), policy.SerializeAsString());
    for (const char* bad : {"30%%", "-1", "x"}) {
        request.mutable_policy()->mutable_rules(0)->set_max_used(bad);
        QVERIFY(codeOf([&] { scene.call(&v1::Cleanup::Stub::SetPolicy, request); }) == ErrorCode::InvalidArgument);
    }
    v1::GetPolicyRequest standard;
    standard.set_standard(true);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::GetPolicy, standard).mode(), std::string("manual"));
}

void CleanupServiceTest::planApplyUndo()
{
    Scene scene;
    const std::string digest = scene.putReleased("free");
    const v1::Plan plan = scene.planAll();
    QCOMPARE(plan.remove_items(), 1U);
    std::vector<v1::PlanItem> items;
    v1::ListPlanItemsRequest list;
    list.set_id(plan.id());
    scene.client->stream(&v1::Cleanup::Stub::ListPlanItems, list, [&](const v1::ListPlanItemsResponse& page) {
        items.insert(items.end(), page.items().begin(), page.items().end());
    });
    QCOMPARE(items.size(), std::size_t(1));
    QCOMPARE(items[0].name(), digest);
    QCOMPARE(items[0].decision(), std::string("remove"));
    QCOMPARE(items[0].reason(), std::string("remove_unused"));

    const v1::CleanupRun run = scene.apply(plan.id());
    QCOMPARE(run.trashed(), 1U);
    QVERIFY(run.has_finished_at());
    QVERIFY(codeOf([&] { scene.apply(plan.id()); }) == ErrorCode::FailedPrecondition);
    QVERIFY(codeOf([&] { scene.apply("unknown"); }) == ErrorCode::NotFound);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::ListRuns, v1::ListRunsRequest()).runs(0).id(), run.id());
    int trashed = 0;
    scene.client->stream(&v1::Cleanup::Stub::ListTrash, v1::ListTrashRequest(),
                         [&](const v1::ListTrashResponse& page) { trashed += page.blobs_size(); });
    QCOMPARE(trashed, 1);
    v1::TrashReport report;
    scene.client->stream(&v1::Cleanup::Stub::UndoRun, v1::UndoRunRequest(), [&](const v1::TrashProgress& step) {
        if (step.has_report())
            report = step.report();
    });
    QCOMPARE(report.items(0).outcome(), std::string("restored"));
    QVERIFY(scene.cache->blob(Digest::require(digest))->state == BlobState::Present);
}

void CleanupServiceTest::onlyTheTrashIsNotForGood()
{
    Scene scene;
    const std::string digest = scene.putReleased("free");
    const v1::Plan plan = scene.planAll();
    v1::SetPolicyRequest policy;
    *policy.mutable_policy() = scene.call(&v1::Cleanup::Stub::GetPolicy, v1::GetPolicyRequest());
    policy.mutable_policy()->set_undo_window("0s");
    scene.call(&v1::Cleanup::Stub::SetPolicy, policy);
    v1::ApplyPlanRequest request;
    request.set_id(plan.id());
    request.set_only_trash(true);
    QVERIFY(codeOf([&] {
                scene.client->stream(&v1::Cleanup::Stub::ApplyPlan, request, [](const v1::ApplyPlanResponse&) {});
            }) == ErrorCode::FailedPrecondition);
    QVERIFY(scene.cache->blob(Digest::require(digest))->state == BlobState::Present);
    QCOMPARE(scene.apply(plan.id()).removed(), 1U);
}

void CleanupServiceTest::plansToLookAtDropNoOther()
{
    Scene scene;
    const v1::Plan plan = scene.planAll();
    v1::MakePlanRequest look;
    look.set_look(true);
    for (int i = 0; i < 15; ++i)
        scene.call(&v1::Cleanup::Stub::MakePlan, look);
    v1::GetPlanRequest request;
    request.set_id(plan.id());
    QCOMPARE(scene.call(&v1::Cleanup::Stub::GetPlan, request).id(), plan.id());
}

void CleanupServiceTest::pinsAndLeases()
{
    Scene scene;
    const std::string digest = scene.putReleased("kept");
    v1::PinBlobRequest pin;
    pin.set_digest(digest.substr(7, 12));
    pin.set_note("why");
    QCOMPARE(scene.call(&v1::Cleanup::Stub::PinBlob, pin).digest(), digest);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::ListPins, v1::ListPinsRequest()).pins(0).note(), std::string("why"));
    QCOMPARE(scene.planAll().remove_items(), 0U);
    v1::UnpinBlobRequest unpin;
    unpin.set_digest(digest);
    scene.call(&v1::Cleanup::Stub::UnpinBlob, unpin);
    QVERIFY(codeOf([&] { scene.call(&v1::Cleanup::Stub::UnpinBlob, unpin); }) == ErrorCode::NotFound);

    v1::PutLeaseRequest lease;
    lease.set_id("build");
    lease.set_duration("1h");
    lease.add_digests(digest);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::PutLease, lease).digests_size(), 1);
    QCOMPARE(scene.planAll().remove_items(), 0U);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::ListLeases, v1::ListLeasesRequest()).leases_size(), 1);
    v1::EndLeaseRequest end;
    end.set_id("build");
    scene.call(&v1::Cleanup::Stub::EndLease, end);
    QVERIFY(codeOf([&] { scene.call(&v1::Cleanup::Stub::EndLease, end); }) == ErrorCode::NotFound);
    QCOMPARE(scene.planAll().remove_items(), 1U);
}

void CleanupServiceTest::tellsUsageAndFreed()
{
    Scene scene;
    const std::string digest = scene.putReleased("free");
    const v1::Usage usage = scene.call(&v1::Cleanup::Stub::GetUsage, v1::GetUsageRequest());
    QCOMPARE(usage.stored_bytes(), 4U);
    QCOMPARE(usage.released_bytes(), 4U);
    QCOMPARE(usage.on_disk(usage.on_disk_size() - 1).name(), std::string("total"));
    v1::GetUsageRequest bad;
    bad.set_level("galaxy");
    QVERIFY(codeOf([&] { scene.call(&v1::Cleanup::Stub::GetUsage, bad); }) == ErrorCode::InvalidArgument);
    v1::GetFreedRequest freed;
    freed.add_digests(digest);
    QCOMPARE(scene.call(&v1::Cleanup::Stub::GetFreed, freed).bytes(), 4U);
}

QTEST_GUILESS_MAIN(CleanupServiceTest)
#include "cleanup_service_test.moc"
