// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace layerhold::service {

/// What a daemon wants of its process: as many descriptors as allowed, no core files (they would hold blobs), files for
/// its user only, and failed writes as errors instead of signals.
void prepareProcess();

} // namespace layerhold::service
