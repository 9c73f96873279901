// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/manifest.h"

#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <set>

namespace layerhold {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 32;
/// A document of 4 MiB could name tens of thousands; no image does.
constexpr std::size_t mostEdges = 10'000;

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

/// Thrown inside this file only.
struct NotAManifest
{};

const Json* member(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string textMember(const Json& object, const char* name)
{
    const Json* value = member(object, name);
    if (!value)
        return {};
    if (!value->is_string())
        throw NotAManifest();
    return value->get<std::string>();
}

std::string platformOf(const Json& descriptor)
{
    const Json* platform = member(descriptor, "platform");
    if (!platform)
        return {};
    if (!platform->is_object())
        throw NotAManifest();
    std::string text = textMember(*platform, "os") + '/' + textMember(*platform, "architecture");
    const std::string variant = textMember(*platform, "variant");
    return variant.empty() ? text : text + '/' + variant;
}

Edge edgeOf(const Digest& parent, const Json& descriptor, std::string role)
{
    if (!descriptor.is_object())
        throw NotAManifest();
    const auto child = Digest::parse(textMember(descriptor, "digest"));
    const Json* size = member(descriptor, "size");
    if (!child || !size || !size->is_number_unsigned())
        throw NotAManifest();
    return Edge{parent,
                *child,
                std::move(role),
                textMember(descriptor, "mediaType"),
                platformOf(descriptor),
                size->get<std::uint64_t>()};
}

void addList(std::vector<Edge>& edges, const Digest& parent, const Json& list, const char* role)
{
    if (!list.is_array() || edges.size() + list.size() > mostEdges)
        throw NotAManifest();
    for (const Json& descriptor : list)
        edges.push_back(edgeOf(parent, descriptor, role));
}

Manifest interpret(const Digest& digest, const Json& document)
{
    const Json* version = member(document, "schemaVersion");
    if (!document.is_object() || !version || *version != 2)
        throw NotAManifest();
    const Json* manifests = member(document, "manifests");
    const Json* config = member(document, "config");
    const Json* layers = member(document, "layers");
    if ((manifests != nullptr) == (config != nullptr || layers != nullptr))
        throw NotAManifest();

    Manifest result;
    result.kind = manifests ? BlobKind::Index : BlobKind::Manifest;
    result.mediaType = textMember(document, "mediaType");
    if (result.mediaType.empty()) // optional in OCI documents only
        result.mediaType = manifests ? knownTypes[2].mediaType : knownTypes[0].mediaType;
    bool known = false;
    for (const KnownType& type : knownTypes)
        known = known || (type.mediaType == result.mediaType && type.kind == result.kind);
    if (!known)
        throw NotAManifest();

    if (manifests) {
        addList(result.edges, digest, *manifests, "manifest");
    } else {
        if (!config || !layers)
            throw NotAManifest();
        result.edges.push_back(edgeOf(digest, *config, "config"));
        addList(result.edges, digest, *layers, "layer");
    }
    if (const Json* subject = member(document, "subject"))
        result.edges.push_back(edgeOf(digest, *subject, "subject"));
    return result;
}

} // namespace

std::optional<Manifest> recogniseManifest(const Digest& digest, std::string_view document)
{
    if (document.size() > largestManifest)
        return std::nullopt;
    StrictHandler strict;
    if (!Json::sax_parse(document, &strict))
        return std::nullopt;
    try {
        return interpret(digest, Json::parse(document));
    } catch (const NotAManifest&) {
        return std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

} // namespace layerhold
