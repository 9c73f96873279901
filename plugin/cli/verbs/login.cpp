// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/login.h"

#include "cli/context.h"
#include "cli/login_target.h"
#include "cli/login_trial.h"
#include "cli/output/text.h"
#include "cli/registry_sources.h"
#include "cli/secret_input.h"
#include "cli/verbs/verbs.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/login.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

namespace layerhold::cli {

namespace {

using registry::Credential;
using registry::CredentialKind;

struct Flags
{
    std::string registry = "docker.io";
    std::string username;
    std::string refusedPassword;
    bool isPasswordOnInput = false;
    bool isTokenOnInput = false;
    std::vector<std::string> insecure;
};

struct Attempt
{
    const registry::UserEnvironment& user;
    const std::string& registry;
    const registry::HostConfig& host;
};

void requireWayToAsk(const Flags& flags)
{
    if (flags.isPasswordOnInput && flags.username.empty())
        throw Error(ErrorCode::InvalidArgument, "--password-stdin needs to know whose password it is: add --username");
    if (!flags.isPasswordOnInput && !flags.isTokenOnInput && !canAsk())
        throw Error(ErrorCode::InvalidArgument,
                    "standard input is no terminal, so nobody can be asked for the password; pass it on standard input "
                    "with --username USER --password-stdin");
}

/// What the user has for the registry already; anonymous when there is nothing or it cannot be read, for then a login
/// may set it right.
Credential stored(const Attempt& attempt, const std::stop_token& stop)
{
    registry::CredentialFinderOptions options;
    options.user = attempt.user;
    return registry::CredentialFinder(std::move(options))
        .search(attempt.registry, {}, stop)
        .credential.value_or(Credential());
}

/// True when the registry lets it in; false when it refuses.
bool isAccepted(const Attempt& attempt, const Credential& credential, const std::stop_token& stop)
{
    try {
        printWarnings(tryLogin(attempt.registry, attempt.host, credential, stop).warnings);
        return true;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Denied)
            throw;
        return false;
    }
}

void showLogin(Context& context, const std::string& registry, const Credential& credential, const std::string& place,
               const std::vector<std::string>& warnings, bool isStored)
{
    printWarnings(warnings);
    Output output = context.output();
    if (output.isJson()) {
        output.document(Json{{"registry", registry},
                             {"kind", kindName(credential.kind)},
                             {"username", usernameJson(credential)},
                             {"place", place},
                             {"stored", isStored},
                             {"warnings", warnings}});
        return;
    }
    const std::string who = credential.username.empty() ? "" : " as " + neutralise(credential.username);
    if (isStored) {
        output.line(fmt::format("Logged in to {}{}.", registry, who));
        output.line("Stored in " + neutralise(place) + '.');
    } else {
        output.line(fmt::format("Logged in to {}{} already, by {}.", registry, who, neutralise(place)));
        output.line("To change that, name the user: --username USER.");
    }
}

Credential askFor(const Flags& flags, const std::string& registry, const std::string& usualUser,
                  const std::stop_token& stop)
{
    Credential credential;
    credential.kind = flags.isTokenOnInput ? CredentialKind::IdentityToken : CredentialKind::Password;
    credential.source = "this login";
    if (flags.isTokenOnInput) {
        credential.secret = readSecret(stop);
        return credential;
    }
    credential.username = flags.username;
    if (credential.username.empty())
        credential.username =
            ask(usualUser.empty() ? fmt::format("User name at {}: ", registry)
                                  : fmt::format("User name at {} ({}): ", registry, neutralise(usualUser)),
                stop);
    if (credential.username.empty())
        credential.username = usualUser;
    if (credential.username.empty())
        throw Error(ErrorCode::InvalidArgument, "a login needs a user name; nothing was changed");
    credential.secret = flags.isPasswordOnInput ? readSecret(stop) : askSecret("Password or access token: ", stop);
    return credential;
}

int run(Context& context, const Flags& flags)
{
    const std::string registry = requireRegistry(flags.registry);
    requireWayToAsk(flags);
    const auto user = registry::UserEnvironment::ofProcess();
    const registry::HostConfig host = hostConfigOf(context, user, registry, flags.insecure);
    printWarnings(host.warnings);
    const std::stop_token stop = context.stop();
    const Attempt attempt{user, registry, host};

    std::string usualUser;
    if (flags.username.empty() && !flags.isTokenOnInput) {
        const Credential present = stored(attempt, stop);
        if (present.kind != CredentialKind::Anonymous && isAccepted(attempt, present, stop)) {
            showLogin(context, registry, present, present.source, {}, false);
            return 0;
        }
        usualUser = present.username;
    }

    const Credential credential = askFor(flags, registry, usualUser, stop);
    registry::Login::check(registry, credential);
    try {
        printWarnings(tryLogin(registry, host, credential, stop).warnings);
    } catch (Error& error) {
        error.addContext(error.code() == ErrorCode::Denied
                             ? registry + " does not accept this login, so nothing was stored"
                             : "the login could not be tried, so nothing was stored");
        throw;
    }
    const registry::LoginOutcome outcome = registry::Login(user).store(registry, credential, stop);
    showLogin(context, registry, credential, outcome.place, outcome.warnings, true);
    return 0;
}

} // namespace

