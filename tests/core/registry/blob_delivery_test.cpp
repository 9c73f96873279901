// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "registry/blob_delivery.h"
#include "registry_scene.h"

#include <algorithm>
#include <atomic>
#include <optional>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

using Waits = std::vector<std::chrono::milliseconds>;

const std::string content(100'000, 'x');

class MemoryDelivery final : public Delivery
{
public:
    explicit MemoryDelivery(std::string before = {})
        : bytes(std::move(before))
    {}

    std::uint64_t offset() const override { return bytes.size(); }

    void append(std::span<const std::byte> more) override
    {
        bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
    }

    void restart() override { bytes.clear(); }

    Digest finish() override { return Hasher::of(std::as_bytes(std::span(bytes))); }

    std::string bytes;
};

std::size_t firstByte(const HttpRecord& request)
{
    const std::string range = request.header("range");
    return range.starts_with("bytes=") ? std::stoul(range.substr(6)) : 0;
}

enum class Ranges
{
    Known,
    Ignored,
};

/// Sends so many bytes of the content in one answer.
HttpServer::Handler sendsAtMost(std::size_t most, Ranges ranges = Ranges::Known)
{
    return [=](const HttpRecord& request, HttpReply& reply) {
        const std::size_t from = ranges == Ranges::Known ? firstByte(request) : 0;
        std::string head = "HTTP/1.1 200 OK\r\n";
        if (from > 0)
            head = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + std::to_string(from) + '-' +
                   std::to_string(content.size() - 1) + '/' + std::to_string(content.size()) + "\r\n";
        head += "Content-Length: " + std::to_string(content.size() - from) + "\r\n\r\n";
        reply.raw(head + content.substr(from, most));
        reply.cut();
    };
}

/// What the delivery ends with; nullopt when it does not fail.
std::optional<ErrorCode> deliver(Scene& scene, Delivery& delivery, std::uint64_t size = content.size())
{
    const auto failure =
        failureOf([&] { deliverBlob(scene.client, "a", digestOf("blob"), size, delivery, [](std::size_t) {}, {}); });
    return failure ? std::optional(failure->code()) : std::nullopt;
}

} // namespace

class BlobDeliveryTest : public QObject
{
    Q_OBJECT

private slots:

    void goesOnForAsLongAsItIsWorthIt_data()
    {
        QTest::addColumn<qulonglong>("bytes");
        QTest::addColumn<bool>("knowsRanges");
        QTest::addColumn<bool>("isDelivered");
        QTest::addColumn<qulonglong>("requests");
        QTest::newRow("nothing") << 0ULL << true << false << 4ULL;
        QTest::newRow("one byte each") << 1ULL << true << false << 4ULL;
        QTest::newRow("less than 1 % in four") << 249ULL << true << false << 4ULL;
        QTest::newRow("1 % each, which would be 100 tries") << 1'000ULL << true << false << 50ULL;
        QTest::newRow("10 % each") << 10'000ULL << true << true << 10ULL;
        QTest::newRow("the same half again and again") << 50'000ULL << false << false << 4ULL;
    }

    void goesOnForAsLongAsItIsWorthIt()
    {
        QFETCH(qulonglong, bytes);
        QFETCH(bool, knowsRanges);
        QFETCH(bool, isDelivered);
        QFETCH(qulonglong, requests);
        Scene scene(sendsAtMost(bytes, knowsRanges ? Ranges::Known : Ranges::Ignored));
        MemoryDelivery delivery;
        const auto failure = deliver(scene, delivery);
        QVERIFY(isDelivered ? !failure : failure == ErrorCode::Unavailable);
        QCOMPARE(delivery.bytes == content, isDelivered);
        QCOMPARE(scene.server.requests().size(), static_cast<std::size_t>(requests));
        const Waits& waits = scene.rig.waits;
        QCOMPARE(waits.size(), static_cast<std::size_t>(requests) - 1);
        if (requests == 4)
            QVERIFY(waits == (Waits{500ms, 1500ms, 5000ms}));
        else
            QVERIFY(std::all_of(waits.begin(), waits.end(), [](auto wait) { return wait == 500ms; }));
    }

    void waitsAsLongAsTheServerAsksFor()
    {
        std::atomic<int> asked{0};
        const auto good = sendsAtMost(content.size());
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (++asked <= 4)
                reply.send(503, {{"Retry-After", "7"}});
            else
                good(request, reply);
        });
        MemoryDelivery delivery;
        QVERIFY(!deliver(scene, delivery));
        QVERIFY(scene.rig.waits == Waits(4, 7s));

        Scene busy(answer(429, {{"Retry-After", "120"}}));
        QVERIFY(deliver(busy, delivery = MemoryDelivery()) == ErrorCode::Unavailable);
        QCOMPARE(busy.server.requests().size(), 1U);
        QVERIFY(busy.rig.waits.empty());
    }

    void isDoneWhenAllHasComeHoweverItEnded()
    {
        Scene scene([](const HttpRecord& request, HttpReply& reply) {
            if (firstByte(request) > 0)
                return reply.send(416);
            reply.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + content + "\r\n");
            reply.cut();
        });
        MemoryDelivery delivery;
        QVERIFY(!deliver(scene, delivery));
        QVERIFY(delivery.bytes == content);
        QCOMPARE(scene.server.requests().size(), 1U);
    }

    void takesNoMoreThanTheSize_data()
    {
        QTest::addColumn<qulonglong>("size");
        QTest::newRow("empty") << 0ULL;
        QTest::newRow("some") << 10ULL;
    }

    void takesNoMoreThanTheSize()
    {
        QFETCH(qulonglong, size);
        Scene scene([](const HttpRecord&, HttpReply& reply) {
            reply.raw("HTTP/1.1 200 OK\r\n\r\n" + content);
            reply.cut();
        });
        MemoryDelivery delivery;
        QVERIFY(deliver(scene, delivery, size) == ErrorCode::Corrupted);
        QVERIFY(delivery.bytes.size() <= size);
        Scene stated(answer(200, {}, content));
        QVERIFY(deliver(stated, delivery = MemoryDelivery(), size) == ErrorCode::Corrupted);
        QVERIFY(delivery.bytes.empty());
    }

    void deliversTheEmptyBlob()
    {
        Scene scene(answer(200));
        MemoryDelivery delivery;
        QVERIFY(!deliver(scene, delivery, 0));
        QCOMPARE(scene.server.requests().size(), 1U);
        Scene none(answer(404));
        QVERIFY(deliver(none, delivery, 0) == ErrorCode::NotFound);
        Scene down(answer(500));
        QVERIFY(deliver(down, delivery, 0) == ErrorCode::Unavailable);
    }

    void bytesThatAreAllHereAreNoProof()
    {
        Scene none(answer(404));
        MemoryDelivery delivery(content);
        QVERIFY(deliver(none, delivery) == ErrorCode::NotFound);
        Scene has(answer(200, {}, content));
        QVERIFY(!deliver(has, delivery));
        QCOMPARE(has.server.requests().size(), 1U);
        QCOMPARE(has.server.requests().at(0).method, std::string("HEAD"));
        QVERIFY(delivery.bytes == content);
    }

    void startsAnewWhenMoreIsHereThanThereShouldBe()
    {
        Scene scene(answer(200, {}, content));
        MemoryDelivery delivery(content + "x");
        QVERIFY(!deliver(scene, delivery));
        QVERIFY(delivery.bytes == content);
    }
};

QTEST_GUILESS_MAIN(BlobDeliveryTest)
#include "blob_delivery_test.moc"
