// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/find_blob.h"

#include "layerhold/cache.h"
#include "layerhold/error.h"
#include "layerhold/image_reference.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::service {

namespace {

constexpr std::size_t shortestPrefix = 6;

/// What was typed, taken apart.
struct Prefix
{
    std::optional<DigestAlgorithm> algorithm; ///< nullopt: any
    std::string hex;                          ///< lower case
};

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

std::byte nibble(char c)
{
    return static_cast<std::byte>(c <= '9' ? c - '0' : c - 'a' + 10);
}

std::optional<Prefix> parsePrefix(std::string_view text)
{
    Prefix prefix;
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        const auto known = std::find_if(allDigestAlgorithms.begin(), allDigestAlgorithms.end(),
                                        [&](DigestAlgorithm a) { return toString(a) == text.substr(0, colon); });
        if (known == allDigestAlgorithms.end())
            return std::nullopt;
        prefix.algorithm = *known;
        text.remove_prefix(colon + 1);
    }
    for (const char c : text)
        prefix.hex.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    const std::size_t longest = 2 * digestSize(prefix.algorithm.value_or(DigestAlgorithm::Sha512));
    if (prefix.hex.size() < shortestPrefix || prefix.hex.size() > longest ||
        !std::all_of(prefix.hex.begin(), prefix.hex.end(), isHex))
        return std::nullopt;
    return prefix;
}

/// The digest just below all those that start with `hex`; nullopt when there is none of this algorithm.
std::optional<Digest> justBelow(DigestAlgorithm algorithm, std::string_view hex)
{
    std::vector<std::byte> raw(digestSize(algorithm));
    for (std::size_t i = 0; i < hex.size(); ++i)
        raw[i / 2] |= i % 2 == 0 ? nibble(hex[i]) << 4 : nibble(hex[i]);
    for (std::size_t i = raw.size(); i-- > 0;) {
        if (raw[i] != std::byte{0}) {
            raw[i] = static_cast<std::byte>(std::to_integer<unsigned>(raw[i]) - 1);
            return Digest::fromRaw(algorithm, raw);
        }
        raw[i] = std::byte{0xff};
    }
    return std::nullopt;
}

/// Blobs come in ascending order of (algorithm, hash), so those with a prefix are neighbours: two are enough to know
/// whether it is unique.
std::vector<Blob> startingWith(Cache& cache, DigestAlgorithm algorithm, std::string_view hex)
{
    std::optional<Digest> after = justBelow(algorithm, hex);
    if (!after && algorithm != DigestAlgorithm::Sha256) {
        const auto shorter = static_cast<DigestAlgorithm>(static_cast<std::uint8_t>(algorithm) - 1);
        const std::vector<std::byte> last(digestSize(shorter), std::byte{0xff});
        after = Digest::fromRaw(shorter, last);
    }
    std::vector<Blob> found = cache.blobs({}, after, 2);
    std::erase_if(found, [&](const Blob& blob) {
        return blob.digest.algorithm() != algorithm || blob.digest.hex().compare(0, hex.size(), hex) != 0;
    });
    return found;
}

/// A repository could be called so too, but who writes this means a digest.
bool startsLikeDigest(std::string_view text)
{
    return std::any_of(allDigestAlgorithms.begin(), allDigestAlgorithms.end(), [&](DigestAlgorithm algorithm) {
        return text.starts_with(std::string(toString(algorithm)) + ':');
    });
}

Blob findByPrefix(Cache& cache, std::string_view text)
{
    const std::optional<Prefix> prefix = parsePrefix(text);
    if (!prefix)
        throw Error(ErrorCode::InvalidArgument, "'" + std::string(text.substr(0, 150)) +
                                                    "' is neither a digest (sha256:…) nor the first 6 or more "
                                                    "hexadecimal digits of one");
    std::vector<Blob> found;
    for (const DigestAlgorithm algorithm : allDigestAlgorithms) {
        if (prefix->algorithm.value_or(algorithm) != algorithm || prefix->hex.size() > 2 * digestSize(algorithm))
            continue;
        for (Blob& blob : startingWith(cache, algorithm, prefix->hex))
            found.push_back(std::move(blob));
    }
    if (found.empty())
        throw Error(ErrorCode::NotFound, "no blob has a digest that starts with " + std::string(text));
    if (found.size() > 1)
        throw Error(ErrorCode::InvalidArgument, std::string(text) + " is the start of several digests, among them " +
                                                    found[0].digest.toString() + " and " + found[1].digest.toString() +
                                                    ": give more digits");
    return std::move(found.front());
}

} // namespace

Blob findNamed(Cache& cache, std::string_view text)
{
    if (Digest::parse(text))
        return findBlob(cache, text);
    if (const std::optional<Digest> digest = cache.images().resolve(text)) {
        if (std::optional<Blob> blob = cache.blob(*digest))
            return std::move(*blob);
        throw Error(ErrorCode::NotFound,
                    "'" + std::string(text) + "' points at " + digest->toString() + ", which is not in this cache");
    }
    if (parsePrefix(text) || startsLikeDigest(text) || !ImageReference::parse(text))
        return findByPrefix(cache, text);
    throw Error(ErrorCode::NotFound, "no image is called '" + std::string(text) + "', and no blob either");
}

Blob findBlob(Cache& cache, std::string_view text)
{
    const std::optional<Digest> whole = Digest::parse(text);
    if (!whole)
        return findByPrefix(cache, text);
    std::optional<Blob> blob = cache.blob(*whole);
    if (!blob)
        throw Error(ErrorCode::NotFound, "no blob " + whole->toString() + " in this cache");
    return std::move(*blob);
}

} // namespace layerhold::service
