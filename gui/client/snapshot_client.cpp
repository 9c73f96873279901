// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/snapshot_client.h"

#include "client/snapshot_file.h"

#include <QCoreApplication>
#include <QThread>
#include <QtConcurrentRun>

namespace layerhold::gui {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Snapshot)
};

constexpr std::ptrdiff_t batchSize = 2000;
/// One of them for events, which are followed without end.
constexpr int workers = 4;

std::vector<std::string> toStrings(const QStringList& list)
{
    std::vector<std::string> strings;
    for (const QString& text : list)
        strings.push_back(text.toStdString());
    return strings;
}

/// From `first` on, a few at a time.
template <class Record>
void deliverAll(CallRelay& relay, const OnBatch<Record>& onBatch, const std::vector<Record>& records)
{
    for (auto first = records.begin(); first != records.end();) {
        const auto count = std::min(batchSize, records.end() - first);
        deliverBatch(relay, onBatch, std::vector<Record>(first, first + count));
        first += count;
    }
}

void refuseFilters(const QStringList& filters)
{
    if (!filters.isEmpty())
        throw CallError(QStringLiteral("unsupported"), Texts::tr("A snapshot is listed as a whole only."));
}

} // namespace

QFuture<std::shared_ptr<CacheClient>> SnapshotClient::open(const QString& file)
{
    return QtConcurrent::run([file, home = QThread::currentThread()] {
        auto answers = std::make_shared<const SnapshotAnswers>(readSnapshot(file));
        // Its owner may let go of it in any thread; it ends in its own.
        std::shared_ptr<SnapshotClient> client(new SnapshotClient(std::move(answers)),
                                               [](SnapshotClient* last) { last->deleteLater(); });
        client->moveToThread(home);
        return std::shared_ptr<CacheClient>(std::move(client));
    });
}

SnapshotClient::SnapshotClient(std::shared_ptr<const SnapshotAnswers> answers)
    : m_answers(std::move(answers))
{
    m_pool.setMaxThreadCount(workers);
}

SnapshotClient::~SnapshotClient()
{
    m_calls.stop();
}

std::optional<SnapshotInfo> SnapshotClient::snapshot() const
{
    return m_answers->contents().info;
}

bool SnapshotClient::isBusy() const
{
    return m_calls.areAny();
}

template <class Result, class Answer>
QFuture<Result> SnapshotClient::ask(Answer answer)
{
    return m_calls.start<Result>(
        m_pool, nullptr, [answers = m_answers, answer = std::move(answer)](CallRelay&) { return answer(*answers); });
}

template <class Result>
QFuture<Result> SnapshotClient::tell(const char* question, Result SnapshotContents::*answer)
{
    return ask<Result>([question, answer](const SnapshotAnswers& answers) {
        answers.checkAnswered(question);
        return answers.contents().*answer;
    });
}

template <class Result>
QFuture<Result> SnapshotClient::tell(const char* question, std::optional<Result> SnapshotContents::*answer)
{
    return ask<Result>([question, answer](const SnapshotAnswers& answers) {
        answers.checkAnswered(question);
        const std::optional<Result>& known = answers.contents().*answer;
        if (!known)
            throw CallError(QStringLiteral("unavailable"), Texts::tr("This is not in the snapshot."));
        return *known;
    });
}

template <class Record>
QFuture<void> SnapshotClient::list(const char* question, const QStringList& filters, QObject* receiver,
                                   OnBatch<Record> onBatch, std::vector<Record> SnapshotContents::*records)
{
    return m_calls.start<void>(
        m_pool, receiver,
        [answers = m_answers, question, filters, onBatch = std::move(onBatch), records](CallRelay& relay) {
            refuseFilters(filters);
            answers->checkAnswered(question);
            deliverAll(relay, onBatch, answers->contents().*records);
        });
}

template <class Result>
QFuture<Result> SnapshotClient::refuse(const QString& sentence)
{
    QPromise<Result> promise;
    promise.start();
    promise.setException(CallError(QStringLiteral("unavailable"), sentence));
    promise.finish();
    return promise.future();
}

template <class Result>
QFuture<Result> SnapshotClient::refuseChange()
{
    return refuse<Result>(Texts::tr("This is a snapshot: nothing can be changed in it."));
}

QFuture<VersionRecord> SnapshotClient::version()
{
    return tell("version", &SnapshotContents::version);
}

QFuture<StatusRecord> SnapshotClient::status()
{
    return tell("status", &SnapshotContents::status);
}

QFuture<std::vector<HealthCheckRecord>> SnapshotClient::diagnose()
{
    return tell("diagnose", &SnapshotContents::checks);
}

QFuture<void> SnapshotClient::blobs(const QStringList& filters, QObject* receiver, OnBatch<BlobRecord> onBatch)
{
    return list("blobs", filters, receiver, std::move(onBatch), &SnapshotContents::blobs);
}

QFuture<BlobDetails> SnapshotClient::inspect(const QString& name)
{
    return ask<BlobDetails>(
        [name = name.toStdString()](const SnapshotAnswers& answers) { return answers.inspect(name); });
}

QFuture<std::vector<ClaimPathRecord>> SnapshotClient::whyKept(const QString& digest)
{
    return ask<std::vector<ClaimPathRecord>>(
        [digest = digest.toStdString()](const SnapshotAnswers& answers) { return answers.whyKept(digest); });
}

QFuture<std::uint64_t> SnapshotClient::freedBy(const QStringList& digests)
{
    return ask<std::uint64_t>(
        [digests = toStrings(digests)](const SnapshotAnswers& answers) { return answers.freedBy(digests); });
}

