// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/error.h"
#include "service/content/wire.h"

#include <containerd/services/content/v1/content.pb.h>

#include <QTest>

#include <random>

using namespace layerhold;
using namespace layerhold::service;
namespace pb = containerd::services::content::v1;

namespace {

/// The bytes in pieces of `size`, each in its own allocation, with empty ones between them.
class Pieces
{
public:
    Pieces(const std::string& bytes, std::size_t size)
    {
        for (std::size_t at = 0; at < bytes.size(); at += size)
            m_parts.push_back(bytes.substr(at, size));
        for (const std::string& part : m_parts) {
            m_spans.push_back(std::as_bytes(std::span(part)));
            m_spans.emplace_back();
        }
    }

    std::span<const Bytes> spans() const { return m_spans; }

private:
    std::vector<std::string> m_parts;
    std::vector<Bytes> m_spans;
};

std::string joined(const std::vector<Bytes>& pieces)
{
    std::string result;
    for (const Bytes& piece : pieces)
        result.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return result;
}

const Digest SomeDigest = Hasher::of({});

ContentInfo someInfo()
{
    return ContentInfo{SomeDigest,
                       1'234'567'890'123,
                       fromNanoseconds(1'700'000'000'123'456'789),
                       fromNanoseconds(5),
                       {{"k", "v"}, {"empty", ""}}};
}

std::int64_t nanoseconds(const google::protobuf::Timestamp& time)
{
    return time.seconds() * 1'000'000'000 + time.nanos();
}

bool isMalformed(const std::string& bytes)
{
    const Pieces pieces(bytes, 3);
    try {
        wire::parseWrite(pieces.spans());
    } catch (const Error& error) {
        return error.code() == ErrorCode::InvalidArgument;
    }
    return false;
}

template <class Function>
bool isRefused(Function&& function)
{
    try {
        function();
    } catch (const Error& error) {
        return error.code() == ErrorCode::InvalidArgument;
    }
    return false;
}

} // namespace

class ContentWireTest : public QObject
{
    Q_OBJECT

private slots:

    void writeRequest_data()
    {
        QTest::addColumn<int>("pieceSize");
        for (const int size : {1, 2, 7, 1000, 1 << 20})
            QTest::addRow("pieces of %d", size) << size;
    }

