// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "support/files.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::test {

namespace media {
inline const std::string manifest = "application/vnd.oci.image.manifest.v1+json";
inline const std::string index = "application/vnd.oci.image.index.v1+json";
inline const std::string config = "application/vnd.oci.image.config.v1+json";
inline const std::string layer = "application/vnd.oci.image.layer.v1.tar";
inline const std::string empty = "application/vnd.oci.empty.v1+json";
inline const std::string dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline const std::string dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
} // namespace media

inline Digest hashOf(std::string_view bytes)
{
    return Hasher::of(bytes.empty() ? std::span<const std::byte>() : bytesOf(bytes));
}

/// `more` is a piece of JSON with a comma in front.
inline std::string descriptorOf(const std::string& bytes, const std::string& mediaType, const std::string& more = {})
{
    return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + hashOf(bytes).toString() +
           "\",\"size\":" + std::to_string(bytes.size()) + more + '}';
}

inline std::string joined(const std::vector<std::string>& pieces)
{
    std::string text;
    for (const std::string& piece : pieces)
        text += (text.empty() ? "" : ",") + piece;
    return text;
}

/// A document states no media type when that is empty.
inline std::string documentOf(const std::string& mediaType, const std::string& members)
{
    return "{\"schemaVersion\":2," + (mediaType.empty() ? std::string() : "\"mediaType\":\"" + mediaType + "\",") +
           members + '}';
}

inline std::string manifestOf(const std::string& config, const std::vector<std::string>& layers,
                              const std::string& mediaType = media::manifest, const std::string& more = {})
{
    std::vector<std::string> list;
    for (const std::string& layer : layers)
        list.push_back(descriptorOf(layer, media::layer));
    return documentOf(mediaType, "\"config\":" + descriptorOf(config, media::config) + ",\"layers\":[" + joined(list) +
                                     ']' + more);
}

inline std::string onPlatform(const std::string& architecture)
{
    return ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}";
}

inline std::string indexOf(const std::vector<std::string>& descriptors, const std::string& mediaType = media::index)
{
    return documentOf(mediaType, "\"manifests\":[" + joined(descriptors) + ']');
}

} // namespace layerhold::test
