// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/remote_client.h"

#include "client/remote_calls.h"
#include "models/without_secrets.h"

#include <QCoreApplication>
#include <QThread>

namespace layerhold::gui {

namespace {

service::SessionOptions optionsFor(const Target& target)
{
    service::SessionOptions options;
    options.apiSocket = target.socket.toStdString();
    options.root = target.root.toStdString();
    options.absent = target.absent == Target::Absent::Create ? service::SessionOptions::Absent::Create
                                                             : service::SessionOptions::Absent::Fail;
    return options;
}

/// In the pool of the application, which waits for its work when the application ends. What blocks there takes no
/// place from what computes.
void runAside(std::function<void()> work)
{
    QThreadPool::globalInstance()->start([work = std::move(work)] {
        QThreadPool::globalInstance()->releaseThread();
        work();
        QThreadPool::globalInstance()->reserveThread();
    });
}

} // namespace

CallError toCallError(const std::exception& error)
{
    const auto* known = dynamic_cast<const Error*>(&error);
    const std::string_view code = toString(known ? known->code() : ErrorCode::Internal);
    return CallError(QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())),
                     withoutSecrets(QString::fromUtf8(error.what())));
}

QFuture<std::shared_ptr<CacheClient>> RemoteClient::open(const Target& target)
{
    auto promise = std::make_shared<QPromise<std::shared_ptr<CacheClient>>>();
    promise->start();
    runAside([promise, options = optionsFor(target), home = QThread::currentThread()] {
        try {
            auto link = std::make_unique<Link>(service::Session::open(options));
            // Its owner may let go of it in any thread; it ends in its own.
            std::shared_ptr<RemoteClient> client(new RemoteClient(std::move(link)),
                                                 [](RemoteClient* last) { last->deleteLater(); });
            client->moveToThread(home);
            promise->addResult(std::shared_ptr<CacheClient>(std::move(client)));
        } catch (const std::exception& error) {
            promise->setException(toCallError(error));
        }
        promise->finish();
    });
    return promise->future();
}

RemoteClient::RemoteClient(std::unique_ptr<Link> link)
    : m_link(std::move(link))
{}

RemoteClient::~RemoteClient()
{
    m_calls.stop();
    // Waits for the calls, and closes a cache that is open in this process.
    runAside([link = std::shared_ptr<Link>(std::move(m_link))]() mutable { link.reset(); });
}

void RemoteClient::waitForAll()
{
    QThreadPool::globalInstance()->waitForDone();
    // Clients end by an event, which nobody takes any more by itself.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QThreadPool::globalInstance()->waitForDone();
}

bool RemoteClient::isBusy() const
{
    return m_calls.areAny();
}

QFuture<VersionRecord> RemoteClient::version()
{
    return ask<VersionRecord>(
        &v1::Layerhold::Stub::GetVersion, v1::GetVersionRequest(),
        [](const v1::GetVersionResponse& answer) { return toRecord(answer); }, Lane::Pulse);
}

QFuture<StatusRecord> RemoteClient::status()
{
    return ask<StatusRecord>(
        &v1::Layerhold::Stub::GetStatus, v1::GetStatusRequest(),
        [](const v1::GetStatusResponse& answer) { return toRecord(answer); }, Lane::Pulse);
}

QFuture<std::vector<HealthCheckRecord>> RemoteClient::diagnose()
{
    return ask<std::vector<HealthCheckRecord>>(
        &v1::Health::Stub::Diagnose, v1::DiagnoseRequest(),
        [](const v1::DiagnoseResponse& answer) { return toRecords(answer.checks()); });
}

QFuture<void> RemoteClient::blobs(const QStringList& filters, QObject* receiver, OnBatch<BlobRecord> onBatch)
{
    v1::ListBlobsRequest request;
    setFilters(request, filters);
    return list<BlobRecord>(
        &v1::Layerhold::Stub::ListBlobs, request, receiver, std::move(onBatch),
        [](const v1::ListBlobsResponse& page) -> auto& { return page.blobs(); });
}

QFuture<BlobDetails> RemoteClient::inspect(const QString& name)
{
    v1::InspectRequest request;
    request.set_name(name.toStdString());
    return ask<BlobDetails>(&v1::Images::Stub::Inspect, request,
                            [](const v1::InspectResponse& answer) { return toRecord(answer); });
}

QFuture<std::vector<ClaimPathRecord>> RemoteClient::whyKept(const QString& digest)
{
    v1::ExplainBlobRequest request;
    request.set_digest(digest.toStdString());
    return ask<std::vector<ClaimPathRecord>>(
        &v1::Layerhold::Stub::ExplainBlob, request,
        [](const v1::ExplainBlobResponse& answer) { return toRecords(answer.paths()); });
}

