// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

std::vector<std::string> blobLines(const v1::Blob& blob)
{
    Fields fields;
    fields.add("Digest", blob.digest());
    fields.add("Size", blob.size() < 1024 ? formatSize(blob.size())
                                          : fmt::format("{} ({} bytes)", formatSize(blob.size()), blob.size()));
    fields.add("Kind", blob.kind());
    fields.add("Media type", blob.media_type().empty() ? "unknown" : blob.media_type());
    fields.add("State", blob.released() ? blob.state() + ", released" : blob.state());
    fields.add("Came from", blob.origin());
    fields.add("Created", age(blob.created_at()));
    fields.add("Used", blob.access_count() == 0
                           ? "never since it came"
                           : fmt::format("{}, {} in all", age(blob.accessed_at()), count(blob.access_count(), "time")));
    fields.add("Verified", age(blob.verified_at()));
    return fields.lines();
}

std::string inOthers(const v1::ImageLayer& layer)
{
    if (!layer.present())
        return "not stored";
    return layer.images() > 1 ? "shared by " + count(layer.images(), "image") : "only here";
}

/// The first line of what made a layer; builders put whole scripts there.
std::string shortCommand(const std::string& command)
{
    constexpr std::size_t longest = 60;
    std::string line = command.substr(0, command.find('\n'));
    if (line.size() <= longest)
        return line;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U)
        --end; // not within a character
    return line.substr(0, end) + "...";
}

void showManifest(Output& output, const v1::ImageManifest& manifest)
{
    output.line("");
    output.line(fmt::format("{} {}{}", manifest.platform().empty() ? "Manifest" : neutralise(manifest.platform()),
                            neutralise(manifest.digest()), manifest.present() ? "" : " (not stored)"));
    if (!manifest.artifact_type().empty())
        output.line("  Artifact of type " + neutralise(manifest.artifact_type()));
    if (!manifest.created().empty())
        output.line("  Built " + neutralise(manifest.created()));
    if (manifest.layers().empty())
        return;
    Table layers({{"LAYER"}, {"SIZE", Table::Align::Right}, {"STORED"}, {"MADE BY"}});
    for (const v1::ImageLayer& layer : manifest.layers())
        layers.add(
            {shortDigest(layer.digest()), formatSize(layer.size()), inOthers(layer), shortCommand(layer.command())});
    output.lines(layers.lines());
}

void showImage(Output& output, const v1::ImageDetails& details)
{
    const v1::Image& image = details.image();
    Fields fields;
    fields.add("Referenced",
               formatSize(image.referenced_bytes()) +
                   (image.absent_blobs() > 0 ? fmt::format(", and {} not stored", count(image.absent_blobs(), "blob"))
                                             : std::string()));
    if (image.share_bytes() > 0) {
        fields.add("Unique", formatSize(image.unique_bytes()));
        fields.add("Share", formatSize(image.share_bytes()));
    }
    if (!image.subject().empty())
        fields.add("Artifact of", image.subject());
    for (const std::string& source : details.sources())
        fields.add("Fetched from", source);
    output.line("");
    output.lines(fields.lines());
    if (!image.names().empty()) {
        Table names({{"NAMED BY"}, {"NAME"}, {"ENGINE"}, {"NAMESPACE"}});
        for (const v1::ImageName& name : image.names())
            names.add({name.source(), name.name(), name.engine(), name.engine_namespace()});
        output.line("");
        output.lines(names.lines());
    }
    for (const v1::ImageManifest& manifest : details.manifests())
        showManifest(output, manifest);
    if (!details.referrers().empty()) {
        Table referrers({{"REFERRER"}, {"TYPE"}, {"SIZE", Table::Align::Right}});
        for (const v1::ImageReferrer& referrer : details.referrers())
            referrers.add({referrer.digest(), referrer.artifact_type(), formatSize(referrer.size())});
        output.line("");
        output.lines(referrers.lines());
    }
}

void show(Output& output, const v1::InspectResponse& found)
{
    output.lines(blobLines(found.blob()));
    if (found.has_image())
        showImage(output, found.image());
    if (found.claims_size() > 0) {
        Table claims({{"CLAIMED BY"}, {"NAME"}, {"SINCE"}});
        for (const v1::Claim& claim : found.claims())
            claims.add({claim.holder_kind(), claim.holder(), age(claim.since())});
        output.line("");
        output.lines(claims.lines());
    }
    if (found.children_size() > 0) {
        Table children({{"REFERS TO"}, {"ROLE"}, {"SIZE", Table::Align::Right}, {"PLATFORM"}});
        for (const v1::Edge& edge : found.children())
            children.add({edge.child(), edge.role(), formatSize(edge.size()), edge.platform()});
        output.line("");
        output.lines(children.lines());
    }
    if (found.parents_size() > 0) {
        Table parents({{"REFERRED TO BY"}, {"AS"}, {"PLATFORM"}});
        for (const v1::Edge& edge : found.parents())
            parents.add({edge.parent(), edge.role(), edge.platform()});
        output.line("");
        output.lines(parents.lines());
    }
}

int run(Context& context, const std::string& name)
{
    v1::InspectRequest request;
    request.set_name(name);
    service::Session session = context.connect();
    const v1::InspectResponse found = session.client().call(&v1::Images::Stub::Inspect, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(found));
    else
        show(output, found);
    return 0;
}

} // namespace

void addInspect(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("inspect", "Show all that is known of an image or any other blob");
    const auto name = std::make_shared<std::string>();
    verb.add_option("NAME", *name,
                    "Name of an image, digest, or the first 6 or more digits of one when no other blob has them")
        ->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold inspect nginx:1.25");
    context.onRun(verb, [name](Context& c) { return run(c, *name); });
}

} // namespace layerhold::cli
