// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/blob_facts.h"

#include <algorithm>
#include <chrono>

namespace layerhold {

namespace {

std::optional<std::string> age(TimePoint since, TimePoint now, std::string_view unit)
{
    using namespace std::chrono;
    const auto passed = std::max(now - since, nanoseconds::zero());
    if (unit == "days")
        return std::to_string(duration_cast<hours>(passed).count() / 24);
    if (unit == "hours")
        return std::to_string(duration_cast<hours>(passed).count());
    return std::nullopt;
}

std::string truth(bool value)
{
    return value ? "true" : "false";
}

} // namespace

BlobFacts factsOf(const Blob& blob)
{
    BlobFacts facts;
    facts.digest = &blob.digest;
    facts.size = blob.size;
    facts.kind = toString(blob.kind);
    facts.mediaType = blob.mediaType;
    facts.state = toString(blob.state);
    facts.origin = blob.origin;
    facts.held = blob.released ? BlobFacts::Held::No : BlobFacts::Held::Yes;
    facts.createdAt = blob.createdAt;
    facts.usedAt = blob.accessedAt;
    return facts;
}

std::optional<std::string> BlobFacts::field(const std::vector<std::string>& path, TimePoint now) const
{
    const std::string& what = path.front();
    if (path.size() == 2) {
        if (what == "created")
            return age(createdAt, now, path[1]);
        if (what == "used")
            return age(usedAt, now, path[1]);
        return std::nullopt;
    }
    if (path.size() != 1)
        return std::nullopt;
    if (what == "digest")
        return digest ? digest->toString() : std::string(id);
    if (what == "size")
        return std::to_string(size);
    if (what == "kind")
        return std::string(kind);
    if (what == "mediatype")
        return std::string(mediaType);
    if (what == "state")
        return std::string(state);
    if (what == "origin")
        return std::string(origin);
    if (what == "released")
        return truth(held == Held::No);
    if (what == "inuse")
        return truth(held == Held::Yes);
    if (what == "engine" && !engine.empty())
        return std::string(engine);
    return std::nullopt;
}

} // namespace layerhold
