// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/cache_context.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace layerhold {

/// Keeps index.json, which makes the root an OCI image layout that other tools can read (OCI image specification,
/// "image-layout.md"): it names what tags point at that is stored here. One thread at a time.
class LayoutIndex
{
public:
    explicit LayoutIndex(CacheContext& context)
        : m_context(context)
    {}

    enum class Pace
    {
        Spare, ///< a fiftieth of the time at most: with many tags it takes long to look at all
        Now
    };
    /// Writes the file when it is to be another one. `lastEvent`: nothing has changed while that is the same.
    void refresh(std::uint64_t lastEvent, Pace pace);

private:
    std::string content() const;
    void write(const std::string& text) const;

    CacheContext& m_context;
    std::optional<std::uint64_t> m_seenEvent;
    std::chrono::steady_clock::time_point m_nextAt{};
    std::string m_written; ///< its digest; empty: unknown
};

} // namespace layerhold
