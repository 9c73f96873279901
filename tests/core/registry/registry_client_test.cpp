// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "layerhold/registry/registry_client.h"
#include "registry/answer_headers.h"
#include "registry_scene.h"

#include <atomic>
#include <thread>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

/// Writes down how it begins, and what comes.
class Collector final : public BlobReceiver
{
public:
    void begin(const BlobStart& theStart) override { starts.push_back(theStart); }

    void write(std::span<const std::byte> more) override
    {
        bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
    }

    std::vector<BlobStart> starts;
    std::string bytes;
};

BlobRange from(std::uint64_t offset, const std::string& etag = {})
{
    BlobRange range;
    range.offset = offset;
    range.etag = etag;
    return range;
}

} // namespace

class RegistryClientTest : public QObject
{
    Q_OBJECT

private slots:

    void pings()
    {
        Scene scene(answer(200, {}, "{}"));
        scene.client.ping({});
        QCOMPARE(scene.server.requests().at(0).target, std::string("/v2/"));
        Scene none(answer(404));
        QVERIFY(failureOf([&] { none.client.ping({}); })->code() == ErrorCode::NotFound);
    }

    void tellsAMirrorWhoseImagesItWants()
    {
        HttpServer server(answer(200, {{"Docker-Content-Digest", digestOf("x").toString()}}, "x"));
        RegistryRig rig;
        const auto context = std::make_shared<RegistryContext>(rig.options, *rig.records);
        Endpoint endpoint = endpointAt(server.origin());
        endpoint.isMirror = true;
        RegistryClient mirror(context, endpoint, "docker.io", {});
        mirror.headManifest("library/nginx", "1.25", {});
        QCOMPARE(server.requests().at(0).target, std::string("/v2/library/nginx/manifests/1.25?ns=docker.io"));
        RegistryClient itself(context, endpointAt(server.origin()), server.authority(), {});
        itself.headManifest("library/nginx", "1.25", {});
        QCOMPARE(server.requests().at(1).target, std::string("/v2/library/nginx/manifests/1.25"));
        QCOMPARE(endpointOf("docker.io").url, std::string("https://registry-1.docker.io/v2"));
        QCOMPARE(endpointOf("localhost:5000", Transport::Http).url, std::string("http://localhost:5000/v2"));
    }

    void asksForEveryKindOfManifest()
    {
        const std::string digest = digestOf("some").toString();
        Scene scene(
            answer(200, {{"Docker-Content-Digest", digest}, {"Content-Type", ociIndex + "; charset=utf-8"}}, "some"));
        const ManifestHead head = scene.client.headManifest("a/b", "latest", {});
        QCOMPARE(head.digest.toString(), digest);
        QCOMPARE(head.mediaType, ociIndex);
        QVERIFY(head.size == 4U);
        const HttpRecord seen = scene.server.requests().at(0);
        QCOMPARE(seen.method, std::string("HEAD"));
        for (const std::string& type :
             {ociIndex, ociManifest, std::string("application/vnd.docker.distribution.manifest.v2+json"),
              std::string("application/vnd.docker.distribution.manifest.list.v2+json")})
            QVERIFY2(contains(seen.header("accept"), type), type.c_str());
        QCOMPARE(scene.server.requests().size(), 1U);
    }

