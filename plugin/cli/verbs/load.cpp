// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/input_file.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "cli/user_name.h"
#include "layerhold/error.h"

#include <layerhold/v1/archive.grpc.pb.h>

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string file = "-";
    std::string name;
};

/// How much of the archive the service has taken.
class LoadProgress
{
public:
    explicit LoadProgress(const InputFile& input)
        : m_bar("loading")
    {
        m_progress.set_total_bytes(input.size().value_or(0));
        m_progress.set_total_items(1);
    }

    void add(std::size_t bytes)
    {
        constexpr std::chrono::milliseconds interval(250);
        m_progress.set_done_bytes(m_progress.done_bytes() + bytes);
        const auto now = std::chrono::steady_clock::now();
        if (now - m_shownAt < interval)
            return;
        m_shownAt = now;
        m_bar.show(m_progress);
    }

private:
    ProgressBar m_bar;
    v1::Progress m_progress;
    std::chrono::steady_clock::time_point m_shownAt{};
};

v1::LoadImageResponse load(Context& context, const Flags& flags)
{
    InputFile input(flags.file);
    if (input.isTerminal())
        throw Error(ErrorCode::InvalidArgument,
                    "an archive does not come from a terminal; name a file with --input, or send it into a pipe");
    service::Session session = context.connect();
    LoadProgress progress(input);
    const std::stop_token stop = context.stop();
    bool isFirst = true;
    bool isOver = false;
    const auto next = [&](v1::LoadImageRequest& request) {
        if (isOver)
            return false;
        if (isFirst) {
            request.mutable_head()->set_name(flags.name);
            request.mutable_head()->set_by(userName());
            isFirst = false;
        }
        input.read(*request.mutable_data(), stop);
        progress.add(request.data().size());
        isOver = request.data().empty();
        request.set_end_of_archive(isOver);
        return true;
    };
    return session.client().upload(&v1::Archives::Stub::LoadImage, next, stop);
}

int run(Context& context, const Flags& flags)
{
    const v1::LoadImageResponse answer = load(context, flags);
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(answer));
        return 0;
    }
    for (const v1::LoadImageResponse::Image& image : answer.images())
        output.line(fmt::format("{} points at {}.", neutralise(image.reference()), neutralise(image.digest())));
    output.line(fmt::format("Loaded {}, {}; {} had to be stored.", count(answer.blobs(), "blob"),
                            formatSize(answer.bytes()), formatSize(answer.stored_bytes())));
    return 0;
}

} // namespace

void addLoad(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("load", "Bring in the images of a tar archive");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("-i,--input", flags->file, "Where it is; standard input unless stated, or for -")
        ->type_name("FILE");
    verb.add_option("--name", flags->name, "What to call the image, instead of what the archive says")
        ->type_name("REFERENCE");
    context.addClientFlags(verb);
    verb.footer(
        "Takes what layerhold export, docker save, podman save, ctr images export and skopeo copy write: OCI image\n"
        "layouts and Docker archives, also with gzip or zstd around them. Every blob is verified; names point at\n"
        "the images when all of it is there.\n\n"
        "Example:\n  layerhold load -i nginx.tar\n  docker save nginx | layerhold load");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
