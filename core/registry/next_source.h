// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"

namespace layerhold::registry {

/// Whether what one source failed with is a reason to ask the next one.
inline bool isForNextSource(ErrorCode code)
{
    return code == ErrorCode::Unavailable || code == ErrorCode::NotFound || code == ErrorCode::Denied ||
           code == ErrorCode::FailedPrecondition || code == ErrorCode::Corrupted || code == ErrorCode::Unsupported;
}

} // namespace layerhold::registry
