// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/client.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace layerhold::cli {

class Context;

/// The verbs below `layerhold engine`.
void addEngineAdd(CLI::App& engine, Context& context);
void addEngineRemove(CLI::App& engine, Context& context);
void addEngineTransfers(CLI::App& engine, Context& context);

enum class Direction
{
    Import,
    Export
};

/// Blobs of `directory` come in for the engine, or go out, with a progress bar. FailedPrecondition when the daemon sees
/// another directory under that name.
v1::TransferReport transfer(api::Client& client, Direction direction, const std::string& engine,
                            const std::filesystem::path& directory, const std::stop_token& stop);

/// One line for people, then one for each file that was left out.
std::vector<std::string> describe(const v1::TransferReport& report, Direction direction);

} // namespace layerhold::cli
