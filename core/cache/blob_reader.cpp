// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/blob_reader.h"

#include "store/blob_files.h"

namespace layerhold {

BlobReader::BlobReader(std::shared_ptr<OpenBlob> blob)
    : m_blob(std::move(blob))
{}

std::uint64_t BlobReader::size() const
{
    return m_blob->size();
}

std::size_t BlobReader::read(std::uint64_t offset, std::span<std::byte> buffer) const
{
    return m_blob->read(offset, buffer);
}

std::optional<std::size_t> BlobReader::tryRead(std::uint64_t offset, std::span<std::byte> buffer) const
{
    return m_blob->tryRead(offset, buffer);
}

} // namespace layerhold
