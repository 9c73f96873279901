// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/auth_file.h"

#include "layerhold/error.h"
#include "registry/auth_entry.h"
#include "registry/registry_key.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

namespace {

/// An object of the document; nullptr when it is absent.
const Json* objectIn(const Json& document, const char* field, const std::string& name)
{
    const auto found = document.find(field);
    if (found == document.end() || found->is_null())
        return nullptr;
    if (!found->is_object())
        throw Error(ErrorCode::FailedPrecondition, name + ": " + field + " is no JSON object; repair it");
    return &*found;
}

void readEntries(const Json& auths, AuthFormat format, AuthFile& file)
{
    for (const auto& [spelling, fields] : auths.items()) {
        const auto key = normalKey(spelling);
        if (!key)
            continue;
        AuthEntry entry;
        entry.spelling = spelling;
        entry.key = *key;
        readAuthEntry(fields, format, entry);
        file.entries.push_back(std::move(entry));
    }
}

void readHelpers(const Json& helpers, const std::string& name, AuthFile& file)
{
    for (const auto& [spelling, suffix] : helpers.items()) {
        if (!suffix.is_string())
            throw Error(ErrorCode::FailedPrecondition, name + ": credHelpers has a value that is no text; repair it");
        const auto key = normalKey(spelling);
        if (!key || key->find('/') != std::string::npos)
            continue; // helpers are for whole registries
        HelperEntry entry;
        entry.spelling = spelling;
        entry.key = *key;
        entry.suffix = suffix.get_ref<const std::string&>();
        file.helpers.push_back(std::move(entry));
    }
}

void refuseOtherFields(const Json& document, const std::string& name)
{
    const auto refuse = [&] {
        throw Error(ErrorCode::FailedPrecondition,
                    name + " may have nothing but auths, and there nothing but auth; take the rest out of it");
    };
    for (const auto& [field, value] : document.items()) {
        if (field != "auths" || !value.is_object())
            refuse();
        for (const Json& entry : value) {
            if (!entry.is_object())
                refuse();
            for (const auto& [part, ignored] : entry.items())
                if (part != "auth")
                    refuse();
        }
    }
}

/// Of several spellings of one key the one that Docker writes today is the newest; else the first counts.
template <typename Entry>
const Entry* best(const std::vector<Entry>& entries, const std::string& key)
{
    const std::string preferred = dockerKey(key);
    const Entry* first = nullptr;
    for (const Entry& entry : entries) {
        if (entry.key != key)
            continue;
        if (entry.spelling == preferred)
            return &entry;
        if (first == nullptr)
            first = &entry;
    }
    return first;
}

bool isMark(const AuthEntry& entry)
{
    return !entry.credential && entry.problem.empty();
}

} // namespace

bool AuthFile::holdsSecrets() const
{
    return std::any_of(entries.begin(), entries.end(), [](const AuthEntry& entry) { return !isMark(entry); });
}

const AuthEntry* AuthFile::entryFor(std::string_view registry, std::string_view repository) const
{
    const AuthEntry* mark = nullptr;
    for (const std::string& key : keysFor(registry, repository)) {
        const AuthEntry* const entry = best(entries, key);
        if (entry != nullptr && !isMark(*entry))
            return entry;
        if (mark == nullptr)
            mark = entry;
    }
    return mark;
}

const HelperEntry* AuthFile::helperFor(std::string_view registry) const
{
    return best(helpers, normalHost(registry));
}

AuthFile parseAuthFile(std::string_view text, const std::string& name, AuthFormat format)
{
    const SecretJson document = SecretJson::parseObject(text, name);
    return readAuthFields(document.value(), name, format);
}

AuthFile readAuthFields(const Json& document, const std::string& name, AuthFormat format)
{
    AuthFile file;
    if (format == AuthFormat::Dockercfg) {
        readEntries(document, format, file);
        return file;
    }
    if (format == AuthFormat::Environment)
        refuseOtherFields(document, name);
    if (const Json* const auths = objectIn(document, "auths", name))
        readEntries(*auths, format, file);
    if (const Json* const helpers = objectIn(document, "credHelpers", name))
        readHelpers(*helpers, name, file);
    if (const auto store = document.find("credsStore"); format == AuthFormat::Docker && store != document.end()) {
        if (!store->is_string())
            throw Error(ErrorCode::FailedPrecondition, name + ": credsStore is no text; repair it");
        file.credsStore = store->get_ref<const std::string&>();
    }
    return file;
}

std::filesystem::path dockerConfigFile(const UserEnvironment& user)
{
    if (!user.dockerConfig.empty())
        return user.dockerConfig / "config.json";
    return user.home.empty() ? std::filesystem::path() : user.home / ".docker" / "config.json";
}

std::vector<AuthFilePlace> containersAuthFiles(const UserEnvironment& user)
{
    if (!user.registryAuthFile.empty())
        return {{user.registryAuthFile, AuthFormat::Containers}};
    const std::filesystem::path name = std::filesystem::path("containers") / "auth.json";
    std::vector<AuthFilePlace> places;
    if (!user.runtimeFolder.empty())
        places.push_back({user.runtimeFolder / name, AuthFormat::Containers});
    else
        places.push_back({std::filesystem::path("/run/containers") / std::to_string(user.uid) / "auth.json",
                          AuthFormat::Containers});
    if (!user.configFolder.empty())
        places.push_back({user.configFolder / name, AuthFormat::Containers});
    else if (!user.home.empty())
        places.push_back({user.home / ".config" / name, AuthFormat::Containers});
    if (!user.home.empty())
        places.push_back({user.home / ".dockercfg", AuthFormat::Dockercfg});
    return places;
}

} // namespace layerhold::registry
