// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/layout.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace layerhold {

namespace {

constexpr std::size_t ingestIdLength = 32;

bool isHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char character) { return text::hexDigit(character) >= 0; });
}

/// Decimal without sign or leading zeros.
bool isNumber(std::string_view text)
{
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && parsed == end && std::to_string(value) == text;
}

} // namespace

Layout::Layout(Path root)
    : m_root(std::move(root))
{}

Layout::Path Layout::ociLayout() const
{
    return m_root / "oci-layout";
}

Layout::Path Layout::newIndexJson() const
{
    return m_root / "index.json.new";
}

Layout::Path Layout::indexJson() const
{
    return m_root / "index.json";
}

Layout::Path Layout::blobsDirectory() const
{
    return m_root / "blobs";
}

Layout::Path Layout::blobsDirectory(DigestAlgorithm algorithm) const
{
    return blobsDirectory() / toString(algorithm);
}

Layout::Path Layout::blob(const Digest& digest) const
{
    return blobsDirectory(digest.algorithm()) / digest.hex();
}

Layout::Path Layout::ingestDirectory() const
{
    return m_root / "ingest";
}

Layout::Path Layout::ingest(std::string_view id) const
{
    if (!isIngestId(id))
        throw Error(ErrorCode::InvalidArgument, text::quoted(id) + " is not the id of an ingest");
    return ingestDirectory() / id;
}

bool Layout::isIngestId(std::string_view name)
{
    return name.size() == ingestIdLength && isHex(name);
}

Layout::Path Layout::quarantineDirectory() const
{
    return m_root / "quarantine";
}

Layout::Path Layout::quarantined(const Digest& digest, unsigned number) const
{
    return quarantineDirectory() /
           (std::string(toString(digest.algorithm())) + '-' + digest.hex() + '.' + std::to_string(number));
}

Layout::Path Layout::quarantineReason(const Path& quarantined) const
{
    Path result = quarantined;
    result += ".json";
    return result;
}

std::optional<Digest> Layout::parseQuarantined(std::string_view name)
{
    const std::size_t dash = name.find('-');
    const std::size_t dot = name.rfind('.');
    if (dash == std::string_view::npos || dot == std::string_view::npos || dot < dash)
        return std::nullopt;
    if (!isNumber(name.substr(dot + 1)))
        return std::nullopt;
    return Digest::parse(std::string(name.substr(0, dash)) + ':' + std::string(name.substr(dash + 1, dot - dash - 1)));
}

Layout::Path Layout::trashDirectory() const
{
    return m_root / "trash";
}

Layout::Path Layout::trashed(const Digest& digest) const
{
    return trashDirectory() / (std::string(toString(digest.algorithm())) + '-' + digest.hex());
}

std::optional<Digest> Layout::parseTrashed(std::string_view name)
{
    const std::size_t dash = name.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    return Digest::parse(std::string(name.substr(0, dash)) + ':' + std::string(name.substr(dash + 1)));
}

Layout::Path Layout::indexDatabase() const
{
    return m_root / "index.db";
}

Layout::Path Layout::damagedIndex(unsigned number) const
{
    return m_root / ("index.db.damaged-" + std::to_string(number));
}

Layout::Path Layout::newIndexDatabase() const
{
    return m_root / "index.db.new";
}

Layout::Path Layout::checkpoint() const
{
    return m_root / "checkpoint";
}

Layout::Path Layout::newCheckpoint() const
{
    return m_root / "checkpoint.new";
}

Layout::Path Layout::identityKey() const
{
    return m_root / "identity.key";
}

Layout::Path Layout::newIdentityKey() const
{
    return m_root / "identity.key.new";
}

Layout::Path Layout::ownerLock() const
{
    return m_root / "owner.lock";
}

std::optional<Digest> Layout::parseBlob(DigestAlgorithm algorithm, std::string_view name)
{
    return Digest::parse(std::string(toString(algorithm)) + ':' + std::string(name));
}

} // namespace layerhold
