// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/registry_client.h"
#include "registry/tag_flights.h"
#include "registry/tag_memory.h"

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace layerhold::registry {

/// The clients of one call: what it asks with the same credential goes over the same connections, and no credential is
/// kept longer. Thread-safe.
class TagClients
{
public:
    explicit TagClients(std::shared_ptr<RegistryContext> context)
        : m_context(std::move(context))
    {}

    /// Lives as long as this.
    RegistryClient& at(const std::string& registry, const Source& source);

private:
    struct Client
    {
        Client(const std::shared_ptr<RegistryContext>& context, const std::string& registry, const Source& theSource)
            : source(theSource)
            , client(context, source.endpoint, registry, source.credential)
        {}

        const Source source;
        RegistryClient client;
    };

    const std::shared_ptr<RegistryContext> m_context;
    std::mutex m_mutex;
    std::list<Client> m_clients;
};

/// Asks registries what one name points at, and keeps what they say.
class TagInquiry
{
public:
    /// The references outlive it.
    TagInquiry(TagMemory& memory, TagClients& clients, const Clock& clock)
        : m_memory(memory)
        , m_clients(clients)
        , m_clock(clock)
    {}

    /// By the rules of TagResolver. `by` is for the history.
    Resolution ask(const TagQuestion& question, const std::string& by, const std::stop_token& stop);

private:
    Resolution askOne(RegistryClient& client, const ImageReference& reference, const std::string& by,
                      const std::stop_token& stop);

    TagMemory& m_memory;
    TagClients& m_clients;
    const Clock& m_clock;
};

} // namespace layerhold::registry
