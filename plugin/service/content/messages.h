// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/content_store.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The messages of containerd.services.content.v1 as the protocol logic sees them: plain values, no gRPC and no
/// protobuf. Field names and meanings are those of content.proto.
namespace layerhold::service {

using Bytes = std::span<const std::byte>;

struct UpdateRequest
{
    bool hasInfo = false;
    std::string digest;
    Labels labels;
    std::vector<std::string> maskPaths;
};

struct ReadRequest
{
    std::string digest;
    std::int64_t offset = 0;
    std::int64_t size = 0;
};

/// Values of the enum on the wire; others are legal there and are echoed.
namespace write_action {
inline constexpr std::int32_t Stat = 0;
inline constexpr std::int32_t Write = 1;
inline constexpr std::int32_t Commit = 2;
} // namespace write_action

struct WriteRequest
{
    std::int32_t action = write_action::Stat;
    std::string ref;
    std::int64_t total = 0;
    std::string expected;
    std::int64_t offset = 0;
    std::vector<Bytes> data; ///< points into the received message, which must outlive this
    std::size_t dataSize = 0;
    Labels labels;
};

struct WriteReply
{
    std::int32_t action = write_action::Stat;
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> updatedAt;
    std::uint64_t offset = 0;
    std::uint64_t total = 0;
    std::optional<Digest> digest;
};

} // namespace layerhold::service
