// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "client/connection.h"

#include "client/answer.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr std::array backOff{1s, 2s, 5s, 10s, 30s};
constexpr auto tickInterval = 250ms;

Connection::Milliseconds steadyNow()
{
    return std::chrono::duration_cast<Connection::Milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

/// Somebody has to change something before another try can do better.
bool isFinal(const CallError& error)
{
    static const QSet<QString> codes{"denied", "unsupported", "not_found", "invalid_argument", "corrupted"};
    return codes.contains(error.code());
}

} // namespace

Connection::Connection(Target target, OpenClient openClient, Now now, QObject* parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_openClient(std::move(openClient))
    , m_now(now ? std::move(now) : Now(steadyNow))
{
    connect(&m_timer, &QTimer::timeout, this, &Connection::tick);
    m_timer.start(tickInterval);
}

Connection::~Connection()
{
    retire();
}

Connection::Milliseconds Connection::elapsed() const
{
    return m_state == State::Connecting ? m_now() - m_since : 0ms;
}

std::optional<Connection::Milliseconds> Connection::retryIn() const
{
    if (m_state != State::Disconnected || !m_retryAt)
        return std::nullopt;
    return std::max(*m_retryAt - m_now(), Milliseconds(0));
}

/// `onResult` gets the result in the thread of this object; a failure means that the service is lost.
template <class Result, class OnResult>
void Connection::ask(QFuture<Result> future, OnResult onResult)
{
    m_awaited.push_back(QFuture<void>(future));
    await(m_scope.get(), std::move(future), std::move(onResult), [this](const CallError& error) { loseBy(error); });
}

void Connection::open()
{
    if (m_state == State::Connected || m_state == State::Connecting)
        return;
    m_attempts = 0;
    begin();
}

void Connection::cancel()
{
    if (m_state == State::Connected || m_state == State::NeverConnected)
        return;
    retire();
    m_retryAt.reset();
    m_reason.reset();
    enter(m_wasConnected ? State::Disconnected : State::NeverConnected);
}

void Connection::letGo()
{
    retire();
    m_retryAt.reset();
    enter(State::NeverConnected);
}

void Connection::begin()
{
    retire();
    m_scope = std::make_unique<QObject>();
    m_reason.reset();
    m_retryAt.reset();
    m_since = m_now();
    m_isSlow = false;
    ask(m_openClient(m_target), [this](std::shared_ptr<CacheClient> client) {
        m_client = std::move(client);
        askVersion();
    });
    enter(State::Connecting, Step::Opening);
}

void Connection::askVersion()
{
    ask(m_client->version(), [this](const VersionRecord& version) {
        m_version = version;
        askStatus();
        enter(State::Connecting, Step::Status);
    });
    enter(State::Connecting, Step::Version);
}

void Connection::askStatus()
{
    m_isStatusAsked = true;
    m_statusAskedAt = m_now();
    ask(m_client->status(), [this](const StatusRecord& status) { takeStatus(status); });
}

void Connection::takeStatus(const StatusRecord& status)
{
    m_isStatusAsked = false;
    m_roundTrip = m_now() - m_statusAskedAt;
    std::erase_if(m_awaited, [](const QFuture<void>& future) { return future.isFinished(); });
    const QObject* scope = m_scope.get();
    if (m_state == State::Connecting)
        becomeConnected();
    if (m_scope.get() == scope) // who was told may have cut it off
        emit statusChanged(status);
}

void Connection::becomeConnected()
{
    m_attempts = 0;
    const bool isAgain = std::exchange(m_wasConnected, true);
    // Without a number to go on from nobody can tell what happened meanwhile.
    const bool isBlind = isAgain && !m_lastSequence;
    follow();
    enter(State::Connected);
    // Who is told of a state may end it.
    if (m_state == State::Connected)
        emit connected(m_client.get());
    if (isBlind && m_state == State::Connected)
        emit eventsLost({});
}

void Connection::follow()
{
    const auto onEvents = [this](const std::vector<EventRecord>& events) { takeEvents(events); };
    const auto onGap = [this](EventGap gap) {
        m_lastSequence = std::max(m_lastSequence.value_or(0), gap.lastMissing);
        emit eventsLost(gap);
    };
    const auto onError = [this](const CallError& error) {
        if (m_lastSequence && error.code() == QLatin1String("out_of_range"))
            followAnew();
        else
            loseBy(error);
    };
    auto events = m_client->followEvents(m_lastSequence, m_scope.get(), onEvents, onGap);
    m_awaited.push_back(events);
    await(
        m_scope.get(), std::move(events),
        [this] { lose(CallError("unavailable", tr("The service has ended the stream of events."))); }, onError);
}

/// Another cache has taken the place of the one whose events were counted.
void Connection::followAnew()
{
    m_lastSequence.reset();
    follow();
    emit eventsLost({});
}

void Connection::takeEvents(const std::vector<EventRecord>& events)
{
    if (events.empty())
        return;
    m_lastSequence = events.back().sequence;
    emit eventsArrived(events);
}

void Connection::loseBy(const CallError& error)
{
    lose(isCancelled(error) ? CallError("unavailable", tr("The call was cut off.")) : error);
}

void Connection::lose(const CallError& error)
{
    retire();
    m_reason = error;
    m_retryAt.reset();
    if (isFinal(error)) {
        enter(State::Failed);
        return;
    }
    m_retryAt = m_now() + backOff[std::min(m_attempts, backOff.size() - 1)];
    ++m_attempts;
    enter(State::Disconnected);
}

void Connection::retire()
{
    // Nobody is told anything more; the watchers may be in the middle of telling, so they go later.
    if (QObject* scope = m_scope.release()) {
        const auto watchers = scope->children();
        for (QObject* watcher : watchers)
            watcher->disconnect(scope);
        scope->deleteLater();
    }
    for (QFuture<void>& future : m_awaited)
        future.cancel();
    m_awaited.clear();
    m_isStatusAsked = false;
    if (m_client)
        m_retired.push_back(std::move(m_client));
    m_client = nullptr;
}

void Connection::enter(State state, Step step)
{
    m_state = state;
    m_step = step;
    emit stateChanged();
}

void Connection::tick()
{
    std::erase_if(m_retired, [](const auto& client) { return !client->isBusy(); });
    switch (m_state) {
    case State::Connecting:
        checkAttempt();
        break;
    case State::Connected:
        checkStatus();
        break;
    case State::Disconnected:
        if (m_retryAt && m_now() >= *m_retryAt)
            begin();
        else
            emit ticked();
        break;
    case State::NeverConnected:
    case State::Failed:
        break;
    }
}

void Connection::checkAttempt()
{
    // A cache that is opened in this process may have to make its index anew, which takes as long as it takes.
    const bool mayTakeLong = m_step == Step::Opening && !m_target.isSocket();
    if (elapsed() >= givesUpAfter && !mayTakeLong) {
        lose(CallError("unavailable", tr("%1 accepts connections, but has not answered for %2 seconds. Is the service "
                                         "stuck? See its log.")
                                          .arg(m_target.name())
                                          .arg(givesUpAfter / 1s)));
        return;
    }
    if (!m_isSlow && elapsed() >= slowAfter) {
        m_isSlow = true;
        emit stateChanged();
    }
    emit ticked();
}

void Connection::checkStatus()
{
    const Milliseconds waited = m_now() - m_statusAskedAt;
    if (m_isStatusAsked && waited >= silentAfter)
        lose(CallError("unavailable", tr("The service has not answered for %1 seconds.").arg(silentAfter / 1s)));
    else if (!m_isStatusAsked && waited >= asksEvery)
        askStatus();
}

} // namespace layerhold::gui