    void writeRequest()
    {
        QFETCH(int, pieceSize);
        pb::WriteContentRequest original;
        original.set_action(pb::COMMIT);
        original.set_ref("k8s.io/1/layer-sha256:\xc3\xa4");
        original.set_total(1LL << 40);
        original.set_expected("sha256:x");
        original.set_offset(-1);
        original.set_data(std::string(70'000, 'd') + "end");
        (*original.mutable_labels())["a.b/c"] = "1";
        (*original.mutable_labels())["empty"] = "";
        const Pieces pieces(original.SerializeAsString(), std::size_t(pieceSize));
        const WriteRequest request = wire::parseWrite(pieces.spans());
        QCOMPARE(request.action, write_action::Commit);
        QCOMPARE(request.ref, original.ref());
        QCOMPARE(request.total, original.total());
        QCOMPARE(request.expected, original.expected());
        QCOMPARE(request.offset, std::int64_t(-1));
        QCOMPARE(joined(request.data), original.data());
        QCOMPARE(request.dataSize, original.data().size());
        QCOMPARE(request.labels, (Labels{{"a.b/c", "1"}, {"empty", ""}}));
    }

    void dataIsNotCopied()
    {
        pb::WriteContentRequest original;
        original.set_data("payload");
        const std::string bytes = original.SerializeAsString();
        const Bytes whole = std::as_bytes(std::span(bytes));
        const WriteRequest request = wire::parseWrite(std::span(&whole, 1));
        QCOMPARE(request.data.size(), 1U);
        QVERIFY(request.data[0].data() == whole.data() + (bytes.size() - 7));
    }

    void otherRequests()
    {
        pb::InfoRequest info;
        info.set_digest("d");
        QCOMPARE(wire::parseName(Pieces(info.SerializeAsString(), 1).spans()), std::string("d"));
        QCOMPARE(wire::parseName(Pieces("", 1).spans()), std::string());

        pb::ListContentRequest list;
        list.add_filters("a");
        list.add_filters("");
        QCOMPARE(wire::parseFilters(Pieces(list.SerializeAsString(), 1).spans()), (std::vector<std::string>{"a", ""}));

        pb::ReadContentRequest read;
        read.set_digest("d");
        read.set_offset(-5);
        read.set_size(1LL << 33);
        const ReadRequest parsedRead = wire::parseRead(Pieces(read.SerializeAsString(), 2).spans());
        QCOMPARE(parsedRead.digest, std::string("d"));
        QCOMPARE(parsedRead.offset, std::int64_t(-5));
        QCOMPARE(parsedRead.size, std::int64_t(1) << 33);

        pb::UpdateRequest update;
        QVERIFY(!wire::parseUpdate(Pieces(update.SerializeAsString(), 2).spans()).hasInfo);
        update.mutable_info()->set_digest("d");
        (*update.mutable_info()->mutable_labels())["k"] = "v";
        update.mutable_info()->mutable_created_at()->set_seconds(7);
        update.mutable_update_mask()->add_paths("labels.k");
        update.mutable_update_mask()->add_paths("labels");
        const UpdateRequest parsedUpdate = wire::parseUpdate(Pieces(update.SerializeAsString(), 2).spans());
        QVERIFY(parsedUpdate.hasInfo);
        QCOMPARE(parsedUpdate.digest, std::string("d"));
        QCOMPARE(parsedUpdate.labels, (Labels{{"k", "v"}}));
        QCOMPARE(parsedUpdate.maskPaths, (std::vector<std::string>{"labels.k", "labels"}));
    }

    void info()
    {
        pb::InfoResponse response;
        QVERIFY(response.ParseFromString(wire::encodeInfo(someInfo())));
        QCOMPARE(response.info().digest(), SomeDigest.toString());
        QCOMPARE(response.info().size(), 1'234'567'890'123LL);
        QCOMPARE(nanoseconds(response.info().created_at()), 1'700'000'000'123'456'789LL);
        QCOMPARE(nanoseconds(response.info().updated_at()), 5LL);
        QCOMPARE(response.info().labels().size(), std::size_t(2));
        QCOMPARE(response.info().labels().at("k"), std::string("v"));
    }

    void timesBefore1970()
    {
        ContentInfo info = someInfo();
        info.createdAt = fromNanoseconds(-1);
        pb::InfoResponse response;
        QVERIFY(response.ParseFromString(wire::encodeInfo(info)));
        QCOMPARE(response.info().created_at().seconds(), -1LL);
        QCOMPARE(response.info().created_at().nanos(), 999'999'999);
    }

    void listAndStatuses()
    {
        std::string entries;
        wire::appendInfo(entries, someInfo());
        wire::appendInfo(entries, someInfo());
        pb::ListContentResponse list;
        QVERIFY(list.ParseFromString(entries));
        QCOMPARE(list.info_size(), 2);

        const IngestStatus status{"r\x01", 5, 10, SomeDigest, fromNanoseconds(1), fromNanoseconds(2)};
        pb::StatusResponse one;
        QVERIFY(one.ParseFromString(wire::encodeStatus(status)));
        QCOMPARE(one.status().ref(), std::string("r\x01"));
        QCOMPARE(one.status().offset(), 5LL);
        QCOMPARE(one.status().total(), 10LL);
        QCOMPARE(one.status().expected(), SomeDigest.toString());
        QCOMPARE(nanoseconds(one.status().started_at()), 1LL);
        QCOMPARE(nanoseconds(one.status().updated_at()), 2LL);
        std::string several;
        wire::appendStatus(several, status);
        wire::appendStatus(several, status);
        pb::ListStatusesResponse statuses;
        QVERIFY(statuses.ParseFromString(several));
        QCOMPARE(statuses.statuses_size(), 2);
    }

    void writeReply()
    {
        const WriteReply reply{write_action::Stat, fromNanoseconds(1), fromNanoseconds(2), 3, 4, SomeDigest};
        pb::WriteContentResponse response;
        QVERIFY(response.ParseFromString(wire::encodeWriteReply(reply)));
        QCOMPARE(int(response.action()), int(pb::STAT));
        QCOMPARE(nanoseconds(response.started_at()), 1LL);
        QCOMPARE(nanoseconds(response.updated_at()), 2LL);
        QCOMPARE(response.offset(), 3LL);
        QCOMPARE(response.total(), 4LL);
        QCOMPARE(response.digest(), SomeDigest.toString());

        WriteReply odd;
        odd.action = -7;
        QVERIFY(response.ParseFromString(wire::encodeWriteReply(odd)));
        QCOMPARE(int(response.action()), -7);
    }

    void readReply()
    {
        pb::ReadContentResponse response;
        QVERIFY(response.ParseFromString(wire::encodeReadHeader(1 << 20, 3) + "abc"));
        QCOMPARE(response.offset(), 1LL << 20);
        QCOMPARE(response.data(), std::string("abc"));
    }

    void unknownFieldsAreSkipped()
    {
        std::string bytes;
        bytes += std::string("\x78\x01", 2);                    // 15: varint
        bytes += std::string("\x79", 1) + std::string(8, '\1'); // 15: 64 bits
        bytes += std::string("\x7d", 1) + std::string(4, '\1'); // 15: 32 bits
        bytes += std::string("\x7a\x03xyz", 5);                 // 15: bytes
        bytes += std::string("\x7b\x08\x01\x0b\x0c\x7c", 6);    // 15: a group with a field and an empty group
        bytes += std::string("\x10\x05", 2);                    // 2 as a varint: not our string
        bytes += std::string("\x12\x01r", 3);                   // 2: ref
        QCOMPARE(wire::parseWrite(Pieces(bytes, 2).spans()).ref, std::string("r"));
    }

    void malformedInput_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("field number 0") << QByteArray("\x02\x00", 2);
        QTest::newRow("wire type 6") << QByteArray("\x0e", 1);
        QTest::newRow("cut tag") << QByteArray("\x80", 1);
        QTest::newRow("cut number") << QByteArray("\x08\x80", 2);
        QTest::newRow("number of 11 bytes") << QByteArray("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12);
        QTest::newRow("string longer than the message") << QByteArray("\x12\x05"
                                                                      "abc",
                                                                      5);
        QTest::newRow("length of 2^63") << QByteArray("\x32\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11);
        QTest::newRow("cut 64 bits") << QByteArray("\x79"
                                                   "1234567",
                                                   8);
        QTest::newRow("bad UTF-8") << QByteArray("\x12\x02\xc3\x28", 4);
        QTest::newRow("over-long UTF-8") << QByteArray("\x12\x02\xc0\x80", 4);
        QTest::newRow("surrogate") << QByteArray("\x12\x03\xed\xa0\x80", 5);
        QTest::newRow("group without end") << QByteArray("\x7b\x08\x01", 3);
        QTest::newRow("end without group") << QByteArray("\x7c", 1);
        QTest::newRow("group ends as another") << QByteArray("\x7b\x0c", 2);
        QTest::newRow("groups without bottom") << QByteArray(10'000, '\x7b');
        QTest::newRow("bad label") << QByteArray("\x3a\x02\x0a\x05", 4);
    }

    void malformedInput()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(isMalformed(bytes.toStdString()));
    }

    void limits()
    {
        pb::ListContentRequest list;
        for (int i = 0; i < 4096; ++i)
            list.add_filters("a");
        QCOMPARE(wire::parseFilters(Pieces(list.SerializeAsString(), 1000).spans()).size(), std::size_t(4096));
        list.add_filters("a");
        QVERIFY(isRefused([&] { wire::parseFilters(Pieces(list.SerializeAsString(), 1000).spans()); }));
        list.clear_filters();
        list.add_filters(std::string((64 << 10) + 1, 'a'));
        QVERIFY(isRefused([&] { wire::parseFilters(Pieces(list.SerializeAsString(), 1000).spans()); }));

        pb::WriteContentRequest write;
        (*write.mutable_labels())["k"] = std::string((1 << 20) - 1, 'v');
        QCOMPARE(wire::parseWrite(Pieces(write.SerializeAsString(), 5000).spans()).labels.size(), std::size_t(1));
        (*write.mutable_labels())["k"] += 'v';
        QVERIFY(isRefused([&] { wire::parseWrite(Pieces(write.SerializeAsString(), 5000).spans()); }));

        pb::UpdateRequest update;
        for (int i = 0; i < 4097; ++i)
            update.mutable_update_mask()->add_paths("labels.k");
        QVERIFY(isRefused([&] { wire::parseUpdate(Pieces(update.SerializeAsString(), 5000).spans()); }));
        update.clear_update_mask();
        for (int i = 0; i < 4097; ++i)
            (*update.mutable_info()->mutable_labels())[std::to_string(i)] = "v";
        QVERIFY(isRefused([&] { wire::parseUpdate(Pieces(update.SerializeAsString(), 5000).spans()); }));
    }

    /// Whatever we take, protobuf's own parser takes too, and reads the same.
    void agreesWithProtobufOnNoise()
    {
        std::mt19937 random(20261121);
        pb::WriteContentRequest seed;
        seed.set_ref("ref");
        seed.set_data("data");
        seed.set_offset(300);
        (*seed.mutable_labels())["k"] = "v";
        const std::string valid = seed.SerializeAsString();
        int accepted = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes = valid;
            for (std::size_t flips = random() % 3 + 1; flips > 0; --flips)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            bytes.resize(bytes.size() - random() % 3);
            const Pieces pieces(bytes, random() % 9 + 1);
            WriteRequest ours;
            try {
                ours = wire::parseWrite(pieces.spans());
            } catch (const Error&) {
                continue;
            }
            ++accepted;
            pb::WriteContentRequest theirs;
            QVERIFY2(theirs.ParseFromString(bytes), QByteArray::fromStdString(bytes).toHex());
            QCOMPARE(ours.ref, theirs.ref());
            QCOMPARE(joined(ours.data), theirs.data());
            QCOMPARE(ours.offset, std::int64_t(theirs.offset()));
            QCOMPARE(ours.action, std::int32_t(theirs.action()));
            QCOMPARE(ours.labels, Labels(theirs.labels().begin(), theirs.labels().end()));
        }
        QVERIFY(accepted > 1000);
    }
};

QTEST_GUILESS_MAIN(ContentWireTest)
#include "content_wire_test.moc"
