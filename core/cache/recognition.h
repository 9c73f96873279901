// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/manifest.h"
#include "index/blobs.h"
#include "store/blob_files.h"

#include <optional>

namespace layerhold {

/// What a stored file says of itself; nullopt when it is no manifest or not the file with the identity `trusted`.
/// Reads the file.
std::optional<Manifest> recogniseStored(const BlobFiles& files, const Digest& digest, const FileIdentity& trusted);

/// Writes the row with its kind and media type, which the manifest tells, or else the manifests that name the blob;
/// with a manifest also its edges, and the kinds of the blobs it names.
void putRecognised(Connection& index, BlobRow& row, const std::optional<Manifest>& manifest);

} // namespace layerhold
