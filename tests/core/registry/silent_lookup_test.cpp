// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "registry/http_client.h"
#include "registry_fixture.h"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <string_view>

using namespace layerhold;
using namespace layerhold::registry;
using namespace layerhold::test;
using namespace std::chrono_literals;

namespace {

/// Lookups of one name that get no answer until they are released. They may outlive a test.
class SilentLookups
{
public:
    static constexpr std::string_view name = "silent.test";

    void enter()
    {
        std::unique_lock lock(m_mutex);
        ++m_entered;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_isReleased; });
        ++m_left;
        m_changed.notify_all();
    }

    void begin()
    {
        const std::lock_guard lock(m_mutex);
        m_isReleased = false;
    }

    bool waitForOne()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 30s, [&] { return m_entered > m_left; });
    }

    void end()
    {
        std::unique_lock lock(m_mutex);
        m_isReleased = true;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_entered == m_left; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isReleased = false;
    int m_entered = 0;
    int m_left = 0;
};

SilentLookups& lookups()
{
    static auto* const all = new SilentLookups; // threads of libcurl may be in it until the process ends
    return *all;
}

} // namespace

/// Instead of the C library's, also for libcurl.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* node, const char* service,
                                                                  const addrinfo* hints, addrinfo** result)
{
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if (node == nullptr || SilentLookups::name != node)
        return real(node, service, hints, result);
    lookups().enter();
    return EAI_FAIL;
}

class SilentLookupTest : public QObject
{
    Q_OBJECT

private slots:

    void isLeftBehind_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("when asked to stop") << true;
        QTest::newRow("when the time to connect is over") << false;
    }

    void isLeftBehind()
    {
        QFETCH(bool, isStopped);
        RegistryRig rig;
        Endpoint endpoint = endpointAt("http://" + std::string(SilentLookups::name));
        if (!isStopped)
            endpoint.dialTimeout = 50ms;
        HttpClient client(rig.options, endpoint);
        std::stop_source stop;
        lookups().begin();
        auto outcome = std::async(std::launch::async, [&]() -> std::string {
            try {
                client.send(HttpRequest(Method::Get, client.base()), stop.get_token());
            } catch (const Cancelled&) {
                return "cancelled";
            } catch (const PersistentFailure&) {
                return "timed out";
            } catch (const std::exception& error) {
                return error.what();
            }
            return "answered";
        });
        const bool isAsked = lookups().waitForOne();
        if (isStopped)
            stop.request_stop();
        const bool isOver = outcome.wait_for(30s) == std::future_status::ready;
        lookups().end();
        QVERIFY(isAsked);
        QVERIFY(isOver);
        QCOMPARE(outcome.get(), std::string(isStopped ? "cancelled" : "timed out"));
    }
};

QTEST_GUILESS_MAIN(SilentLookupTest)
#include "silent_lookup_test.moc"
