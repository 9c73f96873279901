// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "client/answer.h"
#include "client/record_codec.h"
#include "client/snapshot_client.h"
#include "client/snapshot_file.h"
#include "client/snapshot_saving.h"
#include "gui/support/fake_client.h"
#include "gui/support/fixtures.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

namespace layerhold::gui {

template <Is<ClaimPathRecord> R>
auto fieldsOf(R& r)
{
    return std::tie(r.path, r.claim);
}

} // namespace layerhold::gui

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using namespace std::chrono_literals;

namespace {

constexpr int deadline = 120'000; // ms
const Moment now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 10h};
const SnapshotInfo info{.source = "ci-cache-01", .takenAt = now, .hasAllClaims = false};

/// What a call brought. Errors: CallError.
template <class Result>
Result resultOf(QFuture<Result> future)
{
    // Not by qWaitFor, which sleeps between two turns of the service.
    QEventLoop loop;
    QFutureWatcher<Result> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    QTimer::singleShot(deadline, &loop, [] { qFatal("a call has not ended"); });
    loop.exec();
    if (const auto failure = failureOf(future))
        throw *failure;
    if constexpr (!std::is_void_v<Result>)
        return future.result();
}

/// "code: message"; empty: it brought something.
template <class Result>
QString errorOf(QFuture<Result> future)
{
    try {
        resultOf(std::move(future));
    } catch (const CallError& error) {
        return error.code() + QStringLiteral(": ") + error.message();
    }
    return {};
}

template <class Record>
std::vector<Record> listOf(const std::function<QFuture<void>(QObject*, OnBatch<Record>)>& ask)
{
    std::vector<Record> all;
    QObject receiver;
    resultOf(ask(&receiver, [&all](std::vector<Record> batch) { all.insert(all.end(), batch.begin(), batch.end()); }));
    return all;
}

template <class Value>
QByteArray bytesOf(const Value& value)
{
    RecordEncoder encoder;
    encoder.put(value);
    return encoder.bytes();
}

/// Calls `visit` with every text of a record, however deep.
template <class Value>
void eachText(const Value& value, const std::function<void(const std::string&)>& visit)
{
    if constexpr (std::is_same_v<Value, std::string>)
        visit(value);
    else if constexpr (HasFields<Value>)
        std::apply([&](const auto&... fields) { (eachText(fields, visit), ...); }, fieldsOf(value));
    else if constexpr (requires { value.begin(); })
        for (const auto& each : value)
            eachText(each, visit);
    else if constexpr (requires { value.has_value(); })
        if (value)
            eachText(*value, visit);
}

void eachTextOf(const SnapshotContents& all, const std::function<void(const std::string&)>& visit)
{
    const auto visitAll = [&](const auto&... parts) { (eachText(parts, visit), ...); };
    visitAll(all.info, all.version, all.status, all.checks, all.policy, all.metrics, all.histories, all.rateLimits,
             all.plans, all.runs, all.pins, all.trash, all.usage, all.events, all.blobs, all.edges, all.claims,
             all.images, all.imageTotals, all.imageDetails, all.tags, all.tagHistories, all.gaps);
}

struct Scene
{
    explicit Scene(std::shared_ptr<FakeStore> store = fixtures::tiny(now))
        : service(std::move(store))
    {}

    SnapshotSaved save() { return resultOf(saveSnapshot(service, info, file, {})); }

    std::shared_ptr<CacheClient> open() const { return resultOf(SnapshotClient::open(file)); }

    QByteArray bytes() const
    {
        QFile saved(file);
        return saved.open(QIODevice::ReadOnly) ? saved.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("cache.lhsnap"));
    FakeClient service;
};

} // namespace

/// What a cache told, saved to a file and asked again.
class SnapshotTest final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatTheServiceTold_data();
    void tellsWhatTheServiceTold();
    void worksOutWhatTheServiceWorksOut_data();
    void worksOutWhatTheServiceWorksOut();
    void findsByNameAndByBeginning();
    void listsAreToldInParts();
    void tellsAllEventsAndThenNone();
    void changesNothing();
    void saysWhatItHasNot();
    void keepsWhatTheServiceRefused();
    void leavesOutWhatIsGone();
    void doesNotAskForEachOfTooMany();
    void endsWithTheConnection();
    void cancelledItLeavesTheFileAsItWas();
    void savesOverAFormerOne();
    void tellsItsProgress();
    void holdsNoSecret();
};

