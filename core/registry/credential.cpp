// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/credential.h"

namespace layerhold::registry {

bool isDockerHub(const std::string& registry)
{
    return registry == "docker.io" || registry == "index.docker.io" || registry == "registry-1.docker.io";
}

std::string connectHost(const std::string& registry)
{
    return isDockerHub(registry) ? "registry-1.docker.io" : registry;
}

} // namespace layerhold::registry
