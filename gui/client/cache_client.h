// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QException>
#include <QFuture>
#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// Why a question has no answer. `code` is a name of design.md §9: not_found, denied, unavailable, …
class CallError final : public QException
{
public:
    CallError(QString code, QString message)
        : m_code(std::move(code))
        , m_message(std::move(message).toUtf8())
    {}

    const QString& code() const { return m_code; }

    QString message() const { return QString::fromUtf8(m_message); }

    const char* what() const noexcept override { return m_message.constData(); }

    void raise() const override { throw *this; }

    CallError* clone() const override { return new CallError(*this); }

private:
    QString m_code;
    QByteArray m_message;
};

/// Takes a part of a long answer, on the thread of the receiver that was named with it. It is not called any more once
/// the future is cancelled or the receiver is gone.
template <class Record>
using OnBatch = std::function<void(std::vector<Record>)>;
using OnProgress = std::function<void(JobProgress)>;

/// Events that are lost: the ring of the service is shorter than the time without a connection.
struct EventGap
{
    std::uint64_t firstMissing = 0;
    std::uint64_t lastMissing = 0;
};

/// Of which cache a snapshot is, and as of when.
struct SnapshotInfo
{
    std::string source; ///< the machine
    Moment takenAt;
    bool hasAllClaims = false; ///< of every entry what keeps it, not only of images
};

/// Questions to one service of a cache. All calls return at once. A future that fails throws CallError; cancelling it
/// ends the call, which for work that changes something means "stop after what is being done". Lists arrive in batches
/// of at most a few thousand, with back-pressure: a receiver that is slow slows the service down. Thread of use: the
/// one it lives in.
class CacheClient : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether some call has not ended: destroying the client now would cancel it.
    virtual bool isBusy() const = 0;

    /// Set: there is no service. It answers from a file, as of then, and refuses whatever changes something.
    virtual std::optional<SnapshotInfo> snapshot() const { return std::nullopt; }

    virtual QFuture<VersionRecord> version() = 0;
    virtual QFuture<StatusRecord> status() = 0;
    virtual QFuture<std::vector<HealthCheckRecord>> diagnose() = 0;

    /// Ascending by digest. `filters` of all lists: containerd's grammar, OR-ed; empty: everything.
    virtual QFuture<void> blobs(const QStringList& filters, QObject* receiver, OnBatch<BlobRecord> onBatch) = 0;
    /// Whatever a name, digest or unique start of one stands for.
    virtual QFuture<BlobDetails> inspect(const QString& name) = 0;
    virtual QFuture<std::vector<ClaimPathRecord>> whyKept(const QString& digest) = 0;
    /// The bytes that only these blobs reach.
    virtual QFuture<std::uint64_t> freedBy(const QStringList& digests) = 0;
    virtual QFuture<UsageRecord> usage(const QString& level) = 0; ///< holder, image

    virtual QFuture<ImageTotals> images(const QStringList& filters, QObject* receiver,
                                        OnBatch<ImageRecord> onBatch) = 0;
    virtual QFuture<void> tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch) = 0;
    virtual QFuture<TagHistory> tagHistory(const QString& reference) = 0;

    virtual QFuture<MetricsRecord> metrics() = 0;
    /// `step` 0: the finest that reaches back to `since`; `since` unknown: all that is kept.
    virtual QFuture<HistoryRecord> history(const QString& series, std::chrono::seconds step, Moment since) = 0;

    /// Of the registries that said one.
    virtual QFuture<std::vector<RateLimitRecord>> rateLimits() = 0;

    /// Those that the service keeps, ascending.
    virtual QFuture<void> pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents) = 0;
    /// Until it is cancelled or the connection breaks. `after` unset: from now on.
    virtual QFuture<void> followEvents(std::optional<std::uint64_t> after, QObject* receiver,
                                       OnBatch<EventRecord> onEvents, std::function<void(EventGap)> onGap) = 0;

    virtual QFuture<PolicyRecord> policy() = 0;
    virtual QFuture<PolicyRecord> setPolicy(const PolicyRecord& policy) = 0;
    enum class PlanUse
    {
        Apply,
        Look ///< its list is read at once: the service drops it first, and no plan to apply for it
    };
    /// Changes nothing. `policy` unset: the one that holds.
    virtual QFuture<PlanRecord> makePlan(const std::optional<PolicyRecord>& policy, PlanUse use) = 0;
    /// Those that the service keeps, the newest first.
    virtual QFuture<std::vector<PlanRecord>> plans() = 0;
    virtual QFuture<void> planItems(const QString& plan, QObject* receiver, OnBatch<PlanItem> onBatch) = 0;

    enum class Removal
    {
        Trash, ///< fails where there is none
        ForGood
    };
    virtual QFuture<RunRecord> applyPlan(const QString& plan, Removal removal, QObject* receiver,
                                         OnProgress onProgress) = 0;
    virtual QFuture<std::vector<RunRecord>> runs() = 0; ///< the newest first
    virtual QFuture<void> runItems(const QString& run, QObject* receiver, OnBatch<RunItem> onBatch) = 0;
    virtual QFuture<void> trash(QObject* receiver, OnBatch<TrashRecord> onBatch) = 0;
    virtual QFuture<TrashReport> undoRun(const QString& run, QObject* receiver, OnProgress onProgress) = 0;
    virtual QFuture<TrashReport> restoreTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress) = 0;
    /// Removes for good. No digests: all.
    virtual QFuture<TrashReport> emptyTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress) = 0;
    virtual QFuture<std::vector<PinRecord>> pins() = 0;
    virtual QFuture<PinRecord> pin(const QString& digest, const QString& note) = 0;
    virtual QFuture<void> unpin(const QString& digest) = 0;

    /// What all manifests and indexes refer to: those of one parent are together, in its order.
    virtual QFuture<void> edges(QObject* receiver, OnBatch<EdgeRecord> onBatch) = 0;
    /// Who may have what a name, digest or unique start of one stands for. No credential is shown to the service: what
    /// the caller may have is what everybody may.
    virtual QFuture<AccessRecord> explainAccess(const QString& name) = 0;
};

} // namespace layerhold::gui
