// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/tag_memory.h"

#include "layerhold/registry/identity.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

/// Of one digest. Where there are more, a registry may be asked that need not be.
constexpr std::size_t mostProofs = 1000;

bool isAmong(const Askers& askers, const Identity& identity)
{
    return std::find(askers.begin(), askers.end(), identity) != askers.end();
}

} // namespace

Askers TagMemory::askersOf(const ResolveRequest& request)
{
    Askers askers{Identity::anonymous()};
    for (const Source& source : request.sources)
        askers.push_back(identityOf(m_records, request.reference.registry(), source));
    return askers;
}

std::optional<Resolution> TagMemory::fresh(const ImageReference& reference, const Askers& askers)
{
    std::optional<Resolution> answer;
    attempt("The tag cannot be read; a registry is asked", reference.toString(), [&] {
        const auto tag = m_cache.tags().get(reference.toString());
        if (tag && !tag->isStale && tag->isPresent && covers(reference, tag->digest, askers))
            answer = Resolution{tag->digest, ResolvedBy::Cache, std::nullopt, tag->updatedAt};
    });
    return answer;
}

std::optional<Resolution> TagMemory::stale(const ImageReference& reference, const Askers& askers,
                                           std::chrono::seconds longest)
{
    std::optional<Resolution> answer;
    attempt("The tag cannot be read", reference.toString(), [&] {
        const auto tag = m_cache.tags().find(reference.toString());
        if (tag && tag->updatedAt != TimePoint() && m_clock.now() - tag->updatedAt <= longest &&
            coversOffline(reference, tag->digest, askers))
            answer = Resolution{tag->digest, ResolvedBy::Stale, std::nullopt, tag->updatedAt};
    });
    return answer;
}

bool TagMemory::has(const ImageReference& reference, const Digest& digest, const Askers& askers)
{
    bool isHere = false;
    attempt("The manifest cannot be looked up; a registry is asked", reference.toString(), [&] {
        const auto blob = m_cache.blob(digest);
        isHere = blob && blob->state == BlobState::Present && covers(reference, digest, askers);
    });
    return isHere;
}

std::optional<Digest> TagMemory::put(const ImageReference& reference, const Digest& digest, const std::string& by)
{
    std::optional<Digest> movedFrom;
    attempt("What the registry says cannot be kept", reference.toString(), [&] {
        const auto before = m_cache.tags().find(reference.toString());
        if (before && before->digest != digest)
            movedFrom = before->digest;
        m_cache.tags().put(reference.toString(), digest, TagCause::Resolve, by);
    });
    return movedFrom;
}

void TagMemory::prove(const Identity& identity, const std::string& repository, const Digest& digest, TimePoint asked)
{
    attempt("The proof of access cannot be recorded", repository,
            [&] { m_records.record(identity, repository, digest, ProofMethod::Manifest, asked); });
}

void TagMemory::revoke(const Identity& identity, const std::string& repository)
{
    attempt("The proofs of access are void, but a restart may bring them back", repository,
            [&] { m_records.revoke(identity, repository); });
}

bool TagMemory::isProven(const std::string& repository, const Digest& digest, const Askers& askers, TimePoint goodAt)
{
    const auto proofs = m_records.proofs(digest, mostProofs);
    return std::any_of(proofs.begin(), proofs.end(), [&](const Proof& proof) {
        return proof.repository == repository && proof.expiresAt > goodAt && isAmong(askers, proof.identity);
    });
}

bool TagMemory::covers(const ImageReference& reference, const Digest& digest, const Askers& askers)
{
    const TimePoint now = m_clock.now();
    const auto covers = [&](const Identity& asker) { return m_records.covers(asker, digest, now); };
    return std::any_of(askers.begin(), askers.end(), covers) && isProven(reference.repository(), digest, askers, now);
}

bool TagMemory::coversOffline(const ImageReference& reference, const Digest& digest, const Askers& askers)
{
    const TimePoint now = m_clock.now();
    const auto covers = [&](const Identity& asker) {
        return m_records.coversOffline(asker, digest, now, reference.registry());
    };
    return std::any_of(askers.begin(), askers.end(), covers) &&
           isProven(reference.repository(), digest, askers, TimePoint::min());
}

void TagMemory::attempt(std::string_view what, const std::string& about, const std::function<void()>& work) const
{
    try {
        work();
    } catch (const Error& error) {
        m_log.with("about", about)
            .with("error", std::string(error.what()))
            .write(LogLevel::Warning, std::string(what) + '.');
    }
}

} // namespace layerhold::registry
