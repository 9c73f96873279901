// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/memory_content_store.h"

#include "service/content/engine_server.h"

#include <containerd/services/content/v1/content.grpc.pb.h>
#include <grpcpp/grpcpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fcntl.h>

using namespace layerhold;
using namespace layerhold::service;
namespace pb = containerd::services::content::v1;

/// In a program of its own: it lowers the limit of the whole process.
class DescriptorExhaustionTest : public QObject
{
    Q_OBJECT

private slots:

    void initTestCase()
    {
        EngineServerOptions options;
        options.listen.path = m_directory.filePath("s").toStdString();
        m_digest = m_store->add("bytes").toString();
        m_server.emplace(m_store, options, m_workers, Log());
        m_server->start();
        QCOMPARE(info(), grpc::StatusCode::OK); // gRPC has opened what it needs
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
        limit.rlim_cur = 64;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    }

    /// Silent connections get their places up to the reserve; files can still be opened; others are turned away.
    void connectionsLeaveAReserve()
    {
        std::vector<int> clients;
        for (int i = 0; i < 20; ++i)
            clients.push_back(connectSilently());
        QTRY_VERIFY(m_server->stats().refused > 0);
        const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        QVERIFY2(file >= 0, "a blob could be opened");
        ::close(file);
        closeAll(clients);
        QTRY_COMPARE(info(), grpc::StatusCode::OK);
    }

    void recoversByItself()
    {
        std::vector<int> clients; // made while descriptors are left; connecting needs none
        for (int i = 0; i < 12; ++i)
            clients.push_back(makeSocket());
        std::vector<int> files;
        std::size_t connected = 0;
        // Connections of the tests before end in the background and free descriptors: those are taken, too.
        QTRY_VERIFY([&] {
            for (int file = 0; (file = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
                files.push_back(file);
            if (connected < clients.size())
                connectTo(clients[connected++]); // accepting it needs a descriptor
            return m_server->stats().exhausted > 0;
        }());
        closeAll(files);
        closeAll(clients);
        QTRY_COMPARE(info(), grpc::StatusCode::OK);
    }

    void cleanupTestCase() { m_server.reset(); }

private:
    static void closeAll(std::vector<int>& descriptors)
    {
        for (const int descriptor : descriptors)
            ::close(descriptor);
        descriptors.clear();
    }

    static int makeSocket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

    void connectTo(int descriptor) const
    {
        const std::string path = m_directory.filePath("s").toStdString();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size());
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    }

    int connectSilently() const
    {
        const int descriptor = makeSocket();
        connectTo(descriptor);
        return descriptor;
    }

    grpc::StatusCode info() const
    {
        grpc::ChannelArguments arguments;
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        const auto stub = pb::Content::NewStub(grpc::CreateCustomChannel(
            "unix:" + m_directory.filePath("s").toStdString(), grpc::InsecureChannelCredentials(), arguments));
        pb::InfoRequest message;
        message.set_digest(m_digest);
        pb::InfoResponse response;
        grpc::ClientContext context;
        return stub->Info(&context, message, &response).error_code();
    }

    QTemporaryDir m_directory;
    std::string m_digest;
    std::shared_ptr<test::MemoryContentStore> m_store = std::make_shared<test::MemoryContentStore>();
    WorkerPool m_workers{2};
    std::optional<EngineServer> m_server;
};

QTEST_GUILESS_MAIN(DescriptorExhaustionTest)
#include "descriptor_exhaustion_test.moc"
