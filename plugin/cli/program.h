// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/context.h"

#include <CLI/CLI.hpp>

namespace layerhold::cli {

/// All verbs, their flags and their help.
void defineProgram(CLI::App& app, Context& context);

/// The whole program: parses, runs the verb, reports failures. Returns the exit code (service/error_mapping.h).
int runProgram(int argc, const char* const* argv);

} // namespace layerhold::cli
