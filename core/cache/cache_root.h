// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_lock.h"
#include "base/file_system.h"
#include "layerhold/cache.h"

#include <cstdint>
#include <filesystem>

namespace layerhold {

/// Makes the root (mode 0700) when absent, durably. Denied when it belongs to somebody else or others may write to it:
/// whoever can write there can exchange what is served. Unsupported on a network file system.
void prepareRoot(FileSystem& fileSystem, const std::filesystem::path& root);

/// The same demand on a directory that is there, the folders of the root as well.
void requireOwnDirectory(const std::filesystem::path& directory);

/// By the type that statfs(2) tells.
bool isNetworkFileSystem(std::uint64_t type);

/// Takes <root>/owner.lock and writes into it who we are. Locked, naming the owner, when somebody else has it.
FileLock takeOwnership(const std::filesystem::path& root, const std::string& apiSocket);

} // namespace layerhold
