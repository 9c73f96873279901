// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest> // first: moc of Qt 6.4 stumbles over <compare> when it is the first standard header

#include "entries_fixture.h"
#include "image_documents.h"

#include <chrono>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace layerhold;
using namespace layerhold::test;

namespace {

constexpr std::size_t threadCount = 16;
constexpr std::size_t engineCount = 4;
constexpr std::size_t blobCount = 60;

/// Half a second of work; LAYERHOLD_MIXED_SECONDS sets another time.
std::chrono::milliseconds duration()
{
    const char* seconds = std::getenv("LAYERHOLD_MIXED_SECONDS");
    return seconds == nullptr ? std::chrono::milliseconds(500) : std::chrono::seconds(std::atoi(seconds));
}

/// What may be refused when others work on the same things. Everything else is a fault.
bool isExpected(ErrorCode code)
{
    static const std::set<ErrorCode> expected{ErrorCode::Locked, ErrorCode::NotFound, ErrorCode::AlreadyExists,
                                              ErrorCode::FailedPrecondition, ErrorCode::Invalidated};
    return expected.contains(code);
}

std::string bytesOfBlob(std::size_t number)
{
    return "blob " + std::to_string(number) + std::string(number * 37, 'x');
}

/// One worker with its own dice. Keeps nothing between two steps but what it still claims for its engine.
class Worker
{
public:
    Worker(Cache& cache, std::size_t number)
        : m_cache(cache)
        , m_store(cache.contentStore("engine" + std::to_string(number % engineCount)))
        , m_name(std::to_string(number))
        , m_random(static_cast<unsigned>(number))
    {}

    void step()
    {
        const std::size_t dice = pick(20);
        if (dice < 4)
            put(*m_store, blob(), "put-" + m_name);
        else if (dice < 7)
            read();
        else if (dice < 9)
            m_store->release(digestOf(blob()));
        else if (dice < 10)
            putImage();
        else if (dice < 12)
            tag();
        else if (dice < 14)
            entry();
        else if (dice < 16)
            clean();
        else if (dice < 17)
            pinOrUnpin();
        else
            look(dice);
    }

private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(m_random); }

    std::string blob() { return bytesOfBlob(pick(blobCount)); }

    void read()
    {
        const std::string bytes = blob();
        const Digest digest = digestOf(bytes);
        m_store->info(digest);
        m_store->list({}, 100);
        if (readAll(m_store->open(digest)) != bytes)
            throw std::logic_error("wrong bytes were served");
    }

    void putImage()
    {
        const std::string config = blob();
        const std::string layer = blob();
        put(*m_store, config, "config-" + m_name);
        put(*m_store, layer, "layer-" + m_name);
        putDocument(*m_store, manifestOf(config, {layer}));
    }

    void tag()
    {
        const std::string reference = "example.org/repository:" + std::to_string(pick(5));
        if (pick(4) == 0)
            m_cache.tags().remove(reference, TagCause::Manual, m_name);
        else
            m_cache.tags().put(reference, digestOf(blob()), TagCause::Manual, m_name);
        m_cache.tags().history(reference);
    }

    void entry()
    {
        const std::string key = std::to_string(pick(10));
        switch (pick(4)) {
        case 0:
            m_cache.entries().remove("scope", key);
            break;
        case 1:
            m_cache.entries().get("scope", key);
            break;
        default:
            m_cache.entries().put("scope", key, {source(blob())});
        }
    }

    void clean()
    {
        Cleanup& cleanup = m_cache.cleanup();
        CleanupPolicy everything;
        everything.rules.emplace_back().name = "all";
        switch (pick(6)) {
        case 0:
            cleanup.undo({}, {}, {});
            break;
        case 1:
            cleanup.emptyTrash({}, {}, {});
            break;
        case 2:
            cleanup.collect({CleanupOptions::Mode::Run, 0}, {}, {});
            break;
        case 3:
            cleanup.keepUp("test", {});
            break;
        default:
            cleanup.apply(cleanup.plan({everything, "test"}, {}).id, Disposal::Trash, {}, {});
        }
    }

    void pinOrUnpin()
    {
        const Digest digest = digestOf(blob());
        if (!m_cache.cleanup().unpin(digest))
            m_cache.cleanup().pin(digest, m_name);
    }

    void look(std::size_t dice)
    {
        if (dice == 17) {
            m_cache.images().list({}, {}, 100);
            m_cache.tags().list({}, {}, 100);
        } else if (dice == 18) {
            m_cache.cleanup().usage(UsageLevel::Image);
            m_cache.metrics().snapshot();
        } else {
            m_cache.why(digestOf(blob()));
            m_cache.blobs({}, {}, 100, {});
            m_cache.flush();
        }
    }

    Cache& m_cache;
    std::shared_ptr<ContentStore> m_store;
    std::string m_name;
    std::mt19937 m_random;
};

} // namespace

class MixedThreadsTest : public QObject
{
    Q_OBJECT

private slots:

    void everythingAtOnce()
    {
        CacheFixture fixture;
        for (std::size_t number = 0; number < engineCount; ++number)
            fixture.engine("engine" + std::to_string(number));
        std::mutex mutex;
        std::set<std::string> faults;
        std::size_t done = 0;
        const auto end = std::chrono::steady_clock::now() + duration();
        {
            std::vector<std::jthread> threads;
            for (std::size_t number = 0; number < threadCount; ++number)
                threads.emplace_back([&, number] {
                    Worker worker(*fixture.cache, number);
                    std::size_t steps = 0;
                    std::set<std::string> mine;
                    for (; std::chrono::steady_clock::now() < end; ++steps) {
                        try {
                            worker.step();
                        } catch (const Error& error) {
                            if (!isExpected(error.code()))
                                mine.insert(error.what());
                        } catch (const std::exception& error) {
                            mine.insert(error.what());
                        }
                    }
                    const std::lock_guard lock(mutex);
                    faults.merge(mine);
                    done += steps;
                });
        }
        for (const std::string& fault : faults)
            qWarning("%s", fault.c_str());
        QVERIFY(faults.empty());
        QVERIFY(done >= threadCount);
        check(fixture);
        fixture.reopen();
        QCOMPARE(fixture.cache->status().notice, std::string());
        check(fixture);
    }

private:
    static void check(CacheFixture& fixture)
    {
        const VerifyReport report = fixture.cache->verify({}, {}, {});
        QVERIFY(report.damaged.empty());
        std::uint64_t bytes = 0;
        for (const Blob& blob : fixture.cache->blobs({}, {}, 10'000, {}))
            if (blob.state == BlobState::Present) {
                QVERIFY(std::filesystem::file_size(fixture.layout.blob(blob.digest)) == blob.size);
                bytes += blob.size;
            }
        // Figures that take long to make may be those of a moment ago.
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cache->cleanup().usage(UsageLevel::Holder).storedBytes, bytes, 30'000);
        QCOMPARE(fixture.cache->metrics().snapshot().number("bytes_stored"), bytes);
    }
};

QTEST_GUILESS_MAIN(MixedThreadsTest)
#include "mixed_threads_test.moc"
