// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <set>

namespace layerhold {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 32;
/// A document of 4 MiB could name tens of thousands; no image does.
constexpr std::size_t mostEdges = 10'000;
/// What is longer is no platform.
constexpr std::size_t longestPlatform = 255;

struct KnownType
{
    std::string_view mediaType;
    BlobKind kind;
};

constexpr KnownType knownTypes[] = {
    {"application/vnd.oci.image.manifest.v1+json", BlobKind::Manifest},
    {"application/vnd.docker.distribution.manifest.v2+json", BlobKind::Manifest},
    {"application/vnd.oci.image.index.v1+json", BlobKind::Index},
    {"application/vnd.docker.distribution.manifest.list.v2+json", BlobKind::Index},
};

/// Refuses what a lenient parser lets through: duplicate keys and deep nesting. nlohmann's parser refuses the rest.
class StrictHandler : public nlohmann::json_sax<Json>
{
public:
    bool null() override { return true; }

    bool boolean(bool) override { return true; }

    bool number_integer(number_integer_t) override { return true; }

    bool number_unsigned(number_unsigned_t) override { return true; }

    bool number_float(number_float_t, const string_t&) override { return true; }

    bool string(string_t&) override { return true; }

    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override
    {
        m_keys.emplace_back();
        return ++m_depth <= deepest;
    }

    bool key(string_t& name) override { return m_keys.back().insert(name).second; }

    bool end_object() override
    {
        m_keys.pop_back();
        --m_depth;
        return true;
    }

    bool start_array(std::size_t) override { return ++m_depth <= deepest; }

