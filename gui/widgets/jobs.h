// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/answer.h"
#include "models/format.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace layerhold::gui {

/// One piece of long work that the service does for us. What it says changes at most four times a second.
class Job final : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        Running,
        Stopping, ///< asked to stop after what is being done
        Done,
        Stopped,
        Failed
    };

    /// `format` outlives the job. `cancel` is called once at most.
    Job(QString title, const Format& format, std::function<void()> cancel, QObject* parent = nullptr);

    const QString& title() const;
    State state() const;
    bool isRunning() const; ///< running or stopping
    const JobProgress& progress() const;
    Moment startedAt() const;
    Moment finishedAt() const;

    /// 0…1; unset while the total is unknown. By bytes where these are known, else by items.
    std::optional<double> ratio() const;
    /// Per second, over the time since it started; unset before there is any.
    std::optional<double> bytesPerSecond() const;
    std::optional<double> itemsPerSecond() const;
    /// Only after five seconds of work.
    std::optional<std::chrono::milliseconds> timeLeft() const;

    /// "1 284 of 2 000 · 3.2 of 18.4 GiB · 120 MiB/s · 2 min left", as much of it as is known.
    QString progressText() const;
    /// What came of it, or what it works on now.
    const QString& outcome() const;

    void report(const JobProgress& progress);
    void cancel();
    /// No progress is taken any more. `outcome`: a sentence.
    void finish(State state, const QString& outcome);
    /// Ends it as failed with what the error says, or, cancelled, as stopped after what the progress had told by then.
    void fail(const CallError& error);

signals:
    void changed();
    void finished();

private:
    std::optional<double> perSecond(std::uint64_t amount) const;

    QString m_title;
    const Format& m_format;
    std::function<void()> m_cancel;
    State m_state = State::Running;
    JobProgress m_progress;
    Moment m_startedAt;
    Moment m_finishedAt;
    QString m_outcome;
    QTimer m_changes; ///< runs while a change waits to be told
};

/// All jobs of the session, the newest last: those that run, and the last hundred that ended.
class Jobs final : public QObject
{
    Q_OBJECT

public:
    explicit Jobs(const Format& format, QObject* parent = nullptr);

    Job* start(const QString& title, std::function<void()> cancel);

    /// A job for as long as what `ask` begins goes on. `ask` gets what takes the progress, and returns the future. The
    /// job ends with the sentence that `onResult` makes of the result, or by Job::fail, whereupon `onError` gets the
    /// error. Once `owner` is gone neither is called.
    template <class Ask, class OnResult, class OnError>
    Job* follow(QObject* owner, const QString& title, Ask ask, OnResult onResult, OnError onError)
    {
        const auto future = std::make_shared<std::invoke_result_t<Ask, OnProgress>>();
        Job* job = start(title, [future] { future->cancel(); });
        const QPointer<Job> told(job);
        *future = ask(OnProgress([told](const JobProgress& progress) {
            if (told)
                told->report(progress);
        }));
        const QPointer<QObject> guard(owner);
        await(
            job, *future,
            [job, guard, onResult = std::move(onResult)](const auto& result) {
                job->finish(Job::State::Done, guard ? onResult(result) : QString());
            },
            [job, guard, onError = std::move(onError)](const CallError& error) {
                job->fail(error);
                if (guard)
                    onError(error);
            });
        return job;
    }

    std::vector<Job*> all() const;
    std::vector<Job*> running() const;
    /// Of those that run and know their total: the mean; unset when none does.
    std::optional<double> ratio() const;
    /// Forgets those that ended.
    void clearFinished();

signals:
    void added(layerhold::gui::Job* job);
    void changed(layerhold::gui::Job* job);
    void finished(layerhold::gui::Job* job);
    void removed(layerhold::gui::Job* job); ///< it is deleted right afterwards

private:
    void removeOldest();

    const Format& m_format;
    std::vector<std::unique_ptr<Job>> m_jobs;
};

} // namespace layerhold::gui