void addInsecureFlag(CLI::App& verb, std::vector<std::string>& insecure)
{
    verb.add_option("--insecure", insecure,
                    "A registry that may be talked to over http, or with a certificate that nobody vouches for; can be "
                    "repeated")
        ->type_name("HOST")
        ->expected(1)
        ->take_all();
}

registry::HostConfig hostConfigOf(Context& context, const registry::UserEnvironment& user, const std::string& registry,
                                  const std::vector<std::string>& insecure)
{
    registry::HostConfigOptions options = hostOptions(user, context.settings());
    options.insecure.insert(options.insecure.end(), insecure.begin(), insecure.end());
    return registry::hostConfigFor(registry, options);
}

std::string kindName(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::Password:
        return "password";
    case CredentialKind::IdentityToken:
        return "identity_token";
    case CredentialKind::RegistryToken:
        return "registry_token";
    case CredentialKind::Anonymous:
        break;
    }
    return "anonymous";
}

std::string describe(const Credential& credential)
{
    switch (credential.kind) {
    case CredentialKind::Password:
        return "password of " + credential.username;
    case CredentialKind::IdentityToken:
        return "identity token";
    case CredentialKind::RegistryToken:
        return "registry token";
    case CredentialKind::Anonymous:
        break;
    }
    return "none";
}

Json usernameJson(const Credential& credential)
{
    return credential.username.empty() ? Json() : Json(credential.username);
}

void printWarnings(const std::vector<std::string>& warnings)
{
    for (const std::string& warning : warnings)
        warn(warning);
}

void addLogin(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("login", "Log in to a registry, as you, where Docker keeps its logins too");
    const auto flags = std::make_shared<Flags>();
    const CLI::Option& registry = *verb.add_option("REGISTRY", flags->registry,
                                                   "The registry, with :PORT where it needs one; docker.io unless "
                                                   "stated");
    const CLI::Option& username =
        *verb.add_option("-u,--username", flags->username, "Who you are there")->type_name("USER");
    CLI::Option& fromInput =
        *verb.add_flag("--password-stdin", flags->isPasswordOnInput, "Read the password from standard input");
    verb.add_flag("--identity-token-stdin", flags->isTokenOnInput,
                  "Read an identity token (an OAuth2 refresh token) from standard input")
        ->excludes(&fromInput);
    addInsecureFlag(verb, flags->insecure);
    // Docker and Podman have it, so people will try.
    const CLI::Option& password = *verb.add_option("-p,--password", flags->refusedPassword)->expected(0, 1)->group("");
    context.addJsonFlag(verb);
    verb.require_subcommand(0, 1);
    verb.footer("Asks for user name and password at the terminal. The login is tried before it is stored: by the\n"
                "helper that Docker's config.json names, else in that file.\n"
                "'status' is a verb; a registry of that name is status/.\n\n"
                "Example:\n  layerhold login ghcr.io --username alice --password-stdin < token");
    const auto runStatus = addLoginStatus(verb, context);
    const CLI::App& status = *verb.get_subcommand("status");
    context.onRun(verb, [flags, runStatus, &registry, &username, &fromInput, &password, &status](Context& c) {
        if (password.count() > 0)
            throw Error(ErrorCode::InvalidArgument,
                        "a password on the command line can be read by every user of the machine and stays in the "
                        "history of the shell; leave it out to be asked, or use --password-stdin");
        if (!status.parsed())
            return run(c, *flags);
        if (registry.count() + username.count() + fromInput.count() > 0)
            throw Error(ErrorCode::InvalidArgument,
                        "what is for the login cannot stand before 'status'; layerhold login status --help tells more");
        return runStatus(c);
    });
}

} // namespace layerhold::cli
