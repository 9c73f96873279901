// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/output/json.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <ctime>

namespace layerhold::cli {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

Json timeToJson(const Timestamp& time)
{
    const auto seconds = static_cast<std::time_t>(time.seconds());
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:09}Z", fmt::gmtime(seconds), time.nanos());
}

Json messageToJson(const Message& message)
{
    if (message.GetDescriptor() == Timestamp::descriptor())
        return timeToJson(static_cast<const Timestamp&>(message));
    return toJson(message);
}

Json valueToJson(const Message& message, const FieldDescriptor& field)
{
    const Reflection& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.GetUInt32(message, &field);
    case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.GetUInt64(message, &field);
    case FieldDescriptor::CPPTYPE_INT32:
        return reflection.GetInt32(message, &field);
    case FieldDescriptor::CPPTYPE_INT64:
        return reflection.GetInt64(message, &field);
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.GetDouble(message, &field);
    case FieldDescriptor::CPPTYPE_FLOAT:
        return reflection.GetFloat(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.GetEnum(message, &field)->name();
    case FieldDescriptor::CPPTYPE_STRING:
        return reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return reflection.HasField(message, &field) ? messageToJson(reflection.GetMessage(message, &field)) : Json();
    }
    return {};
}

/// layerhold.v1 repeats messages and strings only.
Json repeatedToJson(const Message& message, const FieldDescriptor& field)
{
    const Reflection& reflection = *message.GetReflection();
    Json list = Json::array();
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
        if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
            list.push_back(messageToJson(reflection.GetRepeatedMessage(message, &field, i)));
        else
            list.push_back(reflection.GetRepeatedString(message, &field, i));
    }
    return list;
}

} // namespace

Json toJson(const Message& message)
{
    Json json = Json::object();
    const auto& descriptor = *message.GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
        const FieldDescriptor& field = *descriptor.field(i);
        if (field.is_repeated())
            json[field.name()] = repeatedToJson(message, field);
        else if (field.has_optional_keyword() && !message.GetReflection()->HasField(message, &field))
            json[field.name()] = nullptr;
        else if (!field.real_containing_oneof() || message.GetReflection()->HasField(message, &field))
            json[field.name()] = valueToJson(message, field);
    }
    return json;
}

std::string print(const Json& json, JsonStyle style)
{
    constexpr bool asciiOnly = true;
    return json.dump(style == JsonStyle::Document ? 2 : -1, ' ', asciiOnly, Json::error_handler_t::replace);
}

} // namespace layerhold::cli
