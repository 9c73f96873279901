// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/utf8.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace layerhold::cli {

using api::neutralise;

/// Columns that neutralised text takes, one per character.
std::size_t displayWidth(std::string_view text);

/// "512 B", "1.5 KiB", "20.0 MiB", …
std::string formatSize(std::uint64_t bytes);

/// How long ago: "3 s", "5 min", "2 h", "4 d"; "in 5 s" for what is to come, which happens when clocks are set.
std::string formatAge(std::chrono::nanoseconds age);

/// The inverse of formatSize for people: an integer and an optional unit of B, K, M, G, T (each also as KB, KiB), all
/// of 1024, in any case, with or without space. InvalidArgument for anything else and for over 2^62.
std::uint64_t parseSize(std::string_view text);

/// "1 blob", "2 blobs".
std::string count(std::uint64_t number, std::string_view noun);

} // namespace layerhold::cli
