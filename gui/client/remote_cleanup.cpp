// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The calls about space: usage, policy, plans, runs, trash, pins.
#include "client/remote_calls.h"

#include <iterator>

namespace layerhold::gui {

namespace {

/// The service takes messages of up to 4 MiB, and a digest may take 140 bytes.
constexpr qsizetype mostDigests = 20'000;

/// Undoing and emptying, as the worker does them.
template <class Method, class Request, class TakeProgress>
TrashReport trashWork(const CallContext& context, Method method, const Request& request,
                      const TakeProgress& takeProgress)
{
    TrashReport report;
    context.stream(method, request, [&](const v1::TrashProgress& step) {
        if (step.has_report())
            report = toRecord(step.report());
        else
            takeProgress(toRecord(step.progress()));
    });
    return report;
}

/// Does what `doPart(digests, report so far)` does for all of them, a part at a time: no digests are one part.
template <class DoPart>
TrashReport inParts(const QStringList& digests, DoPart doPart)
{
    TrashReport whole;
    qsizetype at = 0;
    do {
        TrashReport part = doPart(digests.mid(at, mostDigests), whole);
        whole.items.insert(whole.items.end(), std::make_move_iterator(part.items.begin()),
                           std::make_move_iterator(part.items.end()));
        whole.bytes += part.bytes;
        at += mostDigests;
    } while (at < digests.size());
    return whole;
}

} // namespace

QFuture<std::uint64_t> RemoteClient::freedBy(const QStringList& digests)
{
    v1::GetFreedRequest request;
    setDigests(request, digests);
    return ask<std::uint64_t>(&v1::Cleanup::Stub::GetFreed, request,
                              [](const v1::GetFreedResponse& answer) { return answer.bytes(); });
}

QFuture<UsageRecord> RemoteClient::usage(const QString& level)
{
    v1::GetUsageRequest request;
    request.set_level(level.toStdString());
    return ask<UsageRecord>(&v1::Cleanup::Stub::GetUsage, request,
                            [](const v1::Usage& answer) { return toRecord(answer); });
}

QFuture<PolicyRecord> RemoteClient::policy()
{
    return ask<PolicyRecord>(&v1::Cleanup::Stub::GetPolicy, v1::GetPolicyRequest(),
                             [](const v1::CleanupPolicy& answer) { return toRecord(answer); });
}

QFuture<PolicyRecord> RemoteClient::setPolicy(const PolicyRecord& wanted)
{
    v1::SetPolicyRequest request;
    *request.mutable_policy() = toMessage(wanted);
    return ask<PolicyRecord>(&v1::Cleanup::Stub::SetPolicy, request,
                             [](const v1::CleanupPolicy& answer) { return toRecord(answer); });
}

QFuture<PlanRecord> RemoteClient::makePlan(const std::optional<PolicyRecord>& wanted, PlanUse use)
{
    v1::MakePlanRequest request;
    request.set_look(use == PlanUse::Look);
    if (wanted)
        *request.mutable_policy() = toMessage(*wanted);
    // A plan of a large cache takes seconds.
    return run<PlanRecord>(Lane::Stream, nullptr, [request](const CallContext& context) {
        return toRecord(context.call(&v1::Cleanup::Stub::MakePlan, request));
    });
}

QFuture<std::vector<PlanRecord>> RemoteClient::plans()
{
    return ask<std::vector<PlanRecord>>(&v1::Cleanup::Stub::ListPlans, v1::ListPlansRequest(),
                                        [](const v1::ListPlansResponse& answer) { return toRecords(answer.plans()); });
}

QFuture<void> RemoteClient::planItems(const QString& plan, QObject* receiver, OnBatch<PlanItem> onBatch)
{
    v1::ListPlanItemsRequest request;
    request.set_id(plan.toStdString());
    return list<PlanItem>(
        &v1::Cleanup::Stub::ListPlanItems, request, receiver, std::move(onBatch),
        [](const v1::ListPlanItemsResponse& page) -> auto& { return page.items(); });
}

QFuture<RunRecord> RemoteClient::applyPlan(const QString& plan, Removal removal, QObject* receiver,
                                           OnProgress onProgress)
{
    v1::ApplyPlanRequest request;
    request.set_id(plan.toStdString());
    request.set_remove(removal == Removal::ForGood);
    request.set_only_trash(removal == Removal::Trash);
    return run<RunRecord>(
        Lane::Stream, receiver, [request, onProgress = std::move(onProgress)](const CallContext& context) {
            RunRecord run;
            context.stream(&v1::Cleanup::Stub::ApplyPlan, request, [&](const v1::ApplyPlanResponse& step) {
                if (step.has_run())
                    run = toRecord(step.run());
                else
                    deliverProgress(context.relay, onProgress, toRecord(step.progress()));
            });
            return run;
        });
}

QFuture<std::vector<RunRecord>> RemoteClient::runs()
{
    return ask<std::vector<RunRecord>>(&v1::Cleanup::Stub::ListRuns, v1::ListRunsRequest(),
                                       [](const v1::ListRunsResponse& answer) { return toRecords(answer.runs()); });
}

QFuture<void> RemoteClient::runItems(const QString& run, QObject* receiver, OnBatch<RunItem> onBatch)
{
    v1::ListRunItemsRequest request;
    request.set_id(run.toStdString());
    return list<RunItem>(
        &v1::Cleanup::Stub::ListRunItems, request, receiver, std::move(onBatch),
        [](const v1::ListRunItemsResponse& page) -> auto& { return page.items(); });
}

QFuture<void> RemoteClient::trash(QObject* receiver, OnBatch<TrashRecord> onBatch)
{
    return list<TrashRecord>(
        &v1::Cleanup::Stub::ListTrash, v1::ListTrashRequest(), receiver, std::move(onBatch),
        [](const v1::ListTrashResponse& page) -> auto& { return page.blobs(); });
}

QFuture<TrashReport> RemoteClient::undoRun(const QString& run, QObject* receiver, OnProgress onProgress)
{
    v1::UndoRunRequest request;
    request.set_run(run.toStdString());
    const auto work = [request, onProgress = std::move(onProgress)](const CallContext& context) {
        return trashWork(context, &v1::Cleanup::Stub::UndoRun, request, [&](JobProgress progress) {
            deliverProgress(context.relay, onProgress, std::move(progress));
        });
    };
    return this->run<TrashReport>(Lane::Stream, receiver, work);
}

QFuture<TrashReport> RemoteClient::restoreTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress)
{
    const auto work = [digests, onProgress = std::move(onProgress)](const CallContext& context) {
        return inParts(digests, [&](const QStringList& part, const TrashReport& before) {
            deliverProgress(context.relay, onProgress,
                            {.doneItems = before.items.size(),
                             .totalItems = static_cast<std::uint64_t>(digests.size()),
                             .doneBytes = before.bytes,
                             .totalBytes = 0,
                             .current = {}});
            v1::RestoreTrashRequest request;
            setDigests(request, part);
            return toRecord(context.call(&v1::Cleanup::Stub::RestoreTrash, request));
        });
    };
    return run<TrashReport>(Lane::Stream, receiver, work);
}

