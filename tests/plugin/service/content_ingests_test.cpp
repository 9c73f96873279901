// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/served_store.h"

#include "layerhold/error.h"

#include <QTest>

using namespace layerhold;
using namespace layerhold::test;
namespace pb = containerd::services::content::v1;

/// Write, Status, ListStatuses and Abort, as clients see them.
class ContentIngestsTest : public QObject
{
    Q_OBJECT

private slots:

    void init() { m_served.emplace(); }

    void cleanup() { m_served.reset(); }

    void statusesAndAbort()
    {
        {
            Writer first(*m_served->stub, "default/1/layer");
            QVERIFY(first.exchange(request(pb::WRITE, 0, "abc")));
            Writer second(*m_served->stub, "default/2/config");
            QVERIFY(second.stat());
            QCOMPARE(first.finish(), grpc::StatusCode::OK);
            QCOMPARE(second.finish(), grpc::StatusCode::OK);
        }
        pb::StatusRequest message;
        message.set_ref("default/1/layer");
        pb::StatusResponse response;
        grpc::ClientContext context;
        QVERIFY(m_served->stub->Status(&context, message, &response).ok());
        QCOMPARE(response.status().ref(), std::string("default/1/layer"));
        QCOMPARE(response.status().offset(), 3LL);

        QCOMPARE(m_served->statusCount({}), 2);
        QCOMPARE(m_served->statusCount({"ref~=/layer$/"}), 1);
        QCOMPARE(m_served->statusCount({"ref==none", "ref==default/2/config"}), 1);
        QCOMPARE(m_served->statusCount({"^r"}), -int(grpc::StatusCode::INVALID_ARGUMENT));

        for (const std::string ref : {"default/1/layer", "default/1/layer", "never/was", ""}) {
            pb::AbortRequest abort;
            abort.set_ref(ref);
            google::protobuf::Empty empty;
            grpc::ClientContext abortContext;
            QVERIFY(m_served->stub->Abort(&abortContext, abort, &empty).ok());
        }
        grpc::ClientContext again;
        QCOMPARE(m_served->stub->Status(&again, message, &response).error_code(), grpc::StatusCode::NOT_FOUND);
    }

    void write()
    {
        const std::string bytes = someBytes(3'000'000);
        Writer writer(*m_served->stub, "r");
        pb::WriteContentRequest first = request(pb::STAT, 0);
        first.set_total(std::int64_t(bytes.size()));
        QVERIFY(writer.exchange(first));
        QCOMPARE(writer.reply.digest(), digestOf(""));
        for (std::size_t at = 0; at < bytes.size(); at += 1'000'000) {
            QVERIFY(writer.exchange(request(pb::WRITE, std::int64_t(at), bytes.substr(at, 1'000'000))));
            QCOMPARE(writer.reply.offset(), std::int64_t(at) + 1'000'000);
        }
        QVERIFY(writer.stat());
        QCOMPARE(writer.reply.digest(), digestOf(bytes));
        pb::WriteContentRequest commit = request(pb::COMMIT, std::int64_t(bytes.size()));
        commit.set_total(std::int64_t(bytes.size()));
        commit.set_expected(digestOf(bytes));
        commit.mutable_labels()->insert({"k", "v"});
        QVERIFY(writer.exchange(commit));
        QCOMPARE(writer.reply.digest(), digestOf(bytes));
        QCOMPARE(writer.reply.offset(), std::int64_t(bytes.size()));
        QCOMPARE(writer.finish(), grpc::StatusCode::OK);
        QCOMPARE(writer.unaskedReplies, 0);
        std::string got;
        QCOMPARE(m_served->readInto(digestOf(bytes), 0, 0, &got), grpc::StatusCode::OK);
        QVERIFY(got == bytes);
    }

    void commitEndsTheStream()
    {
        Writer writer(*m_served->stub, "r");
        QVERIFY(writer.exchange(request(pb::COMMIT, 0, "abc")));
        QVERIFY(!writer.exchange(request(pb::STAT, 0)));
        QCOMPARE(writer.finish(), grpc::StatusCode::OK);
    }

