// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>

#include <string>

namespace layerhold::cli {

using Json = nlohmann::ordered_json;

/// A message as JSON: the field names of the .proto in their order, numbers as numbers, times as RFC 3339 text in UTC
/// with nanoseconds, and null for a message or an optional field that is not set. Of a oneof only the member that is
/// set appears.
Json toJson(const google::protobuf::Message& message);

/// ASCII only, so that no terminal can be moved by it. One line, or indented for a document.
enum class JsonStyle
{
    Line,
    Document
};
std::string print(const Json& json, JsonStyle style);

} // namespace layerhold::cli
