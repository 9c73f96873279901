// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace layerhold {

struct Progress
{
    std::uint64_t doneItems = 0;
    std::uint64_t totalItems = 0;
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0;
    std::string current; ///< digest or path in work
};

/// Called on the calling thread, at most a few times a second, and once at the end.
using OnProgress = std::function<void(const Progress&)>;

} // namespace layerhold
