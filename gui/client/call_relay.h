// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace layerhold::gui {

/// What a call on a worker thread and those who wait for it share: the wish to stop, and the way for parts of the
/// answer from the worker to the thread of the receiver, a few at a time. Lives in the receiver's thread.
class CallRelay final : public QObject
{
    Q_OBJECT

public:
    /// `isCancelled` is asked in both threads. `receiver` may be null: then there are no parts. The last owner may be
    /// of any thread.
    static std::shared_ptr<CallRelay> make(QObject* receiver, std::function<bool()> isCancelled);

    /// Any thread.
    void stop() { m_stop.request_stop(); }

    std::stop_token token() const { return m_stop.get_token(); }

    /// Worker: has `part` called in the thread of the receiver, unless the call is cancelled or the receiver gone by
    /// then. Waits while four parts are on their way. Throws Cancelled when the call is to stop.
    void deliver(std::function<void()> part);
    /// Worker: waits until all parts have been taken. Throws Cancelled.
    void drain();
    /// Worker: waits until the call is to stop. Throws Cancelled.
    [[noreturn]] void waitForStop();

private:
    explicit CallRelay(std::function<bool()> isCancelled);

    void take(const std::function<void()>& part);
    void waitUntilFewerThan(int parts);

    std::function<bool()> m_isCancelled;
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::condition_variable_any m_taken;
    int m_underWay = 0; ///< guarded by m_mutex
};

} // namespace layerhold::gui
