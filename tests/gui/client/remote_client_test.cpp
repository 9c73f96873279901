// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "client/remote_client.h"
#include "layerhold/cache.h"
#include "layerhold/digest.h"
#include "layerhold/images.h"
#include "layerhold/ingest.h"
#include "layerhold/tags.h"

#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <span>

using namespace layerhold::gui;
namespace core = layerhold;

namespace {

constexpr int manyBlobs = 3'000;

std::string put(core::ContentStore& store, const std::string& text)
{
    const auto bytes = std::as_bytes(std::span(text));
    const core::Digest digest = core::Hasher::of(bytes);
    const auto ingest = store.ingest("put-" + digest.hex(), {});
    const std::array pieces{bytes};
    ingest->append(pieces);
    ingest->commitAndWait({text.size(), digest, {}});
    return digest.toString();
}

/// The code of the error that a future ends with; empty when it does not fail.
template <class Result>
QString codeOf(QFuture<Result> future)
{
    try {
        future.waitForFinished();
    } catch (const CallError& error) {
        return error.code();
    }
    return {};
}

template <class Result>
bool finishes(const QFuture<Result>& future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 30'000);
}

/// A list as it comes, put together.
template <class Record>
struct Gathered
{
    std::vector<Record> records;
    int batches = 0;

    OnBatch<Record> taker()
    {
        return [this](std::vector<Record> batch) {
            ++batches;
            records.insert(records.end(), batch.begin(), batch.end());
        };
    }
};

/// A cache on the disk, filled before anybody opens it.
class FilledRoot
{
public:
    explicit FilledRoot(int blobs)
    {
        core::CacheOptions options;
        options.root = path().toStdString();
        const auto cache = core::Cache::open(options);
        cache->addEngine("main", "/run/main.sock", core::Sharing::Open);
        const auto store = cache->contentStore("main");
        held = put(*store, "held by the engine");
        store->updateLabels(core::Digest::require(held),
                            {core::LabelUpdate::Mode::SetKeys,
                             {{"containerd.io/distribution.source.docker.io", "library/app"}},
                             {"containerd.io/distribution.source.docker.io"}});
        for (int i = 0; i < blobs; ++i) {
            released.push_back(put(*store, "blob " + std::to_string(i)));
            store->release(core::Digest::require(released.back()));
        }
    }

    QString path() const { return m_directory.filePath("root"); }

    Target target() const { return {{}, path(), Target::Absent::Fail}; }

    std::string held;
    std::vector<std::string> released;

private:
    QTemporaryDir m_directory;
};

std::shared_ptr<CacheClient> openClient(const Target& target)
{
    const auto future = RemoteClient::open(target);
    return finishes(future) && codeOf(future).isEmpty() ? future.result() : nullptr;
}

PolicyRecord removeAll()
{
    PolicyRecord policy{"manual", "72h", "", {}};
    policy.rules.push_back({"all", {}, "used", "", "", "", "", ""});
    return policy;
}

} // namespace

class RemoteClientTest : public QObject
{
    Q_OBJECT

private slots:

    void saysWhyItCannotOpen()
    {
        QTemporaryDir directory;
        const auto nothing = RemoteClient::open({{}, directory.filePath("none"), Target::Absent::Fail});
        QVERIFY(finishes(nothing));
        QCOMPARE(codeOf(nothing), "not_found");
        const auto noDaemon = RemoteClient::open({directory.filePath("api.sock"), {}, Target::Absent::Fail});
        QVERIFY(finishes(noDaemon));
        QCOMPARE(codeOf(noDaemon), "unavailable");
    }

    void makesACacheWhenItIsTold()
    {
        QTemporaryDir directory;
        const auto client = openClient({{}, directory.filePath("new"), Target::Absent::Create});
        QVERIFY(client);
        const auto status = client->status();
        QVERIFY(finishes(status));
        QCOMPARE(status.result().blobCount, 0U);
        QVERIFY(!status.result().isDaemon);
    }

