// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/login_status_show.h"

#include "cli/output/text.h"
#include "cli/verbs/login.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace layerhold::cli {

namespace {

using registry::Capability;
using registry::CredentialKind;
using registry::Endpoint;
using registry::Verification;

constexpr std::array capabilityNames{std::pair{Capability::Pull, "pull"}, std::pair{Capability::Resolve, "resolve"},
                                     std::pair{Capability::Push, "push"},
                                     std::pair{Capability::Referrers, "referrers"}};

std::vector<std::string> capabilitiesOf(const Endpoint& endpoint)
{
    std::vector<std::string> names;
    for (const auto& [capability, name] : capabilityNames)
        if (endpoint.capabilities.has(capability))
            names.emplace_back(name);
    return names;
}

std::string credentialOf(const LoginStatus& status)
{
    return status.search.credential ? describe(*status.search.credential) : "unknown";
}

/// Where the credential is from, or why there is none.
std::string sourceOf(const LoginStatus& status)
{
    if (status.search.credential && status.search.credential->kind != CredentialKind::Anonymous)
        return status.search.credential->source;
    return status.search.failure ? status.search.failure->what() : "no source has one";
}

std::string reasonOf(const LoginStatus& status)
{
    if (!status.search.credential)
        return "a source failed, and none behind it has one, so nobody is taken for anonymous";
    if (status.search.credential->kind == CredentialKind::Anonymous)
        return "none of the sources below has one, so requests are anonymous";
    return "the first of the sources below that has one; what comes behind it is not asked";
}

std::string stepLine(const registry::CredentialStep& step)
{
    return fmt::format("{:<6}  {}{}", toString(step.outcome), step.source, step.note.empty() ? "" : ": " + step.note);
}

std::string tlsOf(const Endpoint& endpoint)
{
    if (endpoint.url.starts_with("http:"))
        return "unencrypted";
    std::string text = endpoint.tls.verification == Verification::Full ? "certificate is checked"
                                                                       : "insecure: certificate is not checked";
    for (const auto& file : endpoint.tls.caFiles)
        text += ", authorities in " + file.native();
    if (!endpoint.tls.clientPairs.empty())
        text += ", shows the certificate " + endpoint.tls.clientPairs.front().certificate.native();
    return text;
}

std::string endpointLine(const Endpoint& endpoint)
{
    std::string text = fmt::format("{} ({}{}; {}", endpoint.url, endpoint.isMirror ? "mirror: " : "",
                                   fmt::join(capabilitiesOf(endpoint), ", "), tlsOf(endpoint));
    for (const registry::Header& header : endpoint.headers)
        text += ", sends the header " + header.name;
    return text + ')';
}

std::string checkOf(const LoginStatus& status)
{
    if (!status.check)
        return {};
    if (status.check->failure)
        return std::string("failed: ") + status.check->failure->what();
    return fmt::format("accepted by {}", fmt::join(status.check->acceptedAt, ", "));
}

std::vector<std::string> warningsOf(const LoginStatus& status)
{
    std::vector<std::string> all = status.search.warnings;
    const auto add = [&](const std::vector<std::string>& more) { all.insert(all.end(), more.begin(), more.end()); };
    if (status.host)
        add(status.host->warnings);
    if (status.check)
        add(status.check->warnings);
    return all;
}

/// A name once, and beside it a line for each value.
void addLines(Fields& fields, const std::string& name, const std::vector<std::string>& values)
{
    for (const std::string& value : values)
        fields.add("  " + name, value);
}

Json toJson(const Endpoint& endpoint)
{
    Json authorities = Json::array();
    for (const auto& file : endpoint.tls.caFiles)
        authorities.push_back(file.native());
    Json certificates = Json::array();
    for (const registry::ClientPair& pair : endpoint.tls.clientPairs)
        certificates.push_back(pair.certificate.native());
    Json headers = Json::array();
    for (const registry::Header& header : endpoint.headers)
        headers.push_back(header.name);
    return {{"url", endpoint.url},
            {"mirror", endpoint.isMirror},
            {"capabilities", capabilitiesOf(endpoint)},
            {"verified", endpoint.tls.verification == Verification::Full && endpoint.url.starts_with("https:")},
            {"ca_files", std::move(authorities)},
            {"client_certificates", std::move(certificates)},
            {"headers", std::move(headers)}};
}

Json failureJson(const std::optional<Error>& failure)
{
    if (!failure)
        return {};
    return {{"code", toString(failure->code())}, {"message", failure->what()}};
}

Json hostJson(const LoginStatus& status)
{
    if (!status.host)
        return {{"source", nullptr}, {"endpoints", Json::array()}, {"failure", failureJson(status.hostFailure)}};
    Json endpoints = Json::array();
    for (const Endpoint& endpoint : status.host->endpoints)
        endpoints.push_back(toJson(endpoint));
    const auto& source = status.host->source.native();
    return {
        {"source", source.empty() ? Json() : Json(source)}, {"endpoints", std::move(endpoints)}, {"failure", nullptr}};
}

Json checkJson(const LoginStatus& status)
{
    if (!status.check)
        return {};
    return {{"accepted_at", status.check->acceptedAt}, {"failure", failureJson(status.check->failure)}};
}

Json toJson(const LoginStatus& status)
{
    const auto& credential = status.search.credential;
    const bool isAnonymous = credential && credential->kind == CredentialKind::Anonymous;
    Json steps = Json::array();
    for (const registry::CredentialStep& step : status.search.steps)
        steps.push_back({{"source", step.source}, {"outcome", toString(step.outcome)}, {"note", step.note}});
    return {{"registry", status.target.registry},
            {"repository", status.target.repository},
            {"kind", credential ? Json(kindName(credential->kind)) : Json()},
            {"username", credential ? usernameJson(*credential) : Json()},
            {"source", credential && !isAnonymous ? Json(credential->source) : Json()},
            {"steps", std::move(steps)},
            {"failure", failureJson(status.search.failure)},
            {"host", hostJson(status)},
            {"check", checkJson(status)},
            {"warnings", warningsOf(status)}};
}

} // namespace

