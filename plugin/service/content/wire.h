// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/content/messages.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Requests are read from, and replies written as, the bytes of containerd's content.proto by hand: payload is never
/// copied, and a list of a million blobs makes no million objects. Unknown fields are skipped; malformed input, and
/// more filters, labels or field paths than the limits in wire.cpp, is Error{InvalidArgument}.
namespace layerhold::service::wire {

/// InfoRequest.digest, DeleteContentRequest.digest, StatusRequest.ref, AbortRequest.ref: the string in field 1.
std::string parseName(std::span<const Bytes> pieces);
/// ListContentRequest.filters, ListStatusesRequest.filters.
std::vector<std::string> parseFilters(std::span<const Bytes> pieces);
ReadRequest parseRead(std::span<const Bytes> pieces);
UpdateRequest parseUpdate(std::span<const Bytes> pieces);
/// `data` of the result points into the pieces.
WriteRequest parseWrite(std::span<const Bytes> pieces);

/// InfoResponse and UpdateResponse have the same shape.
std::string encodeInfo(const ContentInfo& info);
std::string encodeStatus(const IngestStatus& status);
std::string encodeWriteReply(const WriteReply& reply);

/// One entry more for a ListContentResponse or a ListStatusesResponse.
void appendInfo(std::string& message, const ContentInfo& info);
void appendStatus(std::string& message, const IngestStatus& status);

/// A ReadContentResponse up to the bytes of `data`, which follow it as they are.
std::string encodeReadHeader(std::uint64_t offset, std::size_t dataSize);

} // namespace layerhold::service::wire
