// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/transfer.h"
#include "cli/verbs/verbs.h"

#include "cli/context.h"

#include <memory>
#include <string>

namespace layerhold::cli {

namespace {

struct Arguments
{
    std::string image;
    std::string destination;
    std::string platform;
    RegistryFlags registry;
};

int run(Context& context, const Arguments& arguments)
{
    const auto destination =
        ImageReference::require(arguments.destination.empty() ? arguments.image : arguments.destination);
    RegistrySources sources(context.settings(), arguments.registry);
    service::Session session = context.connect();
    const v1::PushReport report = push(context, session, sources, arguments.image, destination, arguments.platform);
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(report));
    else
        show(output, report);
    return 0;
}

} // namespace

void addPush(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("push", "Send an image from the cache to a registry");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("IMAGE", arguments->image, "A name, a digest or its first 6 or more digits")->required();
    verb.add_option("DESTINATION", arguments->destination,
                    "Where to, such as ghcr.io/team/app:1.2; IMAGE unless named");
    verb.add_option("--platform", arguments->platform, "Only the image for this platform of an image for several")
        ->type_name("OS/ARCH");
    arguments->registry.addTo(verb);
    context.addClientFlags(verb);
    verb.footer("What the registry has is not sent again. Digests stay what they are.\n\nExample:\n"
                "  layerhold push nginx:1.25 registry.example.org/mirror/nginx:1.25");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