void showList(Output& output, const std::vector<LoginStatus>& all)
{
    if (all.empty()) {
        output.line("Your files have no login for any registry. layerhold login REGISTRY makes one.");
        return;
    }
    const bool isChecked = std::any_of(all.begin(), all.end(), [](const LoginStatus& one) { return one.check; });
    std::vector<Table::Column> columns{{"REGISTRY"}, {"LOGIN"}, {"SOURCE"}};
    if (isChecked)
        columns.push_back({"CHECK"});
    Table table(std::move(columns));
    for (const LoginStatus& status : all) {
        std::vector<std::string> cells{status.target.toString(), credentialOf(status), sourceOf(status)};
        if (isChecked)
            cells.push_back(checkOf(status));
        table.add(cells);
        printWarnings(warningsOf(status));
    }
    output.table(table);
}

void showWhole(Output& output, const LoginStatus& status)
{
    output.line(neutralise(status.target.toString()));
    Fields fields;
    fields.add("  login", credentialOf(status));
    fields.add("  source", sourceOf(status));
    fields.add("  because", reasonOf(status));
    std::vector<std::string> lines;
    for (const registry::CredentialStep& step : status.search.steps)
        lines.push_back(stepLine(step));
    addLines(fields, "asked", lines);
    lines.clear();
    if (status.host) {
        for (const Endpoint& endpoint : status.host->endpoints)
            lines.push_back(endpointLine(endpoint));
        addLines(fields, "reached at", lines);
        fields.add("  configured in",
                   status.host->source.empty() ? "nothing, so the usual rules apply" : status.host->source.native());
    } else {
        fields.add("  reached at", std::string("unknown: ") + status.hostFailure->what());
    }
    if (status.check)
        fields.add("  check", checkOf(status));
    addLines(fields, "warning", warningsOf(status));
    output.lines(fields.lines());
}

Json toJson(const std::vector<LoginStatus>& all, const std::vector<std::string>& warnings)
{
    Json registries = Json::array();
    for (const LoginStatus& status : all)
        registries.push_back(toJson(status));
    return {{"registries", std::move(registries)}, {"warnings", warnings}};
}

} // namespace layerhold::cli
