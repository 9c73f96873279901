// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/messages.h"

#include <cstdint>

namespace layerhold::service {

/// The bytes [begin, end) of a blob.
struct ReadRange
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// A negative offset counts as 0, a size of 0 or less means to the end, what lies beyond the end is cut off.
/// Error{OutOfRange} when the offset is behind the end of the blob; exactly at the end is an empty range.
ReadRange readRange(const ReadRequest& request, std::uint64_t blobSize);

} // namespace layerhold::service
