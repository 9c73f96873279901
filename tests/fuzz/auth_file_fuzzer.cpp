// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz_one.h"
#include "fuzz/planting.h"
#include "fuzz/properties.h"
#include "registry/auth_file.h"
#include "registry/base64.h"
#include "registry/registry_key.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

using namespace layerhold;
using namespace layerhold::fuzz;
using namespace layerhold::registry;

namespace {

constexpr std::array formats{AuthFormat::Docker, AuthFormat::Containers, AuthFormat::Dockercfg,
                             AuthFormat::Environment};

/// nullopt when it is refused, in words that have nothing of the content.
std::optional<AuthFile> parsed(std::string_view text, AuthFormat format)
{
    std::optional<AuthFile> file;
    const auto refusal =
        refusalOf(ErrorCode::FailedPrecondition, [&] { file = parseAuthFile(text, "the file", format); });
    if (refusal) {
        hold(refusal->starts_with("the file"), "a refusal names the file");
        hold(!registry::test::leaks(*refusal), "a refusal tells no secret");
    }
    return file;
}

void checkCredential(const Credential& credential, AuthFormat format)
{
    const bool isPassword = credential.kind == CredentialKind::Password;
    hold(credential.kind != CredentialKind::Anonymous, "what has nothing is no credential");
    hold(credential.username.empty() != isPassword, "passwords have a user name, and nothing else has");
    hold(isPassword || !credential.secret.isEmpty(), "a token is not empty");
    hold(format != AuthFormat::Containers || credential.kind != CredentialKind::RegistryToken,
         "the containers tools have no registry tokens");
    hold(format != AuthFormat::Environment || isPassword, "the variable has nothing but auth");
}

void checkEntry(const AuthFile& file, const AuthEntry& entry, AuthFormat format)
{
    hold(normalKey(entry.spelling) == entry.key, "the key is the spelling in normal form");
    hold(normalKey(entry.key) == entry.key, "the normal form stays what it is");
    hold(!(entry.credential && !entry.problem.empty()), "there is a credential or a problem");
    hold(!registry::test::leaks(entry.problem), "a problem tells no secret");
    if (entry.credential)
        checkCredential(*entry.credential, format);
    const std::size_t slash = std::min(entry.key.find('/'), entry.key.size());
    const std::string repository = entry.key.substr(std::min(slash + 1, entry.key.size()));
    const AuthEntry* const found = file.entryFor(entry.key.substr(0, slash), repository);
    hold(found != nullptr, "who asks for the key finds an entry");
    hold(entry.key == found->key || entry.key.starts_with(found->key + '/'), "an entry is for whole segments");
}

void checkFile(const AuthFile& file, AuthFormat format)
{
    for (const AuthEntry& entry : file.entries)
        checkEntry(file, entry, format);
    for (const HelperEntry& helper : file.helpers) {
        hold(normalKey(helper.spelling) == helper.key && helper.key.find('/') == std::string::npos,
             "helpers are for whole registries");
        const HelperEntry* const found = file.helperFor(helper.key);
        hold(found != nullptr && found->key == helper.key, "who asks for the registry finds its helper");
    }
    hold(file.credsStore.empty() || format == AuthFormat::Docker, "only Docker has a credsStore");
}

Json fieldsOf(const Credential& credential)
{
    const std::string secret(credential.secret.reveal());
    if (credential.kind == CredentialKind::IdentityToken)
        return {{"identitytoken", secret}};
    if (credential.kind == CredentialKind::RegistryToken)
        return {{"registrytoken", secret}};
    // What auth cannot say has been said by the other two fields.
    if (credential.username.find(':') != std::string::npos || secret.starts_with('\0') || secret.ends_with('\0'))
        return {{"username", credential.username}, {"password", secret}};
    return {{"auth", std::string(encodeBase64(credential.username + ':' + secret).reveal())}};
}

/// Without what has a problem.
std::string printed(const AuthFile& file, AuthFormat format)
{
    Json auths = Json::object();
    for (const AuthEntry& entry : file.entries)
        if (entry.problem.empty())
            auths[entry.spelling] = entry.credential ? fieldsOf(*entry.credential) : Json::object();
    if (format == AuthFormat::Dockercfg)
        return auths.dump();
    Json document = {{"auths", auths}};
    for (const HelperEntry& helper : file.helpers)
        document["credHelpers"][helper.spelling] = helper.suffix;
    if (!file.credsStore.empty())
        document["credsStore"] = file.credsStore;
    return document.dump();
}

void checkPrinting(const AuthFile& file, AuthFormat format)
{
    const std::string text = printed(file, format);
    const auto again = parsed(text, format);
    hold(again && printed(*again, format) == text, "a printed file parses to the same");
    hold(again->entries.size() <= file.entries.size(), "printing adds nothing");
    for (const AuthEntry& entry : again->entries)
        hold(entry.problem.empty(), "a printed entry has no problem");
}

void checkBase64(std::string_view text)
{
    const auto isInverse = [](std::string_view bytes) {
        const auto decoded = decodeBase64(encodeBase64(bytes).reveal());
        return decoded && decoded->reveal() == bytes;
    };
    hold(isInverse(text), "what is encoded decodes to the same");
    if (const auto decoded = decodeBase64(text))
        hold(isInverse(decoded->reveal()), "what is decoded can be encoded");
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view text = textOf(input);
    for (const AuthFormat format : formats) {
        for (const std::string& document : {std::string(text), withPlantedSecret(text)}) {
            if (const auto file = parsed(document, format)) {
                checkFile(*file, format);
                checkPrinting(*file, format);
            }
        }
    }
    checkBase64(text);
    return 0;
}
