// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/image_reference.h"
#include "layerhold/registry/registry_client.h"
#include "layerhold/registry/source.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::registry {

/// What a 404 says besides that the thing is not there.
enum class Absence
{
    Refuses, ///< it may be there, and not for us: proofs are void
    Usual,   ///< of a foreign layer: nothing
};

/// A source, and what its answers prove (puller.h has the rule). Thread-safe.
class PullSource
{
public:
    PullSource(const std::shared_ptr<RegistryContext>& context, const Source& source, const ImageReference& reference);

    RegistryClient& client() { return m_client; }

    const RegistryClient& client() const { return m_client; }

    /// The place and who asks there: parts of blobs go to no other.
    std::string name() const;

    /// The registry itself.
    bool isUpstream() const { return m_isUpstream; }

    bool has(Capability capability) const { return m_capabilities.has(capability); }

    /// It could not be asked the last time.
    bool isAway() const { return m_isAway; }

    void setAway(bool isAway) { m_isAway = isAway; }

    bool covers(const Digest& digest, TimePoint now) const;
    bool coversOffline(const Digest& digest, TimePoint now) const;

    bool isBelieved(const Digest& digest) const { return m_client.isBelievedOn(digest); }

    /// It let the caller at the thing, when asked at `when`. False when that was taken back meanwhile.
    bool answered(const Digest& digest, ProofMethod method, TimePoint when) const;
    /// It sent the bytes. `mediaType` may be empty.
    void delivered(const Digest& digest, std::uint64_t size, const std::string& mediaType, ProofMethod method,
                   TimePoint when);
    /// 401, 403 or 404.
    void refused() const;

private:
    AccessRecords& m_records;
    RegistryClient m_client;
    const Capabilities m_capabilities;
    const bool m_isUpstream;
    const std::string m_registry;
    const std::string m_repository; ///< with the registry
    std::atomic<bool> m_isAway = false;
};

/// The sources of one pull, in the order to be tried: those that could not be asked go last. Thread-safe.
class PullSources
{
public:
    /// InvalidArgument when there is none.
    PullSources(const std::shared_ptr<RegistryContext>& context, const std::vector<Source>& sources,
                const ImageReference& reference);

    using Work = std::function<void(PullSource&)>;

    struct Failure
    {
        Error error; ///< the registry's, else that of the last that was asked
        /// The registry was not reached (no connection, out of time, 5xx, 429). Where it is no source its mirrors speak
        /// for it; otherwise their refusals do not count: many answer 404 when they cannot reach it.
        bool isRegistryAway = false;
    };

    /// Asks one after the other until one succeeds. nullopt: one did.
    std::optional<Failure> tryEach(Capability capability, Absence absence, const Work& work);
    /// As tryEach, and the failure is thrown.
    void requireOne(Capability capability, Absence absence, const Work& work);

    /// A proof is good now.
    bool cover(const Digest& digest, TimePoint now) const;
    /// A proof would be good if the registry could be asked.
    bool coverOffline(const Digest& digest, TimePoint now) const;

    /// Asks for what is stored here, by `ask`: true when the caller may have it, also by a proof in the offline grace.
    /// False when nothing says so, but a mirror may send it. Otherwise the failure is thrown.
    bool prove(const Digest& digest, ProofMethod method, Absence absence, TimePoint now, const Work& ask);

    /// The registry's, as last said.
    std::optional<RateLimit> rateLimit() const;

private:
    std::vector<PullSource*> withCapability(Capability capability, bool isAway) const;

    std::vector<std::unique_ptr<PullSource>> m_sources;
};

} // namespace layerhold::registry
