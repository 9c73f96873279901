// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/answer.h"

#include <memory>

namespace layerhold::gui {

/// One question at a time: a new one ends the former, whose answer then reaches nobody. So does its end. Thread of use:
/// that of the client.
class LatestCall final
{
public:
    LatestCall() = default;
    LatestCall(const LatestCall&) = delete;
    LatestCall& operator=(const LatestCall&) = delete;

    ~LatestCall() { drop(); }

    bool isOpen() const { return m_watcher != nullptr; }

    /// `onResult` takes what the call answers, `onError` a CallError. Neither is called when the call is cancelled.
    template <class Result, class OnResult, class OnError>
    void follow(QFuture<Result> future, OnResult onResult, OnError onError)
    {
        drop();
        auto watcher = std::make_unique<QFutureWatcher<Result>>();
        QObject::connect(watcher.get(), &QFutureWatcherBase::finished, watcher.get(),
                         [this, future, onResult = std::move(onResult), onError = std::move(onError)]() mutable {
                             // Before the answer is told: whoever gets it may ask anew.
                             m_watcher.release()->deleteLater();
                             tellAnswer(future, onResult, [&onError](const CallError& error) {
                                 if (!isCancelled(error))
                                     onError(error);
                             });
                         });
        watcher->setFuture(future);
        m_watcher = std::move(watcher);
    }

    /// Ends the call; nothing more is told of it.
    void drop()
    {
        if (!m_watcher)
            return;
        m_watcher->disconnect();
        m_watcher->cancel();
        m_watcher.release()->deleteLater();
    }

private:
    std::unique_ptr<QFutureWatcherBase> m_watcher;
};

} // namespace layerhold::gui
