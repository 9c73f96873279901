// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"

#include <QFutureWatcher>

#include <optional>
#include <type_traits>
#include <utility>

namespace layerhold::gui {

/// Whether it says of a call that somebody ended it.
inline bool isCancelled(const CallError& error)
{
    return error.code() == QLatin1String("cancelled");
}

/// Of a future that has finished: why it brings nothing, as a CallError of the code "cancelled" when it was cancelled;
/// unset: it has its result.
template <class Result>
std::optional<CallError> failureOf(QFuture<Result> future)
{
    try {
        // A future that failed counts as cancelled: this throws why, if there is a reason.
        future.waitForFinished();
    } catch (const CallError& error) {
        return error;
    } catch (const QException& error) {
        return CallError(QStringLiteral("internal"), QString::fromUtf8(error.what()));
    }
    bool hasResult = !future.isCanceled();
    if constexpr (!std::is_void_v<Result>)
        hasResult = future.resultCount() > 0;
    return hasResult ? std::nullopt : std::optional(CallError(QStringLiteral("cancelled"), QString()));
}

/// Calls `onResult` with what a finished future brought, or `onError` with why it brought nothing.
template <class Result, class OnResult, class OnError>
void tellAnswer(QFuture<Result> future, OnResult&& onResult, OnError&& onError)
{
    if (const auto failure = failureOf(future))
        onError(*failure);
    else if constexpr (std::is_void_v<Result>)
        onResult();
    else
        onResult(future.result());
}

/// As tellAnswer, once the future has finished. Nothing is told once `owner` is gone. Thread of use: the owner's.
template <class Result, class OnResult, class OnError>
void await(QObject* owner, QFuture<Result> future, OnResult onResult, OnError onError)
{
    auto* watcher = new QFutureWatcher<Result>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, onResult = std::move(onResult), onError = std::move(onError)]() mutable {
                         watcher->deleteLater();
                         tellAnswer(watcher->future(), onResult, onError);
                     });
    watcher->setFuture(std::move(future));
}

} // namespace layerhold::gui