    void answersWhatIsAsked()
    {
        const FilledRoot root(5);
        const auto client = openClient(root.target());
        QVERIFY(client);

        const auto version = client->version();
        QVERIFY(finishes(version));
        QVERIFY(!version.result().version.empty());
        const auto status = client->status();
        QVERIFY(finishes(status));
        QCOMPARE(status.result().blobCount, 6U);
        QCOMPARE(status.result().releasedCount, 5U);
        QCOMPARE(status.result().engines.front().name, "main");
        QVERIFY(status.result().openedAt > Moment());
        const auto checks = client->diagnose();
        QVERIFY(finishes(checks));
        QVERIFY(!checks.result().empty());

        Gathered<BlobRecord> blobs;
        const auto listing = client->blobs({}, this, blobs.taker());
        QVERIFY(finishes(listing));
        QCOMPARE(blobs.records.size(), 6U);
        QVERIFY(std::ranges::is_sorted(blobs.records, {}, &BlobRecord::digest));
        Gathered<BlobRecord> some;
        const auto filtered = client->blobs({"released==false"}, this, some.taker());
        QVERIFY(finishes(filtered));
        QCOMPARE(some.records.size(), 1U);
        QCOMPARE(some.records.front().digest, root.held);
        QCOMPARE(some.records.front().refetch, "yes");
        QVERIFY(std::ranges::all_of(blobs.records, [&](const BlobRecord& blob) {
            return blob.refetch == (blob.digest == root.held ? "yes" : "unknown");
        }));

        const auto details = client->inspect(QString::fromStdString(root.held).mid(7, 20));
        QVERIFY(finishes(details));
        QCOMPARE(details.result().blob.size, 18U);
        QCOMPARE(details.result().claims.front().holder, "main");
        const auto why = client->whyKept(QString::fromStdString(root.held));
        QVERIFY(finishes(why));
        QCOMPARE(why.result().front().path, std::vector{root.held});
        const auto freed =
            client->freedBy({QString::fromStdString(root.released[0]), QString::fromStdString(root.released[1])});
        QVERIFY(finishes(freed));
        QCOMPARE(freed.result(), 12U);
        for (const char* level : {"holder", "image"}) {
            const auto usage = client->usage(level);
            QVERIFY(finishes(usage));
            QCOMPARE(usage.result().storedBlobs, 6U);
            QCOMPARE(usage.result().onDisk.back().name, "total");
        }
    }

    void answersOfEdgesAndAccess()
    {
        const FilledRoot root(0);
        const std::string index = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                                  "\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                                  "\"digest\":\"" +
                                  root.held + "\",\"size\":18}]}";
        const core::Digest digest = core::Hasher::of(std::as_bytes(std::span(index)));
        {
            core::CacheOptions options;
            options.root = root.path().toStdString();
            core::Cache::open(options)->images().putManifest("team/app:1", digest, std::as_bytes(std::span(index)), "");
        }
        const auto client = openClient(root.target());
        QVERIFY(client);
        Gathered<EdgeRecord> edges;
        QVERIFY(finishes(client->edges(this, edges.taker())));
        QCOMPARE(edges.records.size(), 1U);
        QCOMPARE(edges.records.front().parent, digest.toString());
        QCOMPARE(edges.records.front().child, root.held);
        QCOMPARE(edges.records.front().role, "manifest");

        const auto access = client->explainAccess(QString::fromStdString(root.held));
        QVERIFY(finishes(access));
        QCOMPARE(access.result().digest, root.held);
        QVERIFY(!access.result().isPublic);
        QVERIFY(access.result().proofs.empty());
        QCOMPARE(access.result().engines.size(), 1U);
        QCOMPARE(access.result().engines.front().engine, "main");
        QCOMPARE(access.result().engines.front().sharing, "open");
        QVERIFY(access.result().engines.front().canRead);
        QVERIFY(!access.result().engines.front().reason.empty());
        const auto none = client->explainAccess("none:1");
        QVERIFY(finishes(none));
        QCOMPARE(codeOf(none), "not_found");
    }

    void answersOfImagesAndTags()
    {
        const FilledRoot root(1);
        {
            core::CacheOptions options;
            options.root = root.path().toStdString();
            core::Cache::open(options)->tags().put("app:1", core::Digest::require(root.held), core::TagCause::Manual,
                                                   "somebody");
        }
        const auto client = openClient(root.target());
        QVERIFY(client);
        Gathered<ImageRecord> images;
        const auto listing = client->images({}, this, images.taker());
        QVERIFY(finishes(listing));
        QCOMPARE(listing.result().images, 0U);
        QVERIFY(listing.result().otherBytes > 0);
        Gathered<TagRecord> tags;
        QVERIFY(finishes(client->tags({}, this, tags.taker())));
        QCOMPARE(tags.records.size(), 1U);
        QCOMPARE(tags.records.front().reference, "docker.io/library/app:1");
        QCOMPARE(tags.records.front().digest, root.held);
        QVERIFY(tags.records.front().isPresent && tags.records.front().claims);
        const auto history = client->tagHistory("app:1");
        QVERIFY(finishes(history));
        QCOMPARE(history.result().moves.size(), 1U);
        QCOMPARE(history.result().moves.front().to, root.held);
        const auto unknown = client->tagHistory("docker.io/library/none:1");
        QVERIFY(finishes(unknown));
        QCOMPARE(codeOf(unknown), "not_found");
    }

