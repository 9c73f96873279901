// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/memory_content_store.h"

#include "layerhold/error.h"
#include "service/content/write_session.h"

#include <QTest>

using namespace layerhold;
using namespace layerhold::service;
using layerhold::test::MemoryContentStore;

namespace {

WriteRequest message(std::int32_t action, std::int64_t offset, std::string_view data = {})
{
    WriteRequest request;
    request.action = action;
    request.offset = offset;
    if (!data.empty())
        request.data = {std::as_bytes(std::span(data))};
    request.dataSize = data.size();
    return request;
}

Digest digestOf(const std::string& bytes)
{
    return Hasher::of(std::as_bytes(std::span(bytes)));
}

/// A stream against a store, as the transport drives it.
class Stream
{
public:
    Stream(ContentStore& store, const std::string& ref, std::int64_t total = 0, const std::string& expected = {})
        : m_session(store)
    {
        WriteRequest first = message(write_action::Stat, 0);
        first.ref = ref;
        first.total = total;
        first.expected = expected;
        m_session.open(first);
        opened = *m_session.handle(first);
    }

    WriteReply send(const WriteRequest& request)
    {
        if (const auto reply = m_session.handle(request))
            return *reply;
        std::exception_ptr failure;
        std::optional<Digest> result;
        m_session.startCommit(request, [&](std::exception_ptr thrown, const Digest& digest) {
            failure = std::move(thrown);
            result = digest;
        });
        if (failure)
            std::rethrow_exception(failure);
        return m_session.committed(*result);
    }

    WriteSession& session() { return m_session; }

    WriteReply opened;

private:
    WriteSession m_session;
};

} // namespace

#define VERIFY_ERROR(expression, expectedCode)                                                                         \
    do {                                                                                                               \
        try {                                                                                                          \
            (void)(expression);                                                                                        \
            QFAIL("no error was thrown");                                                                              \
        } catch (const Error& error) {                                                                                 \
            QCOMPARE(int(error.code()), int(expectedCode));                                                            \
        }                                                                                                              \
    } while (false)

class WriteSessionTest : public QObject
{
    Q_OBJECT

private slots:

    void statWriteCommit()
    {
        MemoryContentStore store;
        Stream stream(store, "r", 10);
        QCOMPARE(stream.opened.digest, digestOf(""));
        QCOMPARE(stream.opened.total, 10U);
        QVERIFY(stream.opened.startedAt.has_value());

        const std::string data = "0123456789";
        const WriteReply written = stream.send(message(write_action::Write, 0, data));
        QCOMPARE(written.action, write_action::Write);
        QCOMPARE(written.offset, 10U);
        QVERIFY(!written.digest);

        const WriteReply stat = stream.send(message(write_action::Stat, 0));
        QCOMPARE(stat.digest, digestOf(data));
        QCOMPARE(stat.offset, 10U);

        WriteRequest commit = message(write_action::Commit, 10);
        commit.expected = digestOf(data).toString();
        commit.total = 10;
        commit.labels = {{"a", "b"}};
        const WriteReply committed = stream.send(commit);
        QCOMPARE(committed.action, write_action::Commit);
        QCOMPARE(committed.offset, 10U);
        QCOMPARE(committed.digest, digestOf(data));
        QCOMPARE(store.info(digestOf(data))->labels, commit.labels);
        QVERIFY(!store.status("r"));
    }

    void totalOfAnEarlierStreamIsNoCheck()
    {
        MemoryContentStore store;
        {
            Stream first(store, "r", 100);
            first.send(message(write_action::Write, 0, "too few"));
        }
        Stream second(store, "r");
        QCOMPARE(second.opened.total, 100U); // what is known is told
        second.send(message(write_action::Write, 0, "all there is"));
        QCOMPARE(second.send(message(write_action::Commit, 12)).digest, digestOf("all there is"));
    }

    void refIsNeeded()
    {
        MemoryContentStore store;
        VERIFY_ERROR(Stream(store, ""), ErrorCode::InvalidArgument);
    }

    void malformedExpectedInTheFirstMessage()
    {
        MemoryContentStore store;
        VERIFY_ERROR(Stream(store, "r", 0, "sha256:short"), ErrorCode::InvalidArgument);
        QVERIFY(!store.status("r"));
    }

    void expectedIsThereAlready()
    {
        MemoryContentStore store;
        const Digest digest = store.add("bytes");
        VERIFY_ERROR(Stream(store, "r", 0, digest.toString()), ErrorCode::AlreadyExists);
        QVERIFY(!store.status("r"));
    }

