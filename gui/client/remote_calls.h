// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/call_relay.h"
#include "client/convert.h"
#include "client/remote_client.h"
#include "service/api/session.h"

#include <layerhold/v1/cleanup.grpc.pb.h>
#include <layerhold/v1/health.grpc.pb.h>
#include <layerhold/v1/images.grpc.pb.h>
#include <layerhold/v1/metrics.grpc.pb.h>
#include <layerhold/v1/registries.grpc.pb.h>

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <utility>

/// How RemoteClient makes a call. Only for its own files: this knows the transport.
namespace layerhold::gui {

struct RemoteClient::Link
{
    explicit Link(service::Session opened)
        : session(std::move(opened))
    {
        lanes[static_cast<int>(Lane::Pulse)].setMaxThreadCount(1);
        lanes[static_cast<int>(Lane::Short)].setMaxThreadCount(4);
        lanes[static_cast<int>(Lane::Stream)].setMaxThreadCount(6);
        lanes[static_cast<int>(Lane::Follow)].setMaxThreadCount(2);
    }

    QThreadPool& pool(Lane lane) { return lanes[static_cast<int>(lane)]; }

    service::Session session;
    QThreadPool lanes[4]; ///< after the session, which their work uses
};

CallError toCallError(const std::exception& error);

/// A call of one answer, as the code that runs on the worker sees it.
struct CallContext
{
    api::Client& client;
    CallRelay& relay;

    template <class Method, class Request>
    auto call(Method method, const Request& request) const
    {
        return client.call(method, request, relay.token());
    }

    template <class Method, class Request, class OnMessage>
    void stream(Method method, const Request& request, OnMessage onMessage) const
    {
        client.stream(method, request, std::move(onMessage), relay.token());
    }
};

template <class Result, class Work>
QFuture<Result> RemoteClient::run(Lane lane, QObject* receiver, Work work)
{
    auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    QFuture<Result> future = promise->future();
    const auto relay = CallRelay::make(receiver, [future] { return future.isCanceled(); });
    auto* watcher = new QFutureWatcher<Result>(relay.get());
    QObject::connect(watcher, &QFutureWatcher<Result>::canceled, relay.get(), &CallRelay::stop);
    watcher->setFuture(future);
    std::erase_if(m_calls, [](const auto& call) { return call.expired(); });
    m_calls.push_back(relay);
    m_link->pool(lane).start([promise, relay, work = std::move(work), &client = m_link->session.client()] {
        try {
            relay->drain(); // not begun when cancelled already
            const CallContext context{client, *relay};
            if constexpr (std::is_void_v<Result>) {
                work(context);
                relay->drain();
            } else {
                Result result = work(context);
                // Who sees the end has seen all parts.
                relay->drain();
                promise->addResult(std::move(result));
            }
        } catch (const Cancelled&) {
            promise->future().cancel();
        } catch (const std::exception& error) {
            promise->setException(toCallError(error));
        }
        promise->finish();
    });
    return future;
}

template <class Result, class Method, class Request, class Take>
QFuture<Result> RemoteClient::ask(Method method, Request request, Take take, Lane lane)
{
    return run<Result>(lane, nullptr,
                       [method, request = std::move(request), take = std::move(take)](const CallContext& context) {
                           return take(context.call(method, request));
                       });
}

/// Tells a batch, if there is anything in it.
template <class Record>
void deliverBatch(CallRelay& relay, const OnBatch<Record>& onBatch, std::vector<Record> batch)
{
    if (batch.empty())
        return;
    relay.deliver([onBatch, shared = std::make_shared<std::vector<Record>>(std::move(batch))] {
        if (onBatch)
            onBatch(std::move(*shared));
    });
}

inline void deliverProgress(CallRelay& relay, const OnProgress& onProgress, JobProgress progress)
{
    if (onProgress)
        relay.deliver([onProgress, progress = std::move(progress)] { onProgress(progress); });
}

template <class Record, class Method, class Request, class Messages>
QFuture<void> RemoteClient::list(Method method, Request request, QObject* receiver, OnBatch<Record> onBatch,
                                 Messages messages)
{
    return run<void>(Lane::Stream, receiver,
                     [method, request = std::move(request), onBatch = std::move(onBatch),
                      messages = std::move(messages)](const CallContext& context) {
                         context.stream(method, request, [&](const auto& page) {
                             deliverBatch<Record>(context.relay, onBatch, toRecords(messages(page)));
                         });
                     });
}

template <class Request>
void setFilters(Request& request, const QStringList& filters)
{
    for (const QString& filter : filters)
        request.add_filters(filter.toStdString());
}

template <class Request>
void setDigests(Request& request, const QStringList& digests)
{
    for (const QString& digest : digests)
        request.add_digests(digest.toStdString());
}

} // namespace layerhold::gui
