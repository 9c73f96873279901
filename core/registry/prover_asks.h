// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/image_reference.h"
#include "layerhold/registry/prover.h"
#include "layerhold/registry/source.h"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

namespace layerhold::registry {

/// Asks registries for proofs, politely (prover.h says how). One thread.
class ProverAsks
{
public:
    /// `options` outlive it.
    ProverAsks(std::shared_ptr<RegistryContext> context, const ProverOptions& options);
    ~ProverAsks();
    ProverAsks(const ProverAsks&) = delete;
    ProverAsks& operator=(const ProverAsks&) = delete;

    /// Settings are read anew from now on. `granted`: the identities whose proofs are of use besides the anonymous one.
    void beginRound(std::set<Identity> granted);

    enum class Outcome
    {
        Covered, ///< by a proof from now or from before
        Refused, ///< as far as is known today
        Later,   ///< the registry is to be left alone for now
    };

    /// Unless a proof is good until then.
    Outcome ask(const std::string& repository, const Blob& blob, TimePoint until, const std::stop_token& stop);

    /// What this counts of them.
    const ProverCounts& counts() const { return m_counts; }

private:
    using Moment = std::chrono::steady_clock::time_point;

    struct Registry
    {
        std::optional<std::vector<Endpoint>> endpoints; ///< of this round
        std::deque<Moment> asked;                       ///< in the last minute
        Moment leftAloneUntil = {};
        std::chrono::seconds pause{0};
        /// With the credential of that identity, by endpoint.
        std::map<Identity, std::vector<std::unique_ptr<RegistryClient>>> clients;
    };

    std::optional<Credential> machineCredential(const ImageReference& reference, const std::stop_token& stop);
    Outcome askAs(const Credential& credential, const ImageReference& reference, const Blob& blob, TimePoint until,
                  const std::stop_token& stop);
    Outcome request(Registry& registry, const std::vector<std::unique_ptr<RegistryClient>>& clients,
                    const std::string& repository, const std::string& path, const Blob& blob,
                    const std::stop_token& stop);
    std::vector<std::unique_ptr<RegistryClient>>& clientsOf(Registry& registry, const std::string& name,
                                                            const Credential& credential, const Identity& identity);
    bool mayAsk(Registry& registry) const;
    void leaveAlone(Registry& registry);

    bool isRefused(const Identity& identity, const std::string& repository, const Digest& digest) const;
    void noteRefusal(const Identity& identity, const std::string& repository, const Digest& digest, ErrorCode code);

    const std::shared_ptr<RegistryContext> m_context;
    const ProverOptions& m_options;
    AccessRecords& m_records;
    const Clock& m_clock;
    std::set<Identity> m_granted;
    std::map<std::string, Registry> m_registries;
    std::map<std::tuple<Identity, std::string, std::optional<Digest>>, Moment>
        m_refused; ///< until then; without a digest the whole repository
    ProverCounts m_counts;
};

} // namespace layerhold::registry
