// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/credential_finder.h"

#include "base/text.h"
#include "registry/auth_file.h"
#include "registry/credential_helper.h"
#include "registry/registry_key.h"
#include "registry/user_file.h"

#include <optional>
#include <set>

namespace layerhold::registry {

namespace {

/// Docker keeps the tokens of its own login in the helper too, as https://index.docker.io/v1/access-token and such.
bool isDockersToken(const std::string& key)
{
    return key.starts_with("docker.io/v1/");
}

class Collection
{
public:
    Collection(const CredentialFinderOptions& options, const std::stop_token& stop)
        : m_options(options)
        , m_stop(stop)
    {}

    KnownRegistries run()
    {
        const Secret& variable = m_options.user.dockerAuthConfig;
        if (!variable.isEmpty())
            attempt("DOCKER_AUTH_CONFIG",
                    [&] { add(parseAuthFile(variable.reveal(), "DOCKER_AUTH_CONFIG", AuthFormat::Environment)); });
        addFile(dockerConfigFile(m_options.user), AuthFormat::Docker);
        for (const auto& [path, format] : containersAuthFiles(m_options.user))
            addFile(path, format);
        m_result.keys.assign(m_keys.begin(), m_keys.end());
        return std::move(m_result);
    }

private:
    template <typename Read>
    void attempt(const std::string& source, Read read)
    {
        if (m_stop.stop_requested())
            throw Cancelled();
        try {
            read();
        } catch (const Error& error) {
            m_result.warnings.push_back("what " + source + " knows is not shown: " + error.what());
        }
    }

    void addFile(const std::filesystem::path& path, AuthFormat format)
    {
        if (path.empty())
            return;
        std::string store;
        attempt(text::quotedPath(path), [&] {
            const auto file = readUserFile(path, m_options.user.uid);
            if (!file)
                return;
            const AuthFile fields = parseAuthFile(file->content.reveal(), text::quotedPath(path), format);
            add(fields);
            store = fields.credsStore;
        });
        if (!store.empty())
            attempt("credsStore of " + text::quotedPath(path), [&] {
                const CredentialHelper helper(store, m_options.user, m_options.helperDeadline);
                for (const auto& [server, username] : helper.list(m_stop))
                    if (const auto key = normalKey(server); key && !isDockersToken(*key))
                        m_keys.insert(*key);
            });
    }

    void add(const AuthFile& file)
    {
        for (const AuthEntry& entry : file.entries)
            m_keys.insert(entry.key);
        for (const HelperEntry& helper : file.helpers)
            m_keys.insert(helper.key);
    }

    const CredentialFinderOptions& m_options;
    const std::stop_token& m_stop;
    std::set<std::string> m_keys;
    KnownRegistries m_result;
};

} // namespace

KnownRegistries CredentialFinder::knownRegistries(const std::stop_token& stop) const
{
    return Collection(m_options, stop).run();
}

} // namespace layerhold::registry
