// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::vector<std::string> filters;
    std::uint32_t limit = 0;
    std::string after;
    bool whole = false;
};

/// Prints blobs as they come. Columns get their width from the first batch and only grow.
class BlobTable
{
public:
    BlobTable(Output output, bool wholeDigests)
        : m_output(output)
        , m_wholeDigests(wholeDigests)
    {}

    bool hasRows() const { return m_headPrinted; }

    void add(const v1::ListBlobsResponse& batch)
    {
        for (const v1::Blob& blob : batch.blobs()) {
            const std::string state = blob.state() != "present" ? blob.state() : blob.released() ? "released" : "held";
            m_table.add({m_wholeDigests ? blob.digest() : shortDigest(blob.digest()), formatSize(blob.size()),
                         blob.kind(), state, age(blob.accessed_at()), blob.origin()});
        }
        if (m_headPrinted)
            m_output.tableRows(m_table);
        else
            m_output.table(m_table);
        m_headPrinted = true;
        m_table.clear();
    }

private:
    Output m_output;
    bool m_wholeDigests;
    bool m_headPrinted = false;
    Table m_table{{{"DIGEST"}, {"SIZE", Table::Align::Right}, {"KIND"}, {"STATE"}, {"USED"}, {"ORIGIN"}}};
};

int run(Context& context, const Flags& flags)
{
    v1::ListBlobsRequest request;
    for (const std::string& filter : flags.filters)
        request.add_filters(filter);
    request.set_limit(flags.limit);
    request.set_page_token(flags.after);
    service::Session session = context.connect();
    Output output = context.output();
    BlobTable table(output, flags.whole);
    session.client().stream(
        &v1::Layerhold::Stub::ListBlobs, request,
        [&](const v1::ListBlobsResponse& batch) {
            if (output.isJson()) {
                for (const v1::Blob& blob : batch.blobs())
                    output.jsonLine(toJson(blob));
            } else {
                table.add(batch);
            }
        },
        context.stop());
    if (!output.isJson() && !table.hasRows())
        output.line(flags.filters.empty() && flags.after.empty() ? "No blobs." : "No blob matches.");
    return 0;
}

} // namespace

void addLs(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("ls", "List blobs, by digest");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("--filter", flags->filters,
                    "containerd's filter grammar over digest, size, kind, mediatype, state, released, engine; may be "
                    "repeated, one match is enough")
        ->type_name("FILTER")
        ->allow_extra_args(false);
    verb.add_option("--limit", flags->limit, "At most so many; 0 for all")->type_name("N");
    verb.add_option("--after", flags->after, "Only digests after this one: the last of an earlier list")
        ->type_name("DIGEST");
    verb.add_flag("--whole-digests", flags->whole, "Do not shorten digests in the table");
    context.addClientFlags(verb);
    verb.footer("With --json: one line for each blob.\n\nExample:\n  layerhold ls --filter kind==layer,released==true");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
