// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// What people want to know of an image's config (OCI image specification, "config.md").
struct ImageConfig
{
    std::string platform; ///< os/architecture[/variant]; empty when not stated
    std::string created;  ///< RFC 3339 as stated; empty when not
    /// What made each layer, the lowest first. History entries without a layer are left out.
    std::vector<std::string> commands;
};

/// Takes what is there and well-formed; anything else counts as not stated.
ImageConfig parseImageConfig(std::string_view document);

} // namespace layerhold