void SnapshotTest::tellsWhatTheServiceTold_data()
{
    QTest::addColumn<std::shared_ptr<FakeStore>>("store");
    QTest::newRow("tiny") << fixtures::tiny(now);
    QTest::newRow("shared") << fixtures::shared(now);
    QTest::newRow("tags") << fixtures::tags(now);
    QTest::newRow("typical") << fixtures::typical(now);
    QTest::newRow("hostile") << fixtures::hostile(now);
}

void SnapshotTest::tellsWhatTheServiceTold()
{
    QFETCH(const std::shared_ptr<FakeStore>, store);
    Scene scene(store);
    const SnapshotSaved saved = scene.save();
    QCOMPARE(saved.entries, store->blobs.size());
    QCOMPARE(saved.bytes, static_cast<std::uint64_t>(scene.bytes().size()));
    QVERIFY(saved.hasAllClaims);
    QCOMPARE(scene.service.mutatingCount(), 0);
    QCOMPARE(scene.service.openCount(), 0);
    const auto client = scene.open();
    QVERIFY(client->snapshot().has_value());
    QCOMPARE(client->snapshot()->source, info.source);
    QCOMPARE(client->snapshot()->takenAt, now);

    CacheClient& was = scene.service;
    CacheClient& is = *client;
    const auto same = [](const auto& before, const auto& after) { return bytesOf(before) == bytesOf(after); };
    QVERIFY(same(resultOf(was.version()), resultOf(is.version())));
    QVERIFY(same(resultOf(was.status()), resultOf(is.status())));
    QVERIFY(same(resultOf(was.diagnose()), resultOf(is.diagnose())));
    QVERIFY(same(resultOf(was.policy()), resultOf(is.policy())));
    QVERIFY(same(resultOf(was.plans()), resultOf(is.plans())));
    QVERIFY(same(resultOf(was.runs()), resultOf(is.runs())));
    QVERIFY(same(resultOf(was.pins()), resultOf(is.pins())));
    QVERIFY(same(resultOf(was.rateLimits()), resultOf(is.rateLimits())));
    QVERIFY(same(resultOf(was.metrics()), resultOf(is.metrics())));
    for (const QString& level : {QStringLiteral("holder"), QStringLiteral("image")})
        QVERIFY(same(resultOf(was.usage(level)), resultOf(is.usage(level))));
    for (const auto& [key, record] : store->series) {
        const QString name = QString::fromStdString(key.first);
        for (const Moment since : {Moment(), now - 1h})
            QVERIFY(
                same(resultOf(was.history(name, key.second, since)), resultOf(is.history(name, key.second, since))));
    }
    for (const auto& [reference, history] : store->histories) {
        const QString name = QString::fromStdString(reference);
        if (errorOf(was.tagHistory(name)).isEmpty() &&
            std::ranges::count(store->tags, reference, &TagRecord::reference))
            QVERIFY(same(resultOf(was.tagHistory(name)), resultOf(is.tagHistory(name))));
    }
    const auto lists = [](CacheClient& of) {
        return bytesOf(listOf<BlobRecord>([&](auto* to, auto take) { return of.blobs({}, to, take); })) +
               bytesOf(listOf<EdgeRecord>([&](auto* to, auto take) { return of.edges(to, take); })) +
               bytesOf(listOf<TagRecord>([&](auto* to, auto take) { return of.tags({}, to, take); })) +
               bytesOf(listOf<TrashRecord>([&](auto* to, auto take) { return of.trash(to, take); }));
    };
    QVERIFY(lists(was) == lists(is));
    const auto images = [](CacheClient& of) {
        QObject receiver;
        QByteArray told;
        const ImageTotals totals = resultOf(of.images({}, &receiver, [&told](const std::vector<ImageRecord>& batch) {
            for (const ImageRecord& image : batch)
                told += bytesOf(image);
        }));
        return told + bytesOf(totals);
    };
    QVERIFY(images(was) == images(is));
}

void SnapshotTest::worksOutWhatTheServiceWorksOut_data()
{
    tellsWhatTheServiceTold_data();
}

