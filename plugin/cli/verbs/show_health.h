// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/output/output.h"

#include <layerhold/v1/health.pb.h>

namespace layerhold::cli {

/// What an integrity check found, with a table of what is wrong.
void show(Output& output, const v1::IntegrityReport& report);

} // namespace layerhold::cli