QFuture<TrashReport> RemoteClient::emptyTrash(const QStringList& digests, QObject* receiver, OnProgress onProgress)
{
    const auto work = [digests, onProgress = std::move(onProgress)](const CallContext& context) {
        return inParts(digests, [&](const QStringList& part, const TrashReport& before) {
            const auto onWhole = [&](JobProgress progress) {
                if (part.size() < digests.size()) {
                    progress.doneItems += before.items.size();
                    progress.totalItems = static_cast<std::uint64_t>(digests.size());
                    progress.doneBytes += before.bytes;
                    progress.totalBytes = 0; // those of the other parts are not known
                }
                deliverProgress(context.relay, onProgress, std::move(progress));
            };
            v1::EmptyTrashRequest request;
            setDigests(request, part);
            return trashWork(context, &v1::Cleanup::Stub::EmptyTrash, request, onWhole);
        });
    };
    return run<TrashReport>(Lane::Stream, receiver, work);
}

QFuture<std::vector<PinRecord>> RemoteClient::pins()
{
    return ask<std::vector<PinRecord>>(&v1::Cleanup::Stub::ListPins, v1::ListPinsRequest(),
                                       [](const v1::ListPinsResponse& answer) { return toRecords(answer.pins()); });
}

QFuture<PinRecord> RemoteClient::pin(const QString& digest, const QString& note)
{
    v1::PinBlobRequest request;
    request.set_digest(digest.toStdString());
    request.set_note(note.toStdString());
    return ask<PinRecord>(&v1::Cleanup::Stub::PinBlob, request, [](const v1::Pin& answer) { return toRecord(answer); });
}

QFuture<void> RemoteClient::unpin(const QString& digest)
{
    v1::UnpinBlobRequest request;
    request.set_digest(digest.toStdString());
    return ask<void>(&v1::Cleanup::Stub::UnpinBlob, request, [](const v1::UnpinBlobResponse&) {});
}

} // namespace layerhold::gui
