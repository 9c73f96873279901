// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/change.h"
#include "index/connection.h"
#include "layerhold/types.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct ClaimRow
{
    HolderKind holderKind = HolderKind::Engine;
    std::string holder;
    Digest digest;
    TimePoint since = {};
    TimePoint updated = {}; ///< when the holder's labels of the blob last changed
};

/// Table claims: "holder H needs blob B". Checked like blobs.
namespace claims {

std::optional<ClaimRow> find(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest);
/// Without a look at the row.
bool exists(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest);
std::vector<ClaimRow> of(Connection& index, const Digest& digest);
bool any(Connection& index, const Digest& digest);
std::vector<ClaimRow> ofHolder(Connection& index, HolderKind kind, const std::string& holder);
std::vector<ClaimRow> ofKind(Connection& index, HolderKind kind);
void put(Connection& index, const ClaimRow& row);
/// False when there was none.
bool erase(Connection& index, HolderKind kind, const std::string& holder, const Digest& digest);
void eraseHolder(Connection& index, HolderKind kind, const std::string& holder);
void forEach(Connection& index, const std::function<void(const ClaimRow&)>& each);
/// Skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const ClaimRow&)>& each);

} // namespace claims

struct SupplyRow
{
    std::string engine;
    Digest digest;
    TimePoint since = {};
};

/// Table supplies: "engine E once delivered these bytes itself".
namespace supplies {

bool exists(Connection& index, const std::string& engine, const Digest& digest);
bool any(Connection& index, const Digest& digest);
void put(Connection& index, const SupplyRow& row);
void eraseAll(Connection& index, const Digest& digest);
void eraseEngine(Connection& index, const std::string& engine);
void forEach(Connection& index, const std::function<void(const SupplyRow&)>& each);
void forEachReadable(Connection& index, const std::function<void(const SupplyRow&)>& each);

} // namespace supplies

/// Table labels: containerd's labels of a blob, per engine.
namespace labels {

Labels of(Connection& index, const std::string& engine, const Digest& digest);
/// Of the blobs from `first` to `last`, both included; blobs without labels are left out.
std::map<Digest, Labels> ofRange(Connection& index, const std::string& engine, const Digest& first, const Digest& last);
/// Whether an engine has labelled it with the registry that it got it from.
bool nameSource(Connection& index, const Digest& digest);
void set(Connection& index, const std::string& engine, const Digest& digest, const std::string& key,
         const std::string& value);
void erase(Connection& index, const std::string& engine, const Digest& digest, const std::string& key);
void eraseAll(Connection& index, const std::string& engine, const Digest& digest);
void eraseEngine(Connection& index, const std::string& engine);

struct Row
{
    std::string engine;
    Digest digest;
    std::string key;
    std::string value;
};

/// Those of one blob and engine stand together.
void forEach(Connection& index, const std::function<void(const Row&)>& each);

/// The records that make the checkpoint know the labels that the blob has now.
void remember(Change& change, const std::string& engine, const Digest& digest);
/// `position` counts the labels of one blob and engine; nullopt for one that no record has room for.
std::optional<CheckpointRecord> toRecord(const Row& row, std::uint64_t position);
/// Does to the labels what the record says.
void replay(Connection& index, const CheckpointRecord& record);

} // namespace labels

/// What an engine holds, for the answers of containerd's List.
struct HeldBlob
{
    ClaimRow claim;
    std::uint64_t size = 0;
};

/// By ascending digest after `after`; blobs being deleted are left out.
std::vector<HeldBlob> heldBlobs(Connection& index, const std::string& engine, const std::optional<Digest>& after,
                                std::size_t limit);

} // namespace layerhold
