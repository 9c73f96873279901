// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/support/fake_store.h"

#include <QPromise>
#include <QStringList>
#include <QTimer>

#include <limits>
#include <map>
#include <memory>
#include <vector>

namespace layerhold::gui::test {

/// A CacheClient without a service: it answers from a FakeStore, always later and from the event loop, one part of one
/// call per turn. Calls are named as the functions are ("blobs", "applyPlan"). A call that is cancelled, or whose
/// receiver is gone, ends without telling anything more.
class FakeClient final : public CacheClient
{
    Q_OBJECT

public:
    explicit FakeClient(std::shared_ptr<FakeStore> data = std::make_shared<FakeStore>(), QObject* parent = nullptr);
    ~FakeClient() override;

    const std::shared_ptr<FakeStore> store;
    int batchSize = 1000;                                             ///< records in one batch of a list
    std::size_t mostListed = std::numeric_limits<std::size_t>::max(); ///< after so many nothing is heard of a list
    int itemsPerStep = 16; ///< things that a run, an undo or an emptying does between two progress messages

    struct Call
    {
        enum class Effect
        {
            Reads,
            Mutates
        };
        QString name;
        Effect effect = Effect::Reads;
        QStringList arguments; ///< ids, filters, digests, names, as they were given

        bool isMutating() const { return effect == Effect::Mutates; }
    };

    /// All that was asked, in order.
    const std::vector<Call>& calls() const { return m_calls; }

    int count(const QString& call) const;
    int mutatingCount() const;
    /// Calls that have not ended.
    int openCount() const;
    int openCount(const QString& call) const;

    /// From now on, until answer(): the call fails.
    void fail(const QString& call, const CallError& error);
    /// From now on, until answer(): nothing is heard of the call, neither of those that are open.
    void hold(const QString& call);
    /// Ends fail() and hold(): open calls go on, new ones are answered.
    void answer(const QString& call);
    /// All open calls fail with `error`, and so does every call from now on.
    void breakConnection(const CallError& error);

    /// Puts an event at the end of the store's and tells those who follow them.
    void publish(EventRecord event);

    bool isBusy() const override { return !m_open.empty(); }

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
    struct OpenCall;
    enum class Step
    {
        More,
        Waits, ///< for an event to be published
        Done
    };

    template <class Result, class Work>
    QFuture<Result> open(const char* name, Call::Effect effect, QStringList arguments, Work work);
    template <class Result, class Ask>
    QFuture<Result> ask(const char* name, QStringList arguments, Ask ask);
    template <class Result, class Ask>
    QFuture<Result> change(const char* name, QStringList arguments, Ask ask);
    template <class Result, class Record, class Take, class End>
    QFuture<Result> list(const char* name, QStringList arguments, QObject* receiver, OnBatch<Record> onBatch, Take take,
                         End end);
    template <class Do>
    QFuture<TrashReport> work(const char* name, QStringList arguments, std::function<std::vector<std::string>()> choose,
                              QObject* receiver, OnProgress onProgress, Do doOne);
    void turn();

    std::vector<Call> m_calls;
    std::vector<std::shared_ptr<OpenCall>> m_open;
    std::map<QString, CallError> m_failures;
    std::set<QString> m_held;
    std::optional<CallError> m_broken;
    QTimer m_timer;
};

} // namespace layerhold::gui::test
