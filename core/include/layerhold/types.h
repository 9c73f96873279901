// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

using Labels = std::map<std::string, std::string>;

/// How far an engine shares blobs that it does not hold itself.
enum class Sharing : std::uint8_t
{
    Verified = 1, ///< what this engine supplied before, or what a proof covers (layerhold/access.h)
    Open = 2,     ///< any present blob
    Isolated = 3, ///< only what this engine supplied itself; bytes uploaded anew are still stored once
};

std::string_view toString(Sharing sharing);
std::optional<Sharing> parseSharing(std::string_view text);

/// A containerd that uses Layerhold as its content store, through its own socket.
struct Engine
{
    std::string name;   ///< [a-z0-9][a-z0-9_.-]{0,62}
    std::string socket; ///< absolute path of its content socket
    Sharing sharing = Sharing::Verified;
    TimePoint addedAt;
};

enum class BlobKind : std::uint8_t
{
    Other = 0,
    Manifest = 1,
    Index = 2,
    Config = 3,
    Layer = 4
};
std::string_view toString(BlobKind kind);

enum class BlobState : std::uint8_t
{
    Present = 1,
    Missing = 2,     ///< a row or claim exists, the file does not; healed by the next ingest
    Quarantined = 3, ///< the bytes failed verification and were set aside; healed by the next ingest
    Deleting = 4,    ///< a removal is under way; finished at start-up if cut
    Trashed = 5,     ///< removed by a cleanup; comes back when it is wanted before its undo window ends
};
std::string_view toString(BlobState state);

/// Whether the bytes could be had again. Yes: a registry is known to have had them.
enum class Refetch : std::uint8_t
{
    Unknown,
    Yes,
    OnlyCopy
};
std::string_view toString(Refetch refetch);

/// One blob as the whole cache sees it.
struct Blob
{
    Digest digest;
    std::uint64_t size = 0;
    std::string mediaType; ///< empty when unknown
    BlobKind kind = BlobKind::Other;
    BlobState state = BlobState::Present;
    TimePoint createdAt;
    TimePoint accessedAt;
    TimePoint verifiedAt;
    std::uint64_t accessCount = 0;
    std::string origin;    ///< "engine NAME", "import", "adopted"
    bool released = false; ///< no claim and no claimed ancestor
    Refetch refetch = Refetch::Unknown;
};

/// One blob as one engine sees it: the Info of containerd's content API.
struct ContentInfo
{
    Digest digest;
    std::uint64_t size = 0;
    TimePoint createdAt; ///< when this engine's claim began
    TimePoint updatedAt;
    Labels labels;
};

/// A write in progress as its owner sees it: the Status of containerd's content API.
struct IngestStatus
{
    std::string ref;
    std::uint64_t offset = 0;
    std::uint64_t total = 0;
    std::optional<Digest> expected;
    TimePoint startedAt;
    TimePoint updatedAt;
};

enum class HolderKind : std::uint8_t
{
    Engine = 1,
    Tag = 2,
    Entry = 3,
    Lease = 4,
    Pin = 5,
    Record = 6,
    Operation = 7
};
std::string_view toString(HolderKind kind);

/// "Holder H needs blob B."
struct Claim
{
    HolderKind holderKind = HolderKind::Engine;
    std::string holder;
    Digest digest;
    TimePoint since;
};

/// One answer to "why is this kept": the chain from the blob up to a claimed ancestor, and that claim.
/// `path` starts at the blob and ends at the claimed digest; it has one element when the blob itself is claimed.
struct ClaimPath
{
    std::vector<Digest> path;
    Claim claim;
};

struct Edge
{
    Digest parent;
    Digest child;
    std::string role; ///< manifest, config, layer, subject
    std::string mediaType;
    std::string platform; ///< os/architecture[/variant], empty when not stated
    std::uint64_t size = 0;
};

/// Something that happened, in the order it happened. Sequence numbers start at 1 and never repeat in a cache root.
struct Event
{
    std::uint64_t sequence = 0;
    TimePoint at;
    std::string
        kind; ///< blob_committed, blob_adopted, claim_released, blob_removed, blob_quarantined, blob_healed, ...
    std::string subject; ///< digest, engine name or ref; empty when there is none
    std::string engine;  ///< empty when no engine is involved
    std::string detail;  ///< one sentence for people
    std::uint64_t bytes = 0;
};

/// Events between `firstMissing` and `lastMissing` (inclusive) are gone from the ring.
struct EventGap
{
    std::uint64_t firstMissing = 0;
    std::uint64_t lastMissing = 0;
};

struct EventPage
{
    std::optional<EventGap> gap;
    std::vector<Event> events;
};

} // namespace layerhold