QFuture<UsageRecord> SnapshotClient::usage(const QString& level)
{
    return ask<UsageRecord>(
        [level = level.toStdString()](const SnapshotAnswers& answers) { return answers.usage(level); });
}

QFuture<ImageTotals> SnapshotClient::images(const QStringList& filters, QObject* receiver, OnBatch<ImageRecord> onBatch)
{
    return m_calls.start<ImageTotals>(m_pool, receiver,
                                      [answers = m_answers, filters, onBatch = std::move(onBatch)](CallRelay& relay) {
                                          refuseFilters(filters);
                                          answers->checkAnswered("images");
                                          deliverAll(relay, onBatch, answers->contents().images);
                                          return answers->contents().imageTotals.value_or(ImageTotals());
                                      });
}

QFuture<void> SnapshotClient::edges(QObject* receiver, OnBatch<EdgeRecord> onBatch)
{
    return list("edges", {}, receiver, std::move(onBatch), &SnapshotContents::edges);
}

QFuture<void> SnapshotClient::tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch)
{
    return list("tags", filters, receiver, std::move(onBatch), &SnapshotContents::tags);
}

QFuture<TagHistory> SnapshotClient::tagHistory(const QString& reference)
{
    return ask<TagHistory>([reference = reference.toStdString()](const SnapshotAnswers& answers) {
        return answers.tagHistory(reference);
    });
}

QFuture<MetricsRecord> SnapshotClient::metrics()
{
    return tell("metrics", &SnapshotContents::metrics);
}

QFuture<HistoryRecord> SnapshotClient::history(const QString& series, std::chrono::seconds step, Moment since)
{
    return ask<HistoryRecord>([series = series.toStdString(), step, since](const SnapshotAnswers& answers) {
        return answers.history(series, step, since);
    });
}

QFuture<std::vector<RateLimitRecord>> SnapshotClient::rateLimits()
{
    return tell("rateLimits", &SnapshotContents::rateLimits);
}

QFuture<void> SnapshotClient::pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents)
{
    return list("pastEvents", {}, receiver, std::move(onEvents), &SnapshotContents::events);
}

QFuture<void> SnapshotClient::followEvents(std::optional<std::uint64_t> /*after*/, QObject* receiver,
                                           OnBatch<EventRecord> /*onEvents*/, std::function<void(EventGap)> /*onGap*/)
{
    return m_calls.start<void>(m_pool, receiver, [](CallRelay& relay) { relay.waitForStop(); });
}

QFuture<PolicyRecord> SnapshotClient::policy()
{
    return tell("policy", &SnapshotContents::policy);
}

QFuture<PolicyRecord> SnapshotClient::setPolicy(const PolicyRecord& /*policy*/)
{
    return refuseChange<PolicyRecord>();
}

QFuture<PlanRecord> SnapshotClient::makePlan(const std::optional<PolicyRecord>& /*policy*/, PlanUse /*use*/)
{
    return refuse<PlanRecord>(Texts::tr("This is a snapshot: only a service can make a plan."));
}

QFuture<std::vector<PlanRecord>> SnapshotClient::plans()
{
    return tell("plans", &SnapshotContents::plans);
}

QFuture<void> SnapshotClient::planItems(const QString& /*plan*/, QObject* /*receiver*/, OnBatch<PlanItem> /*onBatch*/)
{
    return refuse<void>(Texts::tr("The list of a plan is not in a snapshot."));
}

QFuture<RunRecord> SnapshotClient::applyPlan(const QString& /*plan*/, Removal /*removal*/, QObject* /*receiver*/,
                                             OnProgress /*onProgress*/)
{
    return refuseChange<RunRecord>();
}

QFuture<std::vector<RunRecord>> SnapshotClient::runs()
{
    return tell("runs", &SnapshotContents::runs);
}

QFuture<void> SnapshotClient::runItems(const QString& /*run*/, QObject* /*receiver*/, OnBatch<RunItem> /*onBatch*/)
{
    return refuse<void>(Texts::tr("What a run did to each entry is not in a snapshot."));
}

QFuture<void> SnapshotClient::trash(QObject* receiver, OnBatch<TrashRecord> onBatch)
{
    return list("trash", {}, receiver, std::move(onBatch), &SnapshotContents::trash);
}

QFuture<TrashReport> SnapshotClient::undoRun(const QString& /*run*/, QObject* /*receiver*/, OnProgress /*onProgress*/)
{
    return refuseChange<TrashReport>();
}

QFuture<TrashReport> SnapshotClient::restoreTrash(const QStringList& /*digests*/, QObject* /*receiver*/,
                                                  OnProgress /*onProgress*/)
{
    return refuseChange<TrashReport>();
}

QFuture<TrashReport> SnapshotClient::emptyTrash(const QStringList& /*digests*/, QObject* /*receiver*/,
                                                OnProgress /*onProgress*/)
{
    return refuseChange<TrashReport>();
}

QFuture<std::vector<PinRecord>> SnapshotClient::pins()
{
    return tell("pins", &SnapshotContents::pins);
}

QFuture<PinRecord> SnapshotClient::pin(const QString& /*digest*/, const QString& /*note*/)
{
    return refuseChange<PinRecord>();
}

QFuture<void> SnapshotClient::unpin(const QString& /*digest*/)
{
    return refuseChange<void>();
}

QFuture<AccessRecord> SnapshotClient::explainAccess(const QString& /*name*/)
{
    return refuse<AccessRecord>(Texts::tr("Who can see an entry is not in a snapshot."));
}

} // namespace layerhold::gui
