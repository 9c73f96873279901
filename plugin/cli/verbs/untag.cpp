// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/user_name.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <string>

namespace layerhold::cli {

namespace {

int run(Context& context, const std::string& reference)
{
    v1::RemoveTagRequest request;
    request.set_reference(reference);
    request.set_by(userName());
    service::Session session = context.connect();
    session.client().call(&v1::Tags::Stub::RemoveTag, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(Json::object());
    else
        output.line(
            fmt::format("The tag {} is removed. What it pointed at stays until a cleanup, if nobody else needs it.",
                        neutralise(reference)));
    return 0;
}

} // namespace

void addUntag(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("untag", "Remove a tag; what it pointed at stays until a cleanup");
    const auto reference = std::make_shared<std::string>();
    verb.add_option("REFERENCE", *reference, "Name of an image; nginx is docker.io/library/nginx:latest")->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold untag example.org/base:golden");
    context.onRun(verb, [reference](Context& c) { return run(c, *reference); });
}

} // namespace layerhold::cli
