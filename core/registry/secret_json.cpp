// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/secret_json.h"

#include "layerhold/error.h"
#include "layerhold/registry/secret.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace layerhold::registry {

namespace {

constexpr int deepest = 64; // what is written again is written by recursion

std::string position(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineStart = before.rfind('\n') + 1; // 0 when there is none
    return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - lineStart + 1);
}

Error broken(const std::string& what, const std::string& why)
{
    return {ErrorCode::FailedPrecondition, what + " " + why + "; repair it"};
}

} // namespace

SecretJson SecretJson::parseObject(std::string_view text, const std::string& what)
{
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return {};
    try {
        SecretJson parsed(Json::parse(text.begin(), text.end(), [&](int depth, Json::parse_event_t, Json&) {
            if (depth > deepest)
                throw broken(what, "is nested too deep");
            return true;
        }));
        if (!parsed.value().is_object())
            throw broken(what, "is no JSON object");
        return parsed;
    } catch (const Json::parse_error& error) {
        // Its own text quotes what it has read.
        throw broken(what, "is no JSON from " + position(text, error.byte) + " on");
    } catch (const Json::exception&) {
        throw broken(what, "has a number that is too large");
    }
}

SecretJson::SecretJson(Json document)
    : m_document(std::move(document))
{}

SecretJson::~SecretJson()
{
    std::vector<Json*> open{&m_document};
    while (!open.empty()) {
        Json& value = *open.back();
        open.pop_back();
        if (value.is_string())
            wipe(value.get_ref<Json::string_t&>());
        else if (value.is_structured())
            for (Json& child : value)
                open.push_back(&child);
    }
}

} // namespace layerhold::registry
