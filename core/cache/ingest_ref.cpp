// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/ingest_ref.h"

#include <algorithm>

namespace layerhold {

namespace {

/// What follows `<namespace>/<n>/`, or all of it when the ref is not containerd's.
std::string_view clientRef(std::string_view ref)
{
    const std::size_t first = ref.find('/');
    if (first == std::string_view::npos || first == 0)
        return ref;
    const std::size_t second = ref.find('/', first + 1);
    if (second == std::string_view::npos || second == first + 1)
        return ref;
    const std::string_view number = ref.substr(first + 1, second - first - 1);
    if (!std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return ref;
    return ref.substr(second + 1);
}

BlobKind kindOf(std::string_view ref)
{
    for (const BlobKind kind : {BlobKind::Manifest, BlobKind::Index, BlobKind::Config, BlobKind::Layer}) {
        const std::string_view name = toString(kind);
        if (ref.starts_with(name) && ref.substr(name.size()).starts_with('-'))
            return kind;
    }
    return BlobKind::Other;
}

std::optional<Digest> digestOf(std::string_view ref)
{
    const std::size_t colon = ref.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::size_t before = ref.find_last_of("-@", colon);
    if (before == std::string_view::npos)
        return std::nullopt;
    return Digest::parse(ref.substr(before + 1));
}

} // namespace

IngestRef parseIngestRef(std::string_view ref)
{
    const std::string_view client = clientRef(ref);
    return {kindOf(client), digestOf(client)};
}

} // namespace layerhold
