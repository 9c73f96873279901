// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/proofs.h"

#include "index/row_checksum.h"
#include "layerhold/error.h"

#include <algorithm>

namespace layerhold {

namespace {

Identity identityColumn(const sqlite::Statement::Use& row, int column)
{
    const auto identity = Identity::fromBytes(row.blob(column));
    if (!identity)
        throw Error(ErrorCode::Corrupted, "the index holds a malformed identity: it is damaged");
    return *identity;
}

} // namespace

namespace proofs {

namespace {

std::int64_t checksum(const ProofRow& row)
{
    const Key key(row.digest);
    return RowChecksum()
        .add(key.bytes())
        .add(row.identity.bytes())
        .add(row.repository)
        .add(static_cast<std::int64_t>(row.method))
        .add(toNanoseconds(row.checkedAt))
        .add(toNanoseconds(row.expiresAt))
        .value();
}

/// Columns digest, identity, repository, method, checked_at, expires_at, checksum.
ProofRow read(const sqlite::Statement::Use& use)
{
    ProofRow row{digestColumn(use, 0)};
    row.identity = identityColumn(use, 1);
    row.repository = use.integer(2);
    row.method = static_cast<ProofMethod>(use.integer(3));
    row.checkedAt = fromNanoseconds(use.integer(4));
    row.expiresAt = fromNanoseconds(use.integer(5));
    if (use.integer(6) != checksum(row))
        failDamagedRow("proofs", row.digest.toString());
    return row;
}

/// The columns that read() takes, and name and checksum of the repository: one that is not what was written could be
/// another's.
Proof readProof(const sqlite::Statement::Use& use)
{
    const ProofRow row = read(use);
    Proof proof{row.identity, std::string(use.text(7)), row.digest, row.method, row.checkedAt, row.expiresAt};
    if (use.integer(8) != RowChecksum().add(row.repository).add(proof.repository).value())
        failDamagedRow("repositories", proof.repository);
    return proof;
}

} // namespace

std::optional<ProofRow> find(Connection& index, const Digest& digest, const Identity& identity, std::int64_t repository)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT digest, identity, repository, method, checked_at, expires_at, checksum "
                              "FROM proofs WHERE digest = ? AND identity = ? AND repository = ?")
                   .use(key.bytes(), identity.bytes(), repository);
    if (!use.step())
        return std::nullopt;
    return read(use);
}

bool covers(Connection& index, const Identity& identity, const Digest& digest, const Span& span, const Accept& accept)
{
    const Key key(digest);
    auto use = index
                   .statement("SELECT proofs.digest, proofs.identity, proofs.repository, proofs.method, "
                              "proofs.checked_at, proofs.expires_at, proofs.checksum, repositories.name, "
                              "repositories.checksum FROM proofs JOIN repositories "
                              "ON repositories.id = proofs.repository WHERE proofs.digest = ? AND "
                              "proofs.identity = ? AND proofs.checked_at <= ? AND proofs.expires_at > ?")
                   .use(key.bytes(), identity.bytes(), toNanoseconds(span.madeUpTo), toNanoseconds(span.goodAfter));
    while (use.step())
        if (accept(readProof(use)))
            return true;
    return false;
}

void put(Connection& index, const ProofRow& row)
{
    const Key key(row.digest);
    index
        .statement("INSERT OR REPLACE INTO proofs (digest, identity, repository, method, checked_at, expires_at, "
                   "checksum) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .use(key.bytes(), row.identity.bytes(), row.repository, static_cast<int>(row.method),
             toNanoseconds(row.checkedAt), toNanoseconds(row.expiresAt), checksum(row))
        .run();
}

void erasePair(Connection& index, const Identity& identity, std::int64_t repository)
{
    index.statement("DELETE FROM proofs WHERE repository = ? AND identity = ?").use(repository, identity.bytes()).run();
}

void eraseRepository(Connection& index, std::int64_t repository)
{
    index.statement("DELETE FROM proofs WHERE repository = ?").use(repository).run();
}

