// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/committer.h"
#include "cache/dropped_entries.h"
#include "cache/ingest_table.h"
#include "cache/open_ingest.h"
#include "index/entries.h"

#include <map>
#include <mutex>

namespace layerhold {

/// The entries of a cache. A put commits each blob for an operation of its own first; then one transaction makes the
/// entry, with its claims in place of the operation's. What an operation claims when the process ends is dropped at the
/// next start.
class EntryStore final : public Entries
{
public:
    EntryStore(CacheContext& context, BlobGuard& guard, IngestTable& ingests, Committer& committer);

    Scope setScope(const std::string& path, const ScopeSettings& settings, std::stop_token stop) override;
    std::vector<Scope> scopes(const std::string& path, std::stop_token stop) override;
    Entry put(const std::string& scope, const std::string& key, const std::vector<EntrySource>& sources,
              const PutOptions& options, std::stop_token stop) override;
    std::optional<Entry> find(const std::string& scope, const std::string& key, std::stop_token stop) override;
    bool has(const std::string& scope, const std::string& key, std::stop_token stop) override;
    std::optional<BlobReader> get(const std::string& scope, const std::string& key, const std::string& name,
                                  std::stop_token stop) override;
    bool remove(const std::string& scope, const std::string& key, std::stop_token stop) override;
    bool invalidate(const std::string& scope, const std::string& key, std::stop_token stop) override;
    std::vector<Entry> list(const std::string& scope, const std::string& prefix, const std::string& after,
                            std::size_t limit, std::stop_token stop) override;
    EntryTotals size(const std::string& scope, std::stop_token stop) override;
    EntryTotals clear(const std::string& scope, std::stop_token stop) override;
    EntryTotals clean(const std::string& scope, const CleanOptions& options, std::stop_token stop) override;

    /// Writes the uses that are still in memory.
    void flush();
    /// Drops entries that expired or were invalidated a while ago. Until then get() says which of both.
    void dropVoid(const std::stop_token& stop);

private:
    using Id = entries::Id;

    struct Use
    {
        TimePoint last;
        std::uint64_t times = 0;
    };

    using Uses = std::map<Id, Use>;

    Uses takeUses();
    void addUses(const Uses& uses);

    EntryBlob store(const EntrySource& source, const Claimant& operation, std::uint64_t budget,
                    const std::stop_token& stop);
    std::optional<EntryBlob> reuse(const EntrySource& source, const Claimant& operation, const std::stop_token& stop);
    EntryBlob ingest(const EntrySource& source, const Claimant& operation, std::uint64_t budget,
                     const std::stop_token& stop);
    /// What has to go for it ends up in `dropped`.
    static Entry record(Change& change, const Id& id, const std::vector<EntryBlob>& blobs, const PutOptions& options,
                        DroppedEntries& dropped);
    /// The smallest of the scope and its parents.
    std::uint64_t budgetOf(const std::string& scope);
    /// Drops expired entries, then the least recently used, until the scope is not larger than `maxBytes`, or `most`
    /// are gone.
    static void shrink(Change& change, const std::string& scope, std::uint64_t maxBytes,
                       const std::optional<Id>& spared, std::size_t most, DroppedEntries& dropped);
    BlobReader open(const Entry& entry, const EntryBlob& blob, const std::stop_token& stop);
    using Pick = std::function<std::vector<Id>(Connection&)>;
    /// Drops what `pick` picks, batch by batch, until it picks nothing. Returns how many.
    std::uint64_t dropAll(const Pick& pick, DroppedEntries::Why why, std::string_view sentence,
                          const std::stop_token& stop);

    CacheContext& m_context;
    BlobGuard& m_guard;
    IngestTable& m_ingests;
    Committer& m_committer;
    ReadMeter m_reads;
    std::mutex m_usesMutex;
    Uses m_uses;
};

} // namespace layerhold
