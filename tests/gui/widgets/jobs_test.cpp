// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "widgets/jobs.h"

#include <QPromise>
#include <QSignalSpy>

namespace layerhold::gui::test {

using namespace std::chrono_literals;

/// What long work tells of itself.
class JobsTest final : public QObject
{
    Q_OBJECT

private slots:
    void guessesNothingBeforeFiveSeconds();
    void tellsAtMostFourTimesASecond();
    void takesNoProgressAfterItsEnd();
    void followsAFutureToItsEnd_data();
    void followsAFutureToItsEnd();
    void cancelIsAskedOnce();
    void keepsTheLastHundred();

private:
    Moment m_now{std::chrono::hours(500'000)};
    Format m_format{{.locale = QLocale::c(), .zone = QTimeZone::utc(), .now = [this] { return m_now; }}};
};

void JobsTest::guessesNothingBeforeFiveSeconds()
{
    Job job(QStringLiteral("Run"), m_format, {});
    job.report({.doneItems = 10, .totalItems = 100, .doneBytes = 0, .totalBytes = 0, .current = {}});
    m_now += 4s;
    QVERIFY(!job.timeLeft());
    QCOMPARE(*job.itemsPerSecond(), 2.5);
    m_now += 1s;
    QCOMPARE(*job.timeLeft(), 45s);
    QVERIFY(job.progressText().contains(QStringLiteral("10 of 100")));
    QVERIFY(job.progressText().contains(QStringLiteral("45 s left")));
    QCOMPARE(*job.ratio(), 0.1);
}

void JobsTest::tellsAtMostFourTimesASecond()
{
    Job job(QStringLiteral("Run"), m_format, {});
    const QSignalSpy changes(&job, &Job::changed);
    QElapsedTimer time;
    time.start();
    for (std::uint64_t done = 1; time.elapsed() < 600; ++done) {
        job.report({.doneItems = done, .totalItems = 0, .doneBytes = 0, .totalBytes = 0, .current = {}});
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    QVERIFY(changes.size() >= 1);
    QVERIFY(changes.size() <= 1 + time.elapsed() / 250);
}

void JobsTest::takesNoProgressAfterItsEnd()
{
    Job job(QStringLiteral("Run"), m_format, {});
    job.report({.doneItems = 3, .totalItems = 9, .doneBytes = 0, .totalBytes = 0, .current = {}});
    job.finish(Job::State::Stopped, QStringLiteral("Stopped after 3."));
    job.report({.doneItems = 4, .totalItems = 9, .doneBytes = 0, .totalBytes = 0, .current = "x"});
    QCOMPARE(job.progress().doneItems, std::uint64_t(3));
    QCOMPARE(job.outcome(), QStringLiteral("Stopped after 3."));
    job.finish(Job::State::Done, QStringLiteral("Again."));
    QCOMPARE(job.state(), Job::State::Stopped);
}

void JobsTest::followsAFutureToItsEnd_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("code");
    QTest::newRow("result") << 0 << static_cast<int>(Job::State::Done) << "7 removed"
                            << "";
    QTest::newRow("error") << 1 << static_cast<int>(Job::State::Failed) << "The disk is full."
                           << "no_space";
    QTest::newRow("cancelled") << 2 << static_cast<int>(Job::State::Stopped) << "Stopped after 2 of 9."
                               << "cancelled";
}

void JobsTest::followsAFutureToItsEnd()
{
    QFETCH(const int, how);
    QFETCH(const int, state);
    QFETCH(const QString, outcome);
    QFETCH(const QString, code);
    Jobs jobs(m_format);
    const QSignalSpy ends(&jobs, &Jobs::finished);
    QPromise<int> promise;
    promise.start();
    OnProgress onProgress;
    QStringList codes;
    const Job* job = jobs.follow(
        this, QStringLiteral("Run"),
        [&](OnProgress report) {
            onProgress = std::move(report);
            return promise.future();
        },
        [](int removed) { return QStringLiteral("%1 removed").arg(removed); },
        [&](const CallError& error) { codes.append(error.code()); });
    onProgress({.doneItems = 2, .totalItems = 9, .doneBytes = 0, .totalBytes = 0, .current = {}});
    if (how == 0)
        promise.addResult(7);
    else if (how == 1)
        promise.setException(CallError(QStringLiteral("no_space"), QStringLiteral("The disk is full.")));
    else
        jobs.running().front()->cancel();
    promise.finish();
    QTRY_COMPARE(ends.size(), 1);
    QCOMPARE(static_cast<int>(job->state()), state);
    QCOMPARE(job->outcome(), outcome);
    QCOMPARE(codes.join(QLatin1Char(' ')), code);
    onProgress({.doneItems = 8, .totalItems = 9, .doneBytes = 0, .totalBytes = 0, .current = {}});
    QCOMPARE(job->progress().doneItems, std::uint64_t(2));
    QVERIFY(jobs.running().empty());
    QVERIFY(!jobs.ratio());
}

void JobsTest::cancelIsAskedOnce()
{
    int asked = 0;
    Job job(QStringLiteral("Run"), m_format, [&asked] { ++asked; });
    job.cancel();
    job.cancel();
    QCOMPARE(asked, 1);
    QCOMPARE(job.state(), Job::State::Stopping);
    job.finish(Job::State::Stopped, {});
    job.cancel();
    QCOMPARE(asked, 1);
}

void JobsTest::keepsTheLastHundred()
{
    Jobs jobs(m_format);
    Job* running = jobs.start(QStringLiteral("Runs on"), {});
    for (int number = 0; number < 120; ++number)
        jobs.start(QString::number(number), {})->finish(Job::State::Done, {});
    QTRY_COMPARE(jobs.all().size(), std::size_t(101));
    QCOMPARE(jobs.all().front(), running);
    QCOMPARE(jobs.all().back()->title(), QStringLiteral("119"));
    jobs.clearFinished();
    QCOMPARE(jobs.all().size(), std::size_t(1));
}

} // namespace layerhold::gui::test

QTEST_GUILESS_MAIN(layerhold::gui::test::JobsTest)
#include "jobs_test.moc"
