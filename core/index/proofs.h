// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/access.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct ProofRow
{
    Digest digest;
    Identity identity = Identity::anonymous();
    std::int64_t repository = 0;
    ProofMethod method = ProofMethod::Blob;
    TimePoint checkedAt = {};
    TimePoint expiresAt = {};
};

/// Table proofs: "the identity could read the digest from the repository". Checked like blobs.
namespace proofs {

std::optional<ProofRow> find(Connection& index, const Digest& digest, const Identity& identity,
                             std::int64_t repository);
using Accept = std::function<bool(const Proof&)>;

/// When a proof has to be made, and how long it has to be good.
struct Span
{
    TimePoint madeUpTo;
    TimePoint goodAfter;
};

/// True when the identity has a proof in the span that `accept` takes.
bool covers(Connection& index, const Identity& identity, const Digest& digest, const Span& span, const Accept& accept);
/// Inserts or replaces.
void put(Connection& index, const ProofRow& row);
void erasePair(Connection& index, const Identity& identity, std::int64_t repository);
void eraseRepository(Connection& index, std::int64_t repository);
void eraseFrom(Connection& index, std::int64_t repository, const Digest& digest);
void eraseAll(Connection& index, const Digest& digest);
/// By identity and repository.
std::vector<Proof> of(Connection& index, const Digest& digest, std::size_t limit);
/// Erases what expired up to `expiry`, and keeps of the others those that expire last, `kept` of them; no more than
/// `most` of each kind at a time.
void prune(Connection& index, TimePoint expiry, std::size_t kept, std::size_t most);

} // namespace proofs

/// Table grants: "what the identity may read the engine may have". Checked like blobs.
namespace grants {

std::vector<Identity> of(Connection& index, const std::string& engine);
/// Keeps the newest `kept` of the engine.
void put(Connection& index, const std::string& engine, const Identity& identity, TimePoint since, std::size_t kept);
/// False when there was none.
bool erase(Connection& index, const std::string& engine, const Identity& identity);
void eraseEngine(Connection& index, const std::string& engine);

} // namespace grants

/// True when a proof by the anonymous identity, or by one that was granted to the engine, covers the digest now.
bool coversEngine(Connection& index, const std::string& engine, const Digest& digest, TimePoint now,
                  const proofs::Accept& accept);

} // namespace layerhold
