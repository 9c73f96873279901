// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// The columns of a scope and all below it: from <= column < to. "" is everything.
struct ScopeRange
{
    explicit ScopeRange(const std::string& path);

    std::string from;
    std::string to;
};

/// The parents of the scope from the top, and itself.
std::vector<std::string> chainOf(const std::string& path);

std::string scopeOfColumn(std::string_view column);

} // namespace layerhold
