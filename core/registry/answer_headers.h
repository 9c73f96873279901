// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/http_types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace layerhold::registry {

/// "bytes 5-9/10" (RFC 9110, section 14.4): exactly so.
struct ContentRange
{
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t size = 0; ///< of the whole

    static std::optional<ContentRange> parse(std::string_view text);
};

/// The target of the Link with rel="next" (RFC 8288); nullopt when there is none.
std::optional<std::string> nextLink(const HttpResponse& response);

/// A strong entity tag with its quotes; empty for anything else, as If-Range asks for one.
std::string strongEtag(const HttpResponse& response);

} // namespace layerhold::registry
