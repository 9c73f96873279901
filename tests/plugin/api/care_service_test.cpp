// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "api/client.h"
#include "service/api/local_service.h"

#include "support/expect_error.h"
#include "support/temp_root.h"

#include <layerhold/v1/health.grpc.pb.h>
#include <layerhold/v1/metrics.grpc.pb.h>

#include <google/protobuf/descriptor.h>

#include <fstream>

using namespace layerhold;
using layerhold::test::errorOf;

namespace {

using Names = std::vector<std::string>;

Names fieldsOf(const google::protobuf::Descriptor& message)
{
    Names names;
    for (int i = 0; i < message.field_count(); ++i)
        names.push_back(message.field(i)->name());
    return names;
}

/// The services Metrics and Health over a cache of their own.
class Scene
{
public:
    Scene()
        : m_service(options())
        , client(m_service.client())
    {}

    /// Writes a blob and brings it in for the engine main; its digest.
    std::string add(const std::string& bytes)
    {
        const Digest digest = Hasher::of(std::as_bytes(std::span(bytes)));
        const auto directory = m_root / "store/sha256";
        std::filesystem::create_directories(directory);
        std::ofstream(directory / digest.hex(), std::ios::binary) << bytes;
        v1::AddEngineRequest engine;
        engine.set_name("main");
        engine.set_socket("/run/main.sock");
        engine.set_sharing("open");
        client.call(&v1::Layerhold::Stub::AddEngine, engine);
        v1::ImportBlobsRequest import;
        import.set_engine("main");
        import.set_directory(m_root / "store");
        client.stream(&v1::Layerhold::Stub::ImportBlobs, import, [](const v1::TransferProgress&) {});
        return digest.toString();
    }

    std::filesystem::path blobFile(const std::string& digest) const
    {
        return m_root / "cache/blobs/sha256" / Digest::require(digest).hex();
    }

private:
    CacheOptions options() const
    {
        CacheOptions options;
        options.root = m_root / "cache";
        return options;
    }

    test::TempRoot m_root;
    service::LocalService m_service;

public:
    api::Client client;
};

} // namespace

class CareServiceTest : public QObject
{
    Q_OBJECT

private slots:

    void namesAreWhatTheyEverWere()
    {
        QCOMPARE(fieldsOf(*v1::CollectDebugResponse::descriptor()),
                 Names({"timestamp", "config", "metrics", "index_stats", "cache_stats", "top_entries", "integrity",
                        "storage_info"}));
        QCOMPARE(fieldsOf(*v1::CacheStatistics::descriptor()),
                 Names({"total_entries", "expired_entries", "total_size_bytes", "max_size_bytes", "hit_rate",
                        "total_evictions", "total_errors", "last_compaction", "average_access_count"}));
        QCOMPARE(fieldsOf(*v1::EntryInfo::descriptor()), Names({"key", "size", "created_at", "accessed_at", "ttl",
                                                                "access_count", "file_path", "is_expired", "type"}));
        QCOMPARE(fieldsOf(*v1::IntegrityReport::descriptor()),
                 Names({"at", "depth", "total_entries", "corrupted_entries", "missing_files", "invalid_digests",
                        "is_healthy", "check_duration"}));
        QCOMPARE(fieldsOf(*v1::StorageInfo::descriptor()), Names({"path", "total_files", "total_size", "directories"}));
        QCOMPARE(fieldsOf(*v1::DirectoryInfo::descriptor()), Names({"path", "file_count", "total_size"}));
    }

    void theMessageHasEveryMetricOfTheTable()
    {
        Scene scene;
        const auto described = scene.client.call(&v1::Metrics::Stub::DescribeMetrics, v1::DescribeMetricsRequest());
        Names names;
        for (const v1::MetricDescription& metric : described.metrics()) {
            names.push_back(metric.name());
            QVERIFY(!metric.sentence().empty() && !metric.unit().empty() && !metric.kind().empty());
        }
        QCOMPARE(names, fieldsOf(*v1::MetricsSnapshot::descriptor()));
    }

