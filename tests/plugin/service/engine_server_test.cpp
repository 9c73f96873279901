// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/served_store.h"

#include <QTest>

#include <unistd.h>

#include <future>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::service;
using namespace std::chrono_literals;
namespace pb = containerd::services::content::v1;

/// The server around the service: calls beside each other, broken ones, and its end.
class EngineServerTest : public QObject
{
    Q_OBJECT

private slots:

    void init() { m_served.emplace(); }

    void cleanup() { m_served.reset(); }

    void aClientThatNeverReadsBlocksNobody()
    {
        const Digest digest = m_served->store->add(std::string(64 << 20, 'x'));
        grpc::ClientContext context;
        pb::ReadContentRequest message;
        message.set_digest(digest.toString());
        const auto stalled = m_served->stub->Read(&context, message);
        pb::ReadContentResponse piece;
        QVERIFY(stalled->Read(&piece));
        std::string got;
        QCOMPARE(m_served->readInto(digest.toString(), 0, 0, &got), grpc::StatusCode::OK);
        QCOMPARE(got.size(), std::size_t(64) << 20);
        QVERIFY(m_served->server->stats().openCalls >= 1);
        context.TryCancel();
        stalled->Finish();
    }

    void aBlockedStoreBlocksOnlyWhoAsksIt()
    {
        const Digest digest = m_served->store->add("bytes");
        std::promise<void> entered;
        std::promise<void> leave;
        m_served->store->onCommit = [&] {
            entered.set_value();
            leave.get_future().wait();
        };
        std::jthread writer([&] { Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::COMMIT, 0, "x")); });
        entered.get_future().wait();
        QCOMPARE(m_served->infoOf(digest.toString()), grpc::StatusCode::OK);
        std::string got;
        QCOMPARE(m_served->readInto(digest.toString(), 0, 0, &got), grpc::StatusCode::OK);
        leave.set_value();
    }

    void knowsWhoConnected()
    {
        m_served->infoOf(m_served->store->add("bytes").toString());
        QCOMPARE(m_served->server->peers(), std::vector<pid_t>{::getpid()});
        m_served->server->stop(std::chrono::system_clock::now());
        QVERIFY(m_served->server->peers().empty());
    }

    void unknownMethods()
    {
        grpc::GenericStub generic(m_served->connect());
        for (const std::string method :
             {"/containerd.services.content.v1.Content/Nothing", "/other.Service/Info", "/x"}) {
            grpc::ClientContext context;
            grpc::CompletionQueue queue;
            grpc::ByteBuffer reply;
            grpc::Status status;
            const auto call = generic.PrepareUnaryCall(&context, method, grpc::ByteBuffer(slices().data(), 1), &queue);
            call->StartCall();
            call->Finish(&reply, &status, nullptr);
            waitFor(queue);
            QCOMPARE(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
        }
    }

    void malformedMessages()
    {
        grpc::GenericStub generic(m_served->connect());
        for (const std::string method :
             {"Info", "Read", "List", "Delete", "Status", "ListStatuses", "Abort", "Update", "Write"}) {
            grpc::ClientContext context;
            grpc::CompletionQueue queue;
            grpc::ByteBuffer reply;
            grpc::Status status;
            const auto call = generic.PrepareUnaryCall(&context, "/containerd.services.content.v1.Content/" + method,
                                                       grpc::ByteBuffer(slices().data(), 1), &queue);
            call->StartCall();
            call->Finish(&reply, &status, nullptr);
            waitFor(queue);
            QCOMPARE(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
        }
    }

    void stopCancelsWhatDoesNotEnd()
    {
        m_served->store->add(std::string(64 << 20, 'x'));
        Writer writer(*m_served->stub, "r");
        QVERIFY(writer.exchange(request(pb::WRITE, 0, "abc")));
        m_served->server->stop(std::chrono::system_clock::now());
        QVERIFY(!QFile::exists(QString::fromStdString(m_served->socket())));
        QVERIFY(writer.finish() != grpc::StatusCode::OK);
        QCOMPARE(m_served->store->status("r")->offset, 3U);
        m_served->server->stop(std::chrono::system_clock::now());
    }

    void stopWaitsForWhatIsUnderWay()
    {
        std::promise<void> entered;
        std::promise<void> leave;
        m_served->store->onCommit = [&] {
            entered.set_value();
            leave.get_future().wait();
        };
        grpc::StatusCode result = grpc::StatusCode::UNKNOWN;
        std::jthread writer(
            [&] { result = Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::COMMIT, 0, "x")); });
        entered.get_future().wait();
        std::jthread stopper([&] { m_served->server->stop(soon()); });
        leave.set_value();
        stopper.join();
        writer.join();
        QCOMPARE(result, grpc::StatusCode::OK);
        QVERIFY(m_served->store->info(Hasher::of(std::as_bytes(std::span("x", 1)))).has_value());
    }

    /// A client that opens streams without end on one connection gets no more than its share.
    void streamsOfOneConnectionAreCapped()
    {
        ServedStore capped(2);
        Writer first(*capped.stub, "first");
        Writer second(*capped.stub, "second");
        QVERIFY(first.stat());
        QVERIFY(second.stat());
        Writer third(*capped.stub, "third", std::chrono::system_clock::now() + 200ms);
        QVERIFY(!third.stat());
        QCOMPARE(third.finish(), grpc::StatusCode::DEADLINE_EXCEEDED);
        QCOMPARE(capped.server->stats().calls, 2U);
        const auto other = pb::Content::NewStub(capped.connect());
        QVERIFY2(Writer(*other, "other").stat(), "another connection has its own share");
        QCOMPARE(first.finish(), grpc::StatusCode::OK);
        QVERIFY2(Writer(*capped.stub, "third").stat(), "an ended stream makes room");
    }

    void manyAtOnce()
    {
        std::vector<std::jthread> clients;
        std::atomic<int> good = 0;
        for (int i = 0; i < 16; ++i) {
            clients.emplace_back([&, i] {
                const auto stub = pb::Content::NewStub(m_served->connect());
                for (int round = 0; round < 20; ++round) {
                    const std::string bytes = "client " + std::to_string(i) + " " + std::to_string(round);
                    Writer writer(*stub, bytes);
                    if (writer.stat() && writer.exchange(request(pb::WRITE, 0, bytes)) &&
                        writer.exchange(request(pb::COMMIT, std::int64_t(bytes.size()))) &&
                        writer.reply.digest() == digestOf(bytes) && writer.finish() == grpc::StatusCode::OK)
                        ++good;
                }
            });
        }
        clients.clear();
        QCOMPARE(good.load(), 16 * 20);
        QCOMPARE(m_served->listCount({}), 16 * 20);
        QTRY_COMPARE(m_served->server->stats().openCalls, 0U);
    }

private:
    static const std::array<grpc::Slice, 1>& slices()
    {
        static const std::array<grpc::Slice, 1> malformed{grpc::Slice("\x0a\xff")};
        return malformed;
    }

    static void waitFor(grpc::CompletionQueue& queue)
    {
        void* tag = nullptr;
        bool ok = false;
        queue.Next(&tag, &ok);
        queue.Shutdown();
        while (queue.Next(&tag, &ok)) {
        }
    }

    std::optional<ServedStore> m_served;
};

QTEST_GUILESS_MAIN(EngineServerTest)
#include "engine_server_test.moc"
