// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "layerhold/error.h"
#include "service/link/engine_links.h"

#include "support/temp_root.h"

#include <barrier>
#include <thread>

using namespace layerhold;
using namespace layerhold::service;
using namespace std::chrono_literals;

/// Who is followed where; no containerd answers.
class EngineLinksTest : public QObject
{
    Q_OBJECT

private slots:
    void followsWhereTheCacheSays();
    void changesComeOneAfterTheOther();
    void aRefusedAddressChangesNothing();
    void afterTheStopNobodyIsFollowed();
};

namespace {

struct Links
{
    Links()
    {
        CacheOptions options;
        options.root = root.path() / "cache";
        cache = Cache::open(options);
        cache->addEngine("a", "/run/a.sock", std::nullopt);
        links.emplace(*cache, FollowTimes(), [](LogLevel, const std::string&) {});
    }

    std::string absent(const std::string& name) const { return (root.path() / name).string(); }

    /// Where the engine is really asked: of that its problem tells once it was tried.
    bool isAskedAt(const std::string& address)
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        std::string problem;
        while (std::chrono::steady_clock::now() < deadline) {
            problem = links->states()["a"].problem;
            if (problem.find("does not answer") != std::string::npos)
                return problem.find(address + " ") != std::string::npos;
            std::this_thread::yield();
        }
        qWarning("%s", problem.c_str());
        return false;
    }

    test::TempRoot root;
    std::unique_ptr<Cache> cache;
    std::optional<EngineLinks> links;
};

} // namespace

void EngineLinksTest::followsWhereTheCacheSays()
{
    Links fixture;
    QVERIFY(fixture.links->states().empty());
    fixture.links->setAddress("a", fixture.absent("one"));
    QVERIFY(fixture.isAskedAt(fixture.absent("one")));
    QVERIFY(!fixture.links->states()["a"].connected);
    fixture.links->setAddress("a", fixture.absent("two"));
    QVERIFY(fixture.isAskedAt(fixture.absent("two")));
    fixture.links->end("a");
    QCOMPARE(fixture.links->states()["a"].problem, std::string("no daemon is running"));
    fixture.links->start();
    QVERIFY(fixture.isAskedAt(fixture.absent("two")));
    fixture.links->setAddress("a", "");
    QVERIFY(fixture.links->states().empty());
}

void EngineLinksTest::changesComeOneAfterTheOther()
{
    Links fixture;
    for (int i = 0; i < 20; ++i) {
        {
            std::barrier both(2);
            const std::jthread other([&] {
                both.arrive_and_wait();
                fixture.links->setAddress("a", fixture.absent("one"));
            });
            both.arrive_and_wait();
            fixture.links->setAddress("a", fixture.absent("two"));
        }
        QVERIFY(fixture.isAskedAt(fixture.cache->engineMirror().links().front().address));
    }
}

void EngineLinksTest::aRefusedAddressChangesNothing()
{
    Links fixture;
    fixture.links->setAddress("a", fixture.absent("one"));
    QVERIFY_EXCEPTION_THROWN(fixture.links->setAddress("a", "relative"), Error);
    QVERIFY(fixture.isAskedAt(fixture.absent("one")));
}

void EngineLinksTest::afterTheStopNobodyIsFollowed()
{
    Links fixture;
    fixture.links->setAddress("a", fixture.absent("one"));
    fixture.links->stop();
    fixture.links->setAddress("a", fixture.absent("two"));
    QCOMPARE(fixture.links->states()["a"].address, fixture.absent("two"));
    QCOMPARE(fixture.links->states()["a"].problem, std::string("no daemon is running"));
}

QTEST_GUILESS_MAIN(EngineLinksTest)
#include "engine_links_test.moc"
