// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string_view>

namespace layerhold::registry {

enum class Exposure
{
    Private,
    Everybody, ///< every user of the machine may read the file
};

struct UserFile
{
    Secret content;
    Exposure exposure = Exposure::Private;
};

/// Reads one of the user's configuration files, which may hold secrets. Unlike the files of the cache these may be
/// symbolic links: people keep them elsewhere. nullopt when there is none. Refused with Error{Denied}: what is no
/// regular file, belongs neither to the user nor to root, or can be changed by everybody. Larger than 1 MiB is
/// Error{FailedPrecondition}.
std::optional<UserFile> readUserFile(const std::filesystem::path& path, uid_t user);

/// Puts `content` in the place of the file, whole or not at all and durably, readable by its owner alone. A symbolic
/// link stays and what it points at is replaced. Folders that are missing are made, for their owner alone.
void replaceUserFile(const std::filesystem::path& path, std::string_view content);

} // namespace layerhold::registry