    void tellsTheMetricsWithTheirMeaning()
    {
        const FilledRoot root(2);
        const auto client = openClient(root.target());
        QVERIFY(client);
        const auto metrics = client->metrics();
        QVERIFY(finishes(metrics));
        const MetricsRecord record = metrics.result();
        const auto stored = std::ranges::find(record.metrics, "entries_stored", &MetricRecord::name);
        QVERIFY(stored != record.metrics.end());
        QCOMPARE(stored->value, std::optional(3.0));
        QCOMPARE(stored->unit, "count");
        QVERIFY(stored->hasHistory);
        const auto lastHit = std::ranges::find(record.metrics, "time_since_last_hit_ns", &MetricRecord::name);
        QVERIFY(lastHit != record.metrics.end() && !lastHit->value);
        const auto history = client->history("entries_stored", std::chrono::seconds(1), Moment());
        QVERIFY(finishes(history));
        QCOMPARE(history.result().series, "entries_stored");
        QCOMPARE(history.result().step, std::chrono::seconds(1));
        const auto unknown = client->history("nonsense", std::chrono::seconds(1), Moment());
        QVERIFY(finishes(unknown));
        QCOMPARE(codeOf(unknown), "invalid_argument");
    }

    void plansRunsAndBringsBack()
    {
        const FilledRoot root(4);
        const auto client = openClient(root.target());
        QVERIFY(client);
        const auto policy = client->policy();
        QVERIFY(finishes(policy));
        QCOMPARE(policy.result().mode, "manual");
        const auto stored = client->setPolicy(policy.result());
        QVERIFY(finishes(stored));
        QVERIFY(stored.result() == policy.result());

        const auto plan = client->makePlan(removeAll(), CacheClient::PlanUse::Apply);
        QVERIFY(finishes(plan));
        QCOMPARE(plan.result().removeItems, 4U);
        QCOMPARE(plan.result().keepItems, 1U);
        const QString id = QString::fromStdString(plan.result().id);
        const auto plans = client->plans();
        QVERIFY(finishes(plans));
        QCOMPARE(plans.result().front().id, plan.result().id);
        const auto limits = client->rateLimits();
        QVERIFY(finishes(limits));
        // No registry was asked.
        QVERIFY(limits.result().empty());
        Gathered<PlanItem> items;
        QVERIFY(finishes(client->planItems(id, this, items.taker())));
        QCOMPARE(items.records.size(), 5U);
        QCOMPARE(items.records.back().reason, "keep_held");

        JobProgress last;
        const auto run = client->applyPlan(id, CacheClient::Removal::Trash, this, [&](JobProgress p) { last = p; });
        QVERIFY(finishes(run));
        QCOMPARE(run.result().trashed, 4U);
        QCOMPARE(last.doneItems, 4U);
        const QString runId = QString::fromStdString(run.result().id);
        const auto runs = client->runs();
        QVERIFY(finishes(runs));
        QCOMPARE(runs.result().front().id, run.result().id);
        Gathered<RunItem> done;
        QVERIFY(finishes(client->runItems(runId, this, done.taker())));
        QCOMPARE(done.records.size(), 4U);
        QCOMPARE(done.records.front().outcome, "trashed");
        Gathered<TrashRecord> trash;
        QVERIFY(finishes(client->trash(this, trash.taker())));
        QCOMPARE(trash.records.size(), 4U);
        QVERIFY(trash.records.front().expiresAt > trash.records.front().trashedAt);

        last = {};
        const auto restored = client->restoreTrash({QString::fromStdString(trash.records[0].digest)}, this,
                                                   [&](JobProgress p) { last = p; });
        QVERIFY(finishes(restored));
        QCOMPARE(last.totalItems, 1U);
        QCOMPARE(restored.result().items.front().outcome, "restored");
        const auto emptied = client->emptyTrash({QString::fromStdString(trash.records[1].digest)}, this, {});
        QVERIFY(finishes(emptied));
        QCOMPARE(emptied.result().items.front().outcome, "removed");
        const auto undone = client->undoRun(runId, this, {});
        QVERIFY(finishes(undone));
        QCOMPARE(undone.result().items.size(), 2U);

        const QString held = QString::fromStdString(root.held);
        const auto pin = client->pin(held, "golden");
        QVERIFY(finishes(pin));
        QCOMPARE(pin.result().note, "golden");
        const auto pins = client->pins();
        QVERIFY(finishes(pins));
        QCOMPARE(pins.result().size(), 1U);
        const auto unpinned = client->unpin(held);
        QVERIFY(finishes(unpinned));
        QCOMPARE(codeOf(unpinned), QString());
    }

