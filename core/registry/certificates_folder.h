// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/host_config.h"

#include <filesystem>

namespace layerhold::registry {

/// The certificates in a folder as Docker lays them out: *.crt, and X.cert with X.key. Half a pair is
/// Error{FailedPrecondition}. Nothing when there is no such folder.
TlsSettings readCertificates(const std::filesystem::path& folder);

} // namespace layerhold::registry
