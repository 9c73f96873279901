// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/platforms.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/registry/puller.h"

#include <sys/utsname.h>

#include <algorithm>
#include <map>
#include <set>

namespace layerhold::registry {

namespace {

/// As containerd's platforms package: names that mean the same become one.
std::string normalised(const std::string& platform)
{
    static const std::map<std::string, std::string> same{
        {"linux/aarch64", "linux/arm64"}, {"linux/x86_64", "linux/amd64"},  {"linux/x86-64", "linux/amd64"},
        {"linux/arm", "linux/arm/v7"},    {"linux/armhf", "linux/arm/v7"},  {"linux/armel", "linux/arm/v6"},
        {"linux/i386", "linux/386"},      {"linux/arm64/v8", "linux/arm64"}};
    const auto found = same.find(platform);
    return found == same.end() ? platform : found->second;
}

std::string listOf(const std::vector<Edge>& manifests)
{
    std::set<std::string> platforms;
    for (const Edge& manifest : manifests)
        if (!manifest.platform.empty() && !manifest.platform.starts_with("unknown/"))
            platforms.insert(manifest.platform);
    std::string text;
    for (const std::string& platform : platforms)
        text += (text.empty() ? "" : ", ") + platform;
    return text.empty() ? "none that is named" : text;
}

} // namespace

std::string ownPlatform()
{
    utsname machine = {};
    ::uname(&machine);
    static const std::map<std::string, std::string> architectures{
        {"x86_64", "amd64"}, {"aarch64", "arm64"},      {"armv7l", "arm/v7"}, {"armv6l", "arm/v6"},
        {"i686", "386"},     {"ppc64le", "ppc64le"},    {"s390x", "s390x"},   {"riscv64", "riscv64"},
        {"i386", "386"},     {"loongarch64", "loong64"}};
    const auto found = architectures.find(machine.machine);
    return "linux/" + (found == architectures.end() ? std::string(machine.machine) : found->second);
}

std::vector<Edge> chosenManifests(const std::vector<Edge>& manifests, const std::vector<std::string>& platforms)
{
    if (platforms.empty() || (manifests.size() == 1 && manifests.front().platform.empty()))
        return manifests;
    std::set<std::string> missing;
    for (const std::string& platform : platforms)
        missing.insert(normalised(platform));
    std::vector<Edge> chosen;
    for (const Edge& manifest : manifests)
        if (missing.erase(normalised(manifest.platform)) > 0) // the first of each, as engines take
            chosen.push_back(manifest);
    if (!missing.empty())
        throw Error(ErrorCode::NotFound,
                    "the image is not made for " + text::quoted(*missing.begin()) + "; it is for " + listOf(manifests));
    return chosen;
}

} // namespace layerhold::registry
