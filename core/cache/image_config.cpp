// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/image_config.h"

#include <nlohmann/json.hpp>

namespace layerhold {

namespace {

using Json = nlohmann::json;

/// Commands are for people; builders put whole scripts there.
constexpr std::size_t longestCommand = 4096;

const Json* member(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string textMember(const Json& object, const char* name)
{
    const Json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

bool isEmptyLayer(const Json& entry)
{
    const Json* value = member(entry, "empty_layer");
    return value && value->is_boolean() && value->get<bool>();
}

} // namespace

ImageConfig parseImageConfig(std::string_view document)
{
    ImageConfig config;
    const Json json = Json::parse(document, nullptr, false);
    const std::string os = textMember(json, "os");
    const std::string architecture = textMember(json, "architecture");
    if (!os.empty() && !architecture.empty()) {
        const std::string variant = textMember(json, "variant");
        config.platform = os + '/' + architecture + (variant.empty() ? "" : '/' + variant);
    }
    config.created = textMember(json, "created");
    const Json* history = member(json, "history");
    if (!history || !history->is_array())
        return config;
    for (const Json& entry : *history)
        if (!isEmptyLayer(entry))
            config.commands.push_back(textMember(entry, "created_by").substr(0, longestCommand));
    return config;
}

} // namespace layerhold
