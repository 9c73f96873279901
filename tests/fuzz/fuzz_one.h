// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

/// Runs a parser on one input and checks its properties; each fuzzer defines it once. Returns 0. A property that does
/// not hold ends the program, and so does an exception that escapes.
int fuzzOne(std::span<const std::uint8_t> input);
