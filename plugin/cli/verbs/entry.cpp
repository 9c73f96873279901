// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/verbs.h"
#include "layerhold/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace layerhold::cli {

namespace {

struct Unit
{
    char letter;
    std::chrono::seconds length;
};

constexpr std::array units = {
    Unit{'w', std::chrono::hours(7 * 24)}, Unit{'d', std::chrono::hours(24)},  Unit{'h', std::chrono::hours(1)},
    Unit{'m', std::chrono::minutes(1)},    Unit{'s', std::chrono::seconds(1)},
};
constexpr std::chrono::seconds longest = std::chrono::hours(100 * 365 * 24);

} // namespace

void addScopeFlag(CLI::App& verb, std::string& scope)
{
    verb.add_option("--scope", scope, "The scope of the key, such as tenant/builds; 'default' unless stated")
        ->type_name("SCOPE");
}

std::chrono::nanoseconds parseTtl(std::string_view text)
{
    if (text == "never")
        return {};
    const auto refuse = [text] {
        return Error(ErrorCode::InvalidArgument,
                     fmt::format("the time '{}' is not usable; write 90s, 15m, 48h, 60d, 2w, 1h30m or never, at most "
                                 "100 years",
                                 neutralise(text)));
    };
    std::chrono::seconds sum{};
    std::string_view rest = text;
    while (!rest.empty()) {
        std::int64_t number = 0;
        const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        const auto unit = std::find_if(units.begin(), units.end(),
                                       [&](const Unit& one) { return !rest.empty() && rest.front() == one.letter; });
        if (failure != std::errc() || number < 0 || unit == units.end() || number > longest / unit->length)
            throw refuse();
        rest.remove_prefix(1);
        sum += number * unit->length;
        if (sum > longest)
            throw refuse();
    }
    if (sum.count() == 0)
        throw refuse();
    return sum;
}

std::string formatTtl(std::chrono::nanoseconds ttl)
{
    if (ttl.count() <= 0)
        return "never";
    for (const Unit& unit : units)
        if (ttl % unit.length == std::chrono::nanoseconds(0))
            return fmt::format("{}{}", ttl / unit.length, unit.letter);
    return fmt::format("{}ns", ttl.count());
}

std::string describe(const v1::EntryTotals& totals)
{
    return fmt::format("{} {}, {}", totals.entries(), totals.entries() == 1 ? "entry" : "entries",
                       formatSize(totals.bytes()));
}

void addEntry(CLI::App& app, Context& context)
{
    CLI::App& entry = *app.add_subcommand("entry", "Keep bytes under keys, with a time to live");
    entry.require_subcommand(1);
    entry.footer("Example:\n  layerhold entry put report --ttl 7d report.pdf");
    addEntryPut(entry, context);
    addEntryGet(entry, context);
    addEntryLs(entry, context);
    addEntryRemovals(entry, context);
    addEntryScope(entry, context);
}

} // namespace layerhold::cli
