// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

std::string reason(const v1::ClaimPath& path)
{
    const v1::Claim& claim = path.claim();
    const std::string holder = neutralise(claim.holder_kind() + " " + claim.holder());
    if (path.path_size() <= 1)
        return fmt::format("  {} needs it (claimed {})", holder, age(claim.since()));
    std::string chain;
    for (const std::string& digest : path.path())
        chain += (chain.empty() ? "" : " < ") + neutralise(shortDigest(digest));
    return fmt::format("  {} needs what refers to it (claimed {}): {}", holder, age(claim.since()), chain);
}

void show(Output& output, const v1::ExplainBlobResponse& answer)
{
    output.line(fmt::format("{} ({})", neutralise(answer.blob().digest()), neutralise(describe(answer.blob()))));
    if (answer.paths().empty()) {
        output.line("is released: nobody needs it, and a cleanup may remove it.");
        return;
    }
    output.line("is kept because");
    for (const v1::ClaimPath& path : answer.paths())
        output.line(reason(path));
}

int run(Context& context, const std::string& digest)
{
    v1::ExplainBlobRequest request;
    request.set_digest(digest);
    service::Session session = context.connect();
    const v1::ExplainBlobResponse answer =
        session.client().call(&v1::Layerhold::Stub::ExplainBlob, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(answer));
    else
        show(output, answer);
    return 0;
}

} // namespace

void addWhy(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("why", "Tell why a blob is kept");
    const auto digest = std::make_shared<std::string>();
    verb.add_option("DIGEST", *digest, "Digest, or its first 6 or more digits when no other blob has them")->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold why sha256:3f5ec1");
    context.onRun(verb, [digest](Context& c) { return run(c, *digest); });
}

} // namespace layerhold::cli
