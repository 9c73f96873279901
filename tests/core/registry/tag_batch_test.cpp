// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "tag_resolver_fixture.h"

#include <condition_variable>
#include <future>
#include <mutex>
#include <vector>

using namespace layerhold;
using namespace layerhold::test;
using namespace layerhold::registry;

namespace {

/// Lets nobody go before so many are there at the same time, and counts.
class Meeting
{
public:
    explicit Meeting(int size)
        : m_size(size)
    {}

    /// 0 when they met, a status that fails otherwise.
    int attend()
    {
        std::unique_lock lock(m_mutex);
        m_most = std::max(m_most, ++m_present);
        const int round = m_arrived++ / m_size;
        m_changed.notify_all();
        const bool haveMet =
            m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_arrived >= (round + 1) * m_size; });
        --m_present;
        return haveMet ? 0 : 418;
    }

    int most()
    {
        const std::lock_guard lock(m_mutex);
        return m_most;
    }

private:
    const int m_size;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_present = 0;
    int m_arrived = 0;
    int m_most = 0;
};

/// Closed until it is opened, for good.
class Gate
{
public:
    void open() { m_opened.set_value(); }

    bool pass() const { return m_isOpen.wait_for(std::chrono::seconds(30)) == std::future_status::ready; }

private:
    std::promise<void> m_opened;
    std::shared_future<void> m_isOpen = m_opened.get_future().share();
};

} // namespace

class TagBatchTest : public QObject
{
    Q_OBJECT

private slots:

    void ofNothingComesNothing()
    {
        ResolverScene scene;
        QVERIFY(scene.resolver().resolveAll({}, {}).empty());
    }

    void askedAtOnceAreEight()
    {
        ResolverScene scene;
        Meeting meeting(8);
        scene.images.interceptManifests([&](const HttpRecord&) { return meeting.attend(); });
        std::vector<ResolveRequest> requests;
        std::vector<Digest> expected;
        for (int i = 0; i < 24; ++i) {
            const std::string tag = std::to_string(i);
            expected.push_back(scene.putImage("app", tag, "layer " + tag).digest);
            requests.push_back(scene.request("app:" + tag));
        }
        const auto outcomes = scene.resolver().resolveAll(requests, {});
        QCOMPARE(outcomes.size(), requests.size());
        for (std::size_t i = 0; i < outcomes.size(); ++i) // in their order
            QVERIFY(outcomes[i].resolution && !outcomes[i].error && outcomes[i].resolution->digest == expected[i]);
        QCOMPARE(meeting.most(), 8);
        QCOMPARE(scene.heads(), std::size_t(24));
        QVERIFY(scene.images.server().connections() <= 8); // one client for all
    }

    void equalRequestsAreAskedForOnce()
    {
        ResolverScene scene;
        scene.putImage("app", "1", "a");
        scene.putImage("app", "latest", "b");
        const std::vector<ResolveRequest> requests{scene.request("app:1"), scene.request("app"), scene.request("app:1"),
                                                   scene.request("app:latest"), scene.request("app:1")};
        const auto outcomes = scene.resolver().resolveAll(requests, {});
        QCOMPARE(scene.heads(), std::size_t(2));
        for (const std::size_t i : {2, 4})
            QVERIFY(outcomes[i].resolution->digest == outcomes[0].resolution->digest);
        QVERIFY(outcomes[1].resolution->digest == outcomes[3].resolution->digest);
        QCOMPARE(scene.resolutions(), std::uint64_t(2));
    }

    void equalNamesWithOtherCredentialsAreNot()
    {
        ResolverScene scene;
        scene.putImage("private", "1", "a");
        scene.images.guard("private", Alice);
        const std::vector<ResolveRequest> requests{scene.request("private:1", alice()), scene.request("private:1"),
                                                   scene.request("private:1", passwordOf("mallory", "guess"))};
        const auto outcomes = scene.resolver().resolveAll(requests, {});
        QVERIFY(outcomes[0].resolution);
        for (const std::size_t i : {1, 2})
            QVERIFY(!outcomes[i].resolution && outcomes[i].error->code() == ErrorCode::Denied);
    }

