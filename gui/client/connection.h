// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "client/target.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// How things stand with one service: opens clients of it, asks for its status, follows its events, and comes back by
/// itself after a break. Thread of use: the one it lives in.
class Connection final : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        NeverConnected,
        Connecting,
        Connected,
        Disconnected, ///< was lost or cannot be reached; comes back by itself when retryIn() says so
        Failed        ///< trying again would not help
    };
    Q_ENUM(State)
    enum class Step
    {
        Opening, ///< the socket, or the cache in this process
        Version,
        Status
    };
    Q_ENUM(Step)

    using Milliseconds = std::chrono::milliseconds;
    using OpenClient = std::function<QFuture<std::shared_ptr<CacheClient>>(const Target&)>;
    /// Time that never goes backwards, since any beginning.
    using Now = std::function<Milliseconds()>;

    static constexpr Milliseconds slowAfter{3'000};
    static constexpr Milliseconds givesUpAfter{15'000};
    static constexpr Milliseconds asksEvery{2'000};
    static constexpr Milliseconds silentAfter{5'000};

    /// `now` empty: the steady clock. With one of its own, a test calls tick() after each change of it.
    Connection(Target target, OpenClient openClient, Now now = {}, QObject* parent = nullptr);
    ~Connection() override;

    const Target& target() const { return m_target; }

    State state() const { return m_state; }

    /// nullptr unless connected.
    CacheClient* client() const { return m_state == State::Connected ? m_client.get() : nullptr; }

    // While connecting.
    Step step() const { return m_step; }

    Milliseconds elapsed() const;

    bool isSlow() const { return m_isSlow; }

    // While connected.
    Milliseconds roundTrip() const { return m_roundTrip; } ///< of the last status

    const VersionRecord& version() const { return m_version; }

    // While disconnected or failed.
    const std::optional<CallError>& reason() const { return m_reason; }

    /// nullopt: not by itself.
    std::optional<Milliseconds> retryIn() const;

    /// Whether something that was begun with a client of before has not ended.
    bool isBusy() const { return !m_retired.empty(); }

    /// The last event that was heard of; what follows is asked for after a break.
    std::optional<std::uint64_t> lastSequence() const { return m_lastSequence; }

public slots:
    /// Begins to connect, unless it is connected or connecting.
    void open();

    /// Without waiting any longer.
    void retryNow() { open(); }

    /// Ends the attempt, or the waiting for the next one.
    void cancel();
    /// For good. What was begun goes on to its end as long as this object is there.
    void letGo();
    /// Looks at the clock. A timer calls it several times a second.
    void tick();

signals:
    void stateChanged(); ///< the state, or what it says of itself: the step, that it is slow
    void ticked();       ///< elapsed() and retryIn() have gone on
    /// Good until the state is another one. What was begun goes on to its end even then.
    void connected(layerhold::gui::CacheClient* client);
    void statusChanged(const layerhold::gui::StatusRecord& status);
    void eventsArrived(const std::vector<layerhold::gui::EventRecord>& events);
    /// Lists are to be asked for anew. Both numbers are 0 when nobody knows which events are missing.
    void eventsLost(layerhold::gui::EventGap gap);

private:
    template <class Result, class OnResult>
    void ask(QFuture<Result> future, OnResult onResult);
    void begin();
    void enter(State state, Step step = Step::Opening);
    void askVersion();
    void askStatus();
    void takeStatus(const StatusRecord& status);
    void becomeConnected();
    void follow();
    void followAnew();
    void takeEvents(const std::vector<EventRecord>& events);
    void loseBy(const CallError& failedCall);
    void lose(const CallError& error);
    void retire();
    void checkAttempt();
    void checkStatus();

    Target m_target;
    OpenClient m_openClient;
    Now m_now;
    QTimer m_timer;
    State m_state = State::NeverConnected;
    Step m_step = Step::Opening;
    bool m_isSlow = false;
    bool m_wasConnected = false;
    Milliseconds m_since{0}; ///< when the attempt began
    std::optional<Milliseconds> m_retryAt;
    std::size_t m_attempts = 0; ///< since it was connected
    std::optional<CallError> m_reason;
    VersionRecord m_version;

    std::shared_ptr<CacheClient> m_client;
    std::vector<std::shared_ptr<CacheClient>> m_retired; ///< until their calls have ended
    /// What belongs to the present client: all that is awaited ends with it.
    std::unique_ptr<QObject> m_scope;
    std::vector<QFuture<void>> m_awaited;
    bool m_isStatusAsked = false;
    Milliseconds m_statusAskedAt{0};
    Milliseconds m_roundTrip{0};
    std::optional<std::uint64_t> m_lastSequence;
};

} // namespace layerhold::gui
