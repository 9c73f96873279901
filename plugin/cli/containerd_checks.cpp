// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/containerd_checks.h"

#include "cli/containerd_config.h"
#include "layerhold/error.h"

#include <algorithm>
#include <string>

namespace layerhold::cli {

namespace {

using Outcome = HealthCheck::Outcome;

/// The drop-ins that engine add writes, besides the main file.
std::vector<std::filesystem::path> ourDropIns(const std::filesystem::path& config)
{
    std::vector<std::filesystem::path> result;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(config.parent_path() / "conf.d", failure)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("layerhold-") && name.ends_with(".toml"))
            result.push_back(entry.path());
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace

std::vector<HealthCheck> checkContainerd(const std::filesystem::path& config, ConfigIs presence,
                                         const std::vector<Engine>& engines)
{
    const std::string name = "containerd";
    std::error_code ignored;
    if (!std::filesystem::exists(config, ignored)) {
        if (presence == ConfigIs::Optional)
            return {};
        return {{name, Outcome::Fail, "There is no " + config.string() + ".", "Name the file that containerd reads."}};
    }
    ContainerdConfig read;
    try {
        read = readContainerdConfig(config);
    } catch (const Error& error) {
        return {{name, Outcome::Fail, error.what(), "containerd may not start with it; set it right."}};
    }
    std::vector<HealthCheck> checks;
    for (const auto& dropIn : ourDropIns(config))
        if (!read.reads(dropIn))
            checks.push_back(
                {name, Outcome::Fail,
                 config.string() + " no longer imports " + dropIn.string() + ": containerd uses its own store.",
                 "Run layerhold engine add again, and restart containerd."});
    for (const ProxyPlugin& proxy : read.proxies) {
        if (!proxy.isContent())
            continue;
        const auto engine = std::find_if(engines.begin(), engines.end(),
                                         [&](const Engine& one) { return one.socket == proxy.address; });
        if (engine == engines.end())
            checks.push_back(
                {name, Outcome::Fail,
                 proxy.file.string() + " sends the content to " + proxy.address + ", which is the socket of no engine.",
                 "Run layerhold engine add with that socket, or take the entry out."});
        else if (read.builtInDisabledBy.empty())
            checks.push_back({name, Outcome::Fail, "Its own store is not disabled, so it has two.",
                              "Run layerhold engine add again, and restart containerd."});
        else
            checks.push_back(
                {name, Outcome::Ok, config.string() + " sends the content to engine " + engine->name + ".", {}});
    }
    if (checks.empty() && presence == ConfigIs::Named)
        checks.push_back({name, Outcome::Warn, config.string() + " names no content store of ours.",
                          "Run layerhold engine add with --containerd-config."});
    return checks;
}

} // namespace layerhold::cli
