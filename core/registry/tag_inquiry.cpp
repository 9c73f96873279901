// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/tag_inquiry.h"

#include "registry/next_source.h"

namespace layerhold::registry {

namespace {

bool isRefusal(const Error& error, const Source& source, bool isLast)
{
    if (error.code() == ErrorCode::NotFound)
        return isLast || !source.endpoint.isMirror;
    return error.code() == ErrorCode::Denied;
}

} // namespace

RegistryClient& TagClients::at(const std::string& registry, const Source& source)
{
    const std::lock_guard lock(m_mutex);
    for (Client& known : m_clients)
        if (known.client.registry() == registry && known.source == source)
            return known.client;
    return m_clients.emplace_back(m_context, registry, source).client;
}

Resolution TagInquiry::ask(const TagQuestion& question, const std::string& by, const std::stop_token& stop)
{
    std::optional<Error> refusal;
    for (std::size_t i = 0;; ++i) {
        const bool isLast = i + 1 == question.sources.size();
        const Source& source = question.sources[i];
        RegistryClient& client = m_clients.at(question.reference.registry(), source);
        try {
            return askOne(client, question.reference, by, stop);
        } catch (const Error& error) {
            if (isRefusal(error, source, isLast)) {
                m_memory.revoke(client.identity(), question.reference.repository());
                refusal = error;
            }
            if (!isLast && isForNextSource(error.code()))
                continue;
            if (refusal)
                throw Error(*refusal);
            throw;
        }
    }
}

Resolution TagInquiry::askOne(RegistryClient& client, const ImageReference& reference, const std::string& by,
                              const std::stop_token& stop)
{
    const TimePoint asked = m_clock.now();
    const auto& digest = reference.digest();
    const ManifestHead head =
        client.headManifest(reference.path(), digest ? digest->toString() : reference.tag(), stop);
    if (client.isBelievedOn(head.digest))
        m_memory.prove(client.identity(), reference.repository(), head.digest, asked);
    Resolution answer{head.digest, ResolvedBy::Registry, std::nullopt, asked};
    if (!digest)
        answer.movedFrom = m_memory.put(reference, head.digest, by);
    return answer;
}

} // namespace layerhold::registry
