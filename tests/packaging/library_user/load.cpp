// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// load ROOT FILE: says where images of Docker Hub are from, and loads an archive.
#include <layerhold/archive.h>
#include <layerhold/error.h>
#include <layerhold/registry/host_config.h>

#include <fstream>
#include <iostream>

int load(const char* root, const char* archive)
{
    const auto host = layerhold::registry::hostConfigFor("docker.io", layerhold::registry::HostConfigOptions());
    std::cout << "docker.io is asked at " << host.endpoints.back().url << '\n';
    layerhold::CacheOptions options;
    options.root = root;
    const auto cache = layerhold::Cache::open(options);
    std::ifstream file(archive, std::ios::binary);
    const auto read = [&](std::span<std::byte> buffer) {
        file.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
        return static_cast<std::size_t>(file.gcount());
    };
    for (const layerhold::LoadedImage& image : layerhold::readArchive(*cache, {}, read, {}).images)
        std::cout << image.reference << '\n';
    return 0;
}

int main(int argumentCount, char** arguments)
{
    if (argumentCount != 3)
        return 2;
    try {
        return load(arguments[1], arguments[2]);
    } catch (const layerhold::Error& error) {
        std::cout << "it is refused: " << layerhold::toString(error.code()) << '\n';
        return 1;
    }
}
