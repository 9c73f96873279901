// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// One challenge of a WWW-Authenticate header (RFC 9110, section 11.6.1).
struct Challenge
{
    std::string scheme;                            ///< lower-case: "bearer"
    std::map<std::string, std::string> parameters; ///< names are lower-case; those without a value are left out

    /// Empty when it is not stated.
    std::string_view parameter(std::string_view name) const;
};

/// All challenges of all the headers, in order; of each header those up to where it cannot be understood. At most 16
/// challenges with 32 parameters each, out of 16 KiB: what is beyond is not looked at.
std::vector<Challenge> parseChallenges(const std::vector<std::string_view>& headers);

} // namespace layerhold::registry
