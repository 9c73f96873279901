// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <optional>
#include <vector>

namespace layerhold::engines {

/// Table engines. Checked like blobs.
std::optional<Engine> find(Connection& index, const std::string& name);
std::vector<Engine> all(Connection& index);
/// As all, without the rows that are damaged.
std::vector<Engine> readable(Connection& index);
void put(Connection& index, const Engine& engine);
void erase(Connection& index, const std::string& name);

} // namespace layerhold::engines
