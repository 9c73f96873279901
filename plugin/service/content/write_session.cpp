// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/write_session.h"

#include "layerhold/error.h"

namespace layerhold::service {

namespace {

/// So much is written into the page cache, or hashed, faster than it could be handed to another thread.
constexpr std::uint64_t InlineBytes = std::uint64_t{64} * 1024;

[[noreturn]] void alreadyExists(const Digest& digest)
{
    throw Error(ErrorCode::AlreadyExists, "blob " + digest.toString() + " exists already; there is nothing to write");
}

} // namespace

void WriteSession::open(const WriteRequest& first)
{
    if (first.ref.empty())
        throw Error(ErrorCode::InvalidArgument, "the first message of a write must have a ref");
    IngestOptions options;
    if (first.total > 0)
        options.total = static_cast<std::uint64_t>(first.total);
    if (!first.expected.empty())
        options.expected = Digest::require(first.expected);
    m_ingest = m_store.ingest(first.ref, options);
    m_ref = first.ref;
    m_total = options.total;
    m_unhashed = m_ingest->offset();
}

bool WriteSession::mayBlock(const WriteRequest& request) const
{
    if (!request.expected.empty()) // it may be there, and then the ingest is dropped
        return true;
    switch (request.action) {
    case write_action::Stat:
        return m_unhashed > InlineBytes;
    case write_action::Write:
        return request.dataSize > InlineBytes || (request.offset == 0 && m_ingest->offset() > 0);
    case write_action::Commit:
        return true;
    default:
        return false;
    }
}

std::optional<WriteReply> WriteSession::handle(const WriteRequest& request)
{
    if (!request.expected.empty())
        requireAbsent(request.expected);
    remember(request);

    switch (request.action) {
    case write_action::Stat:
        return stat();
    case write_action::Write:
    case write_action::Commit:
        break;
    default: {
        WriteReply echo;
        echo.action = request.action;
        echo.offset = m_ingest->offset();
        return echo;
    }
    }

    seek(request.offset);
    if (request.dataSize > 0) {
        m_ingest->append(request.data);
        m_unhashed += request.dataSize;
    }
    if (request.action == write_action::Commit)
        return std::nullopt;
    WriteReply reply;
    reply.action = write_action::Write;
    reply.offset = m_ingest->offset();
    reply.total = m_ingest->status().total;
    return reply;
}

void WriteSession::requireAbsent(const std::string& expected)
{
    const std::optional<Digest> digest = Digest::parse(expected);
    if (!digest) // nothing can be present under it; a COMMIT finds it wrong
        return;
    // Only what the engine holds exists for it: writing a released blob again claims it. A "no" that was only a "not
    // now" is made good by the commit.
    if (!m_store.tryInfo(*digest))
        return;
    m_ingest->discard();
    m_ingest.reset();
    alreadyExists(*digest);
}

void WriteSession::remember(const WriteRequest& request)
{
    if (request.total > 0) {
        m_total = static_cast<std::uint64_t>(request.total);
        m_ingest->setTotal(m_total);
    }
    if (!request.expected.empty() && request.expected != m_expected) {
        m_expected = request.expected;
        if (const std::optional<Digest> digest = Digest::parse(m_expected))
            m_ingest->setExpected(*digest);
    }
}

void WriteSession::seek(std::int64_t offset)
{
    const std::uint64_t current = m_ingest->offset();
    if (offset > 0 && static_cast<std::uint64_t>(offset) != current)
        throw Error(ErrorCode::OutOfRange, "cannot write " + m_ref + " at offset " + std::to_string(offset) +
                                               ": the next byte belongs at " + std::to_string(current));
    if (offset == 0 && current > 0) {
        m_ingest->truncate();
        m_unhashed = 0;
    }
}

WriteReply WriteSession::stat()
{
    const IngestStatus status = m_ingest->status();
    WriteReply reply;
    reply.action = write_action::Stat;
    reply.startedAt = status.startedAt;
    reply.updatedAt = status.updatedAt;
    reply.offset = status.offset;
    reply.total = status.total;
    reply.digest = m_ingest->runningDigest();
    m_unhashed = 0;
    return reply;
}

void WriteSession::startCommit(const WriteRequest& request, Ingest::CommitDone done)
{
    CommitRequest commit;
    commit.total = m_total;
    commit.labels = request.labels;
    if (!m_expected.empty()) {
        commit.expected = Digest::parse(m_expected);
        if (!commit.expected)
            throw Error(ErrorCode::FailedPrecondition,
                        "cannot commit " + m_ref + ": the expected digest \"" + m_expected.substr(0, 100) +
                            "\" is none; the bytes stay, commit again with the right one");
    }
    m_committedSize = m_ingest->offset();
    m_ingest->commit(std::move(commit), std::move(done));
}

WriteReply WriteSession::committed(const Digest& digest) const
{
    WriteReply reply;
    reply.action = write_action::Commit;
    reply.offset = m_committedSize;
    reply.total = m_total;
    reply.digest = digest;
    return reply;
}

} // namespace layerhold::service
