// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "layerhold/cleanup.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerhold {

/// A blob that is to go, as it was when that was decided.
struct Removal
{
    Digest digest;
    std::uint64_t bytes = 0;
    std::string reason = {};                        ///< for the event
    BlobState from = BlobState::Present;            ///< Present, or Trashed
    std::optional<TimePoint> usedAt = std::nullopt; ///< when set: a later use, or an open write of it, spares it
    std::string skipped = {};                       ///< filled in: why it did not go
    enum class Trouble
    {
        None,
        Changed, ///< it is not any more what was decided about, or somebody works on it
        Failure
    } trouble = Trouble::None;
};

/// Where the blobs of a removal go.
struct Destination
{
    Disposal disposal = Disposal::Remove;
    std::string run = {};     ///< Trash: for the undo
    TimePoint expiresAt = {}; ///< Trash: when they go for good
};

/// A claim or an edge that is damaged keeps nothing: nothing is to be removed for want of it. Throws Corrupted.
void requireWholeClaims(CacheContext& context);

/// Removes the blobs of one batch: mark → move or unlink → drop the rows, or note where the file is. A crash between
/// leaves a state that the next start finishes or takes back.
class BlobRemoval
{
public:
    using Recorder = std::function<void(Change&)>;

    /// `record` is called in the transaction that ends the removal.
    BlobRemoval(CacheContext& context, const std::vector<Removal*>& removals, const Destination& destination,
                Recorder record = {});

    void run();

private:
    struct Work
    {
        Removal* removal;
        BusyDigests::Lock busy;
        FileIdentity identity = {}; ///< recorded when it was marked
        FileIdentity moved = {};    ///< to trust after a move
        bool isMarked = false;
        bool isThrough = false; ///< the file is where it belongs
    };

    void mark();
    /// nullopt when it may go.
    std::optional<std::string> objection(Connection& index, const std::optional<BlobRow>& row, const Removal& removal,
                                         const std::set<Digest>& expected) const;
    void moveFiles();
    void moveFile(Work& work);
    /// Makes the moves durable, or takes them back.
    void syncMoves();
    void syncUnlinks();
    static void fail(Work& work, const std::string& why);
    void finish();
    void finishOne(Change& change, const Work& work) const;

    CacheContext& m_context;
    Destination m_destination;
    Recorder m_record;
    std::vector<Work> m_work;
};

} // namespace layerhold
