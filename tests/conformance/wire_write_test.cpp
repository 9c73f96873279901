// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// What containerd's content API demands of Write on the wire and a client cannot see through containerd's own client
// library: offset rules, status codes, message order. Every expectation was checked against containerd's server.
#include "support/engine/content_client.h"
#include "support/engine/scene.h"

#include <QTest>

using namespace layerhold::test;
using grpc::StatusCode;

namespace {

const std::string emptyDigest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

contentapi::WriteContentRequest message(contentapi::WriteAction action, std::int64_t offset, const std::string& data)
{
    contentapi::WriteContentRequest request;
    request.set_action(action);
    request.set_offset(offset);
    request.set_data(data);
    return request;
}

} // namespace

class WireWriteTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void init() { m_ref = "ref-" + std::to_string(++m_number); }

    void writeOffsets_data();
    void writeOffsets();
    void commitAtOffsetZeroCommitsTheEmptyBlob();
    void writePastTotalFailsOnlyAtCommit();
    void laterRefsAreIgnored();
    void firstMessageMayCommit();
    void firstMessageNeedsARef();
    void badExpectedInTheFirstMessageIsInvalid();
    void expectedThatAppearsMeanwhileEndsTheWrite();
    void statCarriesTheRunningDigest();
    void streamEndsAfterCommit();
    void halfCloseKeepsTheBytes();
    void cancelKeepsTheBytes();
    void heldRefIsUnavailable();
    void largestMessageIsAccepted();
    void oversizedMessageIsRefused();

private:
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<ContentClient> m_client;
    std::string m_ref;
    int m_number = 0;
};

void WireWriteTest::initTestCase()
{
    m_scene = std::make_unique<Scene>();
    Daemon& daemon = m_scene->addDaemon();
    QVERIFY2(daemon.start(), daemon.process().log());
    m_client = std::make_unique<ContentClient>(daemon.contentSocket().toStdString());
}

void WireWriteTest::writeOffsets_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("sizeAfter");
    QTest::newRow("at the end") << 6 << int(StatusCode::OK) << 9;
    QTest::newRow("zero truncates") << 0 << int(StatusCode::OK) << 3;
    QTest::newRow("negative appends") << -1 << int(StatusCode::OK) << 9;
    QTest::newRow("before the end") << 5 << int(StatusCode::OUT_OF_RANGE) << 6;
    QTest::newRow("behind the end") << 7 << int(StatusCode::OUT_OF_RANGE) << 6;
}

void WireWriteTest::writeOffsets()
{
    QFETCH(int, offset);
    QFETCH(int, code);
    QFETCH(int, sizeAfter);
    {
        const auto stream = m_client->openWrite();
        QVERIFY(stream->stat(m_ref));
        QVERIFY(stream->write(0, "123456"));
        const auto response = stream->write(offset, "abc");
        QCOMPARE(response.has_value(), code == int(StatusCode::OK));
        if (response)
            QCOMPARE(response->offset(), std::int64_t(sizeAfter));
        QCOMPARE(int(stream->finish().error_code()), code);
    }
    contentapi::Status status;
    QVERIFY(m_client->status(m_ref, &status).ok());
    QCOMPARE(status.offset(), std::int64_t(sizeAfter));
}

void WireWriteTest::commitAtOffsetZeroCommitsTheEmptyBlob()
{
    m_client->remove(emptyDigest);
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref));
    QVERIFY(stream->write(0, "will be cut off"));
    const auto committed = stream->commit(0, 0, {});
    QVERIFY(committed);
    QCOMPARE(committed->digest(), emptyDigest);
    QCOMPARE(committed->offset(), std::int64_t(0));
    QVERIFY(stream->finish().ok());
}

void WireWriteTest::writePastTotalFailsOnlyAtCommit()
{
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref, 3));
    QVERIFY(stream->write(0, "more than three"));
    QVERIFY(!stream->commit(15, 3, {}));
    QCOMPARE(stream->finish().error_code(), StatusCode::FAILED_PRECONDITION);
    QVERIFY(m_client->status(m_ref).ok());
}

void WireWriteTest::laterRefsAreIgnored()
{
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref));
    auto second = message(contentapi::WRITE, 0, "bytes of the first");
    second.set_ref("another");
    QVERIFY(stream->exchange(second));
    QVERIFY(stream->finish().ok());
    QVERIFY(m_client->status(m_ref).ok());
    QCOMPARE(m_client->status("another").error_code(), StatusCode::NOT_FOUND);
}

void WireWriteTest::firstMessageMayCommit()
{
    const auto stream = m_client->openWrite();
    auto only = message(contentapi::COMMIT, 0, "all in one");
    only.set_ref(m_ref);
    only.set_total(10);
    only.set_expected(sha256Of("all in one"));
    const auto committed = stream->exchange(only);
    QVERIFY(committed);
    QCOMPARE(committed->digest(), sha256Of("all in one"));
    QCOMPARE(committed->offset(), std::int64_t(10));
    QVERIFY(stream->finish().ok());
}

void WireWriteTest::firstMessageNeedsARef()
{
    const auto stream = m_client->openWrite();
    QVERIFY(!stream->stat({}));
    QCOMPARE(stream->finish().error_code(), StatusCode::INVALID_ARGUMENT);
}