    void someMayFail()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        std::vector<ResolveRequest> requests{scene.request("app:none"), scene.request("app:1"), scene.request("app:x")};
        requests[2].sources.clear();
        const auto outcomes = scene.resolver().resolveAll(requests, {});
        QVERIFY(outcomes[1].resolution->digest == image.digest);
        for (const auto& [i, code] : {std::pair(0U, ErrorCode::NotFound), std::pair(2U, ErrorCode::InvalidArgument)}) {
            QVERIFY(!outcomes[i].resolution && outcomes[i].error->code() == code);
            QVERIFY(contains(outcomes[i].error->what(), requests[i].reference.toString()));
        }
    }

    void stops()
    {
        std::stop_source stop; // outlives the server's threads
        ResolverScene scene;
        scene.images.interceptManifests([&](const HttpRecord&) {
            stop.request_stop();
            return -1;
        });
        const std::vector<ResolveRequest> requests{scene.request("app:1"), scene.request("app:2")};
        QVERIFY_EXCEPTION_THROWN(scene.resolver().resolveAll(requests, stop.get_token()), Cancelled);
        QVERIFY_EXCEPTION_THROWN(scene.resolver().resolve(requests.front(), stop.get_token()), Cancelled);
    }

    void whoAsksTheSameAtTheSameTimeSharesTheAnswer()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        scene.store(image); // so that whoever comes too late to share needs no request either
        constexpr int askers = 12;
        Gate answer;
        std::atomic<int> asking{0};
        scene.images.interceptManifests([&](const HttpRecord&) { return answer.pass() ? 0 : 418; });
        std::vector<std::future<Resolution>> resolutions;
        for (int i = 0; i < askers; ++i)
            resolutions.push_back(std::async(std::launch::async, [&] {
                if (++asking == askers)
                    answer.open();
                return scene.resolve("app:1");
            }));
        for (auto& resolution : resolutions)
            QVERIFY(resolution.get().digest == image.digest);
        QCOMPARE(scene.heads(), std::size_t(1));
        QCOMPARE(scene.resolutions(), std::uint64_t(askers));
    }

    void whoAsksWithAnotherCredentialAsksAlone()
    {
        ResolverScene scene;
        const auto image = scene.putImage("private", "1", "a");
        scene.images.guard("private", Alice);
        Meeting meeting(2);
        std::atomic<int> first{2};
        scene.images.interceptManifests([&](const HttpRecord&) { return first-- > 0 ? meeting.attend() : 0; });
        auto hers = std::async(std::launch::async, [&] { return scene.resolve("private:1", alice()); });
        QVERIFY(scene.codeOf("private:1", passwordOf("mallory", "guess")) == ErrorCode::Denied);
        QVERIFY(hers.get().digest == image.digest);
        QCOMPARE(meeting.most(), 2);
    }

    void whoGivesUpLeavesTheQuestionToTheNext()
    {
        ResolverScene scene;
        const auto image = scene.putImage("app", "1", "a");
        Gate isAsked;
        std::atomic<int> asked{0};
        scene.images.interceptManifests([&](const HttpRecord&) {
            if (asked++ > 0)
                return 0;
            isAsked.open();
            return -1;
        });
        std::stop_source stop;
        const auto request = scene.request("app:1");
        auto leader =
            std::async(std::launch::async, [&] { return scene.resolver().resolve(request, stop.get_token()); });
        QVERIFY(isAsked.pass());
        auto next = std::async(std::launch::async, [&] { return scene.resolver().resolve(request, {}); });
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(leader.get(), Cancelled);
        QVERIFY(next.get().digest == image.digest);
        QCOMPARE(scene.heads(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TagBatchTest)
#include "tag_batch_test.moc"
