// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "plugin/service/served_store.h"

#include "layerhold/error.h"

#include <QTest>

#include <set>

using namespace layerhold;
using namespace layerhold::test;
namespace pb = containerd::services::content::v1;

/// Info, Update, Delete, Read and List, as clients see them.
class ContentBlobsTest : public QObject
{
    Q_OBJECT

private slots:

    void init() { m_served.emplace(); }

    void cleanup() { m_served.reset(); }

    void info_data()
    {
        QTest::addColumn<bool>("knowsAtOnce");
        QTest::newRow("at once") << true;
        QTest::newRow("on a worker") << false;
    }

    void info()
    {
        QFETCH(bool, knowsAtOnce);
        m_served->store->knowsAtOnce = knowsAtOnce;
        const Digest digest = m_served->store->add("bytes", {{"k", "v"}});
        pb::InfoResponse response;
        QCOMPARE(m_served->infoOf(digest.toString(), &response), grpc::StatusCode::OK);
        QCOMPARE(response.info().digest(), digest.toString());
        QCOMPARE(response.info().size(), 5LL);
        QCOMPARE(response.info().labels().at("k"), std::string("v"));
        QCOMPARE(m_served->infoOf(digestOf("absent")), grpc::StatusCode::NOT_FOUND);
        QCOMPARE(m_served->infoOf("sha256:XYZ"), grpc::StatusCode::INVALID_ARGUMENT);
        QCOMPARE(m_served->infoOf(""), grpc::StatusCode::INVALID_ARGUMENT);
    }

