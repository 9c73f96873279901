// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/filter.h"
#include "layerhold/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// What filters can ask of a blob, in lists and in cleanup rules alike, so that both select the same:
///
///   digest size kind mediatype state origin
///   released inuse                       true or false; one is the opposite of the other
///   engine                               which holds it
///   created.days created.hours           whole days or hours since then; `used` likewise
///   used.days used.hours
///
/// An aborted download has the kind `partial` and its id as digest.
struct BlobFacts
{
    const Digest* digest = nullptr; ///< nullptr: `id` instead
    std::string_view id = {};
    std::uint64_t size = 0;
    std::string_view kind = {};
    std::string_view mediaType = {};
    std::string_view state = {};
    std::string_view origin = {};
    std::string_view engine = {}; ///< empty: none
    enum class Held
    {
        No,
        Yes
    } held = Held::No;
    TimePoint createdAt = {};
    TimePoint usedAt = {};

    /// For Filter::Adaptor.
    std::optional<std::string> field(const std::vector<std::string>& path, TimePoint now) const;
};

/// Valid as long as the blob.
BlobFacts factsOf(const Blob& blob);

} // namespace layerhold
