// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/metrics.h"

#include <layerhold/v1/metrics.pb.h>

namespace layerhold::service::messages {

/// Field by field, by name. Error{Internal} when the message lacks one, which a test rules out.
v1::MetricsSnapshot from(const MetricsSnapshot& snapshot);

} // namespace layerhold::service::messages
