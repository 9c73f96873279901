// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/auth_entry.h"

#include "registry/base64.h"

#include <utility>

namespace layerhold::registry {

namespace {

/// The text of a field, empty when it is absent. Other types are a problem.
std::string_view textOf(const Json& fields, const char* name, AuthEntry& entry)
{
    const auto found = fields.find(name);
    if (found == fields.end() || found->is_null())
        return {};
    if (!found->is_string()) {
        entry.problem = std::string("its field ") + name + " is no text";
        return {};
    }
    return found->get_ref<const std::string&>();
}

void setSecret(AuthEntry& entry, CredentialKind kind, std::string_view username, std::string_view secret)
{
    Credential credential;
    credential.kind = kind;
    credential.username = username;
    credential.secret = Secret(std::string(secret));
    entry.credential = std::move(credential);
}

void readAuth(std::string_view auth, AuthEntry& entry)
{
    const std::optional<Secret> decoded = decodeBase64(auth);
    if (!decoded) {
        entry.problem = "its field auth is no base64";
        return;
    }
    const std::string_view text = decoded->reveal();
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        entry.problem = "its field auth is not made as user:password";
        return;
    }
    std::string_view password = text.substr(colon + 1);
    // Docker once wrote passwords with NUL bytes around them, and takes them away since.
    while (password.ends_with('\0'))
        password.remove_suffix(1);
    while (password.starts_with('\0'))
        password.remove_prefix(1);
    setSecret(entry, CredentialKind::Password, text.substr(0, colon), password);
}

} // namespace

void readAuthEntry(const Json& fields, AuthFormat format, AuthEntry& entry)
{
    if (!fields.is_object()) {
        entry.problem = "it is no JSON object";
        return;
    }
    const std::string_view auth = textOf(fields, "auth", entry);
    const std::string_view identityToken = textOf(fields, "identitytoken", entry);
    const std::string_view registryToken =
        format == AuthFormat::Containers ? std::string_view() : textOf(fields, "registrytoken", entry);
    const std::string_view username = textOf(fields, "username", entry);
    const std::string_view password = textOf(fields, "password", entry);
    if (!entry.problem.empty())
        return;
    if (!registryToken.empty())
        setSecret(entry, CredentialKind::RegistryToken, {}, registryToken);
    else if (!identityToken.empty())
        setSecret(entry, CredentialKind::IdentityToken, {}, identityToken);
    else if (!auth.empty())
        readAuth(auth, entry);
    else if (!username.empty())
        setSecret(entry, CredentialKind::Password, username, password);
}

} // namespace layerhold::registry
