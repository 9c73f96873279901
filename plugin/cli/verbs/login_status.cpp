// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/context.h"
#include "cli/login_target.h"
#include "cli/login_trial.h"
#include "cli/output/text.h"
#include "cli/verbs/login.h"
#include "cli/verbs/login_status_show.h"
#include "layerhold/error.h"
#include "service/error_mapping.h"

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::vector<std::string> targets;
    bool isChecked = false;
    std::vector<std::string> insecure;
};

LoginCheck checked(const std::string& registry, const LoginStatus& status, const std::stop_token& stop)
{
    LoginCheck check;
    try {
        LoginTrial trial = tryLogin(registry, *status.host, *status.search.credential, stop);
        check.acceptedAt = std::move(trial.acceptedAt);
        check.warnings = std::move(trial.warnings);
    } catch (const Error& error) {
        check.failure = error;
    }
    return check;
}

LoginStatus statusOf(const LoginTarget& target, const registry::CredentialFinder& finder,
                     const registry::UserEnvironment& user, Context& context, const Flags& flags)
{
    const std::stop_token stop = context.stop();
    LoginStatus status;
    status.target = target;
    status.search = finder.search(target.registry, target.repository, stop);
    try {
        status.host = hostConfigOf(context, user, target.registry, flags.insecure);
    } catch (const Error& error) {
        status.hostFailure = error;
    }
    if (flags.isChecked && status.host && status.search.credential)
        status.check = checked(target.registry, status, stop);
    return status;
}

/// Of what failed first; else 0.
int exitCodeOf(const std::vector<LoginStatus>& all)
{
    for (const LoginStatus& status : all) {
        if (status.search.failure)
            return service::exitCode(status.search.failure->code());
        if (status.hostFailure)
            return service::exitCode(status.hostFailure->code());
        if (status.check && status.check->failure)
            return service::exitCode(status.check->failure->code());
    }
    return service::exit_code::Ok;
}

int run(Context& context, const Flags& flags)
{
    std::vector<LoginTarget> targets;
    for (const std::string& text : flags.targets)
        targets.push_back(requireLoginTarget(text));

    const auto user = registry::UserEnvironment::ofProcess();
    const std::stop_token stop = context.stop();
    registry::CredentialFinderOptions options;
    options.user = user;
    const registry::CredentialFinder finder(std::move(options));
    const bool isList = targets.empty();
    std::vector<std::string> warnings;
    if (isList) {
        registry::KnownRegistries known = finder.knownRegistries(stop);
        warnings = std::move(known.warnings);
        for (const std::string& key : known.keys)
            targets.push_back(loginTargetOfKey(key));
    }
    std::vector<LoginStatus> all;
    all.reserve(targets.size());
    for (const LoginTarget& target : targets)
        all.push_back(statusOf(target, finder, user, context, flags));

    printWarnings(warnings);
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(all, warnings));
    else if (isList)
        showList(output, all);
    else
        for (const LoginStatus& status : all)
            showWhole(output, status);
    return exitCodeOf(all);
}

} // namespace

std::function<int(Context&)> addLoginStatus(CLI::App& login, Context& context)
{
    CLI::App& verb = *login.add_subcommand("status", "Tell which login applies to a registry or image, and why");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("REGISTRY|IMAGE", flags->targets,
                    "What to look at; every registry that your files have something for unless stated");
    verb.add_flag("--check", flags->isChecked, "Try the login at the registry");
    addInsecureFlag(verb, flags->insecure);
    context.addJsonFlag(verb);
    verb.footer("Looks where Docker, Podman and their helpers keep logins, in the order in which Layerhold does, and\n"
                "never shows a secret. nginx is an image, ghcr.io and localhost:5000 are registries; a slash at the\n"
                "end makes any name a registry. Exits with the code of the first failure that it shows.\n\n"
                "Example:\n  layerhold login status ghcr.io/team/app --check");
    return [flags](Context& c) { return run(c, *flags); };
}

} // namespace layerhold::cli
