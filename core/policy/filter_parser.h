// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// `fieldpath` or `fieldpath operator value`, unquoted.
struct Selector
{
    enum class Comparison
    {
        Present,
        Equal,
        NotEqual,
        Matches
    };
    std::vector<std::string> fieldPath; ///< at least one piece
    Comparison comparison = Comparison::Present;
    std::string value;
};

/// The selectors of one filter, which all have to match; none for "". Error{InvalidArgument} with the position.
/// Accepts and refuses exactly what containerd's parser (filters/parser.go, scanner.go, quote.go) does.
std::vector<Selector> parseSelectors(std::string_view text);

} // namespace layerhold
