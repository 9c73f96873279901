// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/registry/credential.h"
#include "registry/http_types.h"

#include <string>

namespace layerhold::registry {

/// What an answer means that is no success. Of the registry's own words only the codes of the specification are
/// repeated, as a server that is hostile could say what it was sent; and of 401, 403 and 404 not even those.
Error registryFailure(const HttpResponse& response, const Credential& credential);

} // namespace layerhold::registry
