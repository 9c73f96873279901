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
    const auto image = ImageReference::require(arguments.image);
    const auto destination = ImageReference::require(arguments.destination);
    RegistrySources sources(context.settings(), arguments.registry);
    service::Session session = context.connect(service::SessionOptions::Absent::Create);
    std::vector<std::string> platforms;
    if (!arguments.platform.empty())
        platforms.push_back(arguments.platform);
    const v1::PullReport pulled = pull(context, session, sources, image, platforms, {});
    const v1::PushReport pushed = push(context, session, sources, pulled.digest(), destination, arguments.platform);
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(pushed));
    else
        show(output, pushed);
    return 0;
}

} // namespace

void addCopy(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("copy", "Bring an image from one registry to another, through the cache");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("IMAGE", arguments->image, "Name of an image in a registry")->required();
    verb.add_option("DESTINATION", arguments->destination, "Where to, such as ghcr.io/team/app:1.2")->required();
    verb.add_option("--platform", arguments->platform, "Only the image for this platform; all of them unless named")
        ->type_name("OS/ARCH");
    arguments->registry.addTo(verb);
    context.addClientFlags(verb);
    verb.footer("The image stays in the cache under its first name.\n\nExample:\n"
                "  layerhold copy nginx:1.25 registry.example.org/mirror/nginx:1.25");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
