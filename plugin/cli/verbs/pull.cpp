// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/transfer.h"
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

struct Arguments
{
    std::vector<std::string> references;
    PlatformFlags platforms;
    RegistryFlags registry;
    std::string engine;
};

void show(Output& output, const v1::PullReport& report)
{
    output.line(fmt::format("{} is {}", neutralise(report.reference()), neutralise(report.digest())));
    std::string got = "all of it was here";
    if (report.downloaded_blobs() > 0)
        got = fmt::format("{} downloaded, {} over the wire", report.downloaded_blobs(),
                          formatSize(report.downloaded_bytes()));
    output.line(fmt::format("  {}, {}: {}", count(report.blobs(), "blob"), formatSize(report.bytes()), got));
    if (report.foreign_layers() > 0)
        output.line(fmt::format("  {} left out, which the registry does not have",
                                count(report.foreign_layers(), "foreign layer")));
    if (report.stale())
        output.line("  The registry could not be asked: this is what it said last.");
}

int run(Context& context, const Arguments& arguments)
{
    std::vector<ImageReference> images;
    for (const std::string& reference : arguments.references)
        images.push_back(ImageReference::require(reference)); // a typing error is told before anything is done
    RegistrySources sources(context.settings(), arguments.registry);
    service::Session session = context.connect(service::SessionOptions::Absent::Create);
    Output output = context.output();
    for (const ImageReference& image : images) {
        const v1::PullReport report =
            pull(context, session, sources, image, arguments.platforms.chosen(), arguments.engine);
        if (output.isJson())
            output.jsonLine(toJson(report));
        else
            show(output, report);
    }
    return 0;
}

} // namespace

void addPull(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("pull", "Bring an image from its registry into the cache");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("IMAGE", arguments->references, "Name of an image; nginx is docker.io/library/nginx:latest")
        ->required();
    arguments->platforms.addTo(verb);
    arguments->registry.addTo(verb);
    verb.add_option("--for", arguments->engine,
                    "Let this engine have, now and later, what your credential may read at this registry")
        ->type_name("ENGINE");
    context.addClientFlags(verb);
    verb.footer("Your credentials are those of docker login, podman login and layerhold login; see layerhold login\n"
                "status. What is here already is not downloaded, when the registry says that you may have it. An\n"
                "engine's own pull of a public image then downloads nothing; of a private one it does so after --for.\n"
                "With --json: one line for each image.\n\nExample:\n"
                "  layerhold pull nginx:1.25 --platform linux/arm64");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
