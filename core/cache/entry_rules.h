// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/entries.h"

#include <string>
#include <vector>

namespace layerhold {

/// Error{InvalidArgument} unless the thing keeps the rules of layerhold/entries.h.
void requireScopePath(const std::string& path);
/// As requireScopePath, or "".
void requireTreePath(const std::string& path);
void requireEntryKey(const std::string& key);
void requireBlobCount(std::size_t count);
void requireSources(const std::vector<EntrySource>& sources);
void requireMetadata(const std::string& metadata);

} // namespace layerhold
