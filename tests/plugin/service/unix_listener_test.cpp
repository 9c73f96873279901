// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/error.h"
#include "service/rpc/accept_loop.h"
#include "service/rpc/unix_listener.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <future>
#include <optional>

using namespace layerhold;
using namespace layerhold::service;

namespace {

/// A blocking client connection; -1 when refused.
int connectTo(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

std::optional<struct stat> statOf(const std::string& path)
{
    struct stat result
    {};

    return ::lstat(path.c_str(), &result) == 0 ? std::optional(result) : std::nullopt;
}

std::optional<ErrorCode> failure(const ListenOptions& options)
{
    try {
        const UnixListener listener(options);
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

ListenOptions at(const std::string& path, mode_t mode = 0600)
{
    ListenOptions options;
    options.path = path;
    options.mode = mode;
    return options;
}

} // namespace

class UnixListenerTest : public QObject
{
    Q_OBJECT

private slots:

    void init() { m_directory.emplace(); }

    void modeAndLifetime()
    {
        const std::string path = this->path("s");
        const mode_t mask = ::umask(0777);
        {
            const UnixListener listener(at(path, 0660));
            ::umask(mask);
            QCOMPARE(statOf(path)->st_mode, mode_t(S_IFSOCK | 0660));
            const int client = connectTo(path);
            QVERIFY(client >= 0);
            ::close(client);
        }
        QVERIFY(!statOf(path));
    }

    void group()
    {
        ListenOptions options = at(path("s"), 0660);
        options.group = ::getegid();
        const UnixListener listener(options);
        QCOMPARE(statOf(path("s"))->st_gid, ::getegid());
    }

    void replacesALeftOver()
    {
        leaveOver(path("s"));
        const UnixListener listener(at(path("s")));
        const int client = connectTo(path("s"));
        QVERIFY(client >= 0);
        ::close(client);
    }

    void neverTakesALivingSocket()
    {
        const UnixListener first(at(path("s")));
        QCOMPARE(failure(at(path("s"))), std::optional(ErrorCode::Locked));
        const int client = connectTo(path("s"));
        QVERIFY2(client >= 0, "the first one still listens");
        ::close(client);
    }

    void neverRemovesAFile()
    {
        QFile file(QString::fromStdString(path("s")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(failure(at(path("s"))), std::optional(ErrorCode::AlreadyExists));
        QVERIFY(file.exists());
    }

    void badPlaces()
    {
        QCOMPARE(failure(at("relative/path")), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(failure(at("")), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(failure(at(path(std::string(108, 'x')))), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(failure(at(path("missing/s"))), std::optional(ErrorCode::NotFound));
    }

    void leavesAnothersSocketAlone()
    {
        std::optional<UnixListener> first(std::in_place, at(path("s")));
        QVERIFY(QFile::remove(QString::fromStdString(path("s"))));
        const UnixListener second(at(path("s")));
        first.reset();
        QVERIFY(statOf(path("s")).has_value());
    }

    void takesAnInheritedSocket()
    {
        const UnixListener maker(at(path("s")));
        ListenOptions options = at(path("s"));
        options.inheritedSocket = ::dup(maker.descriptor());
        {
            const UnixListener inherited(options);
            const int client = connectTo(path("s"));
            QVERIFY(client >= 0);
            ::close(client);
        }
        QVERIFY2(statOf(path("s")).has_value(), "its file is the service manager's");
    }

    void refusesWhatIsNoListeningSocket()
    {
        ListenOptions options = at(path("s"));
        options.inheritedSocket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QCOMPARE(failure(options), std::optional(ErrorCode::InvalidArgument));
        ::close(*options.inheritedSocket);
    }

    void acceptsAndTellsWhoItIs()
    {
        const UnixListener listener(at(path("s")));
        std::promise<Peer> seen;
        AcceptLoop loop(
            listener, {},
            [&](int descriptor, const Peer& peer) {
                ::close(descriptor);
                seen.set_value(peer);
            },
            [](const std::string&) {});
        const int client = connectTo(path("s"));
        const Peer peer = seen.get_future().get();
        QCOMPARE(peer.pid, ::getpid());
        QCOMPARE(peer.uid, ::geteuid());
        QCOMPARE(peer.gid, ::getegid());
        QCOMPARE(loop.accepted(), 1U);
        ::close(client);
    }

    void turnsOthersAway()
    {
        const UnixListener listener(at(path("s")));
        AcceptLoop loop(
            listener, [](const Peer&) { return false; }, [](int, const Peer&) { QFAIL("let in"); },
            [](const std::string&) {});
        const int client = connectTo(path("s"));
        char byte = 0;
        QCOMPARE(::read(client, &byte, 1), ssize_t(0));
        ::close(client);
        QTRY_COMPARE(loop.refused(), 1U);
        QCOMPARE(loop.accepted(), 0U);
    }

    void reserve()
    {
        QCOMPARE(descriptorReserve(32), 16U);
        QCOMPARE(descriptorReserve(64), 16U);
        QCOMPARE(descriptorReserve(512), 128U);
        QCOMPARE(descriptorReserve(1 << 20), 256U);
    }

private:
    std::string path(const std::string& name) const
    {
        return m_directory->filePath(QString::fromStdString(name)).toStdString();
    }

    /// A socket file whose process is gone.
    static void leaveOver(const std::string& path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size());
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QCOMPARE(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        ::close(descriptor);
    }

    std::optional<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(UnixListenerTest)
#include "unix_listener_test.moc"