    void update()
    {
        const Digest digest = m_served->store->add("bytes", {{"a", "1"}, {"b", "2"}, {"c.d/e", "3"}});
        const auto updated = [&](const Labels& labels, const std::vector<std::string>& mask, Labels* result) {
            pb::UpdateRequest message;
            message.mutable_info()->set_digest(digest.toString());
            message.mutable_info()->mutable_labels()->insert(labels.begin(), labels.end());
            for (const std::string& path : mask)
                message.mutable_update_mask()->add_paths(path);
            pb::UpdateResponse response;
            grpc::ClientContext context;
            const grpc::Status status = m_served->stub->Update(&context, message, &response);
            *result = Labels(response.info().labels().begin(), response.info().labels().end());
            return status.error_code();
        };
        Labels labels;
        QCOMPARE(updated({{"b", "9"}}, {"labels.b", "labels.c.d/e"}, &labels), grpc::StatusCode::OK);
        QCOMPARE(labels, (Labels{{"a", "1"}, {"b", "9"}}));
        QCOMPARE(updated({{"x", ""}}, {}, &labels), grpc::StatusCode::OK);
        QCOMPARE(labels, (Labels{{"x", ""}}));
        QCOMPARE(updated({{"y", "1"}, {"z", "2"}}, {"labels.z", "labels"}, &labels), grpc::StatusCode::OK);
        QCOMPARE(labels, (Labels{{"y", "1"}, {"z", "2"}}));
        QCOMPARE(updated({}, {"size"}, &labels), grpc::StatusCode::INVALID_ARGUMENT);

        grpc::ClientContext context;
        pb::UpdateResponse response;
        QCOMPARE(m_served->stub->Update(&context, {}, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
        grpc::ClientContext another;
        pb::UpdateRequest absent;
        absent.mutable_info()->set_digest(digestOf("absent"));
        QCOMPARE(m_served->stub->Update(&another, absent, &response).error_code(), grpc::StatusCode::NOT_FOUND);
    }

    void deleteContent()
    {
        const Digest digest = m_served->store->add("bytes");
        const auto deleted = [&](const std::string& name) {
            pb::DeleteContentRequest message;
            message.set_digest(name);
            google::protobuf::Empty response;
            grpc::ClientContext context;
            return m_served->stub->Delete(&context, message, &response).error_code();
        };
        QCOMPARE(deleted(digest.toString()), grpc::StatusCode::OK);
        QCOMPARE(m_served->infoOf(digest.toString()), grpc::StatusCode::NOT_FOUND);
        QCOMPARE(deleted(digest.toString()), grpc::StatusCode::OK);
        QCOMPARE(deleted("nonsense"), grpc::StatusCode::INVALID_ARGUMENT);
    }

    void read_data()
    {
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("knowsAtOnce");
        for (const bool atOnce : {true, false}) {
            const char* how = atOnce ? "at once" : "on a worker";
            QTest::addRow("all, %s", how) << 0LL << 0LL << atOnce;
            QTest::addRow("all by size, %s", how) << 0LL << 1'000'003LL << atOnce;
            QTest::addRow("more than there is, %s", how) << 5LL << 2'000'000'000LL << atOnce;
            QTest::addRow("most there can be, %s", how) << 5LL << std::numeric_limits<qint64>::max() << atOnce;
            QTest::addRow("a piece, %s", how) << 32'768LL << 32'768LL << atOnce;
            QTest::addRow("negative, %s", how) << -7LL << -7LL << atOnce;
            QTest::addRow("the last byte, %s", how) << 1'000'002LL << 0LL << atOnce;
            QTest::addRow("at the end, %s", how) << 1'000'003LL << 10LL << atOnce;
        }
    }

    void read()
    {
        QFETCH(qint64, offset);
        QFETCH(qint64, size);
        QFETCH(bool, knowsAtOnce);
        const std::string bytes = someBytes(1'000'003);
        const Digest digest = m_served->store->add(bytes);
        m_served->store->knowsAtOnce = knowsAtOnce;
        std::string got;
        QCOMPARE(m_served->readInto(digest.toString(), offset, size, &got), grpc::StatusCode::OK);
        const std::size_t from = std::size_t(std::max<qint64>(offset, 0));
        QVERIFY(got == bytes.substr(from, size <= 0 ? std::string::npos : std::size_t(size)));
    }

    void readErrors()
    {
        const Digest digest = m_served->store->add("bytes");
        std::string got;
        QCOMPARE(m_served->readInto(digest.toString(), 6, 0, &got), grpc::StatusCode::OUT_OF_RANGE);
        QCOMPARE(m_served->readInto(digestOf("absent"), 0, 0, &got), grpc::StatusCode::NOT_FOUND);
        QCOMPARE(m_served->readInto("x", 0, 0, &got), grpc::StatusCode::INVALID_ARGUMENT);
        QVERIFY(got.empty());
        const Digest empty = m_served->store->add("");
        QCOMPARE(m_served->readInto(empty.toString(), 0, 0, &got), grpc::StatusCode::OK);
        QVERIFY(got.empty());
    }

    void cancelInTheMiddleOfARead()
    {
        const Digest digest = m_served->store->add(std::string(64 << 20, 'x'));
        for (int round = 0; round < 5; ++round) {
            grpc::ClientContext context;
            context.set_deadline(soon());
            pb::ReadContentRequest message;
            message.set_digest(digest.toString());
            const auto stream = m_served->stub->Read(&context, message);
            pb::ReadContentResponse piece;
            QVERIFY(stream->Read(&piece));
            context.TryCancel();
            QCOMPARE(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
        }
        QTRY_COMPARE(m_served->server->stats().openCalls, 0U);
    }

    void listWithDeletesBetween()
    {
        for (int i = 0; i < 1001; ++i)
            m_served->store->add("blob " + std::to_string(i), {{"even", i % 2 == 0 ? "yes" : "no"}});
        grpc::ClientContext context;
        context.set_deadline(soon());
        const auto stream = m_served->stub->List(&context, {});
        pb::ListContentResponse page;
        int messages = 0;
        std::set<std::string> seen;
        while (stream->Read(&page)) {
            ++messages;
            QVERIFY(page.info_size() <= 100);
            for (const pb::Info& info : page.info()) {
                QVERIFY(seen.insert(info.digest()).second);
                pb::DeleteContentRequest message;
                message.set_digest(info.digest());
                google::protobuf::Empty empty;
                grpc::ClientContext deleteContext;
                QVERIFY(m_served->stub->Delete(&deleteContext, message, &empty).ok());
            }
        }
        QVERIFY(stream->Finish().ok());
        QCOMPARE(seen.size(), std::size_t(1001));
        QCOMPARE(messages, 11);
        QCOMPARE(m_served->listCount({}), 0);
    }

    void listFilters()
    {
        for (int i = 0; i < 250; ++i)
            m_served->store->add("blob " + std::to_string(i), {{"even", i % 2 == 0 ? "yes" : "no"}});
        QCOMPARE(m_served->listCount({}), 250);
        QCOMPARE(m_served->listCount({"labels.even==yes"}), 125);
        QCOMPARE(m_served->listCount({"digest==" + digestOf("blob 7")}), 1);
        QCOMPARE(m_served->listCount({"digest==" + digestOf("blob 7"), "digest~=/^sha256:/"}), 250);
        QCOMPARE(m_served->listCount({"size==6"}), 0);
        QCOMPARE(m_served->listCount({"digest="}), -int(grpc::StatusCode::INVALID_ARGUMENT));
    }

private:
    std::optional<ServedStore> m_served;
};

QTEST_GUILESS_MAIN(ContentBlobsTest)
#include "content_blobs_test.moc"
