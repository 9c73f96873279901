// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

struct HelperCommand
{
    std::filesystem::path program;
    std::string verb;
    std::vector<std::string> environment; ///< "NAME=value", and nothing else
    std::string_view input;               ///< what the program reads; must outlive the call
    std::chrono::milliseconds deadline{30'000};
};

struct HelperAnswer
{
    int status = 0; ///< as the program exited
    Secret output;
};

/// Runs a program that handles secrets, in a session of its own, in the folder "/", with no descriptor but the standard
/// three; what it writes to its standard error goes nowhere. The call ends when the program does, whoever else still
/// holds its output open; what is left of its process group is killed then. Thread-safe.
///
/// Error{Unavailable}: it did not end within the deadline, wrote more than 64 KiB, or was ended by a signal.
/// Error{FailedPrecondition}: it cannot be started. No message has anything of its output.
HelperAnswer runHelper(const HelperCommand& command, const std::stop_token& stop);

} // namespace layerhold::registry
