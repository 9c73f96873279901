// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/show.h"

#include "cli/output/table.h"
#include "cli/output/text.h"

#include <chrono>

namespace layerhold::cli {

std::string age(const google::protobuf::Timestamp& time)
{
    using namespace std::chrono;
    if (time.seconds() == 0 && time.nanos() == 0)
        return "never";
    const nanoseconds passed =
        system_clock::now().time_since_epoch() - seconds(time.seconds()) - nanoseconds(time.nanos());
    const std::string text = formatAge(passed);
    return text.starts_with("in ") ? text : text + " ago";
}

std::string shortDigest(const std::string& digest)
{
    constexpr std::size_t shownDigits = 12;
    const std::size_t colon = digest.find(':');
    return colon == std::string::npos ? digest : digest.substr(0, colon + 1 + shownDigits);
}

std::string describe(const v1::Blob& blob)
{
    std::string text = blob.kind() + ", " + formatSize(blob.size());
    if (blob.state() != "present")
        text += ", " + blob.state();
    if (blob.released())
        text += ", released";
    return text;
}

namespace {

std::string describe(const v1::EngineLinkState& link)
{
    if (link.address().empty())
        return "-";
    if (link.connected())
        return "connected";
    return link.has_seen_at() ? "lost, as of " + age(link.seen_at()) : "never seen";
}

} // namespace

std::vector<std::string> engineLines(const google::protobuf::RepeatedPtrField<v1::EngineState>& engines)
{
    Table table({{"ENGINE"},
                 {"SHARING"},
                 {"SERVING"},
                 {"ACCEPTED", Table::Align::Right},
                 {"SOCKET"},
                 {"CONTAINERD"},
                 {"PROBLEM"}});
    for (const v1::EngineState& state : engines)
        table.add({state.engine().name(), state.engine().sharing(), state.serving() ? "yes" : "no",
                   std::to_string(state.connections()), state.engine().socket(), describe(state.link()),
                   state.problem().empty() ? state.link().problem() : state.problem()});
    return table.lines();
}

} // namespace layerhold::cli
