// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/auth_file.h"

namespace layerhold::registry {

/// The credential or the problem of one entry of `auths`. A registrytoken comes before an identitytoken, that before
/// `auth`, and that before `username` and `password`, as in the Docker CLI.
void readAuthEntry(const Json& fields, AuthFormat format, AuthEntry& entry);

} // namespace layerhold::registry