void SnapshotTest::worksOutWhatTheServiceWorksOut()
{
    QFETCH(const std::shared_ptr<FakeStore>, store);
    Scene scene(store);
    scene.save();
    const auto client = scene.open();
    // The fake looks through all that it has for each question.
    const std::size_t stride = std::max<std::size_t>(1, store->blobs.size() / 100);
    QStringList some;
    for (std::size_t i = 0; i < store->blobs.size(); i += stride) {
        const QString digest = QString::fromStdString(store->blobs[i].digest);
        QVERIFY(bytesOf(resultOf(scene.service.whyKept(digest))) == bytesOf(resultOf(client->whyKept(digest))));
        QCOMPARE(resultOf(client->freedBy({digest})), resultOf(scene.service.freedBy({digest})));
        const BlobDetails was = resultOf(scene.service.inspect(digest));
        const BlobDetails is = resultOf(client->inspect(digest));
        QVERIFY(bytesOf(was.blob) == bytesOf(is.blob));
        QVERIFY(bytesOf(was.children) == bytesOf(is.children));
        QVERIFY(bytesOf(was.parents) == bytesOf(is.parents));
        QVERIFY(bytesOf(was.claims) == bytesOf(is.claims));
        QVERIFY(bytesOf(was.image) == bytesOf(is.image));
        some.append(digest);
    }
    QCOMPARE(resultOf(client->freedBy(some)), resultOf(scene.service.freedBy(some)));
    QCOMPARE(resultOf(client->freedBy({})), 0U);
}

void SnapshotTest::findsByNameAndByBeginning()
{
    Scene scene(fixtures::typical(now));
    scene.save();
    const auto client = scene.open();
    const FakeStore& store = *scene.service.store;
    const auto foundBy = [&](const std::string& name) {
        return resultOf(client->inspect(QString::fromStdString(name))).blob.digest;
    };
    const std::string& digest = store.blobs[17].digest;
    QCOMPARE(foundBy(digest), digest);
    QCOMPARE(foundBy(digest.substr(0, 40)), digest);
    QCOMPARE(foundBy(digest.substr(std::string("sha256:").size(), 40)), digest);
    const auto tag = std::ranges::find_if(store.tags, &TagRecord::isPresent);
    QVERIFY(tag != store.tags.end());
    QCOMPARE(foundBy(tag->reference), tag->digest);
    for (const QString& name : {QStringLiteral("nothing"), QString(), QStringLiteral("sha256:"), QStringLiteral("zz")})
        QVERIFY2(errorOf(client->inspect(name)).startsWith(u"not_found: "), qUtf8Printable(name));
    QVERIFY(errorOf(client->whyKept(QStringLiteral("sha256:0"))).startsWith(u"not_found: "));
    QVERIFY(errorOf(client->freedBy({QStringLiteral("sha256:0")})).startsWith(u"not_found: "));
    QVERIFY(errorOf(client->tagHistory(QStringLiteral("x"))).startsWith(u"not_found: "));
    QVERIFY(errorOf(client->history(QStringLiteral("x"), 1s, {})).startsWith(u"not_found: "));
    QVERIFY(errorOf(client->usage(QStringLiteral("x"))).startsWith(u"not_found: "));
}

void SnapshotTest::listsAreToldInParts()
{
    Scene scene(fixtures::typical(now));
    scene.save();
    const auto client = scene.open();
    QObject receiver;
    std::size_t largest = 0;
    std::size_t parts = 0;
    resultOf(client->blobs({}, &receiver, [&](const std::vector<BlobRecord>& batch) {
        largest = std::max(largest, batch.size());
        ++parts;
    }));
    QVERIFY(parts > 1);
    QVERIFY(largest <= 5000);
    QVERIFY(errorOf(client->blobs({QStringLiteral("kind==layer")}, &receiver, {})).startsWith(u"unsupported: "));
    // A call that is cancelled, or whose receiver is gone, ends.
    auto* gone = new QObject;
    const auto future = client->edges(gone, {});
    delete gone;
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished() && !client->isBusy(), deadline);
}

void SnapshotTest::tellsAllEventsAndThenNone()
{
    Scene scene(fixtures::typical(now));
    scene.save();
    const auto client = scene.open();
    const std::vector<EventRecord>& events = scene.service.store->events;
    QVERIFY(!events.empty());
    QObject receiver;
    std::vector<EventRecord> told;
    const auto take = [&](const std::vector<EventRecord>& batch) {
        told.insert(told.end(), batch.begin(), batch.end());
    };
    auto following = client->followEvents({}, &receiver, take, {});
    const auto past = client->pastEvents(&receiver, take);
    QTRY_VERIFY_WITH_TIMEOUT(past.isFinished(), deadline);
    QVERIFY(bytesOf(told) == bytesOf(events));
    QVERIFY(!following.isFinished() && client->isBusy());
    following.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(following.isFinished() && !client->isBusy(), deadline);
    QCOMPARE(told.size(), events.size());
}

