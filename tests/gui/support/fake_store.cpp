// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "gui/support/fake_store.h"

#include <algorithm>

namespace layerhold::gui::test {

namespace {

[[noreturn]] void failNotFound(const std::string& what)
{
    throw CallError("not_found", QString::fromStdString("there is no " + what + " here; check the name"));
}

} // namespace

void FakeStore::sort()
{
    std::ranges::sort(blobs, {}, &BlobRecord::digest);
    std::ranges::stable_sort(edges, {}, &EdgeRecord::parent);
    std::ranges::sort(images, {}, &ImageRecord::digest);
    std::ranges::sort(tags, {}, &TagRecord::reference);
}

void FakeStore::settle()
{
    std::set<std::string> held = expected;
    for (const ClaimRecord& claim : claims)
        held.insert(claim.digest);
    held = reachedFrom(held);
    for (BlobRecord& blob : blobs)
        blob.isReleased = !held.contains(blob.digest);
}

const BlobRecord* FakeStore::find(const std::string& digest) const
{
    const auto found = std::ranges::lower_bound(blobs, digest, {}, &BlobRecord::digest);
    return found != blobs.end() && found->digest == digest ? &*found : nullptr;
}

std::span<const EdgeRecord> FakeStore::childrenOf(const std::string& digest) const
{
    const auto found = std::ranges::equal_range(edges, digest, {}, &EdgeRecord::parent);
    return {found.begin(), found.end()};
}

std::set<std::string> FakeStore::reachedFrom(const std::set<std::string>& start) const
{
    std::set<std::string> reached = start;
    std::vector<std::string> waiting(start.begin(), start.end());
    while (!waiting.empty()) {
        const std::string digest = std::move(waiting.back());
        waiting.pop_back();
        for (const EdgeRecord& edge : childrenOf(digest))
            if (reached.insert(edge.child).second)
                waiting.push_back(edge.child);
    }
    return reached;
}

StatusRecord FakeStore::currentStatus() const
{
    StatusRecord current = status;
    current.blobCount = current.blobBytes = current.releasedCount = current.releasedBytes = 0;
    current.quarantineCount = current.quarantineBytes = 0;
    for (const BlobRecord& blob : blobs) {
        if (blob.state == "quarantined") {
            ++current.quarantineCount;
            current.quarantineBytes += blob.size;
        }
        if (blob.state != "present")
            continue;
        ++current.blobCount;
        current.blobBytes += blob.size;
        if (blob.isReleased) {
            ++current.releasedCount;
            current.releasedBytes += blob.size;
        }
    }
    return current;
}

std::string FakeStore::fullDigest(const std::string& name) const
{
    if (find(name))
        return name;
    for (const TagRecord& tag : tags)
        if (tag.reference == name)
            return tag.digest;
    for (const ImageRecord& image : images)
        for (const ImageNameRecord& known : image.names)
            if (known.name == name)
                return image.digest;
    const std::string start = name.starts_with("sha256:") ? name : "sha256:" + name;
    if (start.size() < std::string("sha256:").size() + 6)
        failNotFound("blob or name '" + name + "'");
    const auto first = std::ranges::lower_bound(blobs, start, {}, &BlobRecord::digest);
    if (first == blobs.end() || !first->digest.starts_with(start))
        failNotFound("blob or name '" + name + "'");
    if (const auto second = std::next(first); second != blobs.end() && second->digest.starts_with(start))
        throw CallError("invalid_argument",
                        QString::fromStdString("several blobs begin with '" + name + "'; give more digits"));
    return first->digest;
}

BlobDetails FakeStore::inspect(const std::string& name) const
{
    const std::string digest = fullDigest(name);
    const BlobRecord* blob = find(digest);
    if (!blob)
        failNotFound("blob " + digest);
    BlobDetails details;
    details.blob = *blob;
    for (const EdgeRecord& edge : edges) {
        if (edge.parent == digest)
            details.children.push_back(edge);
        if (edge.child == digest)
            details.parents.push_back(edge);
    }
    std::ranges::copy_if(claims, std::back_inserter(details.claims),
                         [&](const ClaimRecord& claim) { return claim.digest == digest; });
    if (const auto image = imageDetails.find(digest); image != imageDetails.end()) {
        details.image = image->second;
    } else if (blob->kind == "manifest" || blob->kind == "index") {
        const auto listed = std::ranges::find(images, digest, &ImageRecord::digest);
        if (listed != images.end())
            details.image = ImageDetails{*listed, {}, {}, {}};
    }
    return details;
}

std::vector<ClaimPathRecord> FakeStore::whyKept(const std::string& digest) const
{
    if (!find(digest))
        failNotFound("blob " + digest);
    // Breadth first, so that each path is a shortest one.
    std::vector<std::vector<std::string>> paths{{digest}};
    std::set<std::string> seen{digest};
    std::vector<ClaimPathRecord> found;
    for (std::size_t next = 0; next < paths.size(); ++next) {
        const std::vector<std::string> path = paths[next];
        for (const ClaimRecord& claim : claims)
            if (claim.digest == path.back())
                found.push_back({path, claim});
        for (const EdgeRecord& edge : edges) {
            if (edge.child != path.back() || !seen.insert(edge.parent).second)
                continue;
            paths.push_back(path);
            paths.back().push_back(edge.parent);
        }
    }
    return found;
}

AccessRecord FakeStore::explainAccess(const std::string& name) const
{
    const std::string digest = fullDigest(name);
    if (const auto known = access.find(digest); known != access.end())
        return known->second;
    const std::vector<ClaimPathRecord> kept = whyKept(digest);
    AccessRecord answer;
    answer.digest = digest;
    for (const EngineRecord& engine : status.engines) {
        const bool isClaimed = std::ranges::any_of(kept, [&](const ClaimPathRecord& path) {
            return path.claim.holderKind == "engine" && path.claim.holder == engine.name;
        });
        const bool isOpen = engine.sharing == "open";
        answer.engines.push_back({engine.name, engine.sharing, isClaimed || isOpen,
                                  isClaimed                      ? "it has it"
                                  : isOpen                       ? "it shares all that is here"
                                  : engine.sharing == "isolated" ? "it has only what it brought itself"
                                                                 : "no proof covers it"});
    }
    return answer;
}

std::uint64_t FakeStore::freedBy(const std::vector<std::string>& digests) const
{
    const std::set<std::string> selected(digests.begin(), digests.end());
    for (const std::string& digest : selected)
        if (!find(digest))
            failNotFound("blob " + digest);
    const std::set<std::string> within = reachedFrom(selected);
    std::set<std::string> keepers;
    for (const BlobRecord& blob : blobs)
        if (!within.contains(blob.digest))
            keepers.insert(blob.digest);
    for (const ClaimRecord& claim : claims)
        if (!selected.contains(claim.digest))
            keepers.insert(claim.digest);
    const std::set<std::string> kept = reachedFrom(keepers);
    std::uint64_t bytes = 0;
    for (const std::string& digest : within) {
        const BlobRecord* blob = find(digest);
        if (blob && blob->state == "present" && !kept.contains(digest))
            bytes += blob->size;
    }
    return bytes;
}

HistoryRecord FakeStore::history(const std::string& name, std::chrono::seconds step, Moment since) const
{
    const HistoryRecord* finest = nullptr;
    for (const auto& [key, record] : series) {
        if (key.first != name || (step.count() != 0 && key.second != step))
            continue;
        if (!finest || (since != Moment() && !finest->points.empty() && finest->points.front().at > since))
            finest = &record;
    }
    if (!finest)
        throw CallError("invalid_argument", QString::fromStdString("there is no history of '" + name + "'"));
    HistoryRecord answer = *finest;
    std::erase_if(answer.points, [&](const HistoryPoint& point) { return point.at < since; });
    return answer;
}

std::optional<EventGap> FakeStore::gapAfter(std::uint64_t sequence) const
{
    if (events.empty() || sequence + 1 >= events.front().sequence)
        return std::nullopt;
    return EventGap{sequence + 1, events.front().sequence - 1};
}

PinRecord FakeStore::pin(const std::string& digest, const std::string& note)
{
    const std::string full = fullDigest(digest);
    std::erase_if(pins, [&](const PinRecord& pin) { return pin.digest == full; });
    pins.push_back({full, note, now});
    std::erase_if(claims, [&](const ClaimRecord& claim) { return claim.holderKind == "pin" && claim.digest == full; });
    claims.push_back({"pin", note, full, now});
    settle();
    return pins.back();
}

void FakeStore::unpin(const std::string& digest)
{
    const std::string full = fullDigest(digest);
    if (std::erase_if(pins, [&](const PinRecord& pin) { return pin.digest == full; }) == 0)
        failNotFound("pin on " + full);
    std::erase_if(claims, [&](const ClaimRecord& claim) { return claim.holderKind == "pin" && claim.digest == full; });
    settle();
}

void FakeStore::append(EventRecord event)
{
    event.sequence = events.empty() ? 1 : events.back().sequence + 1;
    if (event.at == Moment())
        event.at = now;
    events.push_back(std::move(event));
}

} // namespace layerhold::gui::test
