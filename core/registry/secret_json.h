// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace layerhold::registry {

/// Keeps the order of keys, so that a file that is written again looks as its owner left it.
using Json = nlohmann::ordered_json;

/// A JSON document that may hold secrets: its texts are overwritten when it ends.
class SecretJson
{
public:
    /// Exactly one document, which is an object nested at most 64 deep; empty text is an empty object. A byte order
    /// mark is skipped, and of equal keys the last one counts. Anything else is Error{FailedPrecondition} that says
    /// where in `what` it is broken, and nothing of what is there.
    static SecretJson parseObject(std::string_view text, const std::string& what);

    SecretJson() = default;
    explicit SecretJson(Json document);
    SecretJson(SecretJson&& other) noexcept = default;
    SecretJson& operator=(SecretJson&& other) = delete;
    SecretJson(const SecretJson&) = delete;
    SecretJson& operator=(const SecretJson&) = delete;
    ~SecretJson();

    Json& value() { return m_document; }

    const Json& value() const { return m_document; }

private:
    Json m_document = Json::object();
};

} // namespace layerhold::registry
