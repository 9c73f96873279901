// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "cli/output_file.h"
#include "layerhold/error.h"

#include <layerhold/v1/archive.grpc.pb.h>

#include <fmt/format.h>

#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string image;
    std::string file = "-";
    std::vector<std::string> platforms;
};

int run(Context& context, const Flags& flags)
{
    const bool isPiped = flags.file == "-";
    Output output = context.output();
    if (isPiped && output.isJson())
        throw Error(ErrorCode::InvalidArgument, "--json needs --output FILE: the archive takes standard output");
    if (isPiped && ::isatty(STDOUT_FILENO) == 1)
        throw Error(ErrorCode::InvalidArgument,
                    "an archive is not for a terminal; name a file with --output, or send it into a pipe");
    v1::ExportImageRequest request;
    request.set_image(flags.image);
    for (const std::string& platform : flags.platforms)
        request.add_platforms(platform);
    service::Session session = context.connect();
    std::optional<OutputFile> file;
    if (!isPiped)
        file.emplace(flags.file);
    v1::ExportImageReport report;
    {
        ProgressBar bar("exporting");
        session.client().stream(
            &v1::Archives::Stub::ExportImage, request,
            [&](const v1::ExportImageResponse& message) {
                if (message.has_progress())
                    bar.show(message.progress());
                else if (message.has_report())
                    report = message.report();
                else if (file)
                    file->write(message.data());
                else
                    output.bytes(message.data());
            },
            context.stop());
    }
    if (!file)
        return 0;
    file->keep();
    if (output.isJson())
        output.document(toJson(report));
    else
        output.line(fmt::format("{} holds {} with {}, {}.", neutralise(flags.file), neutralise(flags.image),
                                count(report.blobs(), "blob"), formatSize(report.bytes())));
    return 0;
}

} // namespace

void addExport(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("export", "Write an image to a tar archive");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("IMAGE", flags->image, "Name of an image, its digest, or the first 6 or more digits of that")
        ->required();
    verb.add_option("-o,--output", flags->file, "Where to write it; standard output unless stated, or for -")
        ->type_name("FILE");
    verb.add_option("--platform", flags->platforms,
                    "Only what is for this platform, such as linux/arm64; can be given several times")
        ->type_name("PLATFORM");
    context.addClientFlags(verb);
    verb.footer(
        "The archive is an OCI image layout and a Docker archive in one: layerhold load, docker load, podman load,\n"
        "ctr images import and skopeo copy (oci-archive:, docker-archive:) take it.\n\n"
        "Example:\n  layerhold export nginx -o nginx.tar\n  layerhold export nginx | docker load");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
