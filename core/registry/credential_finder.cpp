// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/credential_finder.h"

#include "base/text.h"
#include "registry/auth_file.h"
#include "registry/credential_helper.h"
#include "registry/registry_key.h"
#include "registry/user_file.h"

#include <utility>

namespace layerhold::registry {

namespace {

struct Answer
{
    std::optional<Credential> credential;
    std::string note;
};

/// One search: asks source after source and writes down what each said.
class Search
{
public:
    Search(const CredentialFinderOptions& options, const std::string& registry, const std::string& repository,
           const std::stop_token& stop)
        : m_options(options)
        , m_registry(registry)
        , m_repository(repository)
        , m_stop(stop)
    {}

    CredentialSearch run()
    {
        if (!(askGiven() || askCallback() || askVariable() || askDocker() || askContainers()))
            concludeWithout();
        else
            warnOfFailures();
        return std::move(m_result);
    }

private:
    /// True when the source has a credential.
    template <typename Ask>
    bool attempt(const std::string& source, Ask ask)
    {
        if (m_stop.stop_requested())
            throw Cancelled();
        CredentialStep step;
        step.source = source;
        try {
            Answer answer = ask();
            step.note = std::move(answer.note);
            if (answer.credential) {
                step.outcome = CredentialOutcome::Found;
                m_result.credential = std::move(answer.credential);
                m_result.credential->source = source;
            }
        } catch (const Error& error) {
            step.outcome = CredentialOutcome::Failed;
            step.note = error.what();
            if (!m_result.failure)
                m_result.failure = error;
        }
        m_result.steps.push_back(std::move(step));
        return m_result.credential.has_value();
    }

    bool askGiven()
    {
        const std::string host = normalHost(m_registry);
        for (const auto& given : m_options.given)
            if (normalHost(given.first) == host)
                return attempt("given for " + given.first, [&] { return Answer{given.second, {}}; });
        return false;
    }

    bool askCallback()
    {
        if (!m_options.callback)
            return false;
        return attempt("callback", [&] {
            auto credential = m_options.callback(m_registry, m_repository, m_stop);
            if (credential && credential->kind == CredentialKind::Password && credential->username.empty() &&
                credential->secret.isEmpty())
                credential.reset();
            return Answer{std::move(credential), {}};
        });
    }

    bool askVariable()
    {
        if (m_options.user.dockerAuthConfig.isEmpty())
            return false;
        return attempt("DOCKER_AUTH_CONFIG", [&] {
            return answerOf(
                parseAuthFile(m_options.user.dockerAuthConfig.reveal(), "DOCKER_AUTH_CONFIG", AuthFormat::Environment));
        });
    }

    bool askDocker()
    {
        const std::filesystem::path path = dockerConfigFile(m_options.user);
        const std::optional<AuthFile> file = read(path, AuthFormat::Docker);
        if (!file)
            return false;
        const std::string server = dockerKey(m_registry);
        const HelperEntry* const helper = file->helperFor(m_registry);
        if (helper != nullptr && !helper->suffix.empty() && askHelper(path, "credHelpers", helper->suffix, server))
            return true;
        const bool isForFile = helper != nullptr && helper->suffix.empty();
        if (!file->credsStore.empty() && !isForFile && askHelper(path, "credsStore", file->credsStore, server))
            return true;
        return askAuths(path, *file);
    }

    bool askContainers()
    {
        for (const auto& [path, format] : containersAuthFiles(m_options.user)) {
            const std::optional<AuthFile> file = read(path, format);
            if (!file)
                continue;
            const HelperEntry* const helper = file->helperFor(m_registry);
            if (helper != nullptr && !helper->suffix.empty() &&
                askHelper(path, "credHelpers", helper->suffix, normalHost(m_registry)))
                return true;
            if (askAuths(path, *file))
                return true;
        }
        return false;
    }

    /// nullopt when there is no such file or it cannot be read; then the step says so.
    std::optional<AuthFile> read(const std::filesystem::path& path, AuthFormat format)
    {
        if (path.empty())
            return std::nullopt;
        std::optional<AuthFile> file;
        std::string note = "there is no such file";
        try {
            if (const auto text = readUserFile(path, m_options.user.uid)) {
                file = parseAuthFile(text->content.reveal(), text::quotedPath(path), format);
                if (text->exposure == Exposure::Everybody && file->holdsSecrets())
                    m_result.warnings.push_back(text::quotedPath(path) +
                                                " holds secrets and every user of the machine may read it; run chmod "
                                                "600 on it");
                return file;
            }
        } catch (const Error& error) {
            attempt(path.native(), [&]() -> Answer { throw error; });
            return std::nullopt;
        }
        attempt(path.native(), [&] { return Answer{std::nullopt, note}; });
        return std::nullopt;
    }

    bool askHelper(const std::filesystem::path& path, const char* field, const std::string& suffix,
                   const std::string& server)
    {
        std::string source = path.native() + ", " + field;
        if (const std::string name = CredentialHelper::nameOf(suffix); !name.empty())
            source += ": " + name;
        return attempt(source, [&] {
            const CredentialHelper helper(suffix, m_options.user, m_options.helperDeadline);
            return Answer{helper.get(server, m_stop), helper.program().native()};
        });
    }

    bool askAuths(const std::filesystem::path& path, const AuthFile& file)
    {
        return attempt(path.native() + ", auths", [&] { return answerOf(file); });
    }

    Answer answerOf(const AuthFile& file) const
    {
        const AuthEntry* const entry = file.entryFor(m_registry, m_repository);
        if (entry == nullptr)
            return {};
        const std::string name = text::quoted(entry->spelling);
        if (!entry->problem.empty())
            throw Error(ErrorCode::FailedPrecondition,
                        "the entry " + name + " cannot be used: " + entry->problem + "; log in again");
        return {entry->credential, entry->credential ? name : "the entry " + name + " is empty: it is for a helper"};
    }

    void warnOfFailures()
    {
        m_result.failure.reset();
        for (const CredentialStep& step : m_result.steps)
            if (step.outcome == CredentialOutcome::Failed)
                m_result.warnings.push_back(step.source + " was passed over: " + step.note);
    }

    void concludeWithout()
    {
        if (m_result.failure) {
            m_result.failure->addContext("no credential for " + m_registry);
            return;
        }
        m_result.credential = Credential();
        m_result.credential->source = "anonymous: no source has a credential";
    }

    const CredentialFinderOptions& m_options;
    const std::string& m_registry;
    const std::string& m_repository;
    const std::stop_token& m_stop;
    CredentialSearch m_result;
};

} // namespace

std::string_view toString(CredentialOutcome outcome)
{
    switch (outcome) {
    case CredentialOutcome::Found:
        return "found";
    case CredentialOutcome::Absent:
        return "absent";
    case CredentialOutcome::Failed:
        break;
    }
    return "failed";
}

CredentialFinder::CredentialFinder(CredentialFinderOptions options)
    : m_options(std::move(options))
{}

CredentialSearch CredentialFinder::search(const std::string& registry, const std::string& repository,
                                          const std::stop_token& stop) const
{
    if (!isHostText(registry))
        throw Error(ErrorCode::InvalidArgument,
                    text::quoted(registry) + " is no registry; write a host name, with :PORT where it needs one");
    return Search(m_options, registry, repository, stop).run();
}

CredentialSearch CredentialFinder::find(const std::string& registry, const std::string& repository,
                                        const std::stop_token& stop) const
{
    CredentialSearch found = search(registry, repository, stop);
    if (found.failure)
        throw Error(*found.failure);
    return found;
}

} // namespace layerhold::registry
