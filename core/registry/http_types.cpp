// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/http_types.h"

namespace layerhold::registry {

const char* toString(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Patch:
        break;
    }
    return "PATCH";
}

std::optional<std::string_view> HttpResponse::header(std::string_view name) const
{
    for (const auto& [itsName, value] : headers)
        if (itsName == name)
            return value;
    return std::nullopt;
}

std::vector<std::string_view> HttpResponse::headersNamed(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [itsName, value] : headers)
        if (itsName == name)
            values.emplace_back(value);
    return values;
}

} // namespace layerhold::registry
