// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/unique_fd.h"

#include <filesystem>
#include <optional>
#include <string>

namespace layerhold {

/// An exclusive flock(2) on a file, with a line of text in it that tells others who holds it. The kernel frees the lock
/// after any death of the holder, so there is no stale lock; the file itself stays.
class FileLock
{
public:
    /// nullopt when somebody else holds it. Error for anything else (read-only, not a regular file…).
    static std::optional<FileLock> tryAcquire(const std::filesystem::path& path);
    /// The text of the present holder; nullopt when nobody holds the lock.
    static std::optional<std::string> holder(const std::filesystem::path& path);

    void setText(const std::string& text);

private:
    explicit FileLock(UniqueFd fd);
    UniqueFd m_fd;
};

} // namespace layerhold
