// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/foreign_layers.h"

#include <nlohmann/json.hpp>

#include <string>

namespace layerhold::registry {

namespace {

using Json = nlohmann::json;

bool isForeign(const Json& layer)
{
    if (const auto urls = layer.find("urls"); urls != layer.end() && urls->is_array() && !urls->empty())
        return true;
    const auto type = layer.find("mediaType");
    if (type == layer.end() || !type->is_string())
        return false;
    const auto& text = type->get_ref<const std::string&>();
    return text.starts_with("application/vnd.oci.image.layer.nondistributable.") ||
           text.starts_with("application/vnd.docker.image.rootfs.foreign.");
}

} // namespace

std::set<Digest> foreignLayers(std::string_view manifest)
{
    std::set<Digest> result;
    const Json document = Json::parse(manifest, nullptr, false);
    if (!document.is_object())
        return result;
    const auto layers = document.find("layers");
    if (layers == document.end() || !layers->is_array())
        return result;
    for (const Json& layer : *layers) {
        if (!layer.is_object() || !isForeign(layer))
            continue;
        const auto digest = layer.find("digest");
        if (digest == layer.end() || !digest->is_string())
            continue;
        if (const auto parsed = Digest::parse(digest->get_ref<const std::string&>()))
            result.insert(*parsed);
    }
    return result;
}

} // namespace layerhold::registry
