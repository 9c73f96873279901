// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/manifest_check.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace layerhold::registry {

namespace {

using Json = nlohmann::json;

constexpr std::string_view ociIndex = "application/vnd.oci.image.index.v1+json";
constexpr std::string_view ociManifest = "application/vnd.oci.image.manifest.v1+json";
constexpr std::array<std::string_view, 4> manifestTypes{ociIndex, ociManifest,
                                                        "application/vnd.docker.distribution.manifest.list.v2+json",
                                                        "application/vnd.docker.distribution.manifest.v2+json"};
constexpr std::string_view schema1 = "application/vnd.docker.distribution.manifest.v1+";

bool isManifestType(std::string_view type)
{
    return std::find(manifestTypes.begin(), manifestTypes.end(), type) != manifestTypes.end();
}

bool isIndexType(std::string_view type)
{
    return type == manifestTypes[0] || type == manifestTypes[2];
}

[[noreturn]] void refuse(const std::string& reason)
{
    throw Error(ErrorCode::FailedPrecondition, "the manifest is refused: " + reason + "; it has to be pushed anew");
}

} // namespace

std::string mainType(std::string_view contentType)
{
    std::string type(contentType.substr(0, contentType.find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return type;
}

std::string_view acceptedManifests()
{
    return "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
           "application/vnd.docker.distribution.manifest.list.v2+json, "
           "application/vnd.docker.distribution.manifest.v2+json, */*;q=0.1";
}

std::string checkedMediaType(std::string_view contentType, std::string_view document)
{
    const Json json = Json::parse(document, nullptr, false);
    if (!json.is_object())
        refuse("it is no JSON object");
    std::string answered = mainType(contentType);
    if (answered.starts_with(schema1) || json.value("schemaVersion", Json()) == 1)
        throw Error(ErrorCode::Unsupported, "the manifest is of schema 1, which no engine takes any more; it has to "
                                            "be pushed anew with a newer tool");
    const bool isIndex = json.contains("manifests");
    const bool isManifest = json.contains("config") || json.contains("layers") || json.contains("blobs");
    if (isIndex && isManifest)
        refuse("it is ambiguous, as it has manifests, and config or layers");
    std::string stated;
    if (const auto found = json.find("mediaType"); found != json.end()) {
        if (!found->is_string())
            refuse("its media type is no text");
        stated = found->get<std::string>();
    }
    std::string type = std::move(answered);
    if (!isManifestType(type))
        type = !stated.empty() ? stated : std::string(isIndex ? ociIndex : ociManifest);
    else if (!stated.empty() && stated != type)
        // What else it says may be what the registry was sent.
        refuse("it says that it is " + (isManifestType(stated) ? text::quoted(stated) : "something else") +
               ", the registry says " + text::quoted(type));
    if (isManifestType(type) && (isIndexType(type) ? isManifest : isIndex))
        refuse("it is not what its media type " + text::quoted(type) + " says");
    return type;
}

std::string pushedMediaType(std::string_view document, BlobKind kind, const std::vector<std::string>& recorded)
{
    const Json json = Json::parse(document);
    if (const auto stated = json.find("mediaType"); stated != json.end())
        return stated->get<std::string>();
    const bool isIndex = kind == BlobKind::Index;
    const auto found = std::find_if(recorded.begin(), recorded.end(), [&](const std::string& type) {
        return isManifestType(type) && isIndexType(type) == isIndex;
    });
    return found == recorded.end() ? std::string(isIndex ? ociIndex : ociManifest) : *found;
}

} // namespace layerhold::registry
