// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/list_flags.h"
#include "cli/output/listing.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

std::string nameOf(const v1::Image& image)
{
    if (image.names().empty())
        return "-";
    std::string text = image.names(0).name();
    if (image.names_size() > 1)
        text += fmt::format(" +{}", image.names_size() - 1);
    return text;
}

std::string platforms(const v1::Image& image)
{
    if (image.platforms().empty())
        return image.subject().empty() ? "-" : "artifact";
    std::string text = image.platforms(0);
    if (image.platforms_size() > 1)
        text += fmt::format(" +{}", image.platforms_size() - 1);
    return text;
}

void showTotals(Output& output, const v1::ImageTotals& totals)
{
    output.line("");
    output.line(fmt::format("All in all {} with {}, the sum of SHARE; {} of this in more than one, and {} in no image.",
                            count(totals.images(), "image"), formatSize(totals.image_bytes()),
                            formatSize(totals.shared_bytes()), formatSize(totals.other_bytes())));
}

int run(Context& context, const ListFlags& flags)
{
    service::Session session = context.connect();
    Output output = context.output();
    Listing listing(output, {{"NAME"},
                             {"DIGEST"},
                             {"PLATFORMS"},
                             {"LAYERS", Table::Align::Right},
                             {"REFERENCED", Table::Align::Right},
                             {"UNIQUE", Table::Align::Right},
                             {"SHARE", Table::Align::Right},
                             {"USED"}});
    const auto cells = [&](const v1::Image& image) -> std::vector<std::string> {
        return {nameOf(image),
                flags.digest(image.digest()),
                platforms(image),
                std::to_string(image.layers()),
                formatSize(image.referenced_bytes()),
                formatSize(image.unique_bytes()),
                formatSize(image.share_bytes()),
                age(image.accessed_at())};
    };
    v1::ImageTotals totals;
    session.client().stream(
        &v1::Images::Stub::ListImages, flags.request<v1::ListImagesRequest>(),
        [&](const v1::ListImagesResponse& batch) {
            if (batch.has_totals())
                totals = batch.totals();
            listing.add(batch.images(), cells);
        },
        context.stop());
    if (output.isJson())
        return 0;
    if (listing.isEmpty())
        output.line(totals.images() == 0 ? "No images." : "No image matches.");
    else
        showTotals(output, totals);
    return 0;
}

} // namespace

void addImages(CLI::App& app, Context& context)
{
    CLI::App& verb =
        *app.add_subcommand("images", "List images: what tags and engines name, and what nothing refers to");
    const auto flags = std::make_shared<ListFlags>();
    flags->addTo(verb, "digest, kind, mediatype, name, engine, platform, named, artifact, complete", "digest");
    context.addClientFlags(verb);
    verb.footer(
        "REFERENCED is what the image would take if it were alone, UNIQUE what no other image has, SHARE its part\n"
        "of what it has in common with others; the SHARE of all adds up to what is stored of images.\n"
        "With --json: one line for each image.\n\nExample:\n  layerhold images --filter name~=nginx");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
