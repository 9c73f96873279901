// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/cli/program_run.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>

using namespace layerhold::testing;

namespace {

/// A unix socket of the service manager, bound to a file that only it removes.
class ManagerSocket
{
public:
    ManagerSocket(const QString& path, int type)
        : m_fd(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray bytes = path.toLocal8Bit();
        std::copy(bytes.begin(), bytes.end(), address.sun_path);
        if (::bind(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            (type == SOCK_STREAM && ::listen(m_fd, 16) != 0))
            qFatal("cannot make the socket %s", bytes.constData());
    }

    ~ManagerSocket() { ::close(m_fd); }

    ManagerSocket(const ManagerSocket&) = delete;
    ManagerSocket& operator=(const ManagerSocket&) = delete;

    int fd() const { return m_fd; }

    /// Reads datagrams until one contains the text.
    bool waitFor(const QByteArray& text) const
    {
        const QDeadlineTimer deadline(20'000);
        while (!deadline.hasExpired()) {
            pollfd watched{m_fd, POLLIN, 0};
            if (::poll(&watched, 1, static_cast<int>(deadline.remainingTime())) <= 0)
                return false;
            std::array<char, 4096> buffer{};
            const ssize_t size = ::recv(m_fd, buffer.data(), buffer.size(), 0);
            if (size > 0 && QByteArray(buffer.data(), static_cast<int>(size)).split('\n').contains(text))
                return true;
        }
        return false;
    }

private:
    int m_fd;
};

} // namespace

/// The daemon under a service manager, which the test plays.
class ServiceManagerTest : public QObject
{
    Q_OBJECT

private slots:
    void usesTheSocketsItIsGiven();
    void usesTheDirectoriesItIsGiven();
    void tellsReadinessAndItsEnd();
    void feedsTheWatchdog();
};

void ServiceManagerTest::usesTheSocketsItIsGiven()
{
    const Place place;
    const QString engineSocket = place.path("main.sock");
    QCOMPARE(place.run({"engine", "add", "main", "--socket", engineSocket}).exitCode, 0);
    const ManagerSocket api(place.apiSocket(), SOCK_STREAM);
    const ManagerSocket content(engineSocket, SOCK_STREAM);
    const ManagerSocket byDefault(place.contentSocket(), SOCK_STREAM);

    QProcess daemon;
    prepare(daemon);
    QProcessEnvironment environment = daemon.processEnvironment();
    environment.insert("LISTEN_FDS", "3");
    environment.insert("LISTEN_FDNAMES", "api:content-main:default");
    environment.insert("LAYERHOLD_API_GROUP", "root");
    environment.insert("LAYERHOLD_CONTENT_GROUP", "root");
    daemon.setProcessEnvironment(environment);
    daemon.setChildProcessModifier([&] {
        // First out of the way of each other, then to where they are expected.
        const std::array<int, 3> aside{::dup2(api.fd(), 60), ::dup2(content.fd(), 61), ::dup2(byDefault.fd(), 62)};
        for (int i = 0; i < 3; ++i)
            ::dup2(aside[static_cast<std::size_t>(i)], 3 + i);
        for (const int fd : aside)
            ::close(fd);
    });
    // LISTEN_PID has to be the daemon's own.
    daemon.start("bash", {"-c", "LISTEN_PID=$$ exec \"$@\"", "bash", programPath(), "serve", "--root", place.root()});

    // No need to wait until it is ready: that is what the sockets are for.
    const RunResult status = runProgram({"status", "--json", "--api-socket", place.apiSocket()});
    QVERIFY2(status.exitCode == 0, status.errors + daemon.readAllStandardError());
    QCOMPARE(status.json()["pid"].toInteger(), daemon.processId());
    QMap<QString, QString> served;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const RunResult list = runProgram({"engine", "list", "--json", "--api-socket", place.apiSocket()});
            for (const auto& state : list.json()["engines"].toArray()) {
                const QJsonObject engine = state.toObject()["engine"].toObject();
                if (state.toObject()["serving"].toBool())
                    served[engine["name"].toString()] = engine["socket"].toString();
            }
            return served.size() == 2;
        }(),
        20'000);
    QCOMPARE(served["main"], engineSocket);

