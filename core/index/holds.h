// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct PinRow
{
    Digest digest;
    std::string note = {};
    TimePoint since = {};
};

/// Table pins: what people keep on purpose. The claim that goes with a pin has the holder `pins::holder`.
namespace pins {

inline constexpr const char* holder = "user";

std::optional<PinRow> find(Connection& index, const Digest& digest);
std::vector<PinRow> all(Connection& index);
void put(Connection& index, const PinRow& row);
/// False when there was none.
bool erase(Connection& index, const Digest& digest);
/// Skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const PinRow&)>& each);

} // namespace pins

struct LeaseRow
{
    std::string id = {};
    TimePoint createdAt = {};
    TimePoint expiresAt = {};
};

/// Table leases. What a lease holds are the claims of the holder with its id.
namespace leases {

std::optional<LeaseRow> find(Connection& index, const std::string& id);
std::vector<LeaseRow> all(Connection& index);
void put(Connection& index, const LeaseRow& row);
/// False when there was none.
bool erase(Connection& index, const std::string& id);
std::vector<Digest> held(Connection& index, const std::string& id);
/// Skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const LeaseRow&)>& each);

} // namespace leases
} // namespace layerhold
