// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace layerhold::meta {

/// Table meta: facts about the index itself.
std::optional<std::string> get(Connection& index, const std::string& key);
void set(Connection& index, const std::string& key, const std::string& value);
void erase(Connection& index, const std::string& key);

/// Table counters.
std::map<std::string, std::uint64_t> counters(Connection& index);
void setCounter(Connection& index, const std::string& name, std::uint64_t value);

} // namespace layerhold::meta