    // An engine that is removed and added again finds its socket again.
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(runProgram({"engine", "remove", "main", "--api-socket", place.apiSocket()}).exitCode, 0);
        const RunResult again = runProgram(
            {"engine", "add", "main", "--socket", engineSocket, "--json", "--api-socket", place.apiSocket()});
        QVERIFY2(again.exitCode == 0, again.errors);
        QVERIFY2(again.output.contains("\"serving\": true"), again.output);
    }
    QCOMPARE(served["default"], place.contentSocket());
    QCOMPARE(place.run({"status", "--json"}).json()["daemon"].toBool(), true); // found by the lock, too

    daemon.terminate();
    QVERIFY(daemon.waitForFinished(20'000));
    QCOMPARE(daemon.exitCode(), 0);
    const QByteArray log = daemon.readAllStandardError();
    QVERIFY2(log.contains("api_group is of no effect on " + place.apiSocket().toUtf8()), log);
    QVERIFY2(log.contains("content_group is of no effect on the socket of engine main"), log);
    for (const QString& socket : {place.apiSocket(), engineSocket, place.contentSocket()})
        QVERIFY2(QFile::exists(socket), "the manager's sockets outlive the daemon");
}

void ServiceManagerTest::usesTheDirectoriesItIsGiven()
{
    const Place place;
    for (const char* name : {"etc", "run"})
        QVERIFY(QDir().mkpath(place.path(name)));
    QFile file(place.path("etc/config.toml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("log_format = \"json\"\n");
    file.close();

    QProcess daemon;
    prepare(daemon);
    QProcessEnvironment environment = daemon.processEnvironment();
    environment.insert("CONFIGURATION_DIRECTORY", place.path("etc"));
    environment.insert("STATE_DIRECTORY", place.root());
    environment.insert("RUNTIME_DIRECTORY", place.path("run"));
    daemon.setProcessEnvironment(environment);
    daemon.setReadChannel(QProcess::StandardError);
    daemon.start(programPath(), {"serve"});
    QByteArray log;
    while (!log.contains("\"message\":\"ready\"")) {
        QVERIFY2(daemon.waitForReadyRead(20'000), log);
        log += daemon.readAllStandardError();
    }
    const RunResult status = runProgram({"status", "--json", "--api-socket", place.path("run/api.sock")});
    QVERIFY2(status.exitCode == 0, status.errors);
    QCOMPARE(status.json()["root"].toString(), place.root());
    daemon.terminate();
    QVERIFY(daemon.waitForFinished(20'000));
    QCOMPARE(daemon.exitCode(), 0);
}

void ServiceManagerTest::tellsReadinessAndItsEnd()
{
    const Place place;
    const ManagerSocket notify(place.path("notify"), SOCK_DGRAM);
    qputenv("NOTIFY_SOCKET", place.path("notify").toLocal8Bit());
    ServeProcess daemon(place);
    qunsetenv("NOTIFY_SOCKET");
    QVERIFY2(notify.waitFor("READY=1"), daemon.log());
    QCOMPARE(runProgram({"status", "--api-socket", place.apiSocket()}).exitCode, 0);
    daemon.process().terminate();
    QVERIFY2(notify.waitFor("STOPPING=1"), daemon.log());
    QCOMPARE(daemon.stop(), 0);
}

void ServiceManagerTest::feedsTheWatchdog()
{
    const Place place;
    const ManagerSocket notify(place.path("notify"), SOCK_DGRAM);
    qputenv("NOTIFY_SOCKET", place.path("notify").toLocal8Bit());
    qputenv("WATCHDOG_USEC", "300000");
    ServeProcess daemon(place);
    qunsetenv("NOTIFY_SOCKET");
    qunsetenv("WATCHDOG_USEC");
    QVERIFY2(notify.waitFor("READY=1"), daemon.log());
    QVERIFY(notify.waitFor("WATCHDOG=1"));
    QVERIFY2(notify.waitFor("WATCHDOG=1"), "again and again");
    QCOMPARE(daemon.stop(), 0);
}

QTEST_GUILESS_MAIN(ServiceManagerTest)
#include "service_manager_test.moc"
