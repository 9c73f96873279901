// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <cstdint>
#include <map>
#include <string>

namespace layerhold {

/// Table metric_state.
namespace metric_state {

std::map<std::string, std::string> all(Connection& index);
void set(Connection& index, const std::string& name, const std::string& value);
void erase(Connection& index, const std::string& name);

} // namespace metric_state

/// Table blob_totals: present blobs, in constant time.
namespace blob_totals {

struct Totals
{
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    std::uint64_t peakCount = 0;
    std::uint64_t peakBytes = 0;
};

Totals get(Connection& index);
/// Counts the rows anew; the peaks become what there is now.
void recount(Connection& index);
/// The peaks are at least these.
void raisePeaks(Connection& index, const Totals& before);

} // namespace blob_totals
} // namespace layerhold
