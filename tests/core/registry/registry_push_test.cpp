// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "layerhold/registry/registry_client.h"
#include "registry_scene.h"

#include <algorithm>
#include <mutex>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;

namespace {

ReadAt reading(const std::string& content)
{
    return [&content](std::uint64_t offset, std::span<std::byte> buffer) {
        const std::size_t size = std::min(buffer.size(), content.size() - offset);
        std::copy_n(std::as_bytes(std::span(content)).begin() + static_cast<std::ptrdiff_t>(offset), size,
                    buffer.begin());
        return size;
    };
}

} // namespace

class RegistryPushTest : public QObject
{
    Q_OBJECT

private slots:

    void uploadsAtOnce()
    {
        const std::string content(200'000, 'u');
        const std::string digest = digestOf(content).toString();
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            if (request.method == "POST")
                reply.send(202, {{"Location", "/v2/a/blobs/uploads/1?_state=x"}});
            else
                reply.send(201, {{"Docker-Content-Digest", digest}});
        });
        QVERIFY(scene.client.pushBlob("a", digestOf(content), content.size(), reading(content), {}, {}) ==
                BlobPush::Uploaded);
        const HttpRecord put = scene.server.requests().at(1);
        QCOMPARE(put.target, "/v2/a/blobs/uploads/1?_state=x&digest=sha256%3A" + digest.substr(7));
        QVERIFY(put.body == content);
        QCOMPARE(put.header("content-type"), std::string("application/octet-stream"));
    }

    void uploadsInChunksAndGoesOnAfterACut()
    {
        const std::string content = "0123456789abcdef";
        std::mutex mutex; // after the cut another connection goes on
        std::string got;
        bool hasCut = false;
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            const std::lock_guard lock(mutex);
            const HttpHeaders next{{"Location", "/v2/a/blobs/uploads/1"},
                                   {"Range", "0-" + std::to_string(got.empty() ? 0 : got.size() - 1)}};
            if (request.method == "PATCH" && got.size() == 6 && !hasCut) {
                hasCut = true;
                got += request.body.substr(0, 2);
                reply.cut();
            } else if (request.method == "PATCH") {
                got += request.body;
                reply.send(202, next);
            } else {
                reply.send(request.method == "POST" ? 202 : request.method == "GET" ? 204 : 201, next);
            }
        });
        PushOptions options;
        options.chunkSize = 6;
        scene.client.pushBlob("a", digestOf(content), content.size(), reading(content), options, {});
        {
            const std::lock_guard lock(mutex);
            QCOMPARE(got, content);
        }
        std::string ranges;
        for (const HttpRecord& request : scene.server.requests())
            if (request.method == "PATCH")
                ranges += request.header("content-range") + ' ';
        QCOMPARE(ranges, std::string("0-5 6-11 8-13 14-15 "));
    }

    void givesUpAnUploadThatGoesNowhere()
    {
        const std::string content = "0123456789";
        Scene scene([&](const HttpRecord& request, HttpReply& reply) {
            const int status = request.method == "POST" ? 202 : request.method == "GET" ? 204 : 500;
            reply.send(status, {{"Location", "/v2/a/blobs/uploads/1"}, {"Range", "0-0"}});
        });
        PushOptions options;
        options.chunkSize = 4;
        const auto failure =
            failureOf([&] { scene.client.pushBlob("a", digestOf(content), 10, reading(content), options, {}); });
        QVERIFY(failure && failure->code() == ErrorCode::Unavailable);
        QCOMPARE(scene.server.count("PATCH", "/"), 3U);
    }

    void showsItsCredentialOnlyToTheRegistry()
    {
        HttpServer storage(answer(201));
        std::string location = storage.origin() + "/bucket?sig=planted-signature";
        Scene scene(
            [&](const HttpRecord& request, HttpReply& reply) {
                if (request.header("authorization").empty())
                    reply.send(401, {{"WWW-Authenticate", "Basic realm=x"}});
                else
                    reply.send(202, {{"Location", location}});
            },
            passwordOf("user", "planted-password"));
        const std::string content = "c";
        const auto push = [&] {
            scene.client.pushBlob("a", digestOf(content), content.size(), reading(content), {}, {});
        };
        push();
        QCOMPARE(storage.requests().at(0).header("authorization"), std::string());
        QVERIFY(contains(storage.requests().at(0).target, "sig=planted-signature&digest="));
        for (const char* const bad :
             {"http://169.254.169.254/up?sig=planted-signature", "http://u:planted-pass@127.0.0.1/up", "ftp://a/b"}) {
            location = bad;
            const auto failure = failureOf(push);
            QVERIFY2(failure && failure->code() == ErrorCode::FailedPrecondition, bad);
            QVERIFY2(!contains(failure->what(), "planted"), failure->what());
        }
        QCOMPARE(storage.requests().size(), 1U);
    }

    void mountsAndPutsManifests()
    {
        const std::string document = R"({"layers":[]})";
        Scene scene(answer(201));
        PushOptions options;
        options.mountFrom = "b/c";
        QVERIFY(scene.client.pushBlob("a", digestOf("x"), 1, {}, options, {}) == BlobPush::Mounted);
        QCOMPARE(scene.server.requests().at(0).target,
                 "/v2/a/blobs/uploads/?mount=sha256%3A" + digestOf("x").hex() + "&from=b%2Fc");
        QVERIFY(scene.client.putManifest("a", "latest", ociManifest, document, {}) == digestOf(document));
        const HttpRecord put = scene.server.requests().at(1);
        QCOMPARE(put.method + ' ' + put.target, std::string("PUT /v2/a/manifests/latest"));
        QCOMPARE(put.body, document);
        QCOMPARE(put.header("content-type"), ociManifest);
        const std::string other = digestOf("other").toString();
        QVERIFY(failureOf([&] { scene.client.putManifest("a", other, ociManifest, document, {}); })->code() ==
                ErrorCode::InvalidArgument);
        Scene liar(answer(201, {{"Docker-Content-Digest", other}}));
        QVERIFY(failureOf([&] { liar.client.putManifest("a", "latest", ociManifest, document, {}); })->code() ==
                ErrorCode::Corrupted);
    }
};

QTEST_GUILESS_MAIN(RegistryPushTest)
#include "registry_push_test.moc"
