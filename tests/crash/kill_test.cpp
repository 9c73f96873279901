// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// kill -9 of the real daemon at random moments of mixed work, each followed by a restart and a full check.
// LAYERHOLD_CRASH_ROUNDS and LAYERHOLD_CRASH_SEED choose how often and which; `tests/crash/run ROUNDS SEED` sets them.

// Qt first: moc 6.4 cannot parse <compare> when it is the first standard header.
#include <QTemporaryDir>
#include <QTest>

#include "crash/daemon_process.h"
#include "crash/invariants.h"
#include "crash/mixed_work.h"
#include "crash/remote_target.h"

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

namespace layerhold::test {

namespace {

constexpr unsigned Workers = 4;
constexpr auto ReadyDeadline = std::chrono::seconds(20);

/// Waits until the moment of the kill has come or the daemon is gone, whichever is first.
void waitForMoment(DaemonProcess& daemon, std::chrono::steady_clock::time_point moment)
{
    while (std::chrono::steady_clock::now() < moment && daemon.isRunning())
        std::this_thread::sleep_for(std::chrono::microseconds(200));
}

struct StopAtEnd
{
    std::atomic<bool>& stop;

    ~StopAtEnd() { stop = true; }
};

std::string joined(const Violations& violations)
{
    std::string text;
    for (const std::string& violation : violations)
        text += violation + "\n";
    return text;
}

} // namespace

class KillTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLostByKill();
};

void KillTest::nothingIsLostByKill()
{
    const int rounds = qEnvironmentVariableIntValue("LAYERHOLD_CRASH_ROUNDS");
    const auto seed = qEnvironmentVariable("LAYERHOLD_CRASH_SEED", "1").toULongLong();
    QVERIFY2(rounds > 0, "LAYERHOLD_CRASH_ROUNDS must say how many rounds to run");

    QTemporaryDir directory;
    const std::string base = directory.path().toStdString();
    const std::string root = base + "/root";
    const std::string contentSocket = base + "/content.sock";
    const std::string apiSocket = base + "/api.sock";
    const std::string log = base + "/daemon.log";
    const BlobPool pool(seed, 120, 400'000);
    Expectation expectation;
    std::mt19937_64 random(seed);
    int killedAtStart = 0;

    for (int round = 0; round < rounds; ++round) {
        std::vector<Violations> found(Workers);
        {
            DaemonProcess daemon(serveCommand(LAYERHOLD_PROGRAM, root, contentSocket, apiSocket), log);
            if (round > 0 && random() % 5 == 0) {
                // A death while the last one is being repaired.
                waitForMoment(daemon, std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 60'000));
                daemon.kill();
                ++killedAtStart;
            } else {
                std::atomic<bool> stop = false;
                RemoteTarget(root, contentSocket, apiSocket).waitUntilReady(ReadyDeadline);
                std::vector<std::jthread> threads;
                const StopAtEnd stopper{stop}; // before the threads are waited for, however this ends
                for (unsigned worker = 0; worker < Workers; ++worker) {
                    threads.emplace_back([&, worker] {
                        RemoteTarget target(root, contentSocket, apiSocket);
                        const MixedWork work{seed + static_cast<unsigned>(round) * 97, worker, Workers, 1'000'000};
                        found[worker] = runMixedWork(target, pool, expectation, work, [&] { return stop.load(); });
                    });
                }
                waitForMoment(daemon, std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 250'000));
                QVERIFY2(daemon.isRunning(), "the daemon died by itself");
                daemon.kill();
            }
        }
        for (const Violations& violations : found)
            QVERIFY2(violations.empty(), joined(violations).c_str());

        CacheOptions options;
        options.root = root;
        if (!std::filesystem::exists(root + "/index.db"))
            continue;
        const std::unique_ptr<Cache> cache = Cache::open(options);
        const Violations violations = checkInvariants(*cache, "default", pool, expectation, CutKind::Kill);
        QVERIFY2(
            violations.empty(),
            ("round " + std::to_string(round) + ", seed " + std::to_string(seed) + ":\n" + joined(violations)).c_str());
    }
    qInfo("%d kills (%d of them during start-up), %llu acknowledged changes, 0 violations", rounds, killedAtStart,
          static_cast<unsigned long long>(expectation.acknowledgements()));
}

} // namespace layerhold::test

QTEST_GUILESS_MAIN(layerhold::test::KillTest)
#include "kill_test.moc"
