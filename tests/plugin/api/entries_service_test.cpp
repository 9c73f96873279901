// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// The service Entries, over a real cache and an in-process channel.
#include <QTest>

#include "service/api/local_service.h"
#include "support/files.h"
#include "support/temp_root.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <filesystem>
#include <optional>
#include <stdexcept>

using namespace layerhold;

namespace {

using Head = v1::PutEntryRequest::Head;

template <class Call>
std::optional<ErrorCode> codeOf(Call&& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

CacheOptions optionsFor(const test::TempRoot& root)
{
    CacheOptions options;
    options.root = root.path() / "cache";
    return options;
}

Head headOf(const std::string& key, const std::vector<std::string>& names = {"data"})
{
    Head head;
    head.set_scope("s");
    head.set_key(key);
    for (const std::string& name : names)
        head.add_blobs()->set_name(name);
    return head;
}

struct Scene
{
    /// Puts `blobs` in pieces of `pieceSize` bytes.
    v1::Entry put(const Head& head, const std::vector<std::string>& blobs, std::size_t pieceSize = 1000)
    {
        std::vector<v1::PutEntryRequest> requests(1);
        *requests.front().mutable_head() = head;
        for (const std::string& blob : blobs) {
            for (std::size_t at = 0; at < blob.size(); at += pieceSize) {
                requests.emplace_back();
                requests.back().set_data(blob.substr(at, pieceSize));
            }
            requests.emplace_back();
            requests.back().set_end_of_blob(true);
        }
        return send(requests);
    }

    v1::Entry send(const std::vector<v1::PutEntryRequest>& requests)
    {
        auto next = [&, at = std::size_t(0)](v1::PutEntryRequest& request) mutable {
            if (at == requests.size())
                return false;
            request = requests[at++];
            return true;
        };
        return client.upload(&v1::Entries::Stub::PutEntry, next).entry();
    }

    std::string get(const std::string& key, const std::string& name = {})
    {
        v1::GetEntryRequest request;
        request.set_scope("s");
        request.set_key(key);
        request.set_name(name);
        std::string bytes;
        client.stream(&v1::Entries::Stub::GetEntry, request,
                      [&](const v1::GetEntryResponse& piece) { bytes += piece.data(); });
        return bytes;
    }

    std::optional<v1::Entry> find(const std::string& key)
    {
        v1::FindEntryRequest request;
        request.set_scope("s");
        request.set_key(key);
        const auto answer = client.call(&v1::Entries::Stub::FindEntry, request);
        return answer.has_entry() ? std::optional(answer.entry()) : std::nullopt;
    }

    test::TempRoot root;
    service::LocalService service{optionsFor(root)};
    api::Client client = service.client();
};

} // namespace

class EntriesServiceTest : public QObject
{
    Q_OBJECT

private slots:
    void putsAndGets();
    void storedBytesAreSkipped();
    void streamsThatBreakTheRules();
    void aClientThatLeavesPutsNothing();
    void errorsKeepTheirKind();
    void listsInPages();
    void removals();
    void scopesAndBudgets();
};

void EntriesServiceTest::putsAndGets()
{
    Scene scene;
    const std::string large(1'000'000, 'x');
    Head head = headOf(std::string("k\xff", 2), {"large", "empty"});
    head.set_metadata("[1]");
    head.set_ttl_ns(3'600'000'000'000);
    const v1::Entry entry = scene.put(head, {large, ""}, 70'000);
    QCOMPARE(entry.key(), head.key());
    QCOMPARE(entry.state(), std::string("valid"));
    QCOMPARE(entry.metadata(), std::string("[1]"));
    QCOMPARE(entry.blobs_size(), 2);
    QCOMPARE(entry.blobs(1).digest(), Hasher::of(test::bytesOf(large)).toString());
    QCOMPARE(entry.expires_at().seconds() - entry.updated_at().seconds(), std::int64_t(3600));
    QVERIFY(scene.get(head.key(), "large") == large);
    QCOMPARE(scene.get(head.key(), "empty"), std::string());
    QCOMPARE(scene.find(head.key())->SerializeAsString(), entry.SerializeAsString());
    QVERIFY(!scene.find("other"));

    // Bytes beside the head, and the end beside bytes.
    std::vector<v1::PutEntryRequest> requests(1);
    *requests[0].mutable_head() = headOf("short", {"a", "b"});
    requests[0].set_data("one");
    requests[0].set_end_of_blob(true);
    requests.emplace_back();
    requests[1].set_data("two");
    requests[1].set_end_of_blob(true);
    scene.send(requests);
    QCOMPARE(scene.get("short", "a") + scene.get("short", "b"), std::string("onetwo"));
}

void EntriesServiceTest::storedBytesAreSkipped()
{
    Scene scene;
    scene.put(headOf("k"), {"stored bytes"});
    Head head = headOf("other", {"a", "b"});
    head.mutable_blobs(0)->set_expected_digest(Hasher::of(test::bytesOf("stored bytes")).toString());
    head.mutable_blobs(1)->set_size(3);
    scene.put(head, {"whatever comes", "new"}, 2);
    QCOMPARE(scene.get("other", "a"), std::string("stored bytes"));
    QCOMPARE(scene.get("other", "b"), std::string("new"));
}

void EntriesServiceTest::streamsThatBreakTheRules()
{
    Scene scene;
    QVERIFY(codeOf([&] { scene.send({}); }) == ErrorCode::InvalidArgument);
    v1::PutEntryRequest bare;
    bare.set_data("x");
    QVERIFY(codeOf([&] { scene.send({bare}); }) == ErrorCode::InvalidArgument);
    v1::PutEntryRequest head;
    *head.mutable_head() = headOf("k");
    QVERIFY(codeOf([&] { scene.send({head, bare}); }) == ErrorCode::InvalidArgument); // no end
    QVERIFY(codeOf([&] { scene.put(headOf("_k"), {"x"}); }) == ErrorCode::InvalidArgument);
    QVERIFY(codeOf([&] { scene.put(headOf("k", {}), {}); }) == ErrorCode::InvalidArgument);
    Head bad = headOf("k");
    bad.mutable_blobs(0)->set_expected_digest("sha256:abc");
    QVERIFY(codeOf([&] { scene.put(bad, {"x"}); }) == ErrorCode::InvalidArgument);
    QVERIFY(!scene.find("k"));
}

void EntriesServiceTest::aClientThatLeavesPutsNothing()
{
    Scene scene;
    std::stop_source stop;
    auto next = [&, count = 0](v1::PutEntryRequest& request) mutable {
        if (count == 0)
            *request.mutable_head() = headOf("k");
        request.set_data("bytes");
        if (++count == 3)
            stop.request_stop();
        return true;
    };
    QVERIFY_EXCEPTION_THROWN(scene.client.upload(&v1::Entries::Stub::PutEntry, next, stop.get_token()), Cancelled);
    const auto failing = [](v1::PutEntryRequest& request) -> bool {
        *request.mutable_head() = headOf("k");
        throw std::runtime_error("cannot read");
    };
    QVERIFY_EXCEPTION_THROWN(scene.client.upload(&v1::Entries::Stub::PutEntry, failing), std::runtime_error);
    QVERIFY(!scene.find("k"));
}

void EntriesServiceTest::errorsKeepTheirKind()
{
    Scene scene;
    QVERIFY(codeOf([&] { scene.get("nothing"); }) == ErrorCode::NotFound);
    Head brief = headOf("brief");
    brief.set_ttl_ns(1);
    scene.put(brief, {"x"});
    QVERIFY(codeOf([&] { scene.get("brief"); }) == ErrorCode::Expired);
    QCOMPARE(scene.find("brief")->state(), std::string("expired"));
    scene.put(headOf("k"), {"right"});
    QVERIFY(codeOf([&] { scene.get("k", "other"); }) == ErrorCode::NotFound);
    v1::InvalidateEntryRequest invalidate;
    invalidate.set_scope("s");
    invalidate.set_key("k");
    QVERIFY(scene.client.call(&v1::Entries::Stub::InvalidateEntry, invalidate).known());
    QVERIFY(codeOf([&] { scene.get("k"); }) == ErrorCode::Invalidated);
    QCOMPARE(scene.find("k")->state(), std::string("invalidated"));
    scene.put(headOf("k"), {"right"});
    const auto file = scene.root.path() / "cache/blobs/sha256" / Hasher::of(test::bytesOf("right")).hex();
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    test::writeFile(file, "wrong");
    QVERIFY(codeOf([&] { scene.get("k"); }) == ErrorCode::Corrupted);
    Head expecting = headOf("k");
    expecting.mutable_blobs(0)->set_size(2);
    QVERIFY(codeOf([&] { scene.put(expecting, {"xyz"}); }) == ErrorCode::FailedPrecondition);
}

void EntriesServiceTest::listsInPages()
{
    Scene scene;
    for (int i = 0; i < 520; ++i)
        scene.put(headOf("k" + std::to_string(1000 + i)), {"same"});
    scene.put(headOf("other"), {"same"});
    const auto list = [&](const std::string& prefix, const std::string& after, std::uint32_t limit) {
        v1::ListEntriesRequest request;
        request.set_scope("s");
        request.set_prefix(prefix);
        request.set_page_token(after);
        request.set_limit(limit);
        std::vector<std::string> keys;
        scene.client.stream(&v1::Entries::Stub::ListEntries, request, [&](const v1::ListEntriesResponse& page) {
            for (const v1::Entry& entry : page.entries())
                keys.push_back(entry.key());
        });
        return keys;
    };
    QCOMPARE(list("", "", 0).size(), std::size_t(521));
    QCOMPARE(list("k", "", 0).size(), std::size_t(520));
    QCOMPARE(list("k", "k1500", 7).front(), std::string("k1501"));
    QCOMPARE(list("k", "k1500", 7).size(), std::size_t(7));
    QVERIFY(list("x", "", 0).empty());
}

void EntriesServiceTest::removals()
{
    Scene scene;
    scene.put(headOf("a"), {"aa"});
    scene.put(headOf("b"), {"bb"});
    Head brief = headOf("brief");
    brief.set_ttl_ns(1);
    scene.put(brief, {"cc"});
    v1::RemoveEntryRequest remove;
    remove.set_scope("s");
    remove.set_key("a");
    QVERIFY(scene.client.call(&v1::Entries::Stub::RemoveEntry, remove).removed());
    QVERIFY(!scene.client.call(&v1::Entries::Stub::RemoveEntry, remove).removed());
    v1::CleanEntriesRequest clean;
    QCOMPARE(scene.client.call(&v1::Entries::Stub::CleanEntries, clean).removed().entries(), std::uint64_t(1));
    v1::ClearEntriesRequest clear;
    clear.set_scope("s");
    const v1::EntryTotals cleared = scene.client.call(&v1::Entries::Stub::ClearEntries, clear).removed();
    QCOMPARE(cleared.entries(), std::uint64_t(1));
    QCOMPARE(cleared.bytes(), std::uint64_t(2));
}

void EntriesServiceTest::scopesAndBudgets()
{
    Scene scene;
    v1::SetScopeRequest set;
    set.set_path("s");
    set.set_max_bytes(4);
    set.set_ttl_ns(0);
    const v1::Scope made = scene.client.call(&v1::Entries::Stub::SetScope, set).scope();
    QVERIFY(made.has_ttl_ns() && made.max_bytes() == 4);
    scene.put(headOf("a"), {"aaa"});
    scene.put(headOf("b"), {"bbb"});
    QVERIFY(!scene.find("a"));
    QVERIFY(codeOf([&] { scene.put(headOf("c"), {"ccccc"}); }) == ErrorCode::Full);
    const auto scopes = scene.client.call(&v1::Entries::Stub::ListScopes, v1::ListScopesRequest()).scopes();
    QCOMPARE(scopes.size(), 1);
    QCOMPARE(scopes[0].bytes(), std::uint64_t(3));
    QCOMPARE(scopes[0].entries(), std::uint64_t(1));
    set.set_path("../s");
    QVERIFY(codeOf([&] { scene.client.call(&v1::Entries::Stub::SetScope, set); }) == ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(EntriesServiceTest)
#include "entries_service_test.moc"
