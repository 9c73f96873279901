// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace layerhold::cli {

/// Small files of other programs: configuration that is read whole and replaced whole. Errors carry the path; symbolic
/// links are the caller's business.

/// nullopt when there is no such file. Error{InvalidArgument} when it is not a regular file or above 4 MiB.
std::optional<std::string> readTextFile(const std::filesystem::path& path);

/// Readers see the old content or the new, also after a power cut. A file that is replaced hands its mode and owner on;
/// a new one is readable by everyone. Missing folders are created.
void replaceTextFile(const std::filesystem::path& path, const std::string& content);

/// Durable when it returns. Removing what is not there is fine.
void removeTextFile(const std::filesystem::path& path);

} // namespace layerhold::cli
