// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/registry_sources.h"
#include "cli/verbs/show.h"
#include "service/api/registry_messages.h"
#include "service/error_mapping.h"

#include <layerhold/v1/registries.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

struct Arguments
{
    std::vector<std::string> references;
    RegistryFlags registry;
};

std::string origin(const v1::ResolveResponse::Outcome& outcome)
{
    if (outcome.from() == "reference")
        return "the name itself";
    if (outcome.from() == "registry")
        return "the registry";
    return fmt::format("{}, checked {}", outcome.from() == "cache" ? "the cache" : "the cache, as the registry is away",
                       age(outcome.checked_at()));
}

void show(Output& output, const v1::ResolveResponse& response)
{
    Table table({{"IMAGE"}, {"DIGEST"}, {"SAID BY"}});
    for (const v1::ResolveResponse::Outcome& outcome : response.outcomes())
        if (outcome.error_code().empty())
            table.add({outcome.reference(), outcome.digest(), origin(outcome)});
    if (!table.isEmpty())
        output.table(table);
    for (const v1::ResolveResponse::Outcome& outcome : response.outcomes())
        if (!outcome.moved_from().empty())
            output.line(fmt::format("{} has moved; it was {}.", neutralise(outcome.reference()),
                                    neutralise(outcome.moved_from())));
}

int run(Context& context, const Arguments& arguments)
{
    RegistrySources sources(context.settings(), arguments.registry);
    v1::ResolveRequest request;
    for (const std::string& reference : arguments.references) {
        const auto image = ImageReference::require(reference);
        v1::ResolveRequest::Image& asked = *request.add_images();
        asked.set_reference(image.toString());
        for (const registry::Source& source : sources.of(image, context.stop()))
            *asked.add_sources() = service::messages::from(source);
    }
    service::Session session = context.connect(service::SessionOptions::Absent::Create);
    const auto response = session.client().call(&v1::Registries::Stub::Resolve, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        for (const v1::ResolveResponse::Outcome& outcome : response.outcomes())
            output.jsonLine(toJson(outcome));
    else
        show(output, response);
    int code = service::exit_code::Ok;
    for (const v1::ResolveResponse::Outcome& outcome : response.outcomes()) {
        if (outcome.error_code().empty())
            continue;
        warn(outcome.error());
        if (code == service::exit_code::Ok)
            code = service::exitCode(service::errorCodeNamed(outcome.error_code()).value_or(ErrorCode::Internal));
    }
    return code;
}

} // namespace

void addResolve(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("resolve", "Show what names of images point at in their registries");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("IMAGE", arguments->references, "Name of an image; nginx is docker.io/library/nginx:latest")
        ->required();
    arguments->registry.addTo(verb);
    context.addClientFlags(verb);
    verb.footer("The registry is asked once in tag_ttl seconds at most. Exits with the code of the first failure; the\n"
                "others are resolved all the same. With --json: one line for each image.\n\nExample:\n"
                "  layerhold resolve nginx:1.25 ghcr.io/team/app");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
