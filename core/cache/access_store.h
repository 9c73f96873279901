// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "cache/revocations.h"
#include "index/change.h"
#include "index/proofs.h"
#include "layerhold/access.h"
#include "store/identity_key.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace layerhold {

/// Drops all that is known of who has the blob and who may read it. Part of the transaction that drops the blob.
void forgetAccess(Connection& index, const Digest& digest);

/// The access records of one cache, in its index.
class AccessStore final : public CacheAccess
{
public:
    /// InvalidArgument for options that are not usable.
    AccessStore(CacheContext& context, const AccessOptions& options);

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

    void grant(const std::string& engine, const Identity& identity) override;
    bool withdraw(const std::string& engine, const Identity& identity) override;
    std::vector<Identity> granted(const std::string& engine) override;

    const Revocations& revocations() const { return m_revocations; }

private:
    /// Ends a change that added a row: every so often the rows that are too many go.
    void added(Change& change);
    /// From a repository whose name begins with `prefix`, by the identity or the anonymous one.
    bool hasProof(const Identity& identity, const Digest& digest, const layerhold::proofs::Span& span,
                  const std::string& prefix);

    CacheContext& m_context;
    const AccessOptions m_options;
    Revocations m_revocations;
    std::atomic<std::uint64_t> m_additions{0};

    std::mutex m_keyMutex; ///< held while the key is read or made; nobody serves an engine under it
    std::optional<IdentityKey> m_key;
};

} // namespace layerhold
