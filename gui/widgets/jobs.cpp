// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/jobs.h"

#include "models/plain_text.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto shortestGuess = 5s;
constexpr auto shortestChange = 250ms;
constexpr std::size_t mostFinished = 100;

double seconds(std::chrono::milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

Job::Job(QString title, const Format& format, std::function<void()> cancel, QObject* parent)
    : QObject(parent)
    , m_title(std::move(title))
    , m_format(format)
    , m_cancel(std::move(cancel))
    , m_startedAt(format.now())
{
    m_changes.setSingleShot(true);
    m_changes.setInterval(shortestChange);
    connect(&m_changes, &QTimer::timeout, this, &Job::changed);
}

const QString& Job::title() const
{
    return m_title;
}

Job::State Job::state() const
{
    return m_state;
}

bool Job::isRunning() const
{
    return m_state == State::Running || m_state == State::Stopping;
}

const JobProgress& Job::progress() const
{
    return m_progress;
}

Moment Job::startedAt() const
{
    return m_startedAt;
}

Moment Job::finishedAt() const
{
    return m_finishedAt;
}

std::optional<double> Job::ratio() const
{
    const auto part = [](std::uint64_t done, std::uint64_t total) {
        return std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    };
    if (m_progress.totalBytes > 0)
        return part(m_progress.doneBytes, m_progress.totalBytes);
    if (m_progress.totalItems > 0)
        return part(m_progress.doneItems, m_progress.totalItems);
    return std::nullopt;
}

std::optional<double> Job::bytesPerSecond() const
{
    return perSecond(m_progress.doneBytes);
}

std::optional<double> Job::itemsPerSecond() const
{
    return perSecond(m_progress.doneItems);
}

std::optional<double> Job::perSecond(std::uint64_t amount) const
{
    const double elapsed = seconds((isRunning() ? m_format.now() : m_finishedAt) - m_startedAt);
    if (amount == 0 || elapsed < 1)
        return std::nullopt;
    return static_cast<double>(amount) / elapsed;
}

std::optional<std::chrono::milliseconds> Job::timeLeft() const
{
    const auto elapsed = m_format.now() - m_startedAt;
    const auto done = ratio();
    if (!isRunning() || elapsed < shortestGuess || !done || *done <= 0)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(seconds(elapsed) * (1 - *done) / *done * 1000));
}

QString Job::progressText() const
{
    QStringList parts;
    const auto amount = [&](std::uint64_t done, std::uint64_t total, const auto& shown) {
        if (total > 0)
            parts.append(tr("%1 of %2").arg(shown(done), shown(total)));
        else if (done > 0)
            parts.append(shown(done));
    };
    amount(m_progress.doneItems, m_progress.totalItems, [this](std::uint64_t count) { return m_format.count(count); });
    amount(m_progress.doneBytes, m_progress.totalBytes, [this](std::uint64_t bytes) { return m_format.bytes(bytes); });
    if (isRunning()) {
        if (const auto rate = bytesPerSecond())
            parts.append(m_format.bytesPerSecond(*rate));
        else if (const auto itemRate = itemsPerSecond())
            parts.append(m_format.perSecond(*itemRate));
        if (const auto left = timeLeft())
            parts.append(tr("%1 left").arg(m_format.duration(*left)));
    }
    return parts.join(QStringLiteral(" · "));
}

const QString& Job::outcome() const
{
    return m_outcome;
}

void Job::report(const JobProgress& progress)
{
    if (!isRunning())
        return;
    m_progress = progress;
    m_outcome = plainText(progress.current);
    if (!m_changes.isActive())
        m_changes.start();
}

void Job::cancel()
{
    if (m_state != State::Running)
        return;
    m_state = State::Stopping;
    emit changed();
    if (m_cancel)
        m_cancel();
}

void Job::finish(State state, const QString& outcome)
{
    if (!isRunning())
        return;
    m_changes.stop();
    m_finishedAt = m_format.now();
    m_state = state;
    m_outcome = outcome;
    emit changed();
    emit finished();
}

void Job::fail(const CallError& error)
{
    if (!isCancelled(error)) {
        finish(State::Failed, plainText(error.message()));
        return;
    }
    const QString done = progressText();
    finish(State::Stopped, done.isEmpty() ? tr("Stopped.") : tr("Stopped after %1.").arg(done));
}

Jobs::Jobs(const Format& format, QObject* parent)
    : QObject(parent)
    , m_format(format)
{}

Job* Jobs::start(const QString& title, std::function<void()> cancel)
{
    m_jobs.push_back(std::make_unique<Job>(title, m_format, std::move(cancel)));
    Job* job = m_jobs.back().get();
    connect(job, &Job::changed, this, [this, job] { emit changed(job); });
    connect(job, &Job::finished, this, [this, job] {
        emit finished(job);
        // Not from within its own signal.
        QMetaObject::invokeMethod(this, &Jobs::removeOldest, Qt::QueuedConnection);
    });
    emit added(job);
    return job;
}

std::vector<Job*> Jobs::all() const
{
    std::vector<Job*> jobs;
    for (const auto& job : m_jobs)
        jobs.push_back(job.get());
    return jobs;
}

std::vector<Job*> Jobs::running() const
{
    std::vector<Job*> jobs = all();
    std::erase_if(jobs, [](const Job* job) { return !job->isRunning(); });
    return jobs;
}

std::optional<double> Jobs::ratio() const
{
    double sum = 0;
    int known = 0;
    for (const Job* job : running()) {
        if (const auto ratio = job->ratio()) {
            sum += *ratio;
            ++known;
        }
    }
    return known > 0 ? std::optional(sum / known) : std::nullopt;
}

void Jobs::clearFinished()
{
    for (auto job = m_jobs.begin(); job != m_jobs.end();) {
        if ((*job)->isRunning()) {
            ++job;
            continue;
        }
        emit removed(job->get());
        job = m_jobs.erase(job);
    }
}

void Jobs::removeOldest()
{
    auto finished = m_jobs.size() - running().size();
    for (auto job = m_jobs.begin(); job != m_jobs.end() && finished > mostFinished;) {
        if ((*job)->isRunning()) {
            ++job;
            continue;
        }
        emit removed(job->get());
        job = m_jobs.erase(job);
        --finished;
    }
}

} // namespace layerhold::gui