void eraseFrom(Connection& index, std::int64_t repository, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM proofs WHERE repository = ? AND digest = ?").use(repository, key.bytes()).run();
}

void eraseAll(Connection& index, const Digest& digest)
{
    const Key key(digest);
    index.statement("DELETE FROM proofs WHERE digest = ?").use(key.bytes()).run();
}

std::vector<Proof> of(Connection& index, const Digest& digest, std::size_t limit)
{
    const Key key(digest);
    std::vector<Proof> result;
    auto use = index
                   .statement("SELECT proofs.digest, proofs.identity, proofs.repository, proofs.method, "
                              "proofs.checked_at, proofs.expires_at, proofs.checksum, repositories.name, "
                              "repositories.checksum FROM proofs JOIN repositories "
                              "ON repositories.id = proofs.repository WHERE proofs.digest = ? "
                              "ORDER BY proofs.identity, repositories.name LIMIT ?")
                   .use(key.bytes(), static_cast<std::uint64_t>(limit));
    while (use.step())
        result.push_back(readProof(use));
    return result;
}

void prune(Connection& index, TimePoint expiry, std::size_t kept, std::size_t most)
{
    index
        .statement("DELETE FROM proofs WHERE (digest, identity, repository) IN (SELECT digest, identity, repository "
                   "FROM proofs WHERE expires_at <= ?1 LIMIT ?2)")
        .use(toNanoseconds(expiry), static_cast<std::uint64_t>(most))
        .run();
    index
        .statement("DELETE FROM proofs WHERE (digest, identity, repository) IN (SELECT digest, identity, repository "
                   "FROM proofs ORDER BY expires_at DESC LIMIT ?2 OFFSET ?1)")
        .use(static_cast<std::uint64_t>(kept), static_cast<std::uint64_t>(most))
        .run();
}

} // namespace proofs

namespace grants {

namespace {

std::int64_t checksum(const std::string& engine, const Identity& identity, std::int64_t since)
{
    return RowChecksum().add(engine).add(identity.bytes()).add(since).value();
}

} // namespace

std::vector<Identity> of(Connection& index, const std::string& engine)
{
    std::vector<Identity> identities;
    auto use = index.statement("SELECT identity, since, checksum FROM grants WHERE engine = ?").use(engine);
    while (use.step()) {
        identities.push_back(identityColumn(use, 0));
        if (use.integer(2) != checksum(engine, identities.back(), use.integer(1)))
            failDamagedRow("grants", engine);
    }
    return identities;
}

void put(Connection& index, const std::string& engine, const Identity& identity, TimePoint since, std::size_t kept)
{
    index.statement("INSERT OR REPLACE INTO grants (engine, identity, since, checksum) VALUES (?, ?, ?, ?)")
        .use(engine, identity.bytes(), toNanoseconds(since), checksum(engine, identity, toNanoseconds(since)))
        .run();
    index
        .statement("DELETE FROM grants WHERE engine = ?1 AND identity IN (SELECT identity FROM grants "
                   "WHERE engine = ?1 ORDER BY since DESC LIMIT -1 OFFSET ?2)")
        .use(engine, static_cast<std::uint64_t>(kept))
        .run();
}

bool erase(Connection& index, const std::string& engine, const Identity& identity)
{
    index.statement("DELETE FROM grants WHERE engine = ? AND identity = ?").use(engine, identity.bytes()).run();
    return index.database().changes() > 0;
}

void eraseEngine(Connection& index, const std::string& engine)
{
    index.statement("DELETE FROM grants WHERE engine = ?").use(engine).run();
}

} // namespace grants

bool coversEngine(Connection& index, const std::string& engine, const Digest& digest, TimePoint now,
                  const proofs::Accept& accept)
{
    const auto covers = [&](const Identity& identity) {
        return proofs::covers(index, identity, digest, {now, now}, accept);
    };
    if (covers(Identity::anonymous()))
        return true;
    const auto identities = grants::of(index, engine);
    return std::any_of(identities.begin(), identities.end(), covers);
}

} // namespace layerhold
