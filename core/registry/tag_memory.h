// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cache.h"
#include "layerhold/image_reference.h"
#include "layerhold/log.h"
#include "layerhold/registry/tag_resolver.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// Who asks: the identities of the credentials that are shown, and the anonymous one.
using Askers = std::vector<Identity>;

/// What is known here of tags and of who may know them. Its failures are no reason not to answer: they are logged, and
/// what failed is unknown. Thread-safe.
class TagMemory
{
public:
    /// The references outlive it, as `log` does.
    TagMemory(Cache& cache, AccessRecords& records, const Clock& clock, const LogSink* log)
        : m_cache(cache)
        , m_records(records)
        , m_clock(clock)
        , m_log(log)
    {}

    Askers askersOf(const ResolveRequest& request);

    /// The answer that needs no request. Counts as a use of the tag.
    std::optional<Resolution> fresh(const ImageReference& reference, const Askers& askers);
    /// The answer when no registry can be asked.
    std::optional<Resolution> stale(const ImageReference& reference, const Askers& askers,
                                    std::chrono::seconds longest);
    /// Whether the manifest of that digest is here, and they may know it.
    bool has(const ImageReference& reference, const Digest& digest, const Askers& askers);

    /// The registry said so. Returns where the tag pointed before, when it has moved.
    std::optional<Digest> put(const ImageReference& reference, const Digest& digest, const std::string& by);
    void prove(const Identity& identity, const std::string& repository, const Digest& digest, TimePoint asked);
    void revoke(const Identity& identity, const std::string& repository);

    void countResolution() { m_cache.tags().countResolution(); }

private:
    bool isProven(const std::string& repository, const Digest& digest, const Askers& askers, TimePoint goodAt);
    bool covers(const ImageReference& reference, const Digest& digest, const Askers& askers);
    bool coversOffline(const ImageReference& reference, const Digest& digest, const Askers& askers);
    void attempt(std::string_view what, const std::string& about, const std::function<void()>& work) const;

    Cache& m_cache;
    AccessRecords& m_records;
    const Clock& m_clock;
    const Logger m_log;
};

} // namespace layerhold::registry
