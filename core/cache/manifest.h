// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/types.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// What a manifest or index says about itself and the blobs it names.
struct Manifest
{
    BlobKind kind = BlobKind::Manifest;
    std::string mediaType;
    std::string artifactType; ///< empty when not stated: an image
    std::vector<Edge> edges;  ///< in the order of the document
};

/// Larger documents are never manifests.
inline constexpr std::uint64_t largestManifest = 4U << 20U;

/// Recognises an OCI or Docker manifest or index: valid UTF-8, strict JSON without duplicate keys or deep nesting,
/// a known media type (stated in the document, or told by its members), well-formed descriptors. A document with both
/// `manifests` and `layers` or `config` is ambiguous (CVE-2021-41190) and is none. nullopt: some other blob.
std::optional<Manifest> recogniseManifest(const Digest& digest, std::string_view document);

/// For a document that is said to be a manifest: as recogniseManifest, and strict where that is lenient (every
/// descriptor of config and layers states its media type; an empty config needs an artifact type).
/// Error{InvalidArgument} names what is wrong, and of a list the entry.
Manifest requireManifest(const Digest& digest, std::string_view document);

} // namespace layerhold
