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

struct Arguments
{
    std::string reference;
    std::string digest;
};

int run(Context& context, const Arguments& arguments)
{
    v1::PutTagRequest request;
    request.set_reference(arguments.reference);
    request.set_digest(arguments.digest);
    request.set_by(userName());
    service::Session session = context.connect();
    const v1::Tag tag = session.client().call(&v1::Tags::Stub::PutTag, request, context.stop()).tag();
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(tag));
    else
        output.line(fmt::format("{} points at {} and keeps it{}.", neutralise(tag.reference()),
                                neutralise(tag.digest()), tag.present() ? "" : ", once it is stored"));
    return 0;
}

} // namespace

void addTag(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("tag", "Make a tag point at a digest and keep that");
    const auto arguments = std::make_shared<Arguments>();
    verb.add_option("REFERENCE", arguments->reference, "Name of an image; nginx is docker.io/library/nginx:latest")
        ->required();
    verb.add_option("DIGEST", arguments->digest,
                    "What to point at: a digest, its first 6 or more digits, or the name of an image")
        ->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold tag example.org/base:golden 3f5ec1a2b04c");
    context.onRun(verb, [arguments](Context& c) { return run(c, *arguments); });
}

} // namespace layerhold::cli
