// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/login.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "registry/auth_file.h"
#include "registry/base64.h"
#include "registry/credential_helper.h"
#include "registry/registry_key.h"
#include "registry/user_file.h"

#include <filesystem>
#include <utility>

namespace layerhold::registry {

namespace {

/// Docker's config.json, to be changed.
struct DockerConfig
{
    std::filesystem::path path;
    SecretJson document;
    AuthFile fields;
};

DockerConfig readDockerConfig(const UserEnvironment& user)
{
    std::filesystem::path path = dockerConfigFile(user);
    if (path.empty())
        throw Error(ErrorCode::FailedPrecondition,
                    "there is no place for credentials: set HOME, or DOCKER_CONFIG to a folder");
    const std::string name = text::quotedPath(path);
    const auto file = readUserFile(path, user.uid);
    SecretJson document = file ? SecretJson::parseObject(file->content.reveal(), name) : SecretJson();
    AuthFile fields = readAuthFields(document.value(), name, AuthFormat::Docker);
    return {std::move(path), std::move(document), std::move(fields)};
}

void write(const DockerConfig& config)
{
    Secret content;
    try {
        content = Secret(config.document.value().dump(1, '\t')); // as Docker indents it
    } catch (const Json::exception&) {
        throw Error(ErrorCode::InvalidArgument,
                    "the token is not in UTF-8, which " + text::quotedPath(config.path) + " needs; give it again");
    }
    replaceUserFile(config.path, content.reveal());
}

/// Empty when the registry's credential stands in the file.
std::string helperSuffix(const AuthFile& fields, const std::string& registry)
{
    const HelperEntry* const helper = fields.helperFor(registry);
    return helper != nullptr ? helper->suffix : fields.credsStore;
}

void checkRegistry(const std::string& registry)
{
    if (!isHostText(registry))
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(registry) + " is no registry; write a host name, with :PORT where it needs one");
}

void checkCredential(const Credential& credential)
{
    const auto refuse = [](const char* why) { throw Error(ErrorCode::InvalidArgument, why); };
    if (credential.kind == CredentialKind::Anonymous || credential.secret.isEmpty())
        refuse("there is nothing to store; give a password or a token");
    if (credential.secret.reveal().find('\0') != std::string_view::npos)
        refuse("the password or token has a NUL byte, which no registry accepts; give it without");
    if (credential.kind != CredentialKind::Password)
        return;
    if (credential.username.empty())
        refuse("a password needs a user name; give one");
    if (credential.username.find_first_of(std::string_view(":\0", 2)) != std::string::npos)
        refuse("a user name cannot have ':' or a NUL byte; give it without");
}

Json entryOf(const Credential& credential)
{
    Json entry = Json::object();
    if (credential.kind == CredentialKind::IdentityToken) {
        entry["identitytoken"] = std::string(credential.secret.reveal());
    } else if (credential.kind == CredentialKind::RegistryToken) {
        entry["registrytoken"] = std::string(credential.secret.reveal());
    } else {
        std::string pair;
        pair.reserve(credential.username.size() + 1 + credential.secret.reveal().size());
        pair.append(credential.username).append(1, ':').append(credential.secret.reveal());
        const Secret plain(std::move(pair));
        entry["auth"] = std::string(encodeBase64(plain.reveal()).reveal());
    }
    return entry;
}

void putEntry(DockerConfig& config, const std::string& registry, Json entry)
{
    Json& auths = config.document.value()["auths"];
    if (auths.is_null())
        auths = Json::object();
    SecretJson former(std::exchange(auths[dockerKey(registry)], std::move(entry))); // overwritten when it ends
}

/// True when there was an entry.
bool removeEntries(DockerConfig& config, const std::string& registry)
{
    const std::string host = normalHost(registry);
    bool removed = false;
    for (const AuthEntry& entry : config.fields.entries) {
        if (entry.key != host)
            continue;
        Json& auths = config.document.value()["auths"];
        const SecretJson former(std::move(auths[entry.spelling]));
        auths.erase(entry.spelling);
        removed = true;
    }
    return removed;
}

std::vector<std::string> warningsFor(const UserEnvironment& user)
{
    if (user.dockerAuthConfig.isEmpty())
        return {};
    return {"DOCKER_AUTH_CONFIG is set, and what it has for a registry comes first; unset it"};
}

} // namespace

Login::Login(UserEnvironment user, std::chrono::milliseconds helperDeadline)
    : m_user(std::move(user))
    , m_helperDeadline(helperDeadline)
{}

void Login::check(const std::string& registry, const Credential& credential)
{
    checkRegistry(registry);
    checkCredential(credential);
}

LoginOutcome Login::store(const std::string& registry, const Credential& credential, const std::stop_token& stop) const
{
    check(registry, credential);
    DockerConfig config = readDockerConfig(m_user);
    LoginOutcome outcome;
    outcome.warnings = warningsFor(m_user);
    if (const std::string suffix = helperSuffix(config.fields, registry); !suffix.empty()) {
        const CredentialHelper helper(suffix, m_user, m_helperDeadline);
        helper.store(dockerKey(registry), credential, stop);
        // The empty mark is how Docker knows which registries to ask the helper for; it takes the place of a password.
        putEntry(config, registry, Json::object());
        outcome.place = CredentialHelper::nameOf(suffix);
    } else {
        putEntry(config, registry, entryOf(credential));
        outcome.place = config.path.native();
        outcome.warnings.push_back(text::quotedPath(config.path) +
                                   " keeps it unencrypted; name a credential helper as credsStore there");
    }
    write(config);
    return outcome;
}

LogoutOutcome Login::erase(const std::string& registry, const std::stop_token& stop) const
{
    checkRegistry(registry);
    DockerConfig config = readDockerConfig(m_user);
    LogoutOutcome outcome;
    outcome.warnings = warningsFor(m_user);
    if (const std::string suffix = helperSuffix(config.fields, registry); !suffix.empty()) {
        const CredentialHelper helper(suffix, m_user, m_helperDeadline);
        if (helper.erase(dockerKey(registry), stop) == CredentialHelper::Erased::Yes)
            outcome.places.push_back(CredentialHelper::nameOf(suffix));
    }
    if (removeEntries(config, registry)) {
        write(config);
        outcome.places.push_back(config.path.native());
    }
    return outcome;
}

} // namespace layerhold::registry
