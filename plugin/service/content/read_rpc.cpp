// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/content_service.h"
#include "service/content/read_range.h"
#include "service/content/wire.h"
#include "service/rpc/byte_buffers.h"

#include "layerhold/error.h"

#include <algorithm>
#include <utility>

namespace layerhold::service {

namespace {

/// Larger messages are not faster and delay the first byte; other languages' clients take 4 MiB at most.
constexpr std::uint64_t MessageBytes = std::uint64_t{256} * 1024;

/// A slice that was read straight into; owns its bytes.
class ReadBuffer
{
public:
    explicit ReadBuffer(std::size_t size)
        : m_slice(grpc_slice_malloc(size))
    {}

    ReadBuffer(const ReadBuffer&) = delete;
    ReadBuffer& operator=(const ReadBuffer&) = delete;

    ~ReadBuffer() { grpc_slice_unref(m_slice); }

    std::span<std::byte> bytes()
    {
        return std::as_writable_bytes(std::span(GRPC_SLICE_START_PTR(m_slice), GRPC_SLICE_LENGTH(m_slice)));
    }

    grpc::Slice share() const { return grpc::Slice(m_slice, grpc::Slice::ADD_REF); }

private:
    grpc_slice m_slice;
};

} // namespace

Async<void> ContentService::read(Call& call)
{
    grpc::ByteBuffer buffer;
    co_await readRequest(call, buffer);
    const Message message(buffer);
    const ReadRequest request = wire::parseRead(message.pieces());
    const Digest digest = Digest::require(request.digest);

    std::optional<BlobReader> blob = m_store.tryOpen(digest);
    if (!blob)
        blob.emplace(co_await m_workers.run([&] { return m_store.open(digest); }));

    const ReadRange range = readRange(request, blob->size());
    std::uint64_t at = range.begin;
    while (at < range.end) {
        ReadBuffer piece(std::min(MessageBytes, range.end - at));
        std::optional<std::size_t> got = blob->tryRead(at, piece.bytes());
        if (!got)
            got = co_await m_workers.run([&] { return blob->read(at, piece.bytes()); });
        if (*got != piece.bytes().size())
            throw Error(ErrorCode::DataLoss, "cannot read " + request.digest + " at offset " + std::to_string(at) +
                                                 ": the file is shorter than it was");
        const grpc::ByteBuffer reply = toByteBuffer(wire::encodeReadHeader(at - range.begin, *got), piece.share());
        at += *got;
        if (at == range.end) {
            co_await call.finishWith(reply);
            co_return;
        }
        const bool isSent = co_await call.write(reply);
        if (!isSent)
            throw Cancelled(); // usual: a client stops when its buffer is full
    }
}

} // namespace layerhold::service
