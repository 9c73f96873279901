// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// A program that uses the core and nothing else of ours: what it is linked with is what the core needs.
#include "layerhold/cache.h"
#include "layerhold/error.h"

#include <cstdio>

int main(int argumentCount, char** arguments)
{
    if (argumentCount != 2) {
        std::fputs("usage: core_only ROOT\n", stderr);
        return 2;
    }
    try {
        layerhold::CacheOptions options;
        options.root = arguments[1];
        const auto cache = layerhold::Cache::open(options);
        std::printf("%s is a cache\n", arguments[1]);
    } catch (const layerhold::Error& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
