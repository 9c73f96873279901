// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "client/call_relay.h"
#include "layerhold/error.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

/// How clients make calls on worker threads.
namespace layerhold::gui {

/// The calls of one client that have not ended. Thread of use: the client's.
class OpenCalls
{
public:
    /// Has `work(CallRelay&)` done in the pool; what it throws, Cancelled or CallError, ends the future. Parts that it
    /// delivers are taken in the thread of the receiver. Cancelling the future stops it.
    template <class Result, class Work>
    QFuture<Result> start(QThreadPool& pool, QObject* receiver, Work work)
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
        pool.start([promise, relay, work = std::move(work)] {
            try {
                relay->drain(); // not begun when cancelled already
                if constexpr (std::is_void_v<Result>) {
                    work(*relay);
                    relay->drain();
                } else {
                    Result result = work(*relay);
                    // Who sees the end has seen all parts.
                    relay->drain();
                    promise->addResult(std::move(result));
                }
            } catch (const Cancelled&) {
                promise->future().cancel();
            } catch (const CallError& error) {
                promise->setException(error);
            } catch (const std::exception& error) {
                promise->setException(CallError(QStringLiteral("internal"), QString::fromUtf8(error.what())));
            }
            promise->finish();
        });
        return future;
    }

    bool areAny() const
    {
        return std::ranges::any_of(m_calls, [](const auto& call) { return !call.expired(); });
    }

    void stop()
    {
        for (const auto& call : m_calls)
            if (const auto relay = call.lock())
                relay->stop();
    }

private:
    std::vector<std::weak_ptr<CallRelay>> m_calls;
};

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

} // namespace layerhold::gui