void WireWriteTest::badExpectedInTheFirstMessageIsInvalid()
{
    const auto stream = m_client->openWrite();
    QVERIFY(!stream->stat(m_ref, 0, "sha256:short"));
    QCOMPARE(stream->finish().error_code(), StatusCode::INVALID_ARGUMENT);
}

void WireWriteTest::expectedThatAppearsMeanwhileEndsTheWrite()
{
    const std::string bytes = "committed by somebody else";
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref, 0, sha256Of(bytes)));
    QVERIFY(stream->write(0, bytes.substr(0, 5)));
    QVERIFY(m_client->put(bytes).ok());
    auto next = message(contentapi::WRITE, 5, bytes.substr(5));
    next.set_expected(sha256Of(bytes));
    QVERIFY(!stream->exchange(next));
    QCOMPARE(stream->finish().error_code(), StatusCode::ALREADY_EXISTS);
    QCOMPARE(m_client->status(m_ref).error_code(), StatusCode::NOT_FOUND);
}

void WireWriteTest::statCarriesTheRunningDigest()
{
    const auto stream = m_client->openWrite();
    const auto opened = stream->stat(m_ref, 42);
    QVERIFY(opened);
    QCOMPARE(opened->digest(), emptyDigest);
    QCOMPARE(opened->total(), std::int64_t(42));
    QVERIFY(stream->write(0, "some"));
    const auto later = stream->stat(m_ref);
    QVERIFY(later);
    QCOMPARE(later->digest(), sha256Of("some"));
    QCOMPARE(later->offset(), std::int64_t(4));
    QCOMPARE(later->total(), std::int64_t(42));
    QCOMPARE(later->started_at().nanos(), opened->started_at().nanos());
    contentapi::Status status;
    QVERIFY(m_client->status(m_ref, &status).ok());
    QCOMPARE(status.ref(), m_ref);
    QCOMPARE(status.offset(), std::int64_t(4));
    QCOMPARE(status.total(), std::int64_t(42));
}

void WireWriteTest::streamEndsAfterCommit()
{
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref));
    QVERIFY(stream->write(0, "ends " + m_ref));
    QVERIFY(stream->commit(5 + static_cast<std::int64_t>(m_ref.size()), 0, {}));
    // Without a half-close of ours: finish() would wait for ever on a server that waits for more.
    stream->exchange(message(contentapi::STAT, 0, {}));
    QVERIFY(stream->finish().ok());
    QCOMPARE(m_client->status(m_ref).error_code(), StatusCode::NOT_FOUND);
}

void WireWriteTest::halfCloseKeepsTheBytes()
{
    const auto first = m_client->openWrite();
    QVERIFY(first->stat(m_ref));
    QVERIFY(first->write(0, "kept "));
    QVERIFY(first->finish().ok());
    const auto second = m_client->openWrite();
    const auto resumed = second->stat(m_ref);
    QVERIFY(resumed);
    QCOMPARE(resumed->offset(), std::int64_t(5));
    QVERIFY(second->write(5, m_ref));
    QVERIFY(second->commit(5 + static_cast<std::int64_t>(m_ref.size()), 0, sha256Of("kept " + m_ref)));
}

void WireWriteTest::cancelKeepsTheBytes()
{
    {
        const auto first = m_client->openWrite();
        QVERIFY(first->stat(m_ref));
        QVERIFY(first->write(0, "kept"));
        first->cancel();
    }
    const auto second = m_client->openWrite();
    const auto resumed = second->stat(m_ref);
    QVERIFY2(resumed, second->finish().error_message().c_str());
    QCOMPARE(resumed->offset(), std::int64_t(4));
}

void WireWriteTest::heldRefIsUnavailable()
{
    const auto holder = m_client->openWrite();
    QVERIFY(holder->stat(m_ref));
    const auto second = m_client->openWrite();
    QVERIFY(!second->stat(m_ref));
    QCOMPARE(second->finish().error_code(), StatusCode::UNAVAILABLE);
    QVERIFY(holder->write(0, "still mine"));
}

void WireWriteTest::largestMessageIsAccepted()
{
    // What containerd 1.6 sends at most: 16 MiB with its framing.
    const std::string bytes((16 << 20) - 1024, 'm');
    const grpc::Status put = m_client->put(bytes);
    QVERIFY2(put.ok(), put.error_message().c_str());
    std::string got;
    QVERIFY(m_client->read(sha256Of(bytes), 0, 0, &got).ok());
    QVERIFY(got == bytes);
}

void WireWriteTest::oversizedMessageIsRefused()
{
    const auto stream = m_client->openWrite();
    QVERIFY(stream->stat(m_ref));
    QVERIFY(stream->write(0, "before"));
    QVERIFY(!stream->write(6, std::string(33 << 20, 'x')));
    QCOMPARE(stream->finish().error_code(), StatusCode::RESOURCE_EXHAUSTED);
    const auto again = m_client->openWrite();
    const auto resumed = again->stat(m_ref);
    QVERIFY(resumed);
    QCOMPARE(resumed->offset(), std::int64_t(6));
}

QTEST_GUILESS_MAIN(WireWriteTest)
#include "wire_write_test.moc"
