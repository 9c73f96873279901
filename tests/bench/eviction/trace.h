// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace layerhold::bench {

/// What a trace of image pulls is made from.
struct TraceOptions
{
    std::uint64_t seed = 1;
    double skew = 0.9; ///< of the Zipf distribution of repositories; 0: all are pulled alike
    std::size_t pulls = 20'000;
    std::size_t repositories = 300;
    std::size_t bases = 20; ///< images that the repositories are built on
    double days = 60;
};

/// One pull asks for the manifest, the config and each layer.
struct Pull
{
    TimePoint at;
    std::vector<std::uint32_t> blobs;
};

struct Trace
{
    std::vector<std::uint64_t> sizes; ///< of each blob
    std::vector<Pull> pulls;          ///< by time
};

/// Pulls as a build machine sees them. Repositories are popular by Zipf's law, and slowly change places. Each is built
/// on a base image, whose layers are large and shared; a release changes the last layers, seldom those of the
/// dependencies, and takes over the newest version of the base. Most pulls want the newest release, some an older one.
/// The same options make the same trace.
Trace makeTrace(const TraceOptions& options);

} // namespace layerhold::bench
