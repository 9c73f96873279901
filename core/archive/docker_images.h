// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/layout_documents.h"
#include "archive/member_store.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// Paths that lead to other paths.
using MemberLinks = std::map<std::string, std::string>;

/// Makes the images that manifest.json of a Docker archive names: an OCI manifest for each, of the config and layers as
/// they are. NotFound names members that are not there; InvalidArgument when layers and config do not fit.
std::vector<NamedImage> makeDockerImages(Cache& cache, MemberStore& members, const MemberLinks& links,
                                         std::string_view document);

} // namespace layerhold
