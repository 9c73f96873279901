// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/registry_sources.h"
#include "cli/verbs/show.h"
#include "layerhold/error.h"
#include "service/api/registry_messages.h"

#include <layerhold/v1/registries.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>

namespace layerhold::cli {

namespace {

struct Arguments
{
    std::string name;
    std::string grantTo;
    std::string withdrawFrom;
    RegistryFlags registry;
};

/// A registry by its name, or that of an image: what a credential is looked for by.
ImageReference imageIn(const std::string& text)
{
    const auto image = ImageReference::parse(text + "/any"); // a registry is no image of Docker Hub
    if (text.find('/') == std::string::npos && image && image->registry() == text)
        return *image;
    return ImageReference::require(text);
}

void show(Output& output, const v1::ExplainAccessResponse& answer)
{
    output.line(fmt::format("{}: {}", neutralise(answer.digest()),
                            answer.is_public()         ? "everybody may read it"
                            : answer.caller_can_pull() ? "you may read it, as a registry said"
                                                       : "a pull of yours asks the registry first"));
    output.line("");
    if (answer.proofs().empty()) {
        output.line("No registry has said of anybody that they may read it.");
    } else {
        Table table({{"MAY READ IT"}, {"FROM"}, {"SHOWN BY"}, {"CHECKED"}, {"COUNTS"}});
        for (const auto& proof : answer.proofs())
            table.add({proof.identity() + (proof.is_callers() ? " (you)" : ""), proof.repository(), proof.method(),
                       age(proof.checked_at()), proof.is_good() ? "yes" : "no longer"});
        output.table(table);
    }
    output.line("");
    if (!answer.engines().empty()) {
        Table table({{"ENGINE"}, {"SHARING"}, {"GETS IT"}, {"WHY"}});
        for (const auto& engine : answer.engines())
            table.add({engine.engine(), engine.sharing(), engine.can_read() ? "yes" : "no", engine.reason()});
        output.table(table);
    }
}

int explain(Context& context, const Arguments& arguments)
{
    v1::ExplainAccessRequest request;
    request.set_name(arguments.name);
    if (const auto image = ImageReference::parse(arguments.name); image && !Digest::parse(arguments.name)) {
        RegistrySources sources(context.settings(), arguments.registry);
        request.set_registry(image->registry());
        *request.mutable_source() = service::messages::from(sources.of(*image, context.stop()).back());
    }
    service::Session session = context.connect();
    const auto response = session.client().call(&v1::Access::Stub::ExplainAccess, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(response));
    else
        show(output, response);
    return 0;
}

int grant(Context& context, const Arguments& arguments)
{
    const ImageReference image = imageIn(arguments.name);
    RegistrySources sources(context.settings(), arguments.registry);
    v1::GrantAccessRequest request;
    request.set_engine(arguments.grantTo);
    request.set_registry(image.registry());
    *request.mutable_source() = service::messages::from(sources.of(image, context.stop()).back());
    service::Session session = context.connect();
    const auto response = session.client().call(&v1::Access::Stub::GrantAccess, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(response));
    else
        output.line(fmt::format("The engine {} gets what your credential for {} may read, as the identity {}.",
                                neutralise(arguments.grantTo), neutralise(image.registry()), response.identity()));
    return 0;
}

int withdraw(Context& context, const Arguments& arguments)
{
    v1::WithdrawAccessRequest request;
    request.set_engine(arguments.withdrawFrom);
    if (arguments.name.empty()) {
        request.set_all(true);
    } else {
        const ImageReference image = imageIn(arguments.name);
        RegistrySources sources(context.settings(), arguments.registry);
        request.set_registry(image.registry());
        *request.mutable_source() = service::messages::from(sources.of(image, context.stop()).back());
    }
    service::Session session = context.connect();
    const auto response = session.client().call(&v1::Access::Stub::WithdrawAccess, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(response));
    else
        output.line(response.withdrawn() == 0 ? "Nothing of that was granted."
                                              : fmt::format("Withdrawn: {}. What the engine has it keeps.",
                                                            count(response.withdrawn(), "grant")));
    return 0;
}

int run(Context& context, const Arguments& arguments)
{
    if (!arguments.withdrawFrom.empty())
        return withdraw(context, arguments);
    if (arguments.name.empty())
        throw Error(ErrorCode::InvalidArgument, "name the image or digest to be explained");
    return arguments.grantTo.empty() ? explain(context, arguments) : grant(context, arguments);
}

} // namespace

void addAccess(CLI::App& app, Context& context)
{
    CLI::App& verb =
        *app.add_subcommand("access", "Show who may have a blob or image and why, and let engines have it");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("NAME", arguments->name,
                    "An image, a digest or its first 6 or more digits; a registry for --grant and --withdraw");
    auto* grant = verb.add_option("--grant", arguments->grantTo,
                                  "Let this engine have what your credential for the registry NAME may read");
    grant->type_name("ENGINE");
    verb.add_option("--withdraw", arguments->withdrawFrom,
                    "Take that back from this engine; without NAME, whatever it was granted")
        ->type_name("ENGINE")
        ->excludes(grant);
    arguments->registry.addTo(verb);
    context.addClientFlags(verb);
    verb.footer(
        "An engine in the mode 'verified' gets what it brought itself, what everybody may read, and what it was\n"
        "granted. That a registry let somebody read something counts for proof_lifetime seconds.\n\nExample:\n"
        "  layerhold access ghcr.io/team/app:1.2\n  layerhold access ghcr.io --grant main");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
