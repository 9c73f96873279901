// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/blob_reader.h"

#include "cache/operation_meter.h"
#include "store/blob_files.h"

namespace layerhold {

BlobReader::BlobReader(std::shared_ptr<OpenBlob> blob, ReadMeter* meter)
    : m_blob(std::move(blob))
    , m_meter(meter)
{}

std::uint64_t BlobReader::size() const
{
    return m_blob->size();
}

std::size_t BlobReader::read(std::uint64_t offset, std::span<std::byte> buffer) const
{
    const std::size_t count = m_blob->read(offset, buffer);
    if (m_meter)
        m_meter->count(count);
    return count;
}

std::optional<std::size_t> BlobReader::tryRead(std::uint64_t offset, std::span<std::byte> buffer) const
{
    const auto count = m_blob->tryRead(offset, buffer);
    if (m_meter && count)
        m_meter->count(*count);
    return count;
}

} // namespace layerhold
