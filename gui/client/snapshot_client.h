// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/call_work.h"
#include "client/snapshot_contents.h"

#include <QThreadPool>

#include <memory>

namespace layerhold::gui {

/// Answers from a snapshot file, as a service would that stands still. What it was not asked for then it refuses, and
/// so it does whatever changes something. Lists are told whole: filters are refused.
class SnapshotClient final : public CacheClient
{
public:
    /// Reads the file in the background; the client lives in the thread of the caller. Errors: as readSnapshot.
    static QFuture<std::shared_ptr<CacheClient>> open(const QString& file);

    ~SnapshotClient() override;

    std::optional<SnapshotInfo> snapshot() const override;
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
    QFuture<void> tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch) override;
    QFuture<TagHistory> tagHistory(const QString& reference) override;
    QFuture<MetricsRecord> metrics() override;
    QFuture<HistoryRecord> history(const QString& series, std::chrono::seconds step, Moment since) override;
    QFuture<std::vector<RateLimitRecord>> rateLimits() override;
    QFuture<void> pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents) override;
    /// None comes.
    QFuture<void> followEvents(std::optional<std::uint64_t> after, QObject* receiver, OnBatch<EventRecord> onEvents,
                               std::function<void(EventGap)> onGap) override;
    QFuture<PolicyRecord> policy() override;
    QFuture<PolicyRecord> setPolicy(const PolicyRecord& policy) override;
    QFuture<PlanRecord> makePlan(const std::optional<PolicyRecord>& policy, PlanUse use) override;
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
    QFuture<void> edges(QObject* receiver, OnBatch<EdgeRecord> onBatch) override;
    QFuture<AccessRecord> explainAccess(const QString& name) override;

private:
    explicit SnapshotClient(std::shared_ptr<const SnapshotAnswers> answers);

    template <class Result, class Answer>
    QFuture<Result> ask(Answer answer);
    template <class Result>
    QFuture<Result> tell(const char* question, Result SnapshotContents::*answer);
    template <class Result>
    QFuture<Result> tell(const char* question, std::optional<Result> SnapshotContents::*answer);
    template <class Record>
    QFuture<void> list(const char* question, const QStringList& filters, QObject* receiver, OnBatch<Record> onBatch,
                       std::vector<Record> SnapshotContents::*records);
    template <class Result>
    QFuture<Result> refuse(const QString& sentence);
    template <class Result>
    QFuture<Result> refuseChange();

    std::shared_ptr<const SnapshotAnswers> m_answers;
    OpenCalls m_calls;
    QThreadPool m_pool; ///< ends first, and waits for what is at work
};

} // namespace layerhold::gui
