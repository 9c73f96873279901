// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// "application/json; charset=utf-8" gives "application/json", in lower case.
std::string mainType(std::string_view contentType);

/// The media type of a document that a registry sent as a manifest: the one of the answer when it is that of a
/// manifest, else the one that the document states. Refused are documents that can be taken for two things
/// (CVE-2021-41190): with manifests, and config or layers or blobs; or with another type than the answer's; also what
/// is no JSON object (FailedPrecondition), and manifests of schema 1 (Unsupported).
std::string checkedMediaType(std::string_view contentType, std::string_view document);

/// What a stored manifest or index is pushed as: the media type that it states, else the first of `recorded` that is
/// one of its kind, else OCI's.
std::string pushedMediaType(std::string_view document, BlobKind kind, const std::vector<std::string>& recorded);

/// All that is a manifest or an index, for an Accept header.
std::string_view acceptedManifests();

} // namespace layerhold::registry
