// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/read_range.h"

#include "layerhold/error.h"

#include <algorithm>

namespace layerhold::service {

ReadRange readRange(const ReadRequest& request, std::uint64_t blobSize)
{
    const auto begin = static_cast<std::uint64_t>(std::max<std::int64_t>(request.offset, 0));
    if (begin > blobSize)
        throw Error(ErrorCode::OutOfRange, "cannot read " + request.digest + " from offset " + std::to_string(begin) +
                                               ": it has " + std::to_string(blobSize) + " bytes");
    const std::uint64_t available = blobSize - begin;
    const std::uint64_t wanted =
        request.size <= 0 ? available : std::min(static_cast<std::uint64_t>(request.size), available);
    return ReadRange{begin, begin + wanted};
}

} // namespace layerhold::service
