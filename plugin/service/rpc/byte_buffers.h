// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace layerhold::service {

/// The bytes of a received message where they lie. Holds them alive.
class Message
{
public:
    explicit Message(const grpc::ByteBuffer& buffer)
    {
        // Dump only fails on a buffer without a message, which has no pieces.
        if (buffer.Valid() && buffer.Dump(&m_slices).ok()) {
            m_pieces.reserve(m_slices.size());
            for (const grpc::Slice& slice : m_slices)
                m_pieces.push_back(std::as_bytes(std::span(slice.begin(), slice.size())));
        }
    }

    // Copies of short slices have their bytes elsewhere.
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;

    std::span<const std::span<const std::byte>> pieces() const { return m_pieces; }

private:
    std::vector<grpc::Slice> m_slices;
    std::vector<std::span<const std::byte>> m_pieces;
};

/// A message of these bytes.
inline grpc::ByteBuffer toByteBuffer(const std::string& message)
{
    const grpc::Slice slice(message);
    return grpc::ByteBuffer(&slice, 1);
}

/// A message of a head and a body that is not copied.
inline grpc::ByteBuffer toByteBuffer(const std::string& head, grpc::Slice body)
{
    const std::array slices{grpc::Slice(head), std::move(body)};
    return grpc::ByteBuffer(slices.data(), slices.size());
}

} // namespace layerhold::service