    void takesMoreDigestsThanOneMessageHolds()
    {
        const FilledRoot root(1);
        const auto client = openClient(root.target());
        QVERIFY(client);
        // The service has read it when it says that there is no such blob.
        const QStringList many(60'000, "sha256:" + QString(64, '0'));
        const auto restored = client->restoreTrash(many, this, {});
        QVERIFY(finishes(restored));
        QCOMPARE(codeOf(restored), "not_found");
        const auto emptied = client->emptyTrash(many, this, {});
        QVERIFY(finishes(emptied));
        QCOMPARE(codeOf(emptied), "not_found");
    }

    void followsEventsUntilCancelled()
    {
        const FilledRoot root(2);
        const auto client = openClient(root.target());
        QVERIFY(client);
        Gathered<EventRecord> events;
        Gathered<EventRecord> past;
        QVERIFY(finishes(client->pastEvents(this, past.taker())));
        QVERIFY(!past.records.empty());
        auto following = client->followEvents(0, this, events.taker(), {});
        QTRY_VERIFY(events.records.size() >= past.records.size());
        QCOMPARE(events.records.front().sequence, past.records.front().sequence);
        const auto before = events.records.size();
        QVERIFY(finishes(client->pin(QString::fromStdString(root.held), "x")));
        QTRY_VERIFY(events.records.size() > before);
        QVERIFY(std::ranges::is_sorted(events.records, {}, &EventRecord::sequence));
        following.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!client->isBusy(), 2'000);
    }

    void slowsTheServiceDownForWhoIsSlow()
    {
        const FilledRoot root(manyBlobs);
        const auto client = openClient(root.target());
        QVERIFY(client);
        Gathered<BlobRecord> blobs;
        auto listing = client->blobs({}, this, blobs.taker());
        // While nobody takes the batches, the list cannot end.
        QVERIFY(!QTest::qWaitFor([&] { return listing.isFinished(); }, 0));
        QVERIFY(finishes(listing));
        QCOMPARE(blobs.records.size(), std::size_t(manyBlobs + 1));
        QVERIFY(blobs.batches > 2);
        QVERIFY(std::ranges::is_sorted(blobs.records, {}, &BlobRecord::digest));
    }

    void tellsNothingAfterACancel()
    {
        const FilledRoot root(manyBlobs);
        const auto client = openClient(root.target());
        QVERIFY(client);
        int batches = 0;
        QFuture<void> listing = client->blobs({}, this, [&](std::vector<BlobRecord>) {
            ++batches;
            listing.cancel();
        });
        QTRY_VERIFY_WITH_TIMEOUT(!client->isBusy(), 2'000);
        QVERIFY(listing.isCanceled());
        QCOMPARE(batches, 1);
    }

    void endsWithTheReceiver()
    {
        const FilledRoot root(manyBlobs);
        const auto client = openClient(root.target());
        QVERIFY(client);
        auto receiver = std::make_unique<QObject>();
        int batches = 0;
        const auto listing = client->blobs({}, receiver.get(), [&](std::vector<BlobRecord>) {
            ++batches;
            receiver.reset();
        });
        QTRY_VERIFY_WITH_TIMEOUT(listing.isFinished(), 2'000);
        QVERIFY(listing.isCanceled());
        QCOMPARE(batches, 1);
    }

    void endsItsCallsWhenItGoes()
    {
        const FilledRoot root(2);
        auto client = openClient(root.target());
        QVERIFY(client);
        const auto following = client->followEvents(0, this, [](std::vector<EventRecord>) {}, {});
        client.reset();
        QTRY_VERIFY_WITH_TIMEOUT(following.isFinished(), 5'000);
        QVERIFY(following.isCanceled());
        // The cache is let go of, too.
        std::shared_ptr<CacheClient> next;
        QTRY_VERIFY_WITH_TIMEOUT(next || (next = openClient(root.target())), 10'000);
    }
};

QTEST_GUILESS_MAIN(RemoteClientTest)
#include "remote_client_test.moc"
