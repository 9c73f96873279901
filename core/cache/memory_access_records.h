// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/adaptive_replacement_cache.h"
#include "cache/counters.h"
#include "cache/revocations.h"
#include "layerhold/access.h"
#include "layerhold/log.h"
#include "store/identity_key.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace layerhold {

/// Access records in memory.
class MemoryAccessRecords final : public AccessRecords
{
public:
    explicit MemoryAccessRecords(const MemoryOptions& options);

    void addMember(const std::string& repository, const Digest& digest) override;
    bool removeMember(const std::string& repository, const Digest& digest) override;
    bool isMember(const std::string& repository, const Digest& digest) override;
    std::vector<std::string> repositoriesOf(const Digest& digest, std::size_t limit) override;
    void setDescriptor(const Digest& digest, const Descriptor& descriptor) override;
    std::optional<Descriptor> descriptor(const Digest& digest) override;
    void setDescriptor(const std::string& repository, const Digest& digest, const Descriptor& descriptor) override;
    std::optional<Descriptor> descriptor(const std::string& repository, const Digest& digest) override;
    void clear(const std::string& repository, const Digest& digest) override;
    void clear(const std::string& repository) override;
    void forget(const Digest& digest) override;
    std::optional<Descriptor> stat(const std::string& repository, const Digest& digest,
                                   const AskRegistry& ask) override;
    LookupCounts lookupCounts() override;

    Identity identityOf(std::string_view host, std::string_view kind, std::string_view username,
                        std::string_view secret) override;
    bool record(const Identity& identity, const std::string& repository, const Digest& digest, ProofMethod method,
                TimePoint when) override;
    bool covers(const Identity& identity, const Digest& digest, TimePoint now) override;
    bool coversOffline(const Identity& identity, const Digest& digest, TimePoint now,
                       const std::string& registry) override;
    void revoke(const Identity& identity, const std::string& repository) override;
    std::vector<Proof> proofs(const Digest& digest, std::size_t limit) override;
    void noteDelivery(const Identity& origin, const Digest& digest) override;
    bool hasDelivered(const Identity& origin, const Digest& digest) override;

private:
    using ByRepository = std::map<std::string, Proof>;

    void putDescriptor(const Digest& digest, const Descriptor& descriptor);
    void putMember(const std::string& repository, const Digest& digest, const std::string& mediaType);
    void eraseDescriptors(const Digest& digest);
    /// Erases the proofs for which `condition` holds.
    template <typename Condition>
    void eraseProofs(Condition condition);
    bool hasProof(const Identity& identity, const Digest& digest, TimePoint now, TimePoint expiry,
                  const std::string& prefix);

    const AccessOptions m_options;
    const Clock& m_clock;
    const Logger m_log;
    const IdentityKey m_key;
    Counters m_counters;
    Revocations m_revocations;

    std::mutex m_mutex; ///< guards what follows
    AdaptiveReplacementCache<Digest, Descriptor> m_descriptors;
    AdaptiveReplacementCache<std::pair<Digest, std::string>, std::string> m_members; ///< with their media types
    AdaptiveReplacementCache<std::pair<Digest, Identity>, ByRepository> m_proofs;
    AdaptiveReplacementCache<std::pair<Digest, Identity>, bool> m_deliveries; ///< those there were: true
};

} // namespace layerhold
