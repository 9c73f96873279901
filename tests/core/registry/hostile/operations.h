// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hostile/hostility.h"
#include "layerhold/registry/registry_client.h"

#include <string>

namespace layerhold::test::hostile {

/// The manifest and the blob that are asked for, and pushed.
inline const std::string manifest = R"({"schemaVersion":2,"layers":[]})";
inline const std::string blob = "0123456789";

void perform(registry::RegistryClient& client, Operation operation);

} // namespace layerhold::test::hostile
