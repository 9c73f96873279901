// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/call_work.h"
#include "client/convert.h"
#include "client/remote_client.h"
#include "service/api/session.h"

#include <layerhold/v1/cleanup.grpc.pb.h>
#include <layerhold/v1/health.grpc.pb.h>
#include <layerhold/v1/images.grpc.pb.h>
#include <layerhold/v1/metrics.grpc.pb.h>
#include <layerhold/v1/registries.grpc.pb.h>

#include <QThreadPool>

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
    return m_calls.start<Result>(m_link->pool(lane), receiver,
                                 [work = std::move(work), &client = m_link->session.client()](CallRelay& relay) {
                                     try {
                                         return work(CallContext{client, relay});
                                     } catch (const Cancelled&) {
                                         throw;
                                     } catch (const std::exception& error) {
                                         throw toCallError(error);
                                     }
                                 });
}

template <class Result, class Method, class Request, class Take>
QFuture<Result> RemoteClient::ask(Method method, Request request, Take take, Lane lane)
{
    return run<Result>(lane, nullptr,
                       [method, request = std::move(request), take = std::move(take)](const CallContext& context) {
                           return take(context.call(method, request));
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
