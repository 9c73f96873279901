// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz_one.h"
#include "fuzz/properties.h"
#include "layerhold/digest.h"

using namespace layerhold;
using namespace layerhold::fuzz;

namespace {

/// The rule of the header, told another way than the parser tells it.
bool isWellFormed(std::string_view text)
{
    const auto isMadeOf = [&](std::string_view prefix, std::size_t digits) {
        return text.size() == prefix.size() + digits && text.starts_with(prefix) &&
               text.find_first_not_of("0123456789abcdef", prefix.size()) == std::string_view::npos;
    };
    return isMadeOf("sha256:", 64) || isMadeOf("sha384:", 96) || isMadeOf("sha512:", 128);
}

void checkValue(const Digest& digest)
{
    hold(Digest::parse(digest.toString()) == digest, "a printed digest parses to the same");
    hold(Digest::require(digest.toString()) == digest, "require takes what parse takes");
    hold(digest.raw().size() == digestSize(digest.algorithm()), "a hash has the size of its algorithm");
    hold(digest.toString().ends_with(':' + digest.hex()), "the hexadecimal digits are those of the text");
    const std::string key = digest.key();
    hold(Digest::fromKey(std::as_bytes(std::span(key))) == digest, "a key gives its digest");
    hold(Digest::fromRaw(digest.algorithm(), digest.raw()) == digest, "a raw hash gives its digest");
    hold(std::hash<Digest>()(digest) == std::hash<Digest>()(Digest::require(digest.toString())),
         "equal digests have equal hashes");
}

void checkKey(std::span<const std::uint8_t> input)
{
    const auto digest = Digest::fromKey(std::as_bytes(input));
    if (!digest)
        return;
    hold(digest->key() == textOf(input), "a digest gives the key that it is from");
    checkValue(*digest);
    const Digest other = Hasher::of(std::as_bytes(input));
    hold((*digest < other) == (digest->key() < other.key()), "digests are ordered as their keys");
}

} // namespace

int fuzzOne(std::span<const std::uint8_t> input)
{
    const std::string_view text = textOf(input);
    const auto digest = Digest::parse(text);
    hold(digest.has_value() == isWellFormed(text), "exactly the well-formed is accepted");
    if (digest) {
        hold(digest->toString() == text, "a digest prints as it was written");
        checkValue(*digest);
    } else {
        hold(refusalOf(ErrorCode::InvalidArgument, [&] { Digest::require(text); }).has_value(),
             "require refuses what parse refuses");
    }
    checkKey(input);
    for (const DigestAlgorithm algorithm : allDigestAlgorithms)
        hold(refusalOf(ErrorCode::InvalidArgument, [&] { Digest::fromRaw(algorithm, std::as_bytes(input)); })
                     .has_value() == (input.size() != digestSize(algorithm)),
             "a raw hash is accepted by its size");
    return 0;
}