QFuture<ImageTotals> RemoteClient::images(const QStringList& filters, QObject* receiver, OnBatch<ImageRecord> onBatch)
{
    v1::ListImagesRequest request;
    setFilters(request, filters);
    return run<ImageTotals>(
        Lane::Stream, receiver, [request, onBatch = std::move(onBatch)](const CallContext& context) {
            ImageTotals totals;
            context.stream(&v1::Images::Stub::ListImages, request, [&](const v1::ListImagesResponse& page) {
                if (page.has_totals())
                    totals = toRecord(page.totals());
                deliverBatch(context.relay, onBatch, toRecords(page.images()));
            });
            return totals;
        });
}

QFuture<void> RemoteClient::edges(QObject* receiver, OnBatch<EdgeRecord> onBatch)
{
    return list<EdgeRecord>(
        &v1::Images::Stub::ListEdges, v1::ListEdgesRequest(), receiver, std::move(onBatch),
        [](const v1::ListEdgesResponse& page) -> auto& { return page.edges(); });
}

QFuture<void> RemoteClient::tags(const QStringList& filters, QObject* receiver, OnBatch<TagRecord> onBatch)
{
    v1::ListTagsRequest request;
    setFilters(request, filters);
    return list<TagRecord>(
        &v1::Tags::Stub::ListTags, request, receiver, std::move(onBatch),
        [](const v1::ListTagsResponse& page) -> auto& { return page.tags(); });
}

QFuture<TagHistory> RemoteClient::tagHistory(const QString& reference)
{
    v1::GetTagHistoryRequest request;
    request.set_reference(reference.toStdString());
    return ask<TagHistory>(&v1::Tags::Stub::GetTagHistory, request,
                           [](const v1::GetTagHistoryResponse& answer) { return toRecord(answer); });
}

QFuture<AccessRecord> RemoteClient::explainAccess(const QString& name)
{
    v1::ExplainAccessRequest request;
    request.set_name(name.toStdString());
    return ask<AccessRecord>(&v1::Access::Stub::ExplainAccess, request,
                             [](const v1::ExplainAccessResponse& answer) { return toRecord(answer); });
}

QFuture<MetricsRecord> RemoteClient::metrics()
{
    return run<MetricsRecord>(Lane::Short, nullptr, [](const CallContext& context) {
        const auto meanings = context.call(&v1::Metrics::Stub::DescribeMetrics, v1::DescribeMetricsRequest());
        return toRecord(context.call(&v1::Metrics::Stub::GetSnapshot, v1::GetSnapshotRequest()), meanings);
    });
}

QFuture<HistoryRecord> RemoteClient::history(const QString& series, std::chrono::seconds step, Moment since)
{
    v1::GetHistoryRequest request;
    request.set_series(series.toStdString());
    request.set_step_seconds(static_cast<std::uint32_t>(step.count()));
    if (since != Moment())
        setTimestamp(*request.mutable_since(), since);
    return ask<HistoryRecord>(&v1::Metrics::Stub::GetHistory, request,
                              [](const v1::GetHistoryResponse& answer) { return toRecord(answer); });
}

QFuture<std::vector<RateLimitRecord>> RemoteClient::rateLimits()
{
    return ask<std::vector<RateLimitRecord>>(
        &v1::Registries::Stub::ListRateLimits, v1::ListRateLimitsRequest(),
        [](const v1::ListRateLimitsResponse& answer) { return toRecords(answer.limits()); });
}

QFuture<void> RemoteClient::pastEvents(QObject* receiver, OnBatch<EventRecord> onEvents)
{
    // After event 0 and without following: to the last that there is.
    return list<EventRecord>(
        &v1::Layerhold::Stub::FollowEvents, v1::FollowEventsRequest(), receiver, std::move(onEvents),
        [](const v1::FollowEventsResponse& page) -> auto& { return page.events(); });
}

QFuture<void> RemoteClient::followEvents(std::optional<std::uint64_t> after, QObject* receiver,
                                         OnBatch<EventRecord> onEvents, std::function<void(EventGap)> onGap)
{
    v1::FollowEventsRequest request;
    request.set_follow(true);
    request.set_only_new(!after);
    request.set_after(after.value_or(0));
    return run<void>(
        Lane::Follow, receiver,
        [request, onEvents = std::move(onEvents), onGap = std::move(onGap)](const CallContext& context) {
            context.stream(&v1::Layerhold::Stub::FollowEvents, request, [&](const v1::FollowEventsResponse& page) {
                if (page.has_gap() && onGap)
                    context.relay.deliver(
                        [onGap, gap = EventGap{page.gap().first_missing(), page.gap().last_missing()}] { onGap(gap); });
                deliverBatch(context.relay, onEvents, toRecords(page.events()));
            });
        });
}

} // namespace layerhold::gui