void SnapshotTest::changesNothing()
{
    Scene scene;
    scene.save();
    const QByteArray before = scene.bytes();
    const auto client = scene.open();
    const QString digest = QString::fromStdString(scene.service.store->blobs.front().digest);
    const QString plan = QString::fromStdString(scene.service.store->plans.front().id);
    QStringList told{errorOf(client->setPolicy({})),
                     errorOf(client->makePlan({}, CacheClient::PlanUse::Apply)),
                     errorOf(client->applyPlan(plan, CacheClient::Removal::Trash, client.get(), {})),
                     errorOf(client->undoRun(QStringLiteral("1"), client.get(), {})),
                     errorOf(client->restoreTrash({digest}, client.get(), {})),
                     errorOf(client->emptyTrash({}, client.get(), {})),
                     errorOf(client->pin(digest, {})),
                     errorOf(client->unpin(digest))};
    for (const QString& error : told)
        QVERIFY2(error.startsWith(u"unavailable: This is a snapshot"), qUtf8Printable(error));
    QCOMPARE(scene.bytes(), before);
}

void SnapshotTest::saysWhatItHasNot()
{
    Scene scene;
    scene.save();
    const auto client = scene.open();
    const QString plan = QString::fromStdString(scene.service.store->plans.front().id);
    for (const QString& error : {errorOf(client->planItems(plan, client.get(), {})),
                                 errorOf(client->runItems(QStringLiteral("1"), client.get(), {})),
                                 errorOf(client->explainAccess(QStringLiteral("x")))})
        QVERIFY2(error.endsWith(u"is not in a snapshot."), qUtf8Printable(error));
}

void SnapshotTest::keepsWhatTheServiceRefused()
{
    Scene scene;
    scene.service.fail(QStringLiteral("rateLimits"),
                       CallError(QStringLiteral("unsupported"), QStringLiteral("Too old.")));
    scene.service.fail(QStringLiteral("tagHistory"),
                       CallError(QStringLiteral("denied"), QStringLiteral("Not for you.")));
    scene.service.fail(QStringLiteral("trash"), CallError(QStringLiteral("internal"), QStringLiteral("It broke.")));
    scene.save();
    const auto client = scene.open();
    QCOMPARE(errorOf(client->rateLimits()), QStringLiteral("unsupported: Too old."));
    QCOMPARE(errorOf(client->trash(client.get(), {})), QStringLiteral("internal: It broke."));
    const QString reference = QString::fromStdString(scene.service.store->tags.front().reference);
    QCOMPARE(errorOf(client->tagHistory(reference)), QStringLiteral("denied: Not for you."));
    QVERIFY(errorOf(client->pins()).isEmpty());
}

void SnapshotTest::leavesOutWhatIsGone()
{
    Scene scene;
    scene.service.fail(QStringLiteral("tagHistory"), CallError(QStringLiteral("not_found"), QStringLiteral("Gone.")));
    scene.save();
    const auto client = scene.open();
    const QString reference = QString::fromStdString(scene.service.store->tags.front().reference);
    QVERIFY(errorOf(client->tagHistory(reference)).startsWith(u"not_found: This snapshot has no history"));
    QVERIFY(resultOf(client->status()).blobCount > 0);

    // Without these there is nothing to show.
    scene.service.fail(QStringLiteral("status"), CallError(QStringLiteral("unsupported"), QStringLiteral("No.")));
    QCOMPARE(errorOf(saveSnapshot(scene.service, info, scene.file, {})), QStringLiteral("unsupported: No."));
}

void SnapshotTest::doesNotAskForEachOfTooMany()
{
    const auto store = fixtures::tiny(now);
    for (int i = 0; i < 50'001; ++i) {
        BlobRecord blob;
        blob.digest = "sha256:f" + std::to_string(1'000'000 + i);
        blob.kind = "layer";
        blob.state = "present";
        store->blobs.push_back(blob);
    }
    store->sort();
    Scene scene(store);
    const SnapshotSaved saved = scene.save();
    QCOMPARE(saved.entries, store->blobs.size());
    QVERIFY(!saved.hasAllClaims);
    const auto images = std::ranges::count_if(
        store->blobs, [](const BlobRecord& blob) { return blob.kind == "manifest" || blob.kind == "index"; });
    QCOMPARE(scene.service.count(QStringLiteral("inspect")), static_cast<int>(images));
    const auto client = scene.open();
    const QString digest = QString::fromStdString(store->blobs.back().digest);
    QVERIFY(errorOf(client->whyKept(digest)).contains(u"does not hold what keeps each entry"));
    QVERIFY(errorOf(client->freedBy({digest})).contains(u"does not hold what keeps each entry"));
    QCOMPARE(resultOf(client->inspect(digest)).blob.kind, std::string("layer"));
    QVERIFY(resultOf(client->inspect(QString::fromStdString(fixtures::tinyDigest("index")))).image.has_value());
}

