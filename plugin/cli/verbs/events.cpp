// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "layerhold/error.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdint>
#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::uint64_t after = 0;
    bool follow = false;
    bool onlyNew = false;
};

std::string line(const v1::Event& event)
{
    const auto at = static_cast<std::time_t>(event.at().seconds());
    std::string text = fmt::format("{:>7}  {:%Y-%m-%dT%H:%M:%SZ}  {:<18}  {:<12}", event.sequence(), fmt::gmtime(at),
                                   neutralise(event.kind()), event.engine().empty() ? "-" : neutralise(event.engine()));
    if (!event.subject().empty())
        text += "  " + neutralise(event.subject());
    if (event.bytes() > 0)
        text += "  " + formatSize(event.bytes());
    if (!event.detail().empty())
        text += "  " + neutralise(event.detail());
    return text;
}

/// Every event once, in order, whatever ends the stream.
class Printer
{
public:
    explicit Printer(Output output)
        : m_output(output)
    {}

    void show(const v1::FollowEventsResponse& page);

    /// What to say when the daemon has gone.
    std::string howToGoOn() const
    {
        return m_last == 0 ? "" : fmt::format("; layerhold events --follow --after {} goes on from here", m_last);
    }

private:
    Output m_output;
    std::uint64_t m_last = 0;
};

void Printer::show(const v1::FollowEventsResponse& page)
{
    if (page.has_gap()) {
        if (m_output.isJson())
            m_output.jsonLine({{"gap", toJson(page.gap())}});
        else
            m_output.line(fmt::format("(events {} to {} are no longer kept)", page.gap().first_missing(),
                                      page.gap().last_missing()));
    }
    for (const v1::Event& event : page.events()) {
        if (m_output.isJson())
            m_output.jsonLine(toJson(event));
        else
            m_output.line(line(event));
        m_last = event.sequence();
    }
    m_output.flush();
}

int run(Context& context, const Flags& flags)
{
    v1::FollowEventsRequest request;
    request.set_after(flags.after);
    request.set_follow(flags.follow);
    request.set_only_new(flags.onlyNew);
    service::Session session = context.connect();
    if (flags.follow && session.isLocal())
        throw Error(ErrorCode::Unavailable, "no daemon runs on this cache, so nothing happens to it: leave out "
                                            "--follow, or start one by layerhold serve");
    Printer printer(context.output());
    try {
        session.client().stream(
            &v1::Layerhold::Stub::FollowEvents, request,
            [&](const v1::FollowEventsResponse& page) { printer.show(page); }, context.stop());
    } catch (const Error& error) {
        if (!flags.follow || error.code() != ErrorCode::Unavailable)
            throw;
        throw Error(error.code(), error.what() + printer.howToGoOn());
    }
    return 0;
}

} // namespace

void addEvents(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("events", "Show what happened, and what happens");
    const auto flags = std::make_shared<Flags>();
    auto* after = verb.add_option("--after", flags->after, "Only events after this number; 0 for all that are kept");
    after->type_name("N");
    verb.add_flag("-f,--follow", flags->follow, "Go on with events as they come, until Ctrl-C");
    verb.add_flag("--new", flags->onlyNew, "Leave out what happened before now")->excludes(after);
    context.addClientFlags(verb);
    verb.footer("With --json: one line for each event, and {\"gap\": …} where events are no longer kept.\n\n"
                "Example:\n  layerhold events --follow --new");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
