// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <type_traits>
#include <utility>

namespace layerhold::gui {

/// Runs `work` in the pool of the application, and hands its result to `onResult` in the thread of `owner`, which is
/// the caller's; to nobody once `owner` is gone. QFuture::then() with a context that goes first is a program's end in
/// Qt 6.4.
template <class Work, class OnResult>
void inWorker(QObject* owner, Work work, OnResult onResult)
{
    auto* watcher = new QFutureWatcher<std::invoke_result_t<Work>>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, onResult = std::move(onResult)]() mutable {
                         watcher->deleteLater();
                         onResult(watcher->future().takeResult());
                     });
    watcher->setFuture(QtConcurrent::run(std::move(work)));
}

} // namespace layerhold::gui
