// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest.h"
#include "fuzz/fuzz_one.h"
#include "fuzz/properties.h"
#include "registry/manifest_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

using namespace layerhold;
using namespace layerhold::fuzz;

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostEdges = 10'001; // of lists, and the subject
constexpr std::array indexTypes{std::string_view("application/vnd.oci.image.index.v1+json"),
                                std::string_view("application/vnd.docker.distribution.manifest.list.v2+json")};
constexpr std::array manifestTypes{std::string_view("application/vnd.oci.image.manifest.v1+json"),
                                   std::string_view("application/vnd.docker.distribution.manifest.v2+json")};

template <std::size_t size>
bool isOneOf(const std::array<std::string_view, size>& types, std::string_view type)
{
    return std::find(types.begin(), types.end(), type) != types.end();
}

Json descriptorOf(const Edge& edge)
{
    Json descriptor = {{"digest", edge.child.toString()}, {"size", edge.size}, {"mediaType", edge.mediaType}};
    if (!edge.platform.empty()) {
        const std::size_t slash = edge.platform.find('/');
        hold(slash != std::string::npos, "a platform has an architecture");
        // The variant stays where it is: what counts is the text.
        descriptor["platform"] = {{"os", edge.platform.substr(0, slash)},
                                  {"architecture", edge.platform.substr(slash + 1)}};
    }
    return descriptor;
}

std::string printed(const Manifest& manifest)
{
    Json document = {{"schemaVersion", 2}, {"mediaType", manifest.mediaType}};
    if (!manifest.artifactType.empty())
        document["artifactType"] = manifest.artifactType;
    document[manifest.kind == BlobKind::Index ? "manifests" : "layers"] = Json::array();
    for (const Edge& edge : manifest.edges) {
        if (edge.role == "manifest" || edge.role == "layer")
            document[edge.role + 's'].push_back(descriptorOf(edge));
        else
            document[edge.role] = descriptorOf(edge);
    }
    return document.dump();
}

void checkManifest(const Digest& digest, const Manifest& manifest)
{
    const bool isIndex = manifest.kind == BlobKind::Index;
    hold(isIndex ? isOneOf(indexTypes, manifest.mediaType) : isOneOf(manifestTypes, manifest.mediaType),
         "the media type is one of the kind");
    hold(manifest.edges.size() <= mostEdges, "the number of edges is bounded");
    for (const Edge& edge : manifest.edges) {
        hold(edge.parent == digest, "an edge begins at the document");
        hold(edge.platform.size() <= 255, "a platform is bounded");
        const bool isOfManifest = edge.role == "config" || edge.role == "layer";
        hold(edge.role == "subject" || (isIndex ? edge.role == "manifest" : isOfManifest), "a role is one of the kind");
    }
    const std::string text = printed(manifest);
    const auto again = recogniseManifest(digest, text);
    hold(again && printed(*again) == text, "a printed manifest parses to the same");
}

/// nullopt when it is refused.
std::optional<std::string> typeOf(const std::string& contentType, std::string_view document)
{
    std::optional<std::string> type;
    const auto check = [&] { type = registry::checkedMediaType(contentType, document); };
    try {
        check();
    } catch (const Error& error) {
        hold(refusalOf(error.code(), check).has_value(), "what is refused is refused again");
        hold(error.code() == ErrorCode::FailedPrecondition || error.code() == ErrorCode::Unsupported,
             "a refusal has one of the promised codes");
    }
    return type;
}

/// CVE-2021-41190: a document is one thing to everybody.
void checkType(const std::string& contentType, std::string_view document, const std::optional<Manifest>& recognised)
{
    const auto type = typeOf(contentType, document);
    if (!type)
        return;
    const Json json = Json::parse(document, nullptr, false);
    hold(json.is_object(), "a manifest is an object");
    const bool isForIndex = json.contains("manifests");
    const bool isForManifest = json.contains("config") || json.contains("layers") || json.contains("blobs");
    hold(!(isForIndex && isForManifest), "what has the members of both is refused");
    hold(!isForManifest || !isOneOf(indexTypes, *type), "a manifest is not taken for an index");
    hold(!isForIndex || !isOneOf(manifestTypes, *type), "an index is not taken for a manifest");
    if (recognised)
        hold(recognised->mediaType == *type, "cache and registry agree");
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view document = textOf(input);
    const Digest digest = Hasher::of(std::as_bytes(input));
    const auto recognised = recogniseManifest(digest, document);
    if (recognised)
        checkManifest(digest, *recognised);
    std::optional<Manifest> required;
    const auto refusal = refusalOf(ErrorCode::InvalidArgument, [&] { required = requireManifest(digest, document); });
    hold(!refusal || refusal->starts_with("the document " + digest.toString()), "a refusal names the document");
    hold(!required || (recognised && printed(*recognised) == printed(*required)), "what is required is recognised");
    for (const std::string_view type : {"", "application/json; charset=utf-8"})
        checkType(std::string(type), document, recognised);
    for (const std::string_view type : indexTypes)
        checkType(std::string(type), document, std::nullopt);
    for (const std::string_view type : manifestTypes)
        checkType(std::string(type), document, std::nullopt);
    if (recognised)
        checkType(recognised->mediaType, document, recognised);
    return 0;
}
