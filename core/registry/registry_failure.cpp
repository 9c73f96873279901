// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/registry_failure.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace layerhold::registry {

namespace {

using Json = nlohmann::json;

/// OCI distribution specification 1.1, "Error Codes", and Docker's beside.
constexpr std::array<std::string_view, 20> knownCodes{"BLOB_UNKNOWN",
                                                      "BLOB_UPLOAD_INVALID",
                                                      "BLOB_UPLOAD_UNKNOWN",
                                                      "DENIED",
                                                      "DIGEST_INVALID",
                                                      "MANIFEST_INVALID",
                                                      "MANIFEST_BLOB_UNKNOWN",
                                                      "MANIFEST_UNKNOWN",
                                                      "MANIFEST_UNVERIFIED",
                                                      "NAME_INVALID",
                                                      "NAME_UNKNOWN",
                                                      "PAGINATION_NUMBER_INVALID",
                                                      "RANGE_INVALID",
                                                      "SIZE_INVALID",
                                                      "TAG_INVALID",
                                                      "TOOMANYREQUESTS",
                                                      "UNAUTHORIZED",
                                                      "UNAVAILABLE",
                                                      "UNKNOWN",
                                                      "UNSUPPORTED"};

/// " (MANIFEST_UNKNOWN)", or nothing.
std::string codeOf(const std::string& body)
{
    const Json document = Json::parse(body, nullptr, false);
    if (!document.is_object() || !document.contains("errors") || !document["errors"].is_array())
        return {};
    for (const Json& error : document["errors"]) {
        if (!error.is_object() || !error.contains("code") || !error["code"].is_string())
            continue;
        const auto& code = error["code"].get_ref<const std::string&>();
        if (std::find(knownCodes.begin(), knownCodes.end(), code) != knownCodes.end())
            return " (" + code + ')';
    }
    return {};
}

} // namespace

Error registryFailure(const HttpResponse& response, const Credential& credential)
{
    const int status = response.status;
    // Where there may be no such thing, GET must say no more than HEAD, which has no body: which of the two was sent
    // tells whether the blob is stored here.
    const bool isSilent = status == 401 || status == 403 || status == 404;
    const std::string answer = response.url.origin() + " answers with status " + std::to_string(status) +
                               (isSilent ? std::string() : codeOf(response.body));
    if (status == 401 || status == 403) {
        return Error(ErrorCode::Denied,
                     credential.kind == CredentialKind::Anonymous
                         ? answer + ": not without a login, or there is no such thing; log in to the registry"
                         : answer + ": the credential of " + credential.source +
                               " does not suffice, or there is no such thing; log in with one that does");
    }
    if (status == 404)
        return Error(ErrorCode::NotFound, answer + ": the registry does not have it; see how it is written");
    if (status == 429)
        return Error(ErrorCode::Unavailable,
                     answer + ": the registry's limit of requests is reached; try again later, or log in");
    if (status == 405 || status == 501)
        return Error(ErrorCode::Unsupported, answer + ": the registry does not do this");
    if (status >= 500)
        return Error(ErrorCode::Unavailable, answer + ": the registry has trouble; try again later");
    return Error(ErrorCode::FailedPrecondition, answer + ", which is no answer to this; ask who runs the registry");
}

} // namespace layerhold::registry
