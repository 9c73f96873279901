// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "archive/layout_documents.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace layerhold {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view blobsFolder = "blobs/";
/// Of images and of layers in a Docker archive: more than any has.
constexpr std::size_t mostImages = 1000;
constexpr std::size_t mostLayers = 1000;
constexpr int deepest = 32;

constexpr const char* containerdName = "io.containerd.image.name";
constexpr const char* referenceName = "org.opencontainers.image.ref.name";

/// Configs with the layers of a root file system.
constexpr std::array<std::string_view, 2> imageConfigs{"application/vnd.oci.image.config.v1+json",
                                                       "application/vnd.docker.container.image.v1+json"};

[[noreturn]] void refuse(std::string_view path, const std::string& why)
{
    throw Error(ErrorCode::InvalidArgument, std::string(path) + " of the archive is wrong: " + why);
}

/// nullopt when it is no JSON, or deeper than such documents are: that costs memory a hundred times its bytes.
std::optional<Json> tryParse(std::string_view document)
{
    struct TooDeep
    {};

    const auto onPart = [](int depth, Json::parse_event_t, const Json&) {
        if (depth > deepest)
            throw TooDeep();
        return true;
    };
    try {
        Json json = Json::parse(document, onPart, false);
        return json.is_discarded() ? std::nullopt : std::optional(std::move(json));
    } catch (const TooDeep&) {
        return std::nullopt;
    }
}

Json parse(std::string_view path, std::string_view document)
{
    auto json = tryParse(document);
    if (!json)
        refuse(path, "it is no JSON, or nested too deeply");
    return std::move(*json);
}

std::string textOf(const Json& object, const char* name)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// What containerd writes is a whole name. The other annotation may be one (skopeo), or only a tag, which says nothing.
std::optional<ImageReference> nameOf(const Json& descriptor)
{
    const auto found = descriptor.find("annotations");
    if (found == descriptor.end())
        return std::nullopt;
    if (const std::string name = textOf(*found, containerdName); !name.empty())
        return ImageReference::parse(name);
    const std::string name = textOf(*found, referenceName);
    return name.find_first_of(":/") == std::string::npos ? std::nullopt : ImageReference::parse(name);
}

/// Without a digest: archives name by tag.
std::optional<std::string> taggedName(const std::optional<ImageReference>& name)
{
    if (!name || name->tag().empty())
        return std::nullopt;
    return name->repository() + ':' + name->tag();
}

std::string requirePath(const Json& value, const char* what)
{
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        refuse(dockerManifestPath, std::string("the path of a ") + what + " is no text");
    std::string path = value.get<std::string>();
    return path.starts_with("./") ? path.substr(2) : path;
}

DockerImage dockerImageOf(const Json& item)
{
    if (!item.is_object() || !item.contains("Config") || !item.contains("Layers"))
        refuse(dockerManifestPath, "an image has no Config or no Layers");
    DockerImage image;
    image.config = requirePath(item["Config"], "config");
    const Json& layers = item["Layers"];
    if (!layers.is_null() && (!layers.is_array() || layers.size() > mostLayers))
        refuse(dockerManifestPath, "the layers are no list, or too long a one");
    for (const Json& layer : layers)
        image.layers.push_back(requirePath(layer, "layer"));
    const auto tags = item.find("RepoTags");
    if (tags == item.end() || tags->is_null())
        return image;
    if (!tags->is_array() || tags->size() > mostImages)
        refuse(dockerManifestPath, "RepoTags is no list, or too long a one");
    for (const Json& tag : *tags) {
        const auto name = tag.is_string() ? ImageReference::parse(tag.get<std::string>()) : std::nullopt;
        if (!name)
            refuse(dockerManifestPath, "a tag is no name of an image");
        image.names.push_back(*name);
    }
    return image;
}

} // namespace

std::string blobPath(const Digest& digest)
{
    return std::string(blobsFolder) + std::string(toString(digest.algorithm())) + '/' + digest.hex();
}