    void hashesWhatHasNoDigest_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("digest");
        QTest::newRow("no digest") << 200 << "";
        QTest::newRow("no good digest") << 200 << "sha256:xyz";
        QTest::newRow("no HEAD") << 405 << "";
    }

    void hashesWhatHasNoDigest()
    {
        QFETCH(int, status);
        QFETCH(QString, digest);
        const std::string document = R"({"schemaVersion":2,"layers":[]})";
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            const HttpHeaders headers{{"Content-Type", ociManifest}, {"Docker-Content-Digest", digest.toStdString()}};
            reply.send(request.method == "HEAD" ? status : 200, headers, document);
        });
        QVERIFY(scene.client.headManifest("a", "latest", {}).digest == digestOf(document));
        QCOMPARE(scene.server.count("GET", "/v2/a/manifests/latest"), 1U);
    }

    void getsManifestsByteExact()
    {
        const std::string document = "{ \"schemaVersion\" : 2,\n\"layers\":[] }\n";
        Scene scene(answer(200, {{"Content-Type", ociManifest}}, document));
        for (const std::string& reference : {std::string("latest"), digestOf(document).toString()}) {
            const ManifestDocument got = scene.client.getManifest("a", reference, {});
            QCOMPARE(got.bytes, document);
            QVERIFY(got.digest == digestOf(document));
            QCOMPARE(got.mediaType, ociManifest);
        }
        const Digest other = Hasher::of(bytesOf(document), DigestAlgorithm::Sha512);
        QVERIFY(scene.client.getManifest("a", other.toString(), {}).digest == other);
    }

    void refusesBadManifests_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("stated");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& type, const std::string& document,
                            const std::string& stated, ErrorCode code) {
            QTest::newRow(name) << QString::fromStdString(type) << QString::fromStdString(document)
                                << QString::fromStdString(stated) << static_cast<int>(code);
        };
        using enum ErrorCode;
        const std::string good = R"({"layers":[]})";
        row("mixed", ociIndex, R"({"manifests":[],"layers":[]})", "", FailedPrecondition);
        row("mixed, with a config", ociManifest, R"({"config":{},"manifests":[]})", "", FailedPrecondition);
        row("another type inside", ociManifest, R"({"layers":[],"mediaType":"x/y"})", "", FailedPrecondition);
        row("an index as a manifest", ociManifest, R"({"manifests":[]})", "", FailedPrecondition);
        row("a manifest as an index", ociIndex, R"({"layers":[]})", "", FailedPrecondition);
        row("a manifest that says it is an index", "text/plain", "{\"layers\":[],\"mediaType\":\"" + ociIndex + "\"}",
            "", FailedPrecondition);
        row("an index that says it is a manifest", "", "{\"manifests\":[],\"mediaType\":\"" + ociManifest + "\"}", "",
            FailedPrecondition);
        row("type is no text", ociIndex, R"({"manifests":[],"mediaType":1})", "", FailedPrecondition);
        row("no JSON", ociManifest, "<html>", "", FailedPrecondition);
        row("schema 1", "application/vnd.docker.distribution.manifest.v1+prettyjws", R"({"schemaVersion":1})", "",
            Unsupported);
        row("schema 1 without a type", "application/json", R"({"schemaVersion":1})", "", Unsupported);
        row("other bytes", ociManifest, good, digestOf("other").toString(), Corrupted);
        row("too large", ociManifest, "{\"x\":\"" + std::string(5U << 20U, 'x') + "\"}", "", FailedPrecondition);
    }

    void refusesBadManifests()
    {
        QFETCH(QString, type);
        QFETCH(QString, document);
        QFETCH(QString, stated);
        QFETCH(int, code);
        Scene scene(answer(200, {{"Content-Type", type.toStdString()}, {"Docker-Content-Digest", stated.toStdString()}},
                           document.toStdString()));
        const auto failure = failureOf([&] { scene.client.getManifest("a", "latest", {}); });
        QVERIFY(failure.has_value());
        QVERIFY2(static_cast<int>(failure->code()) == code, failure->what());
        QVERIFY(contains(failure->what(), "manifest " + scene.server.authority() + "/a:latest: "));
    }

    void refusesOtherBytesThanAskedFor()
    {
        Scene scene(answer(200, {{"Content-Type", ociManifest}}, R"({"layers":[]})"));
        const std::string asked = digestOf("asked").toString();
        QVERIFY(failureOf([&] { scene.client.getManifest("a", asked, {}); })->code() == ErrorCode::Corrupted);
        Scene head(answer(200, {{"Docker-Content-Digest", digestOf("other").toString()}}));
        QVERIFY(failureOf([&] { head.client.headManifest("a", asked, {}); })->code() == ErrorCode::Corrupted);
    }

    void checksNamesBeforeItAsks()
    {
        Scene scene(answer(200));
        for (const char* const name : {"", "A", "a/../b", "a//b", "a/", "a:b", "a@b", "a?b", "a%2fb", "a b"}) {
            const auto failure = failureOf([&] { scene.client.headManifest(name, "latest", {}); });
            QVERIFY2(failure && failure->code() == ErrorCode::InvalidArgument, name);
        }
        for (const char* const reference : {"", "a/b", ".a", "sha256:abc", "a b", "../x"})
            QVERIFY2(failureOf([&] { scene.client.getManifest("a", reference, {}); })->code() ==
                         ErrorCode::InvalidArgument,
                     reference);
        QVERIFY(scene.server.requests().empty());
    }

    void mapsStatuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("word");
        const auto row = [](int status, ErrorCode code, const char* word) {
            QTest::addRow("%d", status) << status << static_cast<int>(code) << word;
        };
        row(401, ErrorCode::Denied, "log in");
        row(403, ErrorCode::Denied, "log in");
        row(404, ErrorCode::NotFound, "does not have it");
        row(429, ErrorCode::Unavailable, "limit of requests");
        row(500, ErrorCode::Unavailable, "try again later");
        row(503, ErrorCode::Unavailable, "try again later");
        row(405, ErrorCode::Unsupported, "(MANIFEST_UNKNOWN): the registry does not do this");
        row(400, ErrorCode::FailedPrecondition, "status 400");
        row(204, ErrorCode::FailedPrecondition, "status 204");
    }

    void mapsStatuses()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        QFETCH(QString, word);
        const std::string body =
            R"({"errors":[{"code":"planted-code"},{"code":"MANIFEST_UNKNOWN","message":"planted-echo"}]})";
        Scene scene(answer(status, {{"Www-Authenticate", "Basic realm=\"planted\""}}, body),
                    passwordOf("user", "planted-password"));
        const auto failure = failureOf([&] { scene.client.getManifest("a", "latest", {}); });
        QVERIFY(failure.has_value());
        QVERIFY2(static_cast<int>(failure->code()) == code, failure->what());
        QVERIFY2(contains(failure->what(), word.toStdString()), failure->what());
        QVERIFY2(!contains(failure->what(), "planted"), failure->what());
    }

    void saysTheSameOfARefusedHeadAsOfARefusedGet_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 404})
            QTest::addRow("%d", status) << status;
    }

    void saysTheSameOfARefusedHeadAsOfARefusedGet()
    {
        QFETCH(int, status);
        Scene scene(answer(status, {}, R"({"errors":[{"code":"BLOB_UNKNOWN"},{"code":"DENIED"}]})"));
        const Digest digest = digestOf("x");
        Collector collector;
        const auto headBlob = failureOf([&] { scene.client.headBlob("a", digest, {}); });
        const auto getBlob = failureOf([&] { scene.client.getBlob("a", digest, {}, collector, {}); });
        QVERIFY(headBlob && getBlob && headBlob->code() == getBlob->code());
        QCOMPARE(std::string(headBlob->what()), std::string(getBlob->what()));
        const auto headManifest = failureOf([&] { scene.client.headManifest("a", digest.toString(), {}); });
        const auto getManifest = failureOf([&] { scene.client.getManifest("a", digest.toString(), {}); });
        QVERIFY(headManifest && getManifest && headManifest->code() == getManifest->code());
        QCOMPARE(std::string(headManifest->what()), std::string(getManifest->what()));
    }

    void takesNoRefusalOfAStorageForOneOfTheRegistry()
    {
        HttpServer storage(answer(403, {}, "planted"));
        Scene scene(answer(307, {{"Location", storage.origin() + "/x?sig=planted"}}));
        Collector collector;
        const auto failure = failureOf([&] { scene.client.getBlob("a", digestOf("x"), {}, collector, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QVERIFY2(!contains(failure->what(), "planted"), failure->what());
    }

    void servesManyThreadsWithOneToken()
    {
        const std::string document = R"({"layers":[]})";
        std::string origin;
        Scene scene(
            [&](const HttpRecord& request, HttpReply& reply) {
                if (request.path() == "/token")
                    reply.send(200, {}, R"({"token":"t"})");
                else if (request.header("authorization") == "Bearer t")
                    reply.send(200, {{"Content-Type", ociManifest}}, document);
                else
                    reply.send(401, {{"WWW-Authenticate", "Bearer realm=\"" + origin + "/token\""}});
            },
            passwordOf("user", "planted-password"));
        origin = scene.server.origin();
        std::atomic<int> good{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] {
                    for (int round = 0; round < 10; ++round)
                        good += scene.client.getManifest("a", "latest", {}).bytes == document ? 1 : 0;
                });
        }
        QCOMPARE(good.load(), 80);
        QCOMPARE(scene.server.count("GET", "/token"), 1U);
        QVERIFY(scene.server.connections() <= 8);
    }

    void notesTheRateLimit()
    {
        Scene scene(answer(200, {{"RateLimit-Limit", "100;w=21600"},
                                 {"RateLimit-Remaining", "76;w=21600"},
                                 {"Docker-RateLimit-Source", "192.0.2.1"},
                                 {"Docker-Content-Digest", digestOf("x").toString()}}));
        QVERIFY(!scene.client.rateLimit());
        scene.client.headManifest("a", "latest", {});
        const auto limit = scene.client.rateLimit();
        QVERIFY(limit && limit->limit == 100 && limit->remaining == 76);
        QVERIFY(limit->window == std::chrono::hours(6) && limit->source == "192.0.2.1");
    }

    void asksForOneByteWhereHeadIsRefused_data()
    {
        QTest::addColumn<int>("head");
        QTest::newRow("401") << 401;
        QTest::newRow("405") << 405;
    }

    void asksForOneByteWhereHeadIsRefused()
    {
        QFETCH(int, head);
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (request.method == "HEAD")
                reply.send(head);
            else
                reply.send(206, {{"Content-Range", "bytes 0-0/1234"}}, "x");
        });
        QCOMPARE(scene.client.headBlob("a", digestOf("x"), {}), std::uint64_t{1234});
        Scene denied(answer(head));
        QVERIFY(failureOf([&] { denied.client.headBlob("a", digestOf("x"), {}); }).has_value());
        Scene plain(answer(200, {{"Content-Length", "77"}}));
        QCOMPARE(plain.client.headBlob("a", digestOf("x"), {}), std::uint64_t{77});
    }

    void resumesBlobs()
    {
        const std::string content = "0123456789";
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (request.header("range") == "bytes=4-" && request.header("if-range") == "\"tag\"")
                reply.send(206, {{"Content-Range", "bytes 4-9/10"}, {"ETag", "\"tag\""}}, content.substr(4));
            else
                reply.send(200, {{"ETag", "\"tag\""}}, content);
        });
        Collector whole;
        scene.client.getBlob("a", digestOf(content), {}, whole, {});
        QCOMPARE(whole.bytes, content);
        QVERIFY(whole.starts.size() == 1 && whole.starts[0].size == 10U && whole.starts[0].etag == "\"tag\"");
        Collector rest;
        scene.client.getBlob("a", digestOf(content), from(4, "\"tag\""), rest, {});
        QCOMPARE(rest.bytes, content.substr(4));
        QVERIFY(rest.starts.at(0).offset == 4 && rest.starts.at(0).size == 10U);
        Collector changed;
        scene.client.getBlob("a", digestOf(content), from(4, "\"other\""), changed, {});
        QCOMPARE(changed.bytes, content);
        QVERIFY(changed.starts.at(0).offset == 0);
    }

    void restartsWhereItCannotResume_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("range");
        QTest::newRow("416") << 416 << "bytes */10";
        QTest::newRow("no Content-Range") << 206 << "";
        QTest::newRow("another offset") << 206 << "bytes 3-9/10";
        QTest::newRow("not to the end") << 206 << "bytes 4-8/10";
        QTest::newRow("unknown size") << 206 << "bytes 4-9/*";
        QTest::newRow("nonsense") << 206 << "bytes 4-9/5";
    }

    void restartsWhereItCannotResume()
    {
        QFETCH(int, status);
        QFETCH(QString, range);
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (request.header("range").empty())
                reply.send(200, {}, "0123456789");
            else
                reply.send(status, {{"Content-Range", range.toStdString()}}, "456789");
        });
        Collector collector;
        scene.client.getBlob("a", digestOf("x"), from(4), collector, {});
        QCOMPARE(collector.bytes, std::string("0123456789"));
        QCOMPARE(collector.starts.size(), 1U);
        QCOMPARE(collector.starts.at(0).offset, std::uint64_t{0});
    }

    void saysWhenABlobIsCutOrOfAnotherSize()
    {
        const auto cut = [](const HttpRecord&, HttpReply& reply) {
            reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: W/\"weak\"\r\n\r\n0123");
            reply.cut();
        };
        Scene scene(cut);
        Collector collector;
        const auto failure = failureOf([&] { scene.client.getBlob("a", digestOf("x"), {}, collector, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QCOMPARE(collector.bytes, std::string("0123"));
        QVERIFY(collector.starts.at(0).etag.empty());
        QCOMPARE(scene.server.requests().size(), 1U); // what was handed out is not got again

        BlobRange sized;
        sized.expectedSize = 9;
        Scene longer(answer(200, {}, "0123456789"));
        Collector none;
        QVERIFY(failureOf([&] { longer.client.getBlob("a", digestOf("x"), sized, none, {}); })->code() ==
                ErrorCode::Corrupted);
        QVERIFY(none.starts.empty());
        const auto unsized = [](const HttpRecord&, HttpReply& reply) {
            reply.raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789");
            reply.cut();
        };
        Scene endless(unsized);
        QVERIFY(failureOf([&] { endless.client.getBlob("a", digestOf("x"), sized, none, {}); })->code() ==
                ErrorCode::Corrupted);
        sized.expectedSize = 11;
        Scene shorter(unsized);
        QVERIFY(failureOf([&] { shorter.client.getBlob("a", digestOf("x"), sized, none, {}); })->code() ==
                ErrorCode::Unavailable);
    }

    void triesABlobAgainBeforeItBegins()
    {
        int asked = 0;
        Scene scene([&](const HttpRecord&, HttpReply& reply) {
            if (++asked < 3)
                reply.send(503);
            else
                reply.send(200, {}, "blob");
        });
        Collector collector;
        scene.client.getBlob("a", digestOf("blob"), {}, collector, {});
        QCOMPARE(collector.bytes, std::string("blob"));
        QCOMPARE(asked, 3);
        QCOMPARE(scene.rig.waits.size(), 2U);
    }

    void listsTagsPageByPage()
    {
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (request.target == "/v2/a/tags/list?n=1000")
                reply.send(200, {{"Link", "</v2/a/tags/list?last=b&n=2>; rel=\"next\""}}, R"({"tags":["a","b"]})");
            else
                reply.send(200, {}, R"({"tags":["c"]})");
        });
        const TagList list = scene.client.listTags("a", {});
        QVERIFY(list.tags == (std::vector<std::string>{"a", "b", "c"}) && list.isComplete);
        Scene none(answer(200, {}, R"({"tags":null})"));
        QVERIFY(none.client.listTags("a", {}).tags.empty());
        QCOMPARE(list.dropped, 0U);
        std::string odds = "{\"tags\":[\"good\",1,\"\",\"two words\",\"\\u001b[2J\",\".hidden\",\"a@b\",\"a/b\"";
        for (const std::size_t size : {128, 129})
            odds += ",\"" + std::string(size, 'x') + '"';
        Scene odd(answer(200, {}, odds + "]}"));
        const TagList left = odd.client.listTags("a", {});
        QVERIFY(left.tags == (std::vector<std::string>{"good", std::string(128, 'x')}) && left.isComplete);
        QCOMPARE(left.dropped, 8U);
        Scene unknown(answer(404));
        QVERIFY(failureOf([&] { unknown.client.listTags("a", {}); })->code() == ErrorCode::NotFound);
    }

    void boundsItsLists()
    {
        Scene endless(answer(200, {{"Link", "</v2/a/tags/list>; rel=next"}}, R"({"tags":["a"]})"));
        const TagList list = endless.client.listTags("a", {});
        QVERIFY(!list.isComplete);
        QCOMPARE(list.tags.size(), 200U);
        HttpServer other(answer(200, {}, R"({"tags":[]})"));
        Scene elsewhere(
            answer(200, {{"Link", '<' + other.origin() + "/v2/a/tags/list>; rel=\"next\""}}, R"({"tags":[]})"));
        QVERIFY(failureOf([&] { elsewhere.client.listTags("a", {}); })->code() == ErrorCode::FailedPrecondition);
        QCOMPARE(other.connections(), 0);
    }

    void readsLinks_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("target");
        QTest::newRow("plain") << "</a>; rel=\"next\""
                               << "/a";
        QTest::newRow("token") << "</a>;rel=next"
                               << "/a";
        QTest::newRow("second") << "</a>; rel=\"prev\", </b?x=1,2>; REL=\"next\""
                                << "/b?x=1,2";
        QTest::newRow("other parameters") << "</a>; title=x; rel=\"next\""
                                          << "/a";
        QTest::newRow("previous") << "</a>; rel=\"prev\""
                                  << "";
        QTest::newRow("broken") << "</a"
                                << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }

    void readsLinks()
    {
        QFETCH(QString, header);
        QFETCH(QString, target);
        HttpResponse response(Url::require("http://a/", "url"));
        response.headers.emplace_back("link", header.toStdString());
        QCOMPARE(QString::fromStdString(nextLink(response).value_or("")), target);
    }

    void leavesOutReferrersWithTypesThatAreNone()
    {
        std::string document;
        for (const std::string& types :
             {std::string("\"artifactType\":\"sig\""), std::string("\"artifactType\":\"\\u001b[2J\""),
              std::string("\"mediaType\":\"a\\nb\""), "\"mediaType\":\"" + std::string(256, 'x') + '"'})
            document += (document.empty() ? "" : ",") + ("{\"digest\":\"" + digestOf("1").toString()) +
                        "\",\"size\":5," + types + '}';
        Scene scene(answer(200, {}, "{\"manifests\":[" + document + "]}"));
        const auto found = scene.client.referrers("a", digestOf("subject"), "", {});
        QCOMPARE(found.size(), 1U);
        QCOMPARE(found.at(0).artifactType, std::string("sig"));
    }

    void findsReferrers()
    {
        const std::string one = digestOf("1").toString();
        const std::string document = "{\"manifests\":[{\"digest\":\"" + one +
                                     "\",\"size\":5,\"mediaType\":\"m\",\"artifactType\":\"sig\"},"
                                     "{\"digest\":\"bad\",\"size\":5},{\"digest\":\"" +
                                     digestOf("2").toString() + "\",\"size\":6,\"mediaType\":\"m\"}]}";
        for (const bool hasApi : {true, false}) {
            Scene scene([&](const HttpRecord& request, HttpReply& reply) {
                const bool isApi = contains(request.target, "/referrers/");
                const std::string tag = "/v2/a/manifests/sha256-" + digestOf("subject").hex();
                if (isApi ? hasApi : request.path() == tag)
                    reply.send(200, {{"Content-Type", ociIndex}}, document);
                else
                    reply.send(404);
            });
            const auto all = scene.client.referrers("a", digestOf("subject"), "", {});
            QCOMPARE(all.size(), 2U);
            QCOMPARE(all[0].digest.toString(), one);
            QVERIFY(all[0].size == 5 && all[0].artifactType == "sig" && all[1].artifactType.empty());
            QCOMPARE(scene.client.referrers("a", digestOf("subject"), "sig", {}).size(), 1U);
        }
        Scene none(answer(404));
        QVERIFY(none.client.referrers("a", digestOf("subject"), "", {}).empty());
    }
};

QTEST_GUILESS_MAIN(RegistryClientTest)
#include "registry_client_test.moc"
