// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/daemon/log_format.h"

#include "api/utf8.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string_view>

namespace layerhold::service {

namespace {

std::string callerText(const LogCaller& caller)
{
    const std::string_view path(caller.file);
    const std::size_t slash = path.rfind('/');
    return fmt::format("{}:{} {}", slash == std::string_view::npos ? path : path.substr(slash + 1), caller.line,
                       caller.function);
}

std::string json(const nlohmann::json& value)
{
    constexpr bool asciiOnly = true;
    return value.dump(-1, ' ', asciiOnly, nlohmann::json::error_handler_t::replace);
}

std::string plain(const LogField& field)
{
    return std::visit(
        [](const auto& value) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
                const bool isWord = !value.empty() && value.find_first_of(" \"=") == std::string::npos;
                return isWord ? value : '"' + value + '"';
            } else {
                return fmt::format("{}", value);
            }
        },
        field.value);
}

} // namespace

std::string logText(const LogRecord& record, CallerInfo caller)
{
    std::string text = record.message;
    for (const LogField& field : record.fields)
        text += ' ' + field.name + '=' + plain(field);
    if (caller == CallerInfo::Shown)
        text += " caller=\"" + callerText(record.caller) + '"';
    return api::neutralise(text);
}

std::string logJson(const LogRecord& record, CallerInfo caller)
{
    std::string text = json(record.message);
    for (const LogField& field : record.fields)
        text += ',' + json(field.name) + ':' +
                std::visit([](const auto& value) { return json(nlohmann::json(value)); }, field.value);
    if (caller == CallerInfo::Shown)
        text += ",\"caller\":" + json(callerText(record.caller));
    return text;
}

} // namespace layerhold::service
