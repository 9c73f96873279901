// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crash/mixed_work.h"

namespace layerhold::test {

/// The promises that need no broken disk: changed files are not trusted, resumed bytes are hashed again, a commit is
/// what it says, what is claimed stays. One sentence per broken promise.
Violations checkTrust();

} // namespace layerhold::test
