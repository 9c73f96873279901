// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace layerhold {

/// The values are written to the index and never change.
enum class DigestAlgorithm : std::uint8_t
{
    Sha256 = 1,
    Sha384 = 2,
    Sha512 = 3
};

inline constexpr std::array allDigestAlgorithms{DigestAlgorithm::Sha256, DigestAlgorithm::Sha384,
                                                DigestAlgorithm::Sha512};

std::string_view toString(DigestAlgorithm algorithm);

/// Length of the raw hash in bytes: 32, 48 or 64.
std::size_t digestSize(DigestAlgorithm algorithm);

/// The digest of an OCI blob (OCI image specification, "descriptor.md", Digests). A value; always valid once made.
class Digest
{
public:
    /// Accepts exactly `sha256:`, `sha384:` or `sha512:` followed by 64, 96 or 128 lower-case hexadecimal digits.
    static std::optional<Digest> parse(std::string_view text);

    /// As parse, but bad text is Error{InvalidArgument}. The message quotes at most 100 printable characters of it.
    static Digest require(std::string_view text);

    /// The inverse of key(); nullopt when the bytes are not a key.
    static std::optional<Digest> fromKey(std::span<const std::byte> key);

    /// `raw` must have exactly digestSize(algorithm) bytes.
    static Digest fromRaw(DigestAlgorithm algorithm, std::span<const std::byte> raw);

    DigestAlgorithm algorithm() const { return m_algorithm; }

    std::span<const std::byte> raw() const { return std::span(m_raw).first(digestSize(m_algorithm)); }

    std::string hex() const;
    /// `algorithm:hex`.
    std::string toString() const;
    /// One algorithm byte and the raw hash: the compact, sortable form used in the index.
    std::string key() const;

    friend bool operator==(const Digest&, const Digest&) = default;
    friend auto operator<=>(const Digest&, const Digest&) = default;

private:
    Digest() = default;

    DigestAlgorithm m_algorithm = DigestAlgorithm::Sha256;
    std::array<std::byte, 64> m_raw{};
};

/// A running hash that can be asked for its digest at any point and then go on. Copyable (copies the state).
/// Not thread-safe.
class Hasher
{
public:
    explicit Hasher(DigestAlgorithm algorithm = DigestAlgorithm::Sha256);
    Hasher(const Hasher& other);
    Hasher& operator=(const Hasher& other);
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    ~Hasher();

    DigestAlgorithm algorithm() const { return m_algorithm; }

    void update(std::span<const std::byte> bytes);
    /// The digest of everything so far.
    Digest digest() const;
    void reset();

    static Digest of(std::span<const std::byte> bytes, DigestAlgorithm algorithm = DigestAlgorithm::Sha256);

private:
    struct State;
    DigestAlgorithm m_algorithm;
    std::unique_ptr<State> m_state;
};

} // namespace layerhold

template <>
struct std::hash<layerhold::Digest>
{
    std::size_t operator()(const layerhold::Digest& digest) const noexcept;
};
