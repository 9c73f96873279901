// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/retry.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <mutex>

namespace layerhold::registry {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::milliseconds, 2> pauses{500ms, 1000ms};
constexpr std::chrono::milliseconds longestPause = 30s;
/// Beyond, a server's wish is nonsense; and a multiplication stays within its type.
constexpr std::int64_t mostSeconds = 366LL * 24 * 60 * 60;

bool isPassing(int status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

} // namespace

void waitFor(const RegistryOptions& options, std::chrono::milliseconds time, std::stop_token stop)
{
    if (options.wait) {
        options.wait(time, stop);
        return;
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    if (stop.stop_requested())
        throw Cancelled();
}

std::optional<std::chrono::milliseconds> retryAfter(std::string_view value, TimePoint now)
{
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || end != value.data() + value.size()) {
        const std::time_t date = curl_getdate(std::string(value).c_str(), nullptr);
        if (date == -1)
            return std::nullopt;
        seconds = std::int64_t{date} - std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    }
    return std::chrono::seconds(std::clamp(seconds, std::int64_t{0}, mostSeconds));
}

HttpResponse tryThreeTimes(const RegistryOptions& options, const std::function<HttpResponse()>& attempt,
                           const std::function<bool()>& isRepeatable, std::stop_token stop)
{
    for (const std::chrono::milliseconds usualPause : pauses) {
        std::chrono::milliseconds pause = usualPause;
        try {
            HttpResponse response = attempt();
            if (!isPassing(response.status) || !isRepeatable())
                return response;
            if (const auto wish = response.header("retry-after"))
                pause = std::max(pause, retryAfter(*wish, options.clock->now()).value_or(pause));
            if (pause > longestPause)
                return response;
        } catch (const PersistentFailure&) {
            throw;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable || !isRepeatable())
                throw;
        }
        waitFor(options, pause, stop);
    }
    return attempt();
}

} // namespace layerhold::registry
