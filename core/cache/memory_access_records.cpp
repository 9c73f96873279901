// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/memory_access_records.h"

#include "cache/access_rules.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace layerhold {

namespace {

/// Of one digest and identity: more say nothing more.
constexpr std::size_t mostRepositories = 64;

std::size_t capacityOf(std::int64_t most)
{
    return most <= 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(most);
}

const Clock& clockOf(const AccessRecords::MemoryOptions& options)
{
    return options.clock ? *options.clock : Clock::system();
}

} // namespace

std::unique_ptr<AccessRecords> AccessRecords::inMemory(const MemoryOptions& options)
{
    return std::make_unique<MemoryAccessRecords>(options);
}

MemoryAccessRecords::MemoryAccessRecords(const MemoryOptions& options)
    : m_options(options.access)
    , m_clock(clockOf(options))
    , m_log(options.log)
    , m_key(IdentityKey::random())
    , m_counters(m_clock)
    , m_descriptors(capacityOf(options.most))
    , m_members(capacityOf(options.most))
    , m_proofs(capacityOf(options.most))
    , m_deliveries(capacityOf(options.most))
{
    requireUsable(options.access);
}

void MemoryAccessRecords::putDescriptor(const Digest& digest, const Descriptor& descriptor)
{
    const Descriptor* known = m_descriptors.find(digest);
    m_descriptors.put(digest, mergedWith(known ? std::optional(*known) : std::nullopt, descriptor));
}

/// A media type that is there stays when `mediaType` is empty.
void MemoryAccessRecords::putMember(const std::string& repository, const Digest& digest, const std::string& mediaType)
{
    const std::pair key(digest, repository);
    if (!mediaType.empty() || !m_members.find(key))
        m_members.put(key, mediaType);
}

void MemoryAccessRecords::eraseDescriptors(const Digest& digest)
{
    m_descriptors.eraseIf(
        [&](const Digest& key, const Descriptor& descriptor) { return key == digest || descriptor.digest == digest; });
}

template <typename Condition>
void MemoryAccessRecords::eraseProofs(Condition condition)
{
    m_proofs.eraseIf([&](const auto&, ByRepository& byRepository) {
        std::erase_if(byRepository, [&](const auto& entry) { return condition(entry.second); });
        return byRepository.empty();
    });
}

void MemoryAccessRecords::addMember(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    putMember(repository, digest, {});
}

bool MemoryAccessRecords::removeMember(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    return m_members.erase({digest, repository});
}

bool MemoryAccessRecords::isMember(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    return m_members.find({digest, repository}) != nullptr;
}

std::vector<std::string> MemoryAccessRecords::repositoriesOf(const Digest& digest, std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> repositories;
    m_members.forEachWhile([&](const auto& key, const std::string&) {
        if (key.first == digest && repositories.size() < limit)
            repositories.push_back(key.second);
        return repositories.size() < limit;
    });
    return repositories;
}

void MemoryAccessRecords::setDescriptor(const Digest& digest, const Descriptor& descriptor)
{
    requireDescriptor(digest, descriptor);
    const std::lock_guard lock(m_mutex);
    putDescriptor(digest, descriptor);
    if (descriptor.digest != digest)
        putDescriptor(descriptor.digest, descriptor);
}

std::optional<Descriptor> MemoryAccessRecords::descriptor(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    const Descriptor* known = m_descriptors.find(digest);
    return known ? std::optional(*known) : std::nullopt;
}

void MemoryAccessRecords::setDescriptor(const std::string& repository, const Digest& digest,
                                        const Descriptor& descriptor)
{
    requireRepository(repository);
    requireDescriptor(digest, descriptor);
    const std::lock_guard lock(m_mutex);
    putDescriptor(digest, descriptor);
    putMember(repository, digest, descriptor.mediaType);
    if (descriptor.digest != digest) {
        putDescriptor(descriptor.digest, descriptor);
        putMember(repository, descriptor.digest, descriptor.mediaType);
    }
}

std::optional<Descriptor> MemoryAccessRecords::descriptor(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    const std::string* mediaType = m_members.find({digest, repository});
    const Descriptor* known = mediaType ? m_descriptors.find(digest) : nullptr;
    if (!known)
        return std::nullopt;
    Descriptor descriptor = *known;
    if (!mediaType->empty())
        descriptor.mediaType = *mediaType;
    return descriptor;
}

void MemoryAccessRecords::clear(const std::string& repository, const Digest& digest)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    if (m_members.erase({digest, repository}))
        eraseDescriptors(digest);
    eraseProofs([&](const Proof& proof) { return proof.repository == repository && proof.digest == digest; });
}

