// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/registry/credential.h"
#include "layerhold/registry/endpoint.h"

namespace layerhold::registry {

/// A place where the content of a registry may be had, and what is shown there. Lists of these are in the order to be
/// tried: mirrors, and the registry itself last. A value.
struct Source
{
    Endpoint endpoint;
    Credential credential;

    friend bool operator==(const Source&, const Source&) = default;
};

} // namespace layerhold::registry