    void expectedAppearsMeanwhile_data()
    {
        QTest::addColumn<int>("action");
        QTest::newRow("STAT") << int(write_action::Stat);
        QTest::newRow("WRITE") << int(write_action::Write);
        QTest::newRow("COMMIT") << int(write_action::Commit);
        QTest::newRow("unknown") << 7;
    }

    void expectedAppearsMeanwhile()
    {
        QFETCH(int, action);
        MemoryContentStore store;
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "partial"));
        const Digest digest = store.add("bytes");
        WriteRequest request = message(action, 7);
        request.expected = digest.toString();
        VERIFY_ERROR(stream.send(request), ErrorCode::AlreadyExists);
        QVERIFY2(!store.status("r"), "the ingest is dropped");
    }

    void offsets_data()
    {
        QTest::addColumn<int>("action");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("content"); // empty with error: none stored
        QTest::addColumn<bool>("isOutOfRange");
        const int write = write_action::Write;
        const int commit = write_action::Commit;
        QTest::newRow("at the end") << write << qint64(3) << QByteArray("x") << QByteArray("abcx") << false;
        QTest::newRow("before the end") << write << qint64(2) << QByteArray("x") << QByteArray("abc") << true;
        QTest::newRow("behind the end") << write << qint64(4) << QByteArray("x") << QByteArray("abc") << true;
        QTest::newRow("zero starts over") << write << qint64(0) << QByteArray("x") << QByteArray("x") << false;
        QTest::newRow("zero without data") << write << qint64(0) << QByteArray() << QByteArray() << false;
        QTest::newRow("negative appends") << write << qint64(-1) << QByteArray("x") << QByteArray("abcx") << false;
        QTest::newRow("commit at the end") << commit << qint64(3) << QByteArray("x") << QByteArray("abcx") << false;
        QTest::newRow("commit elsewhere") << commit << qint64(1) << QByteArray() << QByteArray("abc") << true;
        QTest::newRow("commit at zero") << commit << qint64(0) << QByteArray() << QByteArray() << false;
        QTest::newRow("commit negative") << commit << qint64(-9) << QByteArray() << QByteArray("abc") << false;
    }

    void offsets()
    {
        QFETCH(int, action);
        QFETCH(qint64, offset);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, content);
        QFETCH(bool, isOutOfRange);
        MemoryContentStore store;
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "abc"));
        const std::string bytes = data.toStdString();
        const WriteRequest request = message(action, offset, bytes);
        if (isOutOfRange) {
            VERIFY_ERROR(stream.send(request), ErrorCode::OutOfRange);
            QCOMPARE(store.status("r")->offset, 3U);
            return;
        }
        const WriteReply reply = stream.send(request);
        QCOMPARE(reply.offset, std::uint64_t(content.size()));
        const Digest digest = digestOf(content.toStdString());
        if (action == write_action::Commit)
            QCOMPARE(reply.digest, digest);
        else
            QCOMPARE(stream.send(message(write_action::Stat, 0)).digest, digest);
    }

    void firstMessageMayCommit()
    {
        MemoryContentStore store;
        WriteSession session(store);
        const std::string data = "all in one";
        WriteRequest request = message(write_action::Commit, 0, data);
        request.ref = "r";
        session.open(request);
        QVERIFY(!session.handle(request));
        bool isDone = false;
        session.startCommit(request, [&](std::exception_ptr failure, const Digest& digest) {
            isDone = !failure && digest == digestOf(data);
        });
        QVERIFY(isDone);
    }

    void commitMismatchKeepsTheBytes()
    {
        MemoryContentStore store;
        {
            Stream stream(store, "r");
            stream.send(message(write_action::Write, 0, "abc"));
            WriteRequest commit = message(write_action::Commit, 3);
            commit.total = 4;
            VERIFY_ERROR(stream.send(commit), ErrorCode::FailedPrecondition);
        }
        {
            Stream stream(store, "r");
            WriteRequest commit = message(write_action::Commit, 3);
            commit.total = 3;
            commit.expected = digestOf("other").toString();
            VERIFY_ERROR(stream.send(commit), ErrorCode::FailedPrecondition);
        }
        Stream stream(store, "r");
        QCOMPARE(stream.opened.offset, 3U);
        WriteRequest commit = message(write_action::Commit, 3);
        commit.expected = digestOf("abc").toString();
        commit.total = 3;
        QCOMPARE(stream.send(commit).digest, digestOf("abc"));
    }

    void malformedExpectedLaterFailsAtCommitOnly()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        WriteRequest write = message(write_action::Write, 0, "abc");
        write.expected = "sha256:nonsense";
        QCOMPARE(stream.send(write).offset, 3U);
        WriteRequest commit = message(write_action::Commit, 3);
        VERIFY_ERROR(stream.send(commit), ErrorCode::FailedPrecondition);
        commit.expected = digestOf("abc").toString();
        QCOMPARE(stream.send(commit).digest, digestOf("abc"));
    }

    void rememberedTotalAndExpectedAreChecked()
    {
        MemoryContentStore store;
        Stream stream(store, "r", 5);
        stream.send(message(write_action::Write, 0, "abc"));
        VERIFY_ERROR(stream.send(message(write_action::Commit, 3)), ErrorCode::FailedPrecondition);
        WriteRequest stat = message(write_action::Stat, 0);
        stat.total = 3;
        stat.expected = digestOf("xyz").toString();
        QCOMPARE(stream.send(stat).total, 3U);
        VERIFY_ERROR(stream.send(message(write_action::Commit, 3)), ErrorCode::FailedPrecondition);
    }

    void commitOfStoredContentDropsTheIngest()
    {
        MemoryContentStore store;
        store.add("abc");
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "abc"));
        VERIFY_ERROR(stream.send(message(write_action::Commit, 3)), ErrorCode::AlreadyExists);
        QVERIFY(!store.status("r"));
    }

    void refIsHeldUntilClose()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "abc"));
        VERIFY_ERROR(Stream(store, "r"), ErrorCode::Locked);
        stream.session().close();
        QCOMPARE(Stream(store, "r").opened.offset, 3U);
    }

    void unknownActionIsEchoed()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "abc"));
        const WriteReply reply = stream.send(message(42, 0, "ignored"));
        QCOMPARE(reply.action, 42);
        QCOMPARE(reply.offset, 3U);
        QCOMPARE(store.status("r")->offset, 3U);
    }

    void laterRefsAreIgnored()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        WriteRequest write = message(write_action::Write, 0, "abc");
        write.ref = "other";
        QCOMPARE(stream.send(write).offset, 3U);
        QVERIFY(!store.status("other"));
        QCOMPARE(store.status("r")->offset, 3U);
    }

    void abortMeanwhile()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        stream.send(message(write_action::Write, 0, "abc"));
        store.abort("r");
        VERIFY_ERROR(stream.send(message(write_action::Write, 3, "def")), ErrorCode::FailedPrecondition);
        QVERIFY(!store.status("r"));
    }

    void anotherTotalStartsOver()
    {
        MemoryContentStore store;
        {
            Stream stream(store, "r", 10);
            stream.send(message(write_action::Write, 0, "abc"));
        }
        QCOMPARE(Stream(store, "r", 0).opened.offset, 3U);
        QCOMPARE(Stream(store, "r", 10).opened.offset, 3U);
        QCOMPARE(Stream(store, "r", 11).opened.offset, 0U);
    }

    void whatMayBlock()
    {
        MemoryContentStore store;
        Stream stream(store, "r");
        WriteSession& session = stream.session();
        const std::string small(64 * 1024, 'a');
        const std::string big(64 * 1024 + 1, 'a');
        QVERIFY(!session.mayBlock(message(write_action::Write, 0, small)));
        QVERIFY(session.mayBlock(message(write_action::Write, 0, big)));
        stream.send(message(write_action::Write, 0, small));
        QVERIFY(!session.mayBlock(message(write_action::Stat, 0)));
        QVERIFY2(session.mayBlock(message(write_action::Write, 0, small)), "truncates");
        stream.send(message(write_action::Write, -1, big));
        QVERIFY2(session.mayBlock(message(write_action::Stat, 0)), "hashes what came");
        stream.send(message(write_action::Stat, 0));
        QVERIFY(!session.mayBlock(message(write_action::Stat, 0)));
        QVERIFY(session.mayBlock(message(write_action::Commit, 0)));
        WriteRequest asking = message(write_action::Stat, 0);
        asking.expected = digestOf("").toString();
        QVERIFY(session.mayBlock(asking));
    }
};

QTEST_GUILESS_MAIN(WriteSessionTest)
#include "write_session_test.moc"
