// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "conformance/contract_cases.h"

#include "layerhold/error.h"
#include "support/engine/content_client.h"

#include <QTest>

#include <algorithm>

namespace layerhold::test {

namespace {

const std::string emptyDigest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The code of the Error that `work` throws; nullopt when it throws none.
template <typename Work>
std::optional<ErrorCode> failureOf(Work work)
{
    try {
        work();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

std::string bytesOf(std::size_t size, char seed)
{
    std::string bytes(size, '\0');
    std::uint32_t state = static_cast<unsigned char>(seed) + 1u;
    for (char& byte : bytes) {
        state = state * 1664525u + 1013904223u;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

bool holds(ContractStore& store, const std::string& digest)
{
    const auto infos = store.list();
    return std::any_of(infos.begin(), infos.end(),
                       [&digest](const ContentInfo& info) { return info.digest.toString() == digest; });
}

} // namespace

#define COMPARE_FAILURE(work, expected) QCOMPARE(failureOf([&] { work; }), std::optional(expected))

void ContractCases::init()
{
    m_backend = makeBackend();
}

void ContractCases::cleanup()
{
    m_backend.reset();
}

std::string ContractCases::put(ContractStore& store, const std::string& bytes, const Labels& labels)
{
    static int number = 0;
    const auto writer = store.write("put-" + std::to_string(++number), bytes.size(), {});
    writer->append(bytes);
    return writer->commit(bytes.size(), sha256Of(bytes), labels);
}

void ContractCases::committedContentIsDescribed()
{
    const std::string bytes = bytesOf(100'000, 'a');
    const Labels labels{{"k1", "v1"}, {"containerd.io/gc.root", ""}};
    const TimePoint before = Clock::system().now();
    const std::string digest = put(store(), bytes, labels);
    const TimePoint after = Clock::system().now();
    QCOMPARE(digest, sha256Of(bytes));
    const auto info = store().info(digest);
    QVERIFY(info);
    QCOMPARE(info->digest.toString(), digest);
    QCOMPARE(info->size, bytes.size());
    QVERIFY(info->labels == labels);
    QVERIFY(info->createdAt >= before && info->createdAt <= after);
    QVERIFY(info->updatedAt >= before && info->updatedAt <= after);
    QVERIFY(store().read(digest, 0, bytes.size()) == bytes);
    QVERIFY(holds(store(), digest));
    QVERIFY(store().statuses().empty());
}

void ContractCases::commitNeedsNeitherSizeNorDigest()
{
    const auto writer = store().write("ref", 0, {});
    writer->append("some bytes");
    QCOMPARE(writer->commit(0, {}, {}), sha256Of("some bytes"));
}

void ContractCases::emptyBlobCommitsOnce()
{
    QCOMPARE(store().write("first", 0, {})->commit(0, {}, {}), emptyDigest);
    QCOMPARE(store().info(emptyDigest)->size, std::uint64_t(0));
    QCOMPARE(store().read(emptyDigest, 0, 10), std::string());
    COMPARE_FAILURE(store().write("second", 0, {})->commit(0, {}, {}), ErrorCode::AlreadyExists);
}

void ContractCases::commitOfHeldContentIsAlreadyExists()
{
    put(store(), "held");
    for (const std::string& expected : {std::string(), sha256Of("held")}) {
        {
            const auto writer = store().write("ref", 4, {});
            writer->append("held");
            COMPARE_FAILURE(writer->commit(4, expected, {}), ErrorCode::AlreadyExists);
        }
        QVERIFY(!store().status("ref"));
    }
}

void ContractCases::openingWithHeldExpectedIsAlreadyExists()
{
    const std::string digest = put(store(), "held");
    COMPARE_FAILURE(store().write("ref", 4, digest), ErrorCode::AlreadyExists);
    QVERIFY(!store().status("ref"));
}

void ContractCases::wrongSizeKeepsTheBytes()
{
    {
        const auto writer = store().write("ref", 0, {});
        writer->append("eleven bytes");
        COMPARE_FAILURE(writer->commit(11, {}, {}), ErrorCode::FailedPrecondition);
    }
    const auto writer = store().write("ref", 0, {});
    QCOMPARE(writer->status().offset, std::uint64_t(12));
    QCOMPARE(writer->commit(12, {}, {}), sha256Of("eleven bytes"));
}

void ContractCases::wrongDigestKeepsTheBytes()
{
    {
        const auto writer = store().write("ref", 0, {});
        writer->append("right");
        COMPARE_FAILURE(writer->commit(5, sha256Of("wrong"), {}), ErrorCode::FailedPrecondition);
    }
    QVERIFY(!store().info(sha256Of("wrong")));
    const auto writer = store().write("ref", 0, {});
    QCOMPARE(writer->status().offset, std::uint64_t(5));
    QCOMPARE(writer->commit(5, sha256Of("right"), {}), sha256Of("right"));
}

void ContractCases::reopenedWriteResumes()
{
    const std::string bytes = bytesOf(3'000'000, 'r');
    IngestStatus before;
    {
        const auto writer = store().write("ref", bytes.size(), {});
        QCOMPARE(writer->runningDigest(), emptyDigest);
        writer->append(bytes.substr(0, 1'234'567));
        QCOMPARE(writer->runningDigest(), sha256Of(bytes.substr(0, 1'234'567)));
        before = writer->status();
    }
    const auto writer = store().write("ref", bytes.size(), {});
    const IngestStatus status = writer->status();
    QCOMPARE(status.offset, std::uint64_t(1'234'567));
    QCOMPARE(status.total, bytes.size());
    QVERIFY(status.startedAt == before.startedAt);
    QVERIFY(status.updatedAt == before.updatedAt);
    QCOMPARE(writer->runningDigest(), sha256Of(bytes.substr(0, 1'234'567)));
    writer->append(bytes.substr(1'234'567));
    QCOMPARE(writer->commit(bytes.size(), sha256Of(bytes), {}), sha256Of(bytes));
    QVERIFY(store().read(sha256Of(bytes), 0, bytes.size()) == bytes);
}

void ContractCases::writeResumesAfterARestart()
{
    const std::string bytes = bytesOf(700'000, 's');
    TimePoint startedAt;
    {
        const auto writer = store().write("ref", bytes.size(), {});
        writer->append(bytes.substr(0, 500'000));
        startedAt = writer->status().startedAt;
    }
    m_backend->restart();
    const auto writer = store().write("ref", bytes.size(), {});
    QCOMPARE(writer->status().offset, std::uint64_t(500'000));
    QVERIFY(writer->status().startedAt == startedAt);
    QCOMPARE(writer->runningDigest(), sha256Of(bytes.substr(0, 500'000)));
    writer->append(bytes.substr(500'000));
    QCOMPARE(writer->commit(bytes.size(), sha256Of(bytes), {}), sha256Of(bytes));
}

void ContractCases::truncatedWriteStartsOver()
{
    const auto writer = store().write("ref", 0, {});
    writer->append("mistaken");
    writer->truncate();
    QCOMPARE(writer->status().offset, std::uint64_t(0));
    QCOMPARE(writer->runningDigest(), emptyDigest);
    writer->append("meant");
    QCOMPARE(writer->commit(5, sha256Of("meant"), {}), sha256Of("meant"));
}

void ContractCases::anotherTotalStartsOver()
{
    store().write("ref", 10, {})->append("12345");
    QCOMPARE(store().write("ref", 20, {})->status().offset, std::uint64_t(0));
}

void ContractCases::unknownTotalResumes()
{
    store().write("ref", 10, {})->append("12345");
    QCOMPARE(store().write("ref", 0, {})->status().offset, std::uint64_t(5));
}

void ContractCases::openRefIsLocked()
{
    auto holder = store().write("ref", 0, {});
    COMPARE_FAILURE(store().write("ref", 0, {}), ErrorCode::Locked);
    QVERIFY(other().write("ref", 0, {}));
    holder.reset();
    QVERIFY(store().write("ref", 0, {}));
}

void ContractCases::committedRefIsFreeAgain()
{
    {
        const auto writer = store().write("ref", 0, {});
        writer->append("one");
        writer->commit(3, {}, {});
    }
    QCOMPARE(store().write("ref", 0, {})->status().offset, std::uint64_t(0));
}

void ContractCases::sha512IsVerified()
{
    const std::string bytes = bytesOf(50'000, '5');
    const std::string digest = Hasher::of(std::as_bytes(std::span(bytes)), DigestAlgorithm::Sha512).toString();
    const auto writer = store().write("ref", bytes.size(), {});
    writer->append(bytes);
    COMPARE_FAILURE(writer->commit(bytes.size(), "sha512:" + std::string(128, '0'), {}), ErrorCode::FailedPrecondition);
    const auto again = [&] {
        auto resumed = store().write("again", bytes.size(), {});
        resumed->append(bytes);
        return resumed->commit(bytes.size(), digest, {});
    };
    QCOMPARE(again(), digest);
    QVERIFY(store().read(digest, 0, bytes.size()) == bytes);
}

void ContractCases::abortForgetsTheRef()
{
    store().write("ref", 0, {})->append("bytes");
    QVERIFY(store().status("ref"));
    store().abort("ref");
    QVERIFY(!store().status("ref"));
    QCOMPARE(store().write("ref", 0, {})->status().offset, std::uint64_t(0));
    store().abort("never seen");
}

void ContractCases::abortedOpenWriteCannotCommit()
{
    const auto writer = store().write("ref", 0, {});
    writer->append("bytes");
    store().abort("ref");
    QVERIFY(failureOf([&] { writer->commit(5, {}, {}); }));
    QVERIFY(!store().info(sha256Of("bytes")));
}

void ContractCases::abortedDigestRefIsOfferedAgain()
{
    const std::string bytes = bytesOf(400'000, 'p');
    const std::string digest = sha256Of(bytes);
    store().write("default/1/layer-" + digest, bytes.size(), {})->append(bytes.substr(0, 300'000));
    store().abort("default/1/layer-" + digest);
    QVERIFY(store().statuses().empty());
    m_backend->restart();
    const auto writer = store().write("default/2/layer-" + digest, bytes.size(), {});
    QCOMPARE(writer->status().offset, std::uint64_t(300'000));
    QCOMPARE(writer->runningDigest(), sha256Of(bytes.substr(0, 300'000)));
    writer->append(bytes.substr(300'000));
    QCOMPARE(writer->commit(bytes.size(), digest, {}), digest);
}

void ContractCases::abortedDigestRefIsOfferedToAnotherEngine()
{
    const std::string bytes = bytesOf(400'000, 'q');
    const std::string digest = sha256Of(bytes);
    store().write("a/1/layer-" + digest, bytes.size(), {})->append(bytes.substr(0, 300'000));
    store().abort("a/1/layer-" + digest);
    const auto writer = other().write("b/7/layer-" + digest, bytes.size(), {});
    QCOMPARE(writer->status().offset, std::uint64_t(300'000));
}

void ContractCases::wrongTakenOverBytesAreDropped()
{
    const std::string bytes = bytesOf(40'000, 'w');
    const std::string digest = sha256Of(bytes);
    const std::string ref = "default/1/layer-" + digest;
    store().write(ref, bytes.size(), {})->append(std::string(30'000, 'x'));
    store().abort(ref);
    {
        const auto writer = store().write(ref, bytes.size(), {});
        QCOMPARE(writer->status().offset, std::uint64_t(30'000));
        writer->append(bytes.substr(30'000));
        COMPARE_FAILURE(writer->commit(bytes.size(), digest, {}), ErrorCode::FailedPrecondition);
    }
    store().abort(ref);
    const auto writer = store().write(ref, bytes.size(), {});
    QCOMPARE(writer->status().offset, std::uint64_t(0));
    writer->append(bytes);
    QCOMPARE(writer->commit(bytes.size(), digest, {}), digest);
}

void ContractCases::statusesShowEveryRef()
{
    const std::vector<std::string> refs{"plain", "k8s.io/1/layer-sha256:x", "with space/../and \xc3\xa4", "\"quoted\""};
    for (const std::string& ref : refs)
        store().write(ref, 77, {})->append("1234");
    std::vector<std::string> seen;
    for (const IngestStatus& status : store().statuses()) {
        QCOMPARE(status.offset, std::uint64_t(4));
        QCOMPARE(status.total, std::uint64_t(77));
        seen.push_back(status.ref);
    }
    QVERIFY(std::is_permutation(seen.begin(), seen.end(), refs.begin(), refs.end()));
    for (const std::string& ref : refs)
        QCOMPARE(store().status(ref)->ref, ref);
    QVERIFY(other().statuses().empty());
}

void ContractCases::badRefIsInvalid_data()
{
    QTest::addColumn<QByteArray>("ref");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("NUL inside") << QByteArray("a\0b", 3);
    QTest::newRow("too long") << QByteArray(4097, 'r');
}

void ContractCases::badRefIsInvalid()
{
    QFETCH(QByteArray, ref);
    COMPARE_FAILURE(store().write(ref.toStdString(), 0, {}), ErrorCode::InvalidArgument);
    QVERIFY(store().statuses().empty());
}

void ContractCases::readsByRange_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("count");
    QTest::newRow("start") << 3'000'000 << 0 << 1;
    QTest::newRow("middle") << 3'000'000 << 1'000'000 << 32'768;
    QTest::newRow("across many messages") << 3'000'000 << 1 << 2'999'999;
    QTest::newRow("beyond the end") << 3'000'000 << 2'999'990 << 100;
    QTest::newRow("at the end") << 1000 << 1000 << 10;
    QTest::newRow("last byte") << 1000 << 999 << 1;
}

void ContractCases::readsByRange()
{
    QFETCH(int, size);
    QFETCH(int, offset);
    QFETCH(int, count);
    const std::string bytes = bytesOf(static_cast<std::size_t>(size), 'b');
    const std::string digest = put(store(), bytes);
    const std::string got = store().read(digest, static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(count));
    QVERIFY(got == bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count)));
}

void ContractCases::unknownContentIsNotFound()
{
    const std::string unknown = sha256Of("unknown");
    QVERIFY(!store().info(unknown));
    QVERIFY(!store().status("unknown"));
    COMPARE_FAILURE(store().read(unknown, 0, 1), ErrorCode::NotFound);
    COMPARE_FAILURE(store().updateLabels(unknown, {}), ErrorCode::NotFound);
}

void ContractCases::labelsAreReplaced()
{
    const std::string digest = put(store(), "labelled", {{"k1", "v1"}, {"k2", "v2"}});
    const ContentInfo before = *store().info(digest);
    const ContentInfo after = store().updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, {{"k3", "v3"}}, {}});
    QVERIFY(after.labels == (Labels{{"k3", "v3"}}));
    QVERIFY(after.createdAt == before.createdAt);
    QVERIFY(after.updatedAt > before.updatedAt);
    QVERIFY(store().info(digest)->labels == after.labels);
    QVERIFY(store().info(digest)->updatedAt == after.updatedAt);
}

void ContractCases::labelKeysAreSetAndRemoved()
{
    const std::string digest = put(store(), "labelled", {{"keep", "1"}, {"drop", "2"}, {"a.b/c", "3"}});
    store().updateLabels(
        digest,
        {LabelUpdate::Mode::SetKeys, {{"a.b/c", "4"}, {"new", "5"}, {"unasked", "6"}}, {"a.b/c", "new", "drop"}});
    QVERIFY(store().info(digest)->labels == (Labels{{"keep", "1"}, {"a.b/c", "4"}, {"new", "5"}}));
}

void ContractCases::labelsBelongToTheEngine()
{
    const std::string digest = put(store(), "labelled", {{"k", "mine"}});
    QVERIFY(other().info(digest)->labels.empty());
    other().updateLabels(digest, {LabelUpdate::Mode::ReplaceAll, {{"k", "theirs"}}, {}});
    QVERIFY(store().info(digest)->labels == (Labels{{"k", "mine"}}));
}

void ContractCases::removedContentIsHiddenFromList()
{
    const std::string digest = put(store(), "to be removed");
    const std::string kept = put(store(), "to be kept");
    store().remove(digest);
    QVERIFY(!holds(store(), digest));
    QVERIFY(holds(store(), kept));
}

void ContractCases::removingTheUnknownIsNoError()
{
    store().remove(sha256Of("unknown"));
    const std::string digest = put(store(), "twice");
    store().remove(digest);
    store().remove(digest);
}

void ContractCases::infoAdopts()
{
    const std::string digest = put(store(), "comes back", {{"k", "v"}});
    store().remove(digest);
    const auto info = store().info(digest);
    QVERIFY(info);
    QCOMPARE(info->size, std::uint64_t(10));
    QVERIFY(info->labels.empty());
    QVERIFY(holds(store(), digest));
}

void ContractCases::readAdopts()
{
    const std::string digest = put(store(), "read again");
    store().remove(digest);
    QCOMPARE(store().read(digest, 0, 100), std::string("read again"));
    QVERIFY(holds(store(), digest));
}

void ContractCases::commitOfReleasedContentHoldsItAgain()
{
    const std::string digest = put(store(), "once more");
    store().remove(digest);
    QVERIFY(!holds(store(), digest));
    put(store(), "once more");
    QVERIFY(holds(store(), digest));
}

void ContractCases::otherEngineAdoptsByInfo()
{
    const std::string digest = put(store(), "shared");
    QVERIFY(!holds(other(), digest));
    QVERIFY(other().info(digest));
    QVERIFY(holds(other(), digest));
}

void ContractCases::removalTouchesOneEngineOnly()
{
    const std::string digest = put(store(), "shared");
    QVERIFY(other().info(digest));
    store().remove(digest);
    QVERIFY(!holds(store(), digest));
    QVERIFY(holds(other(), digest));
    QCOMPARE(other().read(digest, 0, 100), std::string("shared"));
}

void ContractCases::heldContentSurvivesARestart()
{
    const std::string digest = put(store(), "durable", {{"k", "v"}});
    const std::string released = put(store(), "released");
    store().remove(released);
    const ContentInfo before = *store().info(digest);
    m_backend->restart();
    QVERIFY(!holds(store(), released));
    QVERIFY(holds(store(), digest));
    const ContentInfo after = *store().info(digest);
    QVERIFY(after.createdAt == before.createdAt);
    QVERIFY(after.labels == before.labels);
    QCOMPARE(store().read(digest, 0, 100), std::string("durable"));
}

} // namespace layerhold::test
