// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace layerhold::cli {

/// The login name of the user who runs this process, or its number when it has none.
std::string userName();

} // namespace layerhold::cli
