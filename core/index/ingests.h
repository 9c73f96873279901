// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct IngestRow
{
    enum class State : std::uint8_t
    {
        Open = 1,
        Partial = 2
    };

    std::string id = {};
    std::string engine = {};
    std::string ref = {};
    std::uint64_t total = 0;
    std::optional<Digest> expected = std::nullopt;
    TimePoint started = {};
    TimePoint updated = {};
    State state = State::Open;
    std::optional<Digest> partial = std::nullopt; ///< Partial: the digest that the ref named
    bool takenOver = false;                       ///< begins with bytes of an earlier, aborted ingest
};

/// Table ingests. The size of an ingest is the size of its file.
namespace ingests {

/// What the engine of a write begins with that is none's: engines have no spaces in their names.
inline constexpr std::string_view placePrefix = "from ";

std::optional<IngestRow> findOpen(Connection& index, const std::string& engine, const std::string& ref);
std::optional<IngestRow> find(Connection& index, const std::string& id);
/// Aborted ingests of `digest`, of every engine.
std::vector<IngestRow> partials(Connection& index, const Digest& digest);
std::vector<IngestRow> ofEngine(Connection& index, const std::string& engine);
std::vector<IngestRow> all(Connection& index);
void put(Connection& index, const IngestRow& row);
void erase(Connection& index, const std::string& id);

} // namespace ingests
} // namespace layerhold
