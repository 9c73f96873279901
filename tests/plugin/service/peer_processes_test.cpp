// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "service/rpc/peer_processes.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

using layerhold::service::PeerProcesses;

class PeerProcessesTest : public QObject
{
    Q_OBJECT

private slots:

    void knowsWhoStillRuns()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
        QVERIFY(child > 0);
        PeerProcesses peers;
        peers.add(0);
        QVERIFY(peers.alive().empty());
        peers.add(child);
        peers.add(child);
        peers.add(::getpid());
        std::vector<pid_t> both{child, ::getpid()};
        std::sort(both.begin(), both.end());
        QCOMPARE(peers.alive(), both);

        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(peers.alive(), std::vector<pid_t>{::getpid()});
    }

    void aProcessOfAnotherUserCounts()
    {
        if (::geteuid() != 0)
            QSKIP("needs root to become somebody else");
        PeerProcesses peers;
        peers.add(1);
        QCOMPARE(::seteuid(65534), 0);
        const std::vector<pid_t> alive = peers.alive();
        QCOMPARE(::seteuid(0), 0);
        QCOMPARE(alive, std::vector<pid_t>{1});
    }
};

QTEST_GUILESS_MAIN(PeerProcessesTest)
#include "peer_processes_test.moc"
