// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/answer_headers.h"

#include "registry/registry_session.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

constexpr std::size_t longestEtag = 256;

/// Whether one of the parameters behind a link says rel=next.
bool isNext(std::string_view parameters)
{
    std::string plain;
    for (const char c : parameters)
        if (c != ' ' && c != '\t' && c != '"')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    plain += ';';
    return plain.find(";rel=next;") != std::string::npos;
}

} // namespace

std::optional<ContentRange> ContentRange::parse(std::string_view text)
{
    constexpr std::string_view unit = "bytes ";
    const std::size_t dash = text.find('-');
    const std::size_t slash = text.find('/');
    if (!text.starts_with(unit) || dash == std::string_view::npos || slash == std::string_view::npos || slash < dash)
        return std::nullopt;
    const auto first = number(text.substr(unit.size(), dash - unit.size()));
    const auto last = number(text.substr(dash + 1, slash - dash - 1));
    const auto size = number(text.substr(slash + 1));
    if (!first || !last || !size || *first > *last || *last >= *size)
        return std::nullopt;
    ContentRange range;
    range.first = *first;
    range.last = *last;
    range.size = *size;
    return range;
}

std::optional<std::string> nextLink(const HttpResponse& response)
{
    for (std::string_view rest : response.headersNamed("link")) {
        while (true) {
            const std::size_t open = rest.find('<');
            const std::size_t close = rest.find('>', open == std::string_view::npos ? 0 : open);
            if (open == std::string_view::npos || close == std::string_view::npos)
                break;
            const std::string_view target = rest.substr(open + 1, close - open - 1);
            rest.remove_prefix(close + 1);
            const std::size_t end = std::min(rest.find(",<"), rest.find(", <"));
            if (isNext(rest.substr(0, end)))
                return std::string(target);
        }
    }
    return std::nullopt;
}

std::string strongEtag(const HttpResponse& response)
{
    const std::string_view etag = response.header("etag").value_or("");
    const bool isQuoted = etag.size() > 2 && etag.front() == '"' && etag.find('"', 1) == etag.size() - 1;
    const bool isPlain = std::all_of(etag.begin(), etag.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return isQuoted && isPlain && etag.size() <= longestEtag ? std::string(etag) : std::string();
}

} // namespace layerhold::registry