    bool end_array() override
    {
        --m_depth;
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    int m_depth = 0;
    std::vector<std::set<std::string>> m_keys;
};

constexpr std::string_view emptyConfig = "application/vnd.oci.empty.v1+json";

/// Why a document is no manifest. Thrown inside this file only.
struct Refusal
{
    std::string reason;
};

const Json* member(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

/// `where` names the object in a refusal: "config", "layer 3"; empty for the document itself.
std::string textMember(const Json& object, const char* name, const std::string& where = {})
{
    const Json* value = member(object, name);
    if (!value)
        return {};
    if (!value->is_string())
        throw Refusal{(where.empty() ? "" : where + ": ") + name + " is no text"};
    return value->get<std::string>();
}

std::string platformOf(const Json& descriptor, const std::string& where)
{
    const Json* platform = member(descriptor, "platform");
    if (!platform)
        return {};
    if (!platform->is_object())
        throw Refusal{where + ": platform is no object"};
    std::string text = textMember(*platform, "os", where) + '/' + textMember(*platform, "architecture", where);
    const std::string variant = textMember(*platform, "variant", where);
    if (!variant.empty())
        text += '/' + variant;
    return text.size() > longestPlatform ? std::string() : text;
}

Edge edgeOf(const Digest& parent, const Json& descriptor, const char* role, const std::string& where)
{
    if (!descriptor.is_object())
        throw Refusal{where + ": the descriptor is no object"};
    const std::string digest = textMember(descriptor, "digest", where);
    const auto child = Digest::parse(digest);
    if (!child)
        throw Refusal{where + ": the digest " +
                      (digest.empty() ? "is missing" : text::quoted(digest) + " is malformed")};
    const Json* size = member(descriptor, "size");
    if (!size)
        throw Refusal{where + ": the size is missing"};
    if (!size->is_number_integer())
        throw Refusal{where + ": the size is no whole number"};
    if (!size->is_number_unsigned())
        throw Refusal{where + ": the size is negative"};
    return Edge{parent,
                *child,
                role,
                textMember(descriptor, "mediaType", where),
                platformOf(descriptor, where),
                size->get<std::uint64_t>()};
}

std::string entry(const char* role, std::size_t position)
{
    return role + (' ' + std::to_string(position));
}

void addList(std::vector<Edge>& edges, const Digest& parent, const Json& list, const char* role)
{
    if (!list.is_array())
        throw Refusal{std::string(role) + "s is no list"};
    if (edges.size() + list.size() > mostEdges)
        throw Refusal{std::string(role) + "s has more than " + std::to_string(mostEdges) + " entries"};
    std::size_t position = 0;
    for (const Json& descriptor : list)
        edges.push_back(edgeOf(parent, descriptor, role, entry(role, position++)));
}

std::string mediaTypeOf(const Json& document, BlobKind kind)
{
    std::string stated = textMember(document, "mediaType");
    if (!member(document, "mediaType")) // optional in OCI documents only
        return std::string(kind == BlobKind::Index ? knownTypes[2].mediaType : knownTypes[0].mediaType);
    if (stated.empty())
        throw Refusal{"the media type is empty"};
    for (const KnownType& type : knownTypes)
        if (type.mediaType == stated && type.kind == kind)
            return stated;
    throw Refusal{"the media type " + text::quoted(stated) + " is not that of " +
                  (kind == BlobKind::Index ? "an index" : "a manifest")};
}

Manifest interpret(const Digest& digest, const Json& document)
{
    if (!document.is_object())
        throw Refusal{"it is no JSON object"};
    const Json* version = member(document, "schemaVersion");
    if (!version || !version->is_number_integer() || *version != 2)
        throw Refusal{"the schema version is not 2"};
    const Json* manifests = member(document, "manifests");
    const Json* config = member(document, "config");
    const Json* layers = member(document, "layers");
    if (manifests && (config || layers))
        throw Refusal{"it is ambiguous: it has manifests, and config or layers"};

    Manifest result;
    result.kind = manifests ? BlobKind::Index : BlobKind::Manifest;
    result.mediaType = mediaTypeOf(document, result.kind);
    result.artifactType = textMember(document, "artifactType");
    if (manifests) {
        addList(result.edges, digest, *manifests, "manifest");
    } else {
        if (!config)
            throw Refusal{"the config is missing"};
        if (!layers)
            throw Refusal{"the layers are missing"};
        result.edges.push_back(edgeOf(digest, *config, "config", "config"));
        addList(result.edges, digest, *layers, "layer");
    }
    if (const Json* subject = member(document, "subject"))
        result.edges.push_back(edgeOf(digest, *subject, "subject", "subject"));
    return result;
}

Manifest parse(const Digest& digest, std::string_view document)
{
    if (document.empty())
        throw Refusal{"it is empty"};
    if (document.size() > largestManifest)
        throw Refusal{"it is larger than 4 MiB"};
    StrictHandler strict;
    if (!Json::sax_parse(document, &strict))
        throw Refusal{"it is no strict JSON (syntax, a duplicate key, deep nesting, or bytes that are no UTF-8)"};
    try {
        return interpret(digest, Json::parse(document));
    } catch (const Json::exception& error) {
        throw Refusal{error.what()};
    }
}

/// What the specification asks for and engines do without.
void checkStrictly(const Manifest& manifest)
{
    std::size_t layer = 0;
    for (const Edge& edge : manifest.edges) {
        const bool isLayer = edge.role == "layer";
        if ((isLayer || edge.role == "config") && edge.mediaType.empty())
            throw Refusal{(isLayer ? entry("layer", layer) : edge.role) + ": the media type is empty"};
        layer += isLayer ? 1 : 0;
        if (edge.role == "config" && edge.mediaType == emptyConfig && manifest.artifactType.empty())
            throw Refusal{"the config is the empty one, so the artifact type must be stated"};
    }
}

} // namespace

std::optional<Manifest> recogniseManifest(const Digest& digest, std::string_view document)
{
    try {
        return parse(digest, document);
    } catch (const Refusal&) {
        return std::nullopt;
    }
}

Manifest requireManifest(const Digest& digest, std::string_view document)
{
    try {
        Manifest manifest = parse(digest, document);
        checkStrictly(manifest);
        return manifest;
    } catch (const Refusal& refusal) {
        throw Error(ErrorCode::InvalidArgument,
                    "the document " + digest.toString() + " is no manifest: " + refusal.reason);
    }
}

} // namespace layerhold
