// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/docker_images.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace layerhold {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* manifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* configType = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view layerType = "application/vnd.oci.image.layer.v1.tar";
/// Links to links; Docker writes none.
constexpr int mostLinks = 8;

constexpr std::array gzipHead{std::byte{0x1f}, std::byte{0x8b}};
constexpr std::array zstdHead{std::byte{0x28}, std::byte{0xb5}, std::byte{0x2f}, std::byte{0xfd}};

std::string layerTypeOf(const MemberStore::Member& layer)
{
    const auto begins = [&](const auto& head) { return std::equal(head.begin(), head.end(), layer.head.begin()); };
    return std::string(layerType) + (begins(gzipHead) ? "+gzip" : begins(zstdHead) ? "+zstd" : "");
}

const MemberStore::Member& requireMember(const MemberStore& members, const MemberLinks& links, const std::string& path)
{
    std::string current = path;
    for (int i = 0; i < mostLinks; ++i) {
        if (const MemberStore::Member* member = members.find(current))
            return *member;
        const auto link = links.find(current);
        if (link == links.end())
            break;
        current = link->second;
    }
    throw Error(ErrorCode::NotFound, "the archive names " + text::quoted(path) + ", which is not in it");
}

Json descriptorOf(const MemberStore::Member& member, const std::string& mediaType)
{
    return {{"mediaType", mediaType}, {"digest", member.digest.toString()}, {"size", member.size}};
}

} // namespace

std::vector<NamedImage> makeDockerImages(Cache& cache, MemberStore& members, const MemberLinks& links,
                                         std::string_view document)
{
    std::vector<NamedImage> images;
    for (const DockerImage& image : parseDockerManifest(document)) {
        const MemberStore::Member& config = requireMember(members, links, image.config);
        const std::vector<Digest> diffIds = parseDiffIds(readDocument(cache, config.digest));
        if (diffIds.size() != image.layers.size())
            throw Error(ErrorCode::InvalidArgument, "the config " + text::quoted(image.config) + " is of " +
                                                        std::to_string(diffIds.size()) + " layers, the image has " +
                                                        std::to_string(image.layers.size()));
        Json layers = Json::array();
        for (std::size_t i = 0; i < diffIds.size(); ++i) {
            const MemberStore::Member& layer = requireMember(members, links, image.layers[i]);
            const std::string mediaType = layerTypeOf(layer);
            const bool isComparable = mediaType == layerType && diffIds[i].algorithm() == layer.digest.algorithm();
            if (isComparable && layer.digest != diffIds[i])
                throw Error(ErrorCode::Corrupted, "the layer " + text::quoted(image.layers[i]) + " is " +
                                                      layer.digest.toString() + "; by its config it has to be " +
                                                      diffIds[i].toString());
            layers.push_back(descriptorOf(layer, mediaType));
        }
        const Json manifest{{"schemaVersion", 2},
                            {"mediaType", manifestType},
                            {"config", descriptorOf(config, configType)},
                            {"layers", std::move(layers)}};
        const std::string bytes = manifest.dump();
        const Digest digest = members.bringDocument(bytes);
        const Edge edge{digest, digest, "manifest", manifestType, {}, bytes.size()};
        if (image.names.empty())
            images.push_back({edge, std::nullopt});
        for (const ImageReference& name : image.names)
            images.push_back({edge, name});
    }
    return images;
}

} // namespace layerhold
