// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_lock.h"
#include "base/file_system.h"
#include "layerhold/cache.h"

#include <filesystem>

namespace layerhold {

/// Makes the root (mode 0700) when absent. Denied when it belongs to somebody else or others may write to it: whoever
/// can write there can exchange what is served.
void prepareRoot(FileSystem& fileSystem, const std::filesystem::path& root);

/// Takes <root>/owner.lock and writes into it who we are. Locked, naming the owner, when somebody else has it.
FileLock takeOwnership(const std::filesystem::path& root, const std::string& apiSocket);

} // namespace layerhold
