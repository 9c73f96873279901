// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/messages.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace layerhold::service {

/// One Write stream: the rules of containerd's content service, without a transport. The order of use is
///
///   open(first message), then for each message, the first one too: handle(message); when that gives no reply, the
///   message was a COMMIT that is due: startCommit, and committed() with its result gives the reply.
///
/// An exception other than Locked from open() ends the stream: close() it, then send the status. The reference for the
/// behaviour is containerd's services/content/contentserver; differences are at the members.
///
/// Used by one thread at a time.
class WriteSession
{
public:
    explicit WriteSession(ContentStore& store)
        : m_store(store)
    {}

    /// Takes the ref's lock. InvalidArgument without a ref or with a malformed `expected`, AlreadyExists when the blob
    /// is there, Locked while another stream holds the ref (may be tried again). May block.
    void open(const WriteRequest& first);

    /// Whether handle() may wait for a disk, a lock or a long hash with this message.
    bool mayBlock(const WriteRequest& request) const;

    /// Does what the message asks for. nullopt: all is checked and a commit is due.
    ///
    ///   AlreadyExists   the expected blob is held already; the ingest is dropped
    ///   OutOfRange      a positive offset that is not the current one; the ingest stays
    ///   FailedPrecondition  a COMMIT whose `expected` is no digest, or the ref was aborted meanwhile
    ///
    /// Offset 0 with bytes present drops them, also for a COMMIT; a negative offset appends.
    std::optional<WriteReply> handle(const WriteRequest& request);

    /// Commits the ingest; `done` as for Ingest::commit. May block.
    void startCommit(const WriteRequest& request, Ingest::CommitDone done);
    /// The reply to the COMMIT, once it succeeded.
    WriteReply committed(const Digest& digest) const;

    bool isOpen() const { return m_ingest != nullptr; }

    /// Lets the ingest go; its bytes stay for a resume. Releases the ref's lock. May block unless committed.
    void close() { m_ingest.reset(); }

private:
    void requireAbsent(const std::string& expected);
    void remember(const WriteRequest& request);
    void seek(std::int64_t offset);
    WriteReply stat();

    ContentStore& m_store;
    std::unique_ptr<Ingest> m_ingest;
    std::string m_ref;
    std::uint64_t m_total = 0;         ///< as the client last said it in this stream; what a COMMIT is checked against
    std::string m_expected;            ///< as the client last said it
    std::uint64_t m_unhashed = 0;      ///< bytes that came since the running digest was last asked for
    std::uint64_t m_committedSize = 0; ///< size when the commit began
};

} // namespace layerhold::service
