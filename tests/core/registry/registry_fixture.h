// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/manual_clock.h"
#include "layerhold/access.h"
#include "layerhold/digest.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential.h"
#include "layerhold/registry/endpoint.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/registry_options.h"
#include "layerhold/registry/source.h"
#include "support/files.h"
#include "support/http_server.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace layerhold::test {

inline Identity identityNamed(const std::string& name)
{
    const std::string hash = Hasher::of(bytesOf(name)).hex();
    std::array<std::byte, Identity::size> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(std::stoi(hash.substr(2 * i, 2), nullptr, 16));
    return *Identity::fromBytes(bytes);
}

/// As if the place had sent them to that credential once: from then on its word counts (RegistryClient::isBelievedOn).
inline void believe(const std::shared_ptr<registry::RegistryContext>& context, const registry::Source& source,
                    const std::string& registry, const std::vector<Digest>& digests)
{
    registry::RegistryClient client(context, source.endpoint, registry, source.credential);
    for (const Digest& digest : digests)
        client.noteDelivery(digest);
}

/// Options that wait for nothing, ask no proxy, and write down where connections were tried.
struct RegistryRig
{
    RegistryRig()
    {
        options.clock = &clock;
        options.proxies = {};
        options.wait = [this](std::chrono::milliseconds time, std::stop_token stop) {
            if (stop.stop_requested())
                throw Cancelled();
            const std::lock_guard lock(mutex);
            waits.push_back(time);
        };
        options.onConnection = [this](const registry::ConnectionAttempt& attempt) {
            const std::lock_guard lock(mutex);
            attempts.push_back(attempt);
        };
    }

    std::vector<registry::ConnectionAttempt> refused() const
    {
        const std::lock_guard lock(mutex);
        std::vector<registry::ConnectionAttempt> result;
        for (const auto& attempt : attempts)
            if (!attempt.isAdmitted)
                result.push_back(attempt);
        return result;
    }

    /// Lets the name lead to this machine, at that port.
    void resolve(const std::string& host, int port)
    {
        options.addresses.push_back(host + ':' + std::to_string(port) + ":127.0.0.1");
    }

    ManualClock clock;
    std::unique_ptr<AccessRecords> records = AccessRecords::inMemory({});
    registry::RegistryOptions options;
    mutable std::mutex mutex;
    std::vector<std::chrono::milliseconds> waits;
    std::vector<registry::ConnectionAttempt> attempts;
};

inline registry::Endpoint endpointAt(const std::string& origin)
{
    registry::Endpoint endpoint;
    endpoint.url = origin + "/v2";
    return endpoint;
}

inline registry::Credential passwordOf(const std::string& user, const std::string& password)
{
    registry::Credential credential;
    credential.kind = registry::CredentialKind::Password;
    credential.username = user;
    credential.secret = registry::Secret(std::string(password));
    credential.source = "the test";
    return credential;
}

inline registry::Credential secretOf(registry::CredentialKind kind, const std::string& secret)
{
    registry::Credential credential;
    credential.kind = kind;
    credential.secret = registry::Secret(std::string(secret));
    credential.source = "the test";
    return credential;
}

/// What the call says in failing; nullopt when it does not.
template <typename Call>
std::optional<Error> failureOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

inline bool contains(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

} // namespace layerhold::test
