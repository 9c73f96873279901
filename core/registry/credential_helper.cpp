// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/credential_helper.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "registry/helper_process.h"
#include "registry/secret_json.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::string_view notFound = "credentials not found in native keychain";
constexpr std::string_view noServer = "no credentials server URL";
constexpr std::string_view noUsername = "no credentials username";
constexpr std::size_t longestSuffix = 100;

bool isSuffixCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/// The suffix is data from a file: it must not be able to name another folder.
bool isSuffix(const std::string& suffix)
{
    return !suffix.empty() && suffix.size() <= longestSuffix && suffix.find("..") == std::string::npos &&
           std::all_of(suffix.begin(), suffix.end(), isSuffixCharacter);
}

std::string joined(const std::vector<std::filesystem::path>& folders)
{
    std::string text;
    for (const std::filesystem::path& folder : folders)
        text += (text.empty() ? "" : ":") + folder.native();
    return text;
}

std::filesystem::path find(const std::string& name, const std::vector<std::filesystem::path>& folders)
{
    for (const std::filesystem::path& folder : folders) {
        std::filesystem::path program = folder / name;
        std::error_code unreadable;
        if (std::filesystem::is_regular_file(program, unreadable) && ::access(program.c_str(), X_OK) == 0)
            return program;
    }
    throw Error(ErrorCode::FailedPrecondition, name + " is not installed; put it into one of the folders " +
                                                   joined(folders) + ", or correct credsStore or credHelpers");
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// `answer` is known to be a failure.
[[noreturn]] void failed(const std::filesystem::path& program, const std::string& verb, const HelperAnswer& answer)
{
    const std::string_view said = trimmed(answer.output.reveal());
    std::string message = program.filename().native() + " failed to " + verb + " a credential (exit " +
                          std::to_string(answer.status) + ")";
    for (const std::string_view known : {noServer, noUsername})
        if (said == known)
            message += std::string(": ") + std::string(known);
    throw Error(ErrorCode::Denied, message + "; try it by hand");
}

bool isNotFound(const HelperAnswer& answer)
{
    return answer.status != 0 && trimmed(answer.output.reveal()) == notFound;
}

std::string takeText(Json& document, const char* field, const std::string& name)
{
    const auto found = document.find(field);
    if (found == document.end() || found->is_null())
        return {};
    if (!found->is_string())
        throw Error(ErrorCode::Unavailable, name + " answered with a " + field + " that is no text");
    return std::move(found->get_ref<std::string&>());
}

SecretJson parseAnswer(const HelperAnswer& answer, const std::string& name)
{
    try {
        return SecretJson::parseObject(answer.output.reveal(), "the answer of " + name);
    } catch (const Error& error) {
        throw Error(ErrorCode::Unavailable, error.what());
    }
}

} // namespace

CredentialHelper::CredentialHelper(const std::string& suffix, const UserEnvironment& user,
                                   std::chrono::milliseconds deadline)
    : m_deadline(deadline)
{
    if (!isSuffix(suffix))
        throw Error(ErrorCode::FailedPrecondition,
                    "a configuration file names a credential helper that cannot be one: names are of letters, digits, "
                    "'-', '_' and '.'; correct credsStore or credHelpers");
    m_program = find(nameOf(suffix), user.helperFolders);
    m_environment.push_back("PATH=" + joined(user.helperFolders));
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            m_environment.push_back(name + value);
    };
    add("HOME=", user.home.native());
    add("XDG_RUNTIME_DIR=", user.runtimeFolder.native());
    add("DBUS_SESSION_BUS_ADDRESS=", user.dbusAddress);
}

std::string CredentialHelper::nameOf(const std::string& suffix)
{
    return isSuffix(suffix) ? "docker-credential-" + suffix : std::string();
}

std::optional<Credential> CredentialHelper::get(const std::string& server, const std::stop_token& stop) const
{
    const HelperAnswer answer = runHelper({m_program, "get", m_environment, server, m_deadline}, stop);
    if (isNotFound(answer))
        return std::nullopt;
    if (answer.status != 0)
        failed(m_program, "get", answer);
    const std::string name = m_program.filename().native();
    SecretJson document = parseAnswer(answer, name);
    std::string username = takeText(document.value(), "Username", name);
    Secret secret(takeText(document.value(), "Secret", name));
    if (username.empty() && secret.isEmpty())
        return std::nullopt;
    Credential credential;
    const bool isToken = username == identityTokenUser;
    credential.kind = isToken ? CredentialKind::IdentityToken : CredentialKind::Password;
    if (!isToken)
        credential.username = std::move(username);
    credential.secret = std::move(secret);
    credential.source = name;
    return credential;
}

void CredentialHelper::store(const std::string& server, const Credential& credential, const std::stop_token& stop) const
{
    const bool isToken = credential.kind == CredentialKind::IdentityToken;
    if (!isToken && credential.kind != CredentialKind::Password)
        throw Error(ErrorCode::InvalidArgument,
                    m_program.filename().native() + " keeps passwords and identity tokens only; give one of these");
    SecretJson document;
    document.value()["ServerURL"] = server;
    document.value()["Username"] = isToken ? std::string(identityTokenUser) : credential.username;
    document.value()["Secret"] = std::string(credential.secret.reveal());
    Secret input;
    try {
        input = Secret(document.value().dump());
    } catch (const Json::exception&) {
        throw Error(ErrorCode::InvalidArgument,
                    "the user name or the password is not in UTF-8, which " + m_program.filename().native() + " needs");
    }
    const HelperAnswer answer = runHelper({m_program, "store", m_environment, input.reveal(), m_deadline}, stop);
    if (answer.status != 0)
        failed(m_program, "store", answer);
}

CredentialHelper::Erased CredentialHelper::erase(const std::string& server, const std::stop_token& stop) const
{
    const HelperAnswer answer = runHelper({m_program, "erase", m_environment, server, m_deadline}, stop);
    if (isNotFound(answer))
        return Erased::NothingThere;
    if (answer.status != 0)
        failed(m_program, "erase", answer);
    return Erased::Yes;
}

std::map<std::string, std::string> CredentialHelper::list(const std::stop_token& stop) const
{
    const HelperAnswer answer = runHelper({m_program, "list", m_environment, "unused", m_deadline}, stop);
    if (answer.status != 0)
        failed(m_program, "list", answer);
    const SecretJson document = parseAnswer(answer, m_program.filename().native());
    std::map<std::string, std::string> servers;
    for (const auto& [server, username] : document.value().items())
        if (username.is_string())
            servers.emplace(server, username.get_ref<const std::string&>());
    return servers;
}

} // namespace layerhold::registry
