// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/types.h"

#include <string_view>

namespace layerhold {
class Cache;
}

namespace layerhold::service {

/// The blob that people mean by `text`: a whole digest, or a prefix of at least 6 hexadecimal digits that only one blob
/// has, with or without "algorithm:". InvalidArgument for anything else and for a prefix that several blobs share;
/// NotFound when there is none.
Blob findBlob(Cache& cache, std::string_view text);

/// As findBlob, and also what a tag (its name in any form) or an engine's image (by exactly its name) points at. A name
/// goes before the start of a digest. NotFound, too, for what could be the name of an image and is none.
Blob findNamed(Cache& cache, std::string_view text);

} // namespace layerhold::service
