// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"
#include "layerhold/digest.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace layerhold {

/// Where an engine's own API is.
struct EngineLink
{
    std::string engine;
    std::string address;   ///< absolute path of the socket of containerd's API
    TimePoint seenAt = {}; ///< when it was last listed whole; the epoch: never
};

/// An image as an engine calls it.
struct EngineImage
{
    std::string space; ///< containerd's namespace
    std::string name;
    Digest digest;
    TimePoint createdAt = {};
    TimePoint updatedAt = {};
};

/// A blob that a lease of an engine keeps.
struct EngineLease
{
    std::string space;
    std::string id;
    Digest digest;
};

/// A repository that an engine got a blob from.
struct EngineSource
{
    Digest digest;
    std::string repository; ///< "docker.io/library/nginx"
};

/// All that an engine's API tells, of all its namespaces.
struct EngineListing
{
    TimePoint startedAt = {}; ///< when the listing began
    std::vector<EngineImage> images = {};
    std::vector<EngineLease> leases = {};
    std::vector<EngineSource> sources = {};
    std::set<Digest> content = {}; ///< every blob that the engine knows
};

/// What engines tell of themselves over their own API: names of images, leases, where blobs came from. It feeds the
/// tags (cause engine), the names of images, and "in use by", and outlives a lost connection: `seenAt` tells its age.
///
/// NotFound for an unknown engine. All functions may block. Thread-safe.
class EngineMirror
{
public:
    virtual ~EngineMirror() = default;

    virtual std::vector<EngineLink> links() = 0;
    /// An empty address ends the link and forgets what it told. InvalidArgument for one that is no absolute path of up
    /// to 107 bytes.
    virtual void setAddress(const std::string& engine, const std::string& address) = 0;

    /// Everything known of the engine becomes what the listing says. A tag moves when the engine's image of that name
    /// did since the last listing, and goes when no engine has an image of that name any more and nobody else wants it.
    /// Names that are no normal form of a reference make no tags.
    virtual void reconcile(const std::string& engine, const EngineListing& listing) = 0;
    /// The engine made an image, or gave one another digest or a new time.
    virtual void imageChanged(const std::string& engine, const EngineImage& image) = 0;
    virtual void imageRemoved(const std::string& engine, const std::string& space, const std::string& name) = 0;

    /// Repositories that engines say they got the blob from, ascending. That is a hint where to ask, and no proof.
    virtual std::vector<std::string> sourcesOf(const Digest& digest) = 0;

    /// Releases the engine's claims on blobs that are not in the listing: older than `grace` when the listing began,
    /// not promised to the engine since then, and without an open write. Returns how many. A listing that may be that
    /// of another containerd (it has blobs that the engine does not hold, or few of those it does) releases nothing.
    /// `stop` cancels between two batches: Cancelled is thrown, and what was released until then stays so.
    virtual std::uint64_t releaseUnknown(const std::string& engine, const EngineListing& listing,
                                         std::chrono::seconds grace, std::stop_token stop = {}) = 0;
};

} // namespace layerhold
