// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "push_scene.h"

#include <atomic>
#include <chrono>
#include <future>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;

namespace {

/// Nothing was recorded as if the push had worked.
bool hasTag(PushScene& scene)
{
    return scene.cache.cache->tags().find(scene.name("app:1")).has_value();
}

} // namespace

/// Pushes that do not work, or not at once.
class PusherFailureTest : public QObject
{
    Q_OBJECT

private slots:

    void refusesBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, ErrorCode code) {
            QTest::newRow(name) << name << static_cast<int>(code);
        };
        row("an absent image", ErrorCode::NotFound);
        row("an absent layer", ErrorCode::NotFound);
        row("an absent layer in an index", ErrorCode::NotFound);
        row("an absent manifest of a platform", ErrorCode::NotFound);
        row("an index without any of its manifests", ErrorCode::NotFound);
        row("another platform", ErrorCode::NotFound);
        row("another digest", ErrorCode::InvalidArgument);
        row("an endpoint that does not push", ErrorCode::InvalidArgument);
        row("a repository that is none", ErrorCode::InvalidArgument);
        row("what is no manifest", ErrorCode::InvalidArgument);
    }

    void refusesBeforeAnythingIsSent()
    {
        QFETCH(QString, what);
        QFETCH(int, code);
        PushScene scene;
        const std::string whole = scene.storeImage({layerOf('a')});
        const std::string lacking = manifestOf(scene.config, {layerOf('a'), layerOf('z')});
        const std::string absent = manifestOf(scene.config, {layerOf('y')});
        const std::string wholeEntry = descriptorOf(whole, media::manifest, onPlatform("amd64"));
        const std::string index = indexOf({wholeEntry, descriptorOf(absent, media::manifest, onPlatform("arm64"))});
        const std::string lackingIndex =
            indexOf({wholeEntry, descriptorOf(lacking, media::manifest, onPlatform("arm64"))});
        const std::string emptyHanded = indexOf({descriptorOf(absent, media::manifest)});
        for (const std::string& bytes : {lacking, index, lackingIndex, emptyHanded})
            scene.store(bytes);
        auto request = scene.request(hashOf(whole), "app:1");
        std::string named; // by the message
        if (what == "an absent image") {
            request.image = hashOf(absent);
            named = hashOf(absent).toString();
        } else if (what == "an absent layer") {
            request.image = hashOf(lacking);
            named = hashOf(layerOf('z')).toString();
        } else if (what == "an absent layer in an index") {
            request.image = hashOf(lackingIndex);
            named = hashOf(layerOf('z')).toString();
        } else if (what == "an absent manifest of a platform") {
            request.image = hashOf(index);
            request.platforms = {"linux/amd64", "linux/arm64"};
            named = hashOf(absent).toString();
        } else if (what == "an index without any of its manifests") {
            request.image = hashOf(emptyHanded);
            named = hashOf(absent).toString();
        } else if (what == "another platform") {
            request.image = hashOf(index);
            request.platforms = {"linux/s390x"};
            named = "linux/amd64, linux/arm64";
        } else if (what == "another digest") {
            request.destination = ImageReference::require(scene.name("app@" + hashOf(index).toString()));
        } else if (what == "an endpoint that does not push") {
            request.source.endpoint.capabilities = Capabilities::none();
            request.source.endpoint.capabilities.add(Capability::Pull);
        } else if (what == "a repository that is none") {
            request.mountFrom = {"Not/One"};
        } else if (what == "what is no manifest") {
            request.image = hashOf(scene.config);
        }
        const auto failure = failureOf([&] { scene.pusher.push(request, {}, {}); });
        QVERIFY(failure.has_value());
        QCOMPARE(static_cast<int>(failure->code()), code);
        QVERIFY2(contains(failure->what(), named), failure->what());
        QVERIFY(contains(failure->what(), "cannot push " + request.image.toString() + " to "));
        QCOMPARE(scene.server.server().connections(), 0);
        QVERIFY(!hasTag(scene));
        // The same scene pushes what is whole.
        scene.push(whole, "app:1");
        QVERIFY(hasTag(scene));
    }

    void aBrokenUploadGoesOnInChunks()
    {
        PushScene scene;
        const std::string layer = layerOf('a', 9'000'000);
        const std::string manifest = scene.storeImage({layer});
        std::atomic<int> patches{0};
        std::atomic<std::uint64_t> patched{0};
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (request.method == "PATCH") {
                ++patches;
                patched += request.body.size();
            }
            if (request.method != "PUT" || request.body.size() != layer.size())
                return false;
            reply.cut();
            return true;
        });
        Progress last;
        const auto onProgress = [&](const Progress& progress) { last = progress; };
        const PushReport report = scene.pusher.push(scene.request(hashOf(manifest), "app:1"), onProgress, {});
        QCOMPARE(report.uploadedBytes, report.bytes);
        QCOMPARE(last.doneBytes, report.bytes); // what is sent again counts once
        QCOMPARE(patches.load(), 3);
        QCOMPARE(patched.load(), std::uint64_t(layer.size()));
        QVERIFY(scene.server.hasBlob("app", layer));
    }

    void anUploadWhoseAnswerIsLostIsNotSentAgain()
    {
        PushScene scene;
        const std::string layer = layerOf('a');
        const std::string manifest = scene.storeImage({layer});
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (request.method != "PUT" || request.body.size() != layer.size())
                return false;
            scene.server.putBlob("app", layer);
            reply.cut();
            return true;
        });
        QCOMPARE(scene.push(manifest, "app:1").uploadedBytes, layer.size() + scene.config.size() + manifest.size());
        QCOMPARE(scene.server.server().count("PATCH", "/"), std::size_t(0));
    }

    void givesUpInTheEnd_data()
    {
        QTest::addColumn<QString>("methods");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<int>("status"); // 0: the connection is cut
        for (const int status : {0, 500, 503}) {
            const std::string name = ' ' + std::to_string(status);
            QTest::newRow(("HEAD of blobs" + name).c_str()) << "HEAD"
                                                            << "/v2/app/blobs/" << status;
            QTest::newRow(("begin of uploads" + name).c_str()) << "POST"
                                                               << "/v2/app/blobs/" << status;
            QTest::newRow(("uploads" + name).c_str()) << "PATCH PUT"
                                                      << "/v2/app/blobs/uploads/" << status;
            QTest::newRow(("HEAD of the manifest" + name).c_str()) << "HEAD"
                                                                   << "/v2/app/manifests/" << status;
            QTest::newRow(("manifest" + name).c_str()) << "PUT"
                                                       << "/v2/app/manifests/" << status;
        }
    }

    void givesUpInTheEnd()
    {
        QFETCH(QString, methods);
        QFETCH(QString, prefix);
        QFETCH(int, status);
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b')});
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (!contains(methods.toStdString(), request.method) || !request.target.starts_with(prefix.toStdString()))
                return false;
            if (status == 0)
                reply.cut();
            else
                reply.send(status);
            return true;
        });
        const auto failure = failureOf([&] { scene.push(manifest, "app:1"); });
        QVERIFY2(failure && failure->code() == ErrorCode::Unavailable, failure ? failure->what() : "nothing failed");
        QVERIFY(scene.server.server().requests().size() < 60);
        QVERIFY(!hasTag(scene));
        const auto writes = scene.server.writes();
        QVERIFY(
            std::none_of(writes.begin(), writes.end(), [](const std::string& w) { return contains(w, "manifest"); }));
    }

    void whatARegistryRefusesIsNotTriedAgain()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a')});
        scene.server.intercept([](const HttpRecord& request, HttpReply& reply) {
            if (request.method != "PUT")
                return false;
            reply.send(413);
            return true;
        });
        const auto failure = failureOf([&] { scene.push(manifest, "app:1"); });
        QVERIFY(failure && failure->code() == ErrorCode::FailedPrecondition);
        QVERIFY(scene.server.server().count("PUT", "/") <= 2); // the two blobs
    }

    void aRefusalEndsProofs_data()
    {
        QTest::addColumn<int>("look"); // status of HEAD
        QTest::addColumn<int>("push"); // status of POST and PUT; 0: they work
        QTest::newRow("401 throughout") << 401 << 401;
        QTest::newRow("403 throughout") << 403 << 403;
        QTest::newRow("hidden, and not for pushes") << 404 << 403;
        QTest::newRow("for pushes only") << 403 << 0;
    }

    void aRefusalEndsProofs()
    {
        QFETCH(int, look);
        QFETCH(int, push);
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a')});
        const std::string other = "something else in that repository";
        const Credential alice = passwordOf("alice", "wonderland");
        const Identity identity = identityOf(scene.records(), scene.server.server().authority(),
                                             {endpointAt(scene.server.server().origin()), alice});
        for (const Identity& who : {identity, Identity::anonymous()})
            scene.records().record(who, scene.name("app"), hashOf(other), ProofMethod::Blob, Clock::system().now());
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            const bool isLook = request.method == "HEAD" || request.method == "GET";
            if (!isLook && push == 0)
                return false;
            reply.send(isLook ? look : push, {{"WWW-Authenticate", "Basic realm=\"test\""}});
            return true;
        });
        const auto failure = failureOf([&] { scene.push(manifest, "app:1", alice); });
        QCOMPARE(failure.has_value(), push != 0);
        QVERIFY(!failure || failure->code() == ErrorCode::Denied);
        QCOMPARE(hasTag(scene), push == 0);
        const auto left = scene.proofs(other, "app");
        QCOMPARE(left.size(), std::size_t(1)); // of the one who was not refused
        QVERIFY(left.front().identity.isAnonymous());
        QVERIFY(scene.proofs(layerOf('a'), "app").empty()); // who may only write has no proof of what is there
    }

    void stopsAtAnyMoment_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("prefix");
        QTest::newRow("looking for blobs") << "HEAD"
                                           << "/v2/app/blobs/";
        QTest::newRow("beginning an upload") << "POST"
                                             << "/v2/app/blobs/uploads/";
        QTest::newRow("uploading") << "PUT"
                                   << "/v2/app/blobs/uploads/";
        QTest::newRow("looking for the manifest") << "HEAD"
                                                  << "/v2/app/manifests/";
        QTest::newRow("putting the manifest") << "PUT"
                                              << "/v2/app/manifests/";
    }

    void stopsAtAnyMoment()
    {
        QFETCH(QString, method);
        QFETCH(QString, prefix);
        std::promise<void> arrived; // outlives the server's threads
        std::atomic<bool> hasArrived{false};
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b'), layerOf('c'), layerOf('d')});
        scene.server.intercept([&](const HttpRecord& request, HttpReply& reply) {
            if (request.method != method.toStdString() || !request.target.starts_with(prefix.toStdString()))
                return false;
            if (!hasArrived.exchange(true))
                arrived.set_value();
            reply.hang();
            return true;
        });
        std::stop_source stop;
        auto push = std::async(std::launch::async, [&] {
            scene.pusher.push(scene.request(hashOf(manifest), "app:1"), {}, stop.get_token());
        });
        arrived.get_future().wait();
        const auto asked = std::chrono::steady_clock::now();
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(push.get(), Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::seconds(5));
        QVERIFY(!hasTag(scene));
        // Nothing is held any more.
        for (const ClaimPath& why : scene.cache.cache->why(hashOf(layerOf('a'))))
            QVERIFY(why.claim.holderKind != HolderKind::Operation);
    }

    void stopsBeforeItBegins()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a')});
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(scene.pusher.push(scene.request(hashOf(manifest), "app:1"), {}, stop.get_token()),
                                 Cancelled);
        QCOMPARE(scene.server.server().connections(), 0);
    }

    void noCleanupTakesAnythingMeanwhile()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a'), layerOf('b')});
        for (const std::string& bytes : {manifest, scene.config, layerOf('a'), layerOf('b')})
            scene.engine->release(hashOf(bytes));
        std::atomic<std::size_t> removed{0};
        scene.server.intercept([&](const HttpRecord& request, HttpReply&) {
            if (request.method == "POST" || contains(request.target, "/manifests/")) {
                try {
                    CleanupOptions options;
                    options.mode = CleanupOptions::Mode::Run;
                    removed += scene.cache.cache->cleanup().collect(options, {}, {}).items.size();
                } catch (const Error& error) {
                    if (error.code() != ErrorCode::Locked) // another request's
                        ++removed;
                }
            }
            return false;
        });
        scene.push(manifest, "app:1");
        QCOMPARE(removed.load(), std::size_t(0));
        // Then the tag keeps it.
        const auto why = scene.cache.cache->why(hashOf(layerOf('a')));
        QCOMPARE(why.size(), std::size_t(1));
        QVERIFY(why.front().claim.holderKind == HolderKind::Tag);
        scene.cache.cache->tags().remove(scene.name("app:1"), TagCause::Manual, {});
        CleanupOptions options;
        options.mode = CleanupOptions::Mode::Run;
        QCOMPARE(scene.cache.cache->cleanup().collect(options, {}, {}).items.size(), std::size_t(4));
    }

    void aFailedPushLeavesNoClaim()
    {
        PushScene scene;
        const std::string manifest = scene.storeImage({layerOf('a')});
        for (const std::string& bytes : {manifest, scene.config, layerOf('a')})
            scene.engine->release(hashOf(bytes));
        scene.server.intercept([](const HttpRecord& request, HttpReply& reply) {
            if (request.method != "POST")
                return false;
            reply.send(403);
            return true;
        });
        QVERIFY(failureOf([&] { scene.push(manifest, "app:1"); })->code() == ErrorCode::Denied);
        QVERIFY(scene.cache.cache->why(hashOf(layerOf('a'))).empty());
    }
};

QTEST_GUILESS_MAIN(PusherFailureTest)
#include "pusher_failure_test.moc"