void MemoryAccessRecords::clear(const std::string& repository)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    m_members.eraseIf([&](const auto& key, const std::string&) {
        if (key.second != repository)
            return false;
        eraseDescriptors(key.first);
        return true;
    });
    eraseProofs([&](const Proof& proof) { return proof.repository == repository; });
}

void MemoryAccessRecords::forget(const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    eraseDescriptors(digest);
    m_members.eraseIf([&](const auto& key, const std::string&) { return key.first == digest; });
    eraseProofs([&](const Proof& proof) { return proof.digest == digest; });
    m_deliveries.eraseIf([&](const auto& key, bool) { return key.first == digest; });
}

void MemoryAccessRecords::noteDelivery(const Identity& origin, const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    m_deliveries.put({digest, origin}, true);
}

bool MemoryAccessRecords::hasDelivered(const Identity& origin, const Digest& digest)
{
    const std::lock_guard lock(m_mutex);
    return m_deliveries.find({digest, origin}) != nullptr;
}

std::optional<Descriptor> MemoryAccessRecords::stat(const std::string& repository, const Digest& digest,
                                                    const AskRegistry& ask)
{
    return readThrough(*this, m_counters, m_log, repository, digest, ask);
}

AccessRecords::LookupCounts MemoryAccessRecords::lookupCounts()
{
    return layerhold::lookupCounts(m_counters);
}

Identity MemoryAccessRecords::identityOf(std::string_view host, std::string_view kind, std::string_view username,
                                         std::string_view secret)
{
    return m_key.identityOf(host, kind, username, secret);
}

bool MemoryAccessRecords::record(const Identity& identity, const std::string& repository, const Digest& digest,
                                 ProofMethod method, TimePoint when)
{
    requireRepository(repository);
    const std::lock_guard lock(m_mutex);
    if (!m_revocations.allow(identity, repository, when))
        return false;
    const std::pair key(digest, identity);
    if (!m_proofs.find(key))
        m_proofs.put(key, {});
    ByRepository& byRepository = *m_proofs.find(key);
    const auto known = byRepository.find(repository);
    if (known != byRepository.end() && known->second.checkedAt >= when)
        return true;
    byRepository.insert_or_assign(repository,
                                  Proof{identity, repository, digest, method, when, when + m_options.proofLifetime});
    if (byRepository.size() > mostRepositories)
        byRepository.erase(std::min_element(byRepository.begin(), byRepository.end(), [](const auto& a, const auto& b) {
            return a.second.expiresAt < b.second.expiresAt;
        }));
    return true;
}

bool MemoryAccessRecords::hasProof(const Identity& identity, const Digest& digest, TimePoint now, TimePoint expiry,
                                   const std::string& prefix)
{
    for (const Identity& one : {identity, Identity::anonymous()}) {
        const ByRepository* found = m_proofs.find({digest, one});
        if (found && std::any_of(found->begin(), found->end(), [&](const auto& entry) {
                const Proof& proof = entry.second;
                return proof.checkedAt <= now && proof.expiresAt > expiry && proof.repository.starts_with(prefix);
            }))
            return true;
    }
    return false;
}

bool MemoryAccessRecords::covers(const Identity& identity, const Digest& digest, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    return hasProof(identity, digest, now, now, {});
}

bool MemoryAccessRecords::coversOffline(const Identity& identity, const Digest& digest, TimePoint now,
                                        const std::string& registry)
{
    requireRegistry(registry);
    const std::lock_guard lock(m_mutex);
    return hasProof(identity, digest, now, now, {}) ||
           hasProof(identity, digest, now, now - m_options.offlineGrace, registry + '/');
}

void MemoryAccessRecords::revoke(const Identity& identity, const std::string& repository)
{
    requireRepository(repository);
    const TimePoint now = m_clock.now();
    m_revocations.add(identity, repository, now);
    {
        const std::lock_guard lock(m_mutex);
        eraseProofs([&](const Proof& proof) { return proof.identity == identity && proof.repository == repository; });
    }
    m_revocations.erased(identity, repository, now);
}

std::vector<Proof> MemoryAccessRecords::proofs(const Digest& digest, std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Proof> result;
    m_proofs.forEachWhile([&](const auto& key, const ByRepository& byRepository) {
        for (const auto& [repository, proof] : byRepository)
            if (key.first == digest && result.size() < limit)
                result.push_back(proof);
        return result.size() < limit;
    });
    return result;
}

} // namespace layerhold
