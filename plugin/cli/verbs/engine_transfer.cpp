// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/engine.h"

#include "cli/context.h"
#include "cli/engine_install.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"

#include <fmt/format.h>

#include <sys/stat.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string engine;
    std::string directory;
    std::string containerdConfig;
};

/// What the user means by the directory; one to export to is made. nullopt where only the daemon may look.
std::optional<v1::DirectoryIdentity> identityOf(const std::filesystem::path& directory, Direction direction)
{
    std::error_code ignored;
    if (direction == Direction::Export)
        std::filesystem::create_directories(directory, ignored);

    struct stat status
    {};

    if (::stat(directory.c_str(), &status) != 0)
        return std::nullopt;
    v1::DirectoryIdentity identity;
    identity.set_device(status.st_dev);
    identity.set_inode(status.st_ino);
    return identity;
}

int run(Context& context, Direction direction, const Flags& flags)
{
    if (flags.directory.empty() == flags.containerdConfig.empty())
        throw Error(ErrorCode::InvalidArgument, "name either a DIRECTORY or a --containerd-config");
    const std::filesystem::path directory = flags.directory.empty()
                                                ? engineStoreDirectory(absolutePath(flags.containerdConfig))
                                                : absolutePath(flags.directory);
    service::Session session = context.connect();
    const v1::TransferReport report = transfer(session.client(), direction, flags.engine, directory, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(report));
    else
        output.lines(describe(report, direction));
    return 0;
}

void add(CLI::App& engine, Context& context, Direction direction)
{
    const bool import = direction == Direction::Import;
    CLI::App& verb =
        *engine.add_subcommand(import ? "import" : "export", import ? "Bring in the blobs of a content store"
                                                                    : "Copy the blobs that an engine needs out");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("NAME", flags->engine, "The engine that needs the blobs")->required();
    verb.add_option("DIRECTORY", flags->directory, "A directory with <algorithm>/<hex> files");
    verb.add_option("--containerd-config", flags->containerdConfig,
                    "Instead: the built-in store of the containerd with this configuration")
        ->type_name("FILE");
    context.addClientFlags(verb);
    verb.footer(import
                    ? "Files are shared with the source by reflink or hard link where that is possible.\n\n"
                      "Example:\n  layerhold engine import main "
                      "/var/lib/containerd/io.containerd.content.v1.content/blobs"
                    : "The daemon writes there: one that runs as a service needs the directory in ReadWritePaths= of "
                      "its unit.\n\n"
                      "Example:\n  layerhold engine export main --containerd-config /etc/containerd/config.toml");
    context.onRun(verb, [direction, flags](Context& c) { return run(c, direction, *flags); });
}

} // namespace

v1::TransferReport transfer(api::Client& client, Direction direction, const std::string& engine,
                            const std::filesystem::path& directory, const std::stop_token& stop)
{
    v1::TransferReport report;
    const std::optional<v1::DirectoryIdentity> seen = identityOf(directory, direction);
    ProgressBar bar(direction == Direction::Import ? "import" : "export");
    const auto onStep = [&](const v1::TransferProgress& step) {
        if (step.has_progress())
            bar.show(step.progress());
        else
            report = step.report();
    };
    if (direction == Direction::Import) {
        v1::ImportBlobsRequest request;
        request.set_engine(engine);
        request.set_directory(directory.string());
        if (seen)
            *request.mutable_seen() = *seen;
        client.stream(&v1::Layerhold::Stub::ImportBlobs, request, onStep, stop);
    } else {
        v1::ExportBlobsRequest request;
        request.set_engine(engine);
        request.set_directory(directory.string());
        if (seen)
            *request.mutable_seen() = *seen;
        client.stream(&v1::Layerhold::Stub::ExportBlobs, request, onStep, stop);
    }
    return report;
}

std::vector<std::string> describe(const v1::TransferReport& report, Direction direction)
{
    std::vector<std::string> lines{fmt::format("{} {}, {} ({} of them without copying); {} were there already.",
                                               direction == Direction::Import ? "Imported" : "Exported",
                                               count(report.transferred(), "blob"), formatSize(report.bytes()),
                                               formatSize(report.linked_bytes()), report.already_present())};
    for (const std::string& skipped : report.skipped())
        lines.push_back("Left out: " + neutralise(skipped));
    return lines;
}

void addEngineTransfers(CLI::App& engine, Context& context)
{
    add(engine, context, Direction::Import);
    add(engine, context, Direction::Export);
}

} // namespace layerhold::cli
