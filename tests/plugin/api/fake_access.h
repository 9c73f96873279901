// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"
#include "layerhold/error.h"

#include <memory>
#include <string>
#include <vector>

namespace layerhold::testing {

/// Records in memory, without engines.
class FakeAccess final : public CacheAccess
{
public:
    void addMember(const std::string& repository, const Digest& digest) override
    {
        m_records->addMember(repository, digest);
    }

    bool removeMember(const std::string& repository, const Digest& digest) override
    {
        return m_records->removeMember(repository, digest);
    }

    bool isMember(const std::string& repository, const Digest& digest) override
    {
        return m_records->isMember(repository, digest);
    }

    std::vector<std::string> repositoriesOf(const Digest& digest, std::size_t limit) override
    {
        return m_records->repositoriesOf(digest, limit);
    }

    void setDescriptor(const Digest& digest, const Descriptor& descriptor) override
    {
        m_records->setDescriptor(digest, descriptor);
    }

    std::optional<Descriptor> descriptor(const Digest& digest) override { return m_records->descriptor(digest); }

    void setDescriptor(const std::string& repository, const Digest& digest, const Descriptor& descriptor) override
    {
        m_records->setDescriptor(repository, digest, descriptor);
    }

    std::optional<Descriptor> descriptor(const std::string& repository, const Digest& digest) override
    {
        return m_records->descriptor(repository, digest);
    }

    void clear(const std::string& repository, const Digest& digest) override { m_records->clear(repository, digest); }

    void clear(const std::string& repository) override { m_records->clear(repository); }

    void forget(const Digest& digest) override { m_records->forget(digest); }

    std::optional<Descriptor> stat(const std::string& repository, const Digest& digest, const AskRegistry& ask) override
    {
        return m_records->stat(repository, digest, ask);
    }

    LookupCounts lookupCounts() override { return m_records->lookupCounts(); }

    Identity identityOf(std::string_view host, std::string_view kind, std::string_view username,
                        std::string_view secret) override
    {
        return m_records->identityOf(host, kind, username, secret);
    }

    bool record(const Identity& identity, const std::string& repository, const Digest& digest, ProofMethod method,
                TimePoint when) override
    {
        return m_records->record(identity, repository, digest, method, when);
    }

    bool covers(const Identity& identity, const Digest& digest, TimePoint now) override
    {
        return m_records->covers(identity, digest, now);
    }

    bool coversOffline(const Identity& identity, const Digest& digest, TimePoint now,
                       const std::string& registry) override
    {
        return m_records->coversOffline(identity, digest, now, registry);
    }

    void revoke(const Identity& identity, const std::string& repository) override
    {
        m_records->revoke(identity, repository);
    }

    std::vector<Proof> proofs(const Digest& digest, std::size_t limit) override
    {
        return m_records->proofs(digest, limit);
    }

    void noteDelivery(const Identity& origin, const Digest& digest) override
    {
        m_records->noteDelivery(origin, digest);
    }

    bool hasDelivered(const Identity& origin, const Digest& digest) override
    {
        return m_records->hasDelivered(origin, digest);
    }

    void grant(const std::string& engine, const Identity&) override { failUnknown(engine); }

    bool withdraw(const std::string&, const Identity&) override { return false; }

    std::vector<Identity> granted(const std::string&) override { return {}; }

private:
    [[noreturn]] static void failUnknown(const std::string& engine)
    {
        throw Error(ErrorCode::NotFound, "no engine " + engine);
    }

    std::unique_ptr<AccessRecords> m_records = AccessRecords::inMemory({});
};

} // namespace layerhold::testing
