// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/access.h"

#include <string>

namespace layerhold::registry {

/// The repository ("docker.io/library/nginx") has the blob, with that media type unless it is empty.
void noteMember(AccessRecords& records, const std::string& repository, const Descriptor& descriptor);

} // namespace layerhold::registry