void SnapshotTest::endsWithTheConnection()
{
    Scene scene;
    scene.service.hold(QStringLiteral("edges"));
    auto future = saveSnapshot(scene.service, info, scene.file, {});
    QTRY_COMPARE_WITH_TIMEOUT(scene.service.openCount(QStringLiteral("edges")), 1, deadline);
    scene.service.breakConnection(CallError(QStringLiteral("unavailable"), QStringLiteral("It is gone.")));
    QCOMPARE(errorOf(future), QStringLiteral("unavailable: It is gone."));
    QVERIFY(QDir(scene.folder.path()).isEmpty());

    auto client = std::make_unique<FakeClient>(fixtures::tiny(now));
    client->hold(QStringLiteral("inspect"));
    future = saveSnapshot(*client, info, scene.file, {});
    QTRY_VERIFY_WITH_TIMEOUT(client->openCount(QStringLiteral("inspect")) > 0, deadline);
    client.reset();
    QVERIFY(errorOf(future).startsWith(u"unavailable: The connection ended"));
    QVERIFY(QDir(scene.folder.path()).isEmpty());
}

void SnapshotTest::cancelledItLeavesTheFileAsItWas()
{
    Scene scene;
    scene.save();
    const QByteArray before = scene.bytes();
    for (const char* call : {"status", "blobs", "inspect"}) {
        scene.service.hold(QString::fromLatin1(call));
        auto future = saveSnapshot(scene.service, info, scene.file, {});
        QTRY_VERIFY_WITH_TIMEOUT(scene.service.openCount(QString::fromLatin1(call)) > 0, deadline);
        future.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished() && scene.service.openCount() == 0, deadline);
        QVERIFY(errorOf(future).startsWith(u"cancelled"));
        scene.service.answer(QString::fromLatin1(call));
        QCOMPARE(scene.bytes(), before);
        QCOMPARE(QDir(scene.folder.path()).entryList(QDir::Files).size(), 1);
    }
}

void SnapshotTest::savesOverAFormerOne()
{
    Scene scene;
    scene.save();
    const QByteArray before = scene.bytes();
    scene.service.store->pins.push_back({"sha256:1", "another", now});
    scene.save();
    QVERIFY(scene.bytes() != before);
    QCOMPARE(resultOf(scene.open()->pins()).back().note, std::string("another"));
}

void SnapshotTest::tellsItsProgress()
{
    Scene scene(fixtures::typical(now));
    std::vector<JobProgress> told;
    resultOf(saveSnapshot(scene.service, info, scene.file, [&](const JobProgress& step) { told.push_back(step); }));
    QVERIFY(told.size() > 10);
    QVERIFY(std::ranges::is_sorted(told, {}, &JobProgress::doneItems));
    QCOMPARE(told.back().doneItems, told.back().totalItems);
    QVERIFY(!told.back().current.empty());
}

void SnapshotTest::holdsNoSecret()
{
    const std::string token = "hunter2-c0ffee";
    const auto store = fixtures::tiny(now);
    store->status.notice = "the mirror is https://robot:" + token + "@mirror.example/v2/, it does not answer";
    store->blobs.front().origin = "https://" + token + "@registry.example/library/alpine";
    store->checks.push_back({"registry", "warn", "sent Authorization: Bearer " + token + " and got 401", "log in"});
    EventRecord event;
    event.kind = "pull_failed";
    event.detail = "GET https://u:" + token + "@x.example/a?b=1 with Basic " + token + ", refused";
    store->append(event);
    Scene scene(store);
    scene.service.fail(QStringLiteral("rateLimits"),
                       CallError(QStringLiteral("unsupported"), QString::fromStdString("bearer " + token)));
    qputenv("LAYERHOLD_TOKEN", token.c_str());
    scene.save();
    qunsetenv("LAYERHOLD_TOKEN");
    QVERIFY(!scene.bytes().contains(token.c_str()));
    std::size_t texts = 0;
    const SnapshotContents contents = readSnapshot(scene.file);
    eachTextOf(contents, [&](const std::string& text) {
        ++texts;
        QVERIFY2(text.find(token) == std::string::npos, text.c_str());
    });
    QVERIFY(texts > 100);
    QCOMPARE(contents.status->notice, std::string("the mirror is https://…@mirror.example/v2/, it does not answer"));
    QCOMPARE(contents.events.back().detail, std::string("GET https://…@x.example/a?b=1 with Basic …, refused"));
}

QTEST_GUILESS_MAIN(SnapshotTest)
#include "snapshot_test.moc"
