// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/context.h"
#include "cli/login_target.h"
#include "cli/output/text.h"
#include "cli/verbs/login.h"
#include "cli/verbs/verbs.h"
#include "layerhold/error.h"
#include "layerhold/registry/credential_finder.h"
#include "layerhold/registry/login.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

/// Sources that a logout does not change may have something for the registry, and then it is used on.
void warnOfOthers(const registry::UserEnvironment& user, const std::string& registry, const std::stop_token& stop,
                  std::vector<std::string>& warnings)
{
    registry::CredentialFinderOptions options;
    options.user = user;
    const auto search = registry::CredentialFinder(std::move(options)).search(registry, {}, stop);
    if (search.credential && search.credential->kind != registry::CredentialKind::Anonymous)
        warnings.push_back(fmt::format("{} still has a login for {}, which is used from now on; remove it there",
                                       search.credential->source, registry));
}

int run(Context& context, const std::string& text)
{
    const std::string registry = requireRegistry(text);
    const auto user = registry::UserEnvironment::ofProcess();
    const std::stop_token stop = context.stop();
    registry::LogoutOutcome outcome = registry::Login(user).erase(registry, stop);
    warnOfOthers(user, registry, stop, outcome.warnings);
    printWarnings(outcome.warnings);
    Output output = context.output();
    if (output.isJson()) {
        output.document(Json{{"registry", registry}, {"places", outcome.places}, {"warnings", outcome.warnings}});
        return 0;
    }
    if (outcome.places.empty())
        output.line(fmt::format("There was no login for {}.", registry));
    for (const std::string& place : outcome.places)
        output.line(fmt::format("Removed the login for {} from {}.", registry, neutralise(place)));
    return 0;
}

} // namespace

void addLogout(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("logout", "Remove the login for a registry");
    const auto registry = std::make_shared<std::string>("docker.io");
    verb.add_option("REGISTRY", *registry, "The registry, with :PORT where it needs one; docker.io unless stated");
    context.addJsonFlag(verb);
    verb.footer("Removes what Docker's config.json, or the helper it names, has for the registry as a whole.\n\n"
                "Example:\n  layerhold logout ghcr.io");
    context.onRun(verb, [registry](Context& c) { return run(c, *registry); });
}

} // namespace layerhold::cli
