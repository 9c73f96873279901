// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace layerhold::gui {

/// The bytes that a limit of a policy means on a disk of this size: "10G", "20%", "10%<=10GiB"; units are powers of
/// 1024. Empty: 0. nullopt: it is none. Pure.
std::optional<std::uint64_t> limitBytes(std::string_view limit, std::uint64_t diskTotal);

} // namespace layerhold::gui
