// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// Many, idle and stalled clients of one content socket.
#include "support/engine/content_client.h"
#include "support/engine/scene.h"
#include "support/engine/sockets.h"

#include <QDeadlineTimer>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

using namespace layerhold::test;

namespace {

void limitDescriptors(rlim_t count)
{
    const rlimit limit{count, count};
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Connections that this process holds open.
class Connections
{
public:
    ~Connections() { release(); }

    int open(const QString& socket, int count)
    {
        for (int i = 0; i < count; ++i)
            if (const int fd = connectToSocket(socket); fd >= 0)
                m_fds.push_back(fd);
        return static_cast<int>(m_fds.size());
    }

    void release()
    {
        for (const int fd : m_fds)
            ::close(fd);
        m_fds.clear();
    }

private:
    std::vector<int> m_fds;
};

} // namespace

class SocketsTest : public QObject
{
    Q_OBJECT

private slots:
    void servesAgainAfterRunningOutOfDescriptors();
    void servesBesideTenThousandIdleConnections();
    void stalledClientsDoNotBlockOthers();
};

void SocketsTest::servesAgainAfterRunningOutOfDescriptors()
{
    Scene scene;
    Daemon& daemon = scene.addDaemon();
    daemon.process().setInChild([] { limitDescriptors(64); });
    QVERIFY(daemon.start());
    ContentClient before(daemon.contentSocket().toStdString());
    QVERIFY(before.put("before").ok());

    // More than it has descriptors for, fewer than the listening queue holds.
    Connections connections;
    QVERIFY(connections.open(daemon.contentSocket(), 120) >= 60);
    ContentClient starved(daemon.contentSocket().toStdString(), seconds(2));
    QVERIFY(!starved.info(sha256Of("before")).ok());
    QVERIFY(daemon.process().running());

    connections.release();
    // Each try has what is left of the five seconds.
    const QDeadlineTimer promise(5'000);
    bool isServed = false;
    while (!isServed && !promise.hasExpired()) {
        ContentClient after(daemon.contentSocket().toStdString(), milliseconds(promise.remainingTime()));
        isServed = after.info(sha256Of("before")).ok();
    }
    QVERIFY(isServed);
    QVERIFY(before.put("after").ok());
}

void SocketsTest::servesBesideTenThousandIdleConnections()
{
    constexpr int count = 10'000;
    Scene scene;
    Daemon& daemon = scene.addDaemon();
    QVERIFY(daemon.start());
    ContentClient before(daemon.contentSocket().toStdString());
    QVERIFY(before.put("before").ok());
    // A process of their own, because both ends together would pass the limit of one.
    Process idle(QStringLiteral(LAYERHOLD_IDLE_CONNECTIONS), {daemon.contentSocket(), QString::number(count)},
                 scene.makeDirectory("idle") + "/log");
    QVERIFY(idle.start());
    QVERIFY2(eventually(seconds(60), [&idle] { return idle.log().contains("connected\n") || !idle.running(); }),
             idle.log());
    QVERIFY2(idle.running(), idle.log());

    QVERIFY(before.put("by an old connection").ok());
    ContentClient late(daemon.contentSocket().toStdString());
    const grpc::Status put = late.put("by a new connection");
    QVERIFY2(put.ok(), put.error_message().c_str());
    std::string bytes;
    QVERIFY(late.read(sha256Of("before"), 0, 0, &bytes).ok());
    QCOMPARE(bytes, std::string("before"));
    idle.kill();
    QVERIFY(before.put("at the end").ok());
}

void SocketsTest::stalledClientsDoNotBlockOthers()
{
    constexpr int stalledCount = 64;
    Scene scene;
    Daemon& daemon = scene.addDaemon();
    QVERIFY(daemon.start());
    const std::string socket = daemon.contentSocket().toStdString();
    const std::string big(12 << 20, 'x');
    ContentClient writer(socket);
    QVERIFY(writer.put(big).ok());

    // Readers that take no bytes, and writers that hold a ref and send nothing more.
    struct StalledRead
    {
        std::unique_ptr<contentapi::Content::Stub> stub;
        grpc::ClientContext context;
        std::unique_ptr<grpc::ClientReader<contentapi::ReadContentResponse>> reader;
    };

    std::vector<std::unique_ptr<StalledRead>> readers;
    std::vector<std::unique_ptr<WriteStream>> writers;
    contentapi::ReadContentRequest request;
    request.set_digest(sha256Of(big));
    for (int i = 0; i < stalledCount; ++i) {
        auto stalled = std::make_unique<StalledRead>();
        grpc::ChannelArguments arguments;
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        stalled->stub = contentapi::Content::NewStub(
            grpc::CreateCustomChannel("unix:" + socket, grpc::InsecureChannelCredentials(), arguments));
        stalled->reader = stalled->stub->Read(&stalled->context, request);
        contentapi::ReadContentResponse first;
        QVERIFY(stalled->reader->Read(&first));
        readers.push_back(std::move(stalled));
        writers.push_back(writer.openWrite());
        QVERIFY(writers.back()->stat("stalled-" + std::to_string(i)));
        QVERIFY(writers.back()->write(0, "some bytes"));
    }
    const int half = connectToSocket(daemon.contentSocket());
    QVERIFY(half >= 0);
    QCOMPARE(::write(half, "PRI * HTTP/2.0\r\n", 16), ssize_t(16));

    ContentClient lively(socket, seconds(20));
    QVERIFY(lively.put("lively").ok());
    std::string bytes;
    QVERIFY(lively.read(sha256Of(big), 0, 0, &bytes).ok());
    QCOMPARE(bytes.size(), big.size());
    std::vector<contentapi::Info> infos;
    QVERIFY(lively.list({}, &infos).ok());
    QCOMPARE(infos.size(), std::size_t(2));
    QCOMPARE(lively.info(sha256Of("lively")).error_code(), grpc::StatusCode::OK);

    for (const auto& stalled : readers) {
        stalled->context.TryCancel();
        stalled->reader->Finish();
    }
    ::close(half);
    QVERIFY(writers.front()->write(10, " and more"));
}

QTEST_GUILESS_MAIN(SocketsTest)
#include "sockets_test.moc"