    void tellsSnapshotAndHistory()
    {
        Scene scene;
        scene.add("bytes");
        const auto now = scene.client.call(&v1::Metrics::Stub::GetSnapshot, v1::GetSnapshotRequest());
        QCOMPARE(now.metrics().entries_stored(), 1U);
        QVERIFY(now.metrics().has_hits() && !now.metrics().has_time_since_last_hit_ns());
        QVERIFY(now.has_since());
        v1::GetHistoryRequest request;
        request.set_series("hits");
        auto history = scene.client.call(&v1::Metrics::Stub::GetHistory, request);
        QCOMPARE(history.step_seconds(), 3600U); // since ever
        QCOMPARE(history.kind(), std::string("counter"));
        request.mutable_since()->set_seconds(now.at().seconds() - 60);
        history = scene.client.call(&v1::Metrics::Stub::GetHistory, request);
        QCOMPARE(history.step_seconds(), 1U);
        request.set_step_seconds(7);
        QVERIFY(errorOf([&] { scene.client.call(&v1::Metrics::Stub::GetHistory, request); }) ==
                ErrorCode::InvalidArgument);
        scene.client.call(&v1::Metrics::Stub::ResetMetrics, v1::ResetMetricsRequest());
        const auto after = scene.client.call(&v1::Metrics::Stub::GetSnapshot, v1::GetSnapshotRequest());
        QVERIFY(after.since().seconds() >= now.since().seconds());
        QCOMPARE(after.metrics().entries_stored(), 1U);
    }

    void collectsAndRepairs()
    {
        Scene scene;
        const std::string kept = scene.add("kept");
        const std::string lost = scene.add("lost");
        auto report = scene.client.call(&v1::Health::Stub::CollectDebug, v1::CollectDebugRequest());
        QVERIFY(report.integrity().is_healthy());
        QCOMPARE(report.top_entries_size(), 2);
        QCOMPARE(report.cache_stats().total_entries(), 2U);
        v1::GetEntryInfoRequest entry;
        entry.set_digest(kept);
        QCOMPARE(scene.client.call(&v1::Health::Stub::GetEntryInfo, entry).entry().file_path(),
                 scene.blobFile(kept).string());
        std::filesystem::remove(scene.blobFile(lost));
        v1::IntegrityReport integrity;
        scene.client.stream(&v1::Health::Stub::CheckIntegrity, v1::CheckIntegrityRequest(),
                            [&](const v1::CheckIntegrityResponse& step) {
                                if (step.has_report())
                                    integrity = step.report();
                            });
        QCOMPARE(integrity.missing_files_size(), 1);
        QCOMPARE(integrity.missing_files(0).digest(), lost);
        v1::RepairReport repaired;
        scene.client.stream(&v1::Health::Stub::Repair, v1::RepairRequest(), [&](const v1::RepairResponse& step) {
            if (step.has_report())
                repaired = step.report();
        });
        QCOMPARE(repaired.marked_missing(), 1U);
        QVERIFY(!repaired.after().is_healthy());
        const auto storage = scene.client.call(&v1::Health::Stub::GetStorage, v1::GetStorageRequest());
        QVERIFY(storage.storage().total_files() > 0);
        QVERIFY(scene.client.call(&v1::Health::Stub::Compact, v1::CompactRequest()).has_at());
    }

    void diagnosesTheEnginesToo()
    {
        Scene scene;
        scene.add("bytes");
        const auto answer = scene.client.call(&v1::Health::Stub::Diagnose, v1::DiagnoseRequest());
        QVERIFY(answer.checks_size() >= 9);
        const v1::HealthCheck& engine = answer.checks(answer.checks_size() - 1);
        QCOMPARE(engine.name(), std::string("engine main"));
        QCOMPARE(engine.outcome(), std::string("fail")); // nobody serves it in this process
        QVERIFY(!engine.advice().empty());
    }

    void explains()
    {
        Scene scene;
        const std::string digest = scene.add("bytes");
        v1::ExplainMissRequest request;
        request.set_digest(digest.substr(7, 12));
        const auto stored = scene.client.call(&v1::Health::Stub::ExplainMiss, request);
        QCOMPARE(stored.digest(), digest);
        QCOMPARE(stored.reason(), std::string("not_missed"));
        QVERIFY(stored.events_size() >= 1);
        request.set_digest("sha256:" + std::string(64, '0'));
        QCOMPARE(scene.client.call(&v1::Health::Stub::ExplainMiss, request).reason(), std::string("not_missed"));
        request.set_digest("0000000000");
        QVERIFY(errorOf([&] { scene.client.call(&v1::Health::Stub::ExplainMiss, request); }) == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(CareServiceTest)
#include "care_service_test.moc"
