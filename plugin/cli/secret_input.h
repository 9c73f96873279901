// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/secret.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace layerhold::cli {

/// Questions to whoever sits at the terminal that standard input is. They are printed on standard error, so that
/// standard output has the result alone. Cancelled soon after the stop, with the terminal as it was; Error
/// {InvalidArgument} when the input ends without a line.

/// True when standard input is a terminal.
bool canAsk();
/// The line without its end and without space around it.
std::string ask(std::string_view question, const std::stop_token& stop);
/// What is typed is not shown.
registry::Secret askSecret(std::string_view question, const std::stop_token& stop);

/// All of standard input without the end of its last line, as `docker login --password-stdin` reads it. At most 64 KiB:
/// more is Error{InvalidArgument}.
registry::Secret readSecret(const std::stop_token& stop);

} // namespace layerhold::cli
