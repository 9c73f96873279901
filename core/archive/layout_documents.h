// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/image_contents.h"
#include "layerhold/image_reference.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The documents at the top of archives: oci-layout, index.json and manifest.json.
namespace layerhold {

inline constexpr std::string_view layoutPath = "oci-layout";
inline constexpr std::string_view indexPath = "index.json";
inline constexpr std::string_view dockerManifestPath = "manifest.json";

/// "blobs/sha256/…"
std::string blobPath(const Digest& digest);
/// The inverse; nullopt for other paths.
std::optional<Digest> digestOfBlobPath(std::string_view path);

/// What an archive holds, before it is known whether all of it is there.
struct NamedImage
{
    Edge image;                              ///< parent means nothing
    std::optional<ImageReference> name = {}; ///< nullopt when the archive says none that can be used
};

/// One image of a Docker archive.
struct DockerImage
{
    std::string config;              ///< path of a member
    std::vector<std::string> layers; ///< likewise, the lowest first
    std::vector<ImageReference> names;
};

std::string layoutDocument();
/// InvalidArgument when it is not that of a version we know.
void requireLayout(std::string_view document);

std::string indexDocument(const Edge& image, const std::optional<ImageReference>& name);
/// InvalidArgument names what is wrong.
std::vector<NamedImage> parseIndex(std::string_view document);

/// nullopt when Docker cannot run it.
std::optional<std::string> dockerManifestDocument(const ImageVariant& variant,
                                                  const std::optional<ImageReference>& name);
/// InvalidArgument names what is wrong.
std::vector<DockerImage> parseDockerManifest(std::string_view document);

/// The digests of the unpacked layers that the config of an image states. InvalidArgument when it is no config.
std::vector<Digest> parseDiffIds(std::string_view config);

} // namespace layerhold
