// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/health.h"
#include "layerhold/types.h"

#include <filesystem>
#include <vector>

namespace layerhold::cli {

enum class ConfigIs
{
    Optional, ///< a file that is absent, or has nothing to do with us, is no matter
    Named     ///< somebody says that it should be ours
};

/// Whether a containerd's configuration still sends its content to one of the engines. Reads files only.
std::vector<HealthCheck> checkContainerd(const std::filesystem::path& config, ConfigIs presence,
                                         const std::vector<Engine>& engines);

} // namespace layerhold::cli