std::optional<Digest> digestOfBlobPath(std::string_view path)
{
    if (!path.starts_with(blobsFolder))
        return std::nullopt;
    std::string text(path.substr(blobsFolder.size()));
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    text[slash] = ':';
    return Digest::parse(text);
}

std::string layoutDocument()
{
    return Json{{"imageLayoutVersion", "1.0.0"}}.dump();
}

void requireLayout(std::string_view document)
{
    const std::string version = textOf(parse(layoutPath, document), "imageLayoutVersion");
    if (!version.starts_with("1."))
        refuse(layoutPath, "it is of version " + text::quoted(version) + ", and not of 1");
}

std::string indexDocument(const Edge& image, const std::optional<ImageReference>& name)
{
    Json descriptor{{"mediaType", image.mediaType}, {"digest", image.child.toString()}, {"size", image.size}};
    if (const auto tagged = taggedName(name))
        descriptor["annotations"] = {{containerdName, *tagged}, {referenceName, name->tag()}};
    return Json{{"schemaVersion", 2},
                {"mediaType", "application/vnd.oci.image.index.v1+json"},
                {"manifests", Json::array({descriptor})}}
        .dump();
}

std::vector<NamedImage> parseIndex(std::string_view document)
{
    const Digest digest = Hasher::of(std::as_bytes(std::span(document)));
    Manifest manifest;
    try {
        manifest = requireManifest(digest, document);
    } catch (const Error& error) {
        refuse(indexPath, error.what());
    }
    if (manifest.kind != BlobKind::Index)
        refuse(indexPath, "it is no index");
    const Json json = parse(indexPath, document);
    std::vector<NamedImage> images;
    for (const Json& descriptor : json["manifests"]) // as many, and in the order, as the edges
        images.push_back({manifest.edges[images.size()], nameOf(descriptor)});
    if (images.empty() || images.size() > mostImages)
        refuse(indexPath, "it names no image, or too many");
    return images;
}

std::optional<std::string> dockerManifestDocument(const ImageVariant& variant,
                                                  const std::optional<ImageReference>& name)
{
    const bool isImage =
        variant.config && variant.artifactType.empty() &&
        std::find(imageConfigs.begin(), imageConfigs.end(), variant.config->mediaType) != imageConfigs.end();
    if (!isImage || variant.platform.starts_with("unknown/")) // attestations say so
        return std::nullopt;
    Json item{{"Config", blobPath(variant.config->child)}, {"RepoTags", nullptr}, {"Layers", Json::array()}};
    if (const auto tagged = taggedName(name))
        item["RepoTags"] = Json::array({*tagged});
    for (const Edge& layer : variant.layers)
        item["Layers"].push_back(blobPath(layer.child));
    return Json::array({item}).dump();
}

std::vector<DockerImage> parseDockerManifest(std::string_view document)
{
    const Json json = parse(dockerManifestPath, document);
    if (!json.is_array() || json.empty() || json.size() > mostImages)
        refuse(dockerManifestPath, "it is no list of images, or too long a one");
    std::vector<DockerImage> images;
    for (const Json& item : json)
        images.push_back(dockerImageOf(item));
    return images;
}

std::vector<Digest> parseDiffIds(std::string_view config)
{
    const auto fail = [] {
        return Error(ErrorCode::InvalidArgument, "the config of an image in the archive states no usable rootfs");
    };
    const auto document = tryParse(config);
    if (!document)
        throw fail();
    const Json& json = *document;
    if (!json.is_object() || !json.contains("rootfs") || !json["rootfs"].is_object())
        throw fail();
    const auto list = json["rootfs"].find("diff_ids");
    std::vector<Digest> digests;
    if (list == json["rootfs"].end() || list->is_null())
        return digests;
    if (!list->is_array() || list->size() > mostLayers)
        throw fail();
    for (const Json& item : *list) {
        const auto digest = item.is_string() ? Digest::parse(item.get<std::string>()) : std::nullopt;
        if (!digest)
            throw fail();
        digests.push_back(*digest);
    }
    return digests;
}

} // namespace layerhold
