// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "client/call_work.h"
#include "client/target.h"

#include <memory>

namespace layerhold::gui {

/// The service of a cache over its API, in a daemon or in this process. Each call runs on a worker thread; cancelling
/// a future ends it within what the service needs to notice. Receivers live in the thread of the client. Destroying the
/// client cancels its calls and lets go of the service in the background: no destructor waits.
class RemoteClient final : public CacheClient
{
public:
    /// Opens in the background; the client lives in the thread of the caller. Errors (CallError): as
    /// service::Session::open. A future that is cancelled lets go of what is opened nevertheless.
    static QFuture<std::shared_ptr<CacheClient>> open(const Target& target);

    ~RemoteClient() override;

    /// For the end of a program, whose event loop has ended: waits until every client that nobody holds any more has
    /// let go of its service, also one that was still being opened. A cache in this process is closed then.
    static void waitForAll();

    bool isBusy() const override;
    QFuture<VersionRecord> version() override;
    QFuture<StatusRecord> status() override;
    QFuture<std::vector<HealthCheckRecord>> diagnose() override;
    QFuture<void> blobs(const QStringList& filters, QObject* receiver, OnBatch<BlobRecord> onBatch) override;
    QFuture<BlobDetails> inspect(const QString& name) override;
    QFuture<std::vector<ClaimPathRecord>> whyKept(const QString& digest) override;
    QFuture<std::uint64_t> freedBy(const QStringList& digests) override;
    QFuture<UsageRecord> usage(const QString& level) override;
    QFuture<ImageTotals> images(const QStringList& filters, QObject* receiver, OnBatch<ImageRecord> onBatch) override;
    QFuture<void> edges(QObject* receiver, OnBatch<EdgeRecord> onBatch) override;
    QFuture<void> tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch) override;
    QFuture<TagHistory> tagHistory(const QString& reference) override;
    QFuture<MetricsRecord> metrics() override;
    QFuture<HistoryRecord> history(const QString& series, std::chrono::seconds step, Moment since) override;
    QFuture<std::vector<RateLimitRecord>> rateLimits() override;
    QFuture<void> pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents) override;
    QFuture<void> followEvents(std::optional<std::uint64_t> after, QObject* receiver, OnBatch<EventRecord> onEvents,
                               std::function<void(EventGap)> onGap) override;
    QFuture<PolicyRecord> policy() override;
    QFuture<PolicyRecord> setPolicy(const PolicyRecord& wanted) override;
    QFuture<PlanRecord> makePlan(const std::optional<PolicyRecord>& wanted, PlanUse use) override;
    QFuture<std::vector<PlanRecord>> plans() override;
    QFuture<void> planItems(const QString& plan, QObject* receiver, OnBatch<PlanItem> onBatch) override;
    QFuture<RunRecord> applyPlan(const QString& plan, Removal removal, QObject* receiver,
                                 OnProgress onProgress) override;
    QFuture<std::vector<RunRecord>> runs() override;
    QFuture<void> runItems(const QString& run, QObject* receiver, OnBatch<RunItem> onBatch) override;
    QFuture<void> trash(QObject* receiver, OnBatch<TrashRecord> onBatch) override;
    QFuture<TrashReport> undoRun(const QString& run, QObject* receiver, OnProgress onProgress) override;
    QFuture<TrashReport> restoreTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress) override;
    QFuture<TrashReport> emptyTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress) override;
    QFuture<std::vector<PinRecord>> pins() override;
    QFuture<PinRecord> pin(const QString& digest, const QString& note) override;
    QFuture<void> unpin(const QString& digest) override;
    QFuture<AccessRecord> explainAccess(const QString& name) override;

private:
    struct Link;
    enum class Lane
    {
        Pulse,  ///< whether it answers at all: waits for nothing else
        Short,  ///< one answer, soon
        Stream, ///< lists and work
        Follow  ///< without end
    };

    explicit RemoteClient(std::unique_ptr<Link> link);

    template <class Result, class Work>
    QFuture<Result> run(Lane lane, QObject* receiver, Work work);
    template <class Result, class Method, class Request, class Take>
    QFuture<Result> ask(Method method, Request request, Take take, Lane lane = Lane::Short);
    template <class Record, class Method, class Request, class Messages>
    QFuture<void> list(Method method, Request request, QObject* receiver, OnBatch<Record> onBatch, Messages messages);

    std::unique_ptr<Link> m_link;
    OpenCalls m_calls;
};

} // namespace layerhold::gui
