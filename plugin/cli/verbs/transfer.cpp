// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/transfer.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "layerhold/registry/puller.h"
#include "service/api/registry_messages.h"

#include <layerhold/v1/registries.grpc.pb.h>

#include <fmt/format.h>

namespace layerhold::cli {

namespace messages = service::messages;

void PlatformFlags::addTo(CLI::App& verb)
{
    auto* one = verb.add_option("--platform", m_platforms,
                                "Only for this platform, such as linux/arm64; may be given more than once");
    one->type_name("OS/ARCH")->expected(1)->take_all();
    verb.add_flag("--all-platforms", m_isAll, "For all platforms there are, instead of this machine's")->excludes(one);
}

std::vector<std::string> PlatformFlags::chosen() const
{
    if (m_isAll)
        return {};
    return m_platforms.empty() ? std::vector{registry::ownPlatform()} : m_platforms;
}

v1::PullReport pull(Context& context, service::Session& session, RegistrySources& sources, const ImageReference& image,
                    const std::vector<std::string>& platforms, const std::string& engine)
{
    v1::PullRequest request;
    request.set_reference(image.toString());
    for (const registry::Source& source : sources.of(image, context.stop()))
        *request.add_sources() = messages::from(source);
    request.mutable_platforms()->Assign(platforms.begin(), platforms.end());
    request.set_grant_to(engine);
    v1::PullReport report;
    ProgressBar bar("pull");
    session.client().stream(
        &v1::Registries::Stub::Pull, request,
        [&](const v1::PullResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                report = step.report();
        },
        context.stop());
    return report;
}

v1::PushReport push(Context& context, service::Session& session, RegistrySources& sources, const std::string& image,
                    const ImageReference& destination, const std::string& platform)
{
    v1::PushRequest request;
    request.set_image(image);
    request.set_destination(destination.toString());
    for (const registry::Source& source : sources.destinationsOf(destination, context.stop()))
        *request.add_sources() = messages::from(source);
    request.set_platform(platform);
    v1::PushReport report;
    ProgressBar bar("push");
    session.client().stream(
        &v1::Registries::Stub::Push, request,
        [&](const v1::PushResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                report = step.report();
        },
        context.stop());
    return report;
}

void show(Output& output, const v1::PushReport& report)
{
    output.line(fmt::format("{} is {} now", neutralise(report.reference()), neutralise(report.digest())));
    output.line(fmt::format("  {}, {}: {} were there, {} mounted from another repository, {} sent",
                            count(report.blobs(), "blob"), formatSize(report.bytes()), report.present_blobs(),
                            report.mounted_blobs(), formatSize(report.uploaded_bytes())));
}

} // namespace layerhold::cli
