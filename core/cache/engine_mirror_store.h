// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"
#include "cache/engine_store.h"
#include "cache/tag_store.h"
#include "layerhold/engine_mirror.h"

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace layerhold {

/// What the engines of one cache tell of themselves.
class EngineMirrorStore final : public EngineMirror
{
public:
    /// `storeOf` gives the store of an engine or throws NotFound.
    EngineMirrorStore(CacheContext& context, TagStore& tags,
                      std::function<std::shared_ptr<EngineStore>(const std::string& engine)> storeOf);

    std::vector<EngineLink> links() override;
    void setAddress(const std::string& engine, const std::string& address) override;
    void reconcile(const std::string& engine, const EngineListing& listing) override;
    void imageChanged(const std::string& engine, const EngineImage& image) override;
    void imageRemoved(const std::string& engine, const std::string& space, const std::string& name) override;
    std::vector<std::string> sourcesOf(const Digest& digest) override;
    std::uint64_t releaseUnknown(const std::string& engine, const EngineListing& listing, std::chrono::seconds grace,
                                 std::stop_token stop) override;

    /// For the start: promises to engines that have a link are remembered from now on.
    void watchLinked();

private:
    void putImage(Change& change, const std::string& engine, const EngineImage& image);
    void eraseImage(Change& change, const std::string& engine, const std::string& space, const std::string& name);

    /// Claims from before `before` on blobs that are not listed; none when the listing may be that of another
    /// containerd.
    std::vector<Digest> unknownClaims(const std::string& engine, const EngineListing& listing, TimePoint before,
                                      const std::stop_token& stop);
    /// Writes an event, once until a listing is believed again.
    void doubt(const std::string& engine);

    CacheContext& m_context;
    TagStore& m_tags;
    std::function<std::shared_ptr<EngineStore>(const std::string& engine)> m_storeOf;

    /// One change of an address at a time, so that promises are watched where the index has one. Held while the index
    /// is written; only people's calls take it.
    std::mutex m_addresses;
    std::mutex m_mutex;              ///< guards what follows; never held during I/O
    std::set<std::string> m_doubted; ///< engines whose listing looks like that of another containerd
};

} // namespace layerhold