    void writeErrors()
    {
        const Digest present = m_served->store->add("present");
        QCOMPARE(Writer(*m_served->stub, "").exchangeAndFinish(request(pb::STAT, 0)),
                 grpc::StatusCode::INVALID_ARGUMENT);
        QCOMPARE(Writer(*m_served->stub, "r").finish(), grpc::StatusCode::INVALID_ARGUMENT);
        pb::WriteContentRequest malformed = request(pb::STAT, 0);
        malformed.set_expected("sha256:x");
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(malformed), grpc::StatusCode::INVALID_ARGUMENT);
        pb::WriteContentRequest known = request(pb::STAT, 0);
        known.set_expected(present.toString());
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(known), grpc::StatusCode::ALREADY_EXISTS);
        QCOMPARE(m_served->statusCount({}), 0);
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::COMMIT, 0, "present")),
                 grpc::StatusCode::ALREADY_EXISTS);
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::WRITE, 3, "x")),
                 grpc::StatusCode::OUT_OF_RANGE);
        pb::WriteContentRequest wrongSize = request(pb::COMMIT, 0, "abc");
        wrongSize.set_total(4);
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(wrongSize), grpc::StatusCode::FAILED_PRECONDITION);
        pb::WriteContentRequest wrongDigest = request(pb::COMMIT, 0, "abc");
        wrongDigest.set_total(3);
        wrongDigest.set_expected(digestOf("other"));
        QCOMPARE(Writer(*m_served->stub, "q").exchangeAndFinish(wrongDigest), grpc::StatusCode::FAILED_PRECONDITION);
        Writer again(*m_served->stub, "r");
        QVERIFY(again.stat());
        QCOMPARE(again.reply.offset(), 3LL);
    }

    void failuresOfTheStore()
    {
        m_served->store->onAppend = [] { throw Error(ErrorCode::Full, "no space"); };
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::WRITE, 0, "x")),
                 grpc::StatusCode::RESOURCE_EXHAUSTED);
        m_served->store->onAppend = [] { throw std::runtime_error("unforeseen"); };
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::WRITE, 0, "x")),
                 grpc::StatusCode::INTERNAL);
        m_served->store->onAppend = nullptr;
        m_served->store->onCommit = [] { throw Error(ErrorCode::DataLoss, "gone"); };
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::COMMIT, 0, "x")),
                 grpc::StatusCode::DATA_LOSS);
        m_served->store->onCommit = nullptr;
        QCOMPARE(Writer(*m_served->stub, "r").exchangeAndFinish(request(pb::COMMIT, 0, "x")), grpc::StatusCode::OK);
    }

    void messageSizes()
    {
        Writer big(*m_served->stub, "big");
        QVERIFY(big.exchange(request(pb::WRITE, 0, std::string(16 << 20, 'b'))));
        QCOMPARE(big.reply.offset(), 16LL << 20);
        QCOMPARE(Writer(*m_served->stub, "bigger").exchangeAndFinish(request(pb::WRITE, 0, std::string(33 << 20, 'b'))),
                 grpc::StatusCode::RESOURCE_EXHAUSTED);
        QCOMPARE(m_served->statusCount({}), 1);
    }

    void twoStreamsOneRef()
    {
        Writer holder(*m_served->stub, "r");
        QVERIFY(holder.stat());
        Writer other(*m_served->stub, "r");
        QCOMPARE(other.exchangeAndFinish(request(pb::STAT, 0)), grpc::StatusCode::UNAVAILABLE);
        QVERIFY2(holder.exchange(request(pb::WRITE, 0, "abc")), "the holder is not disturbed");
    }

    void halfCloseThenReopen()
    {
        for (int round = 0; round < 50; ++round) {
            Writer writer(*m_served->stub, "r");
            QVERIFY(writer.exchange(request(pb::WRITE, -1, "x")));
            QCOMPARE(writer.reply.offset(), round + 1LL);
            QCOMPARE(writer.finish(), grpc::StatusCode::OK);
        }
    }

    void cancelThenReopen()
    {
        for (int round = 0; round < 20; ++round) {
            Writer writer(*m_served->stub, "r");
            QVERIFY(writer.exchange(request(pb::WRITE, -1, "x")));
            QCOMPARE(writer.reply.offset(), round + 1LL);
            writer.cancel();
        }
    }

    void abortWhileOpen()
    {
        Writer writer(*m_served->stub, "r");
        QVERIFY(writer.exchange(request(pb::WRITE, 0, "abc")));
        m_served->store->abort("r");
        QCOMPARE(writer.exchangeAndFinish(request(pb::WRITE, 3, "def")), grpc::StatusCode::FAILED_PRECONDITION);
        QCOMPARE(m_served->statusCount({}), 0);
    }

private:
    std::optional<ServedStore> m_served;
};

QTEST_GUILESS_MAIN(ContentIngestsTest)
#include "content_ingests_test.moc"
