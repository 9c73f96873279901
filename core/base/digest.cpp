// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/digest.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace layerhold {

namespace {

std::optional<DigestAlgorithm> algorithmNamed(std::string_view name)
{
    for (const DigestAlgorithm algorithm : allDigestAlgorithms) {
        if (name == toString(algorithm))
            return algorithm;
    }
    return std::nullopt;
}

const EVP_MD* fetch(const char* name)
{
    const EVP_MD* method = EVP_MD_fetch(nullptr, name, nullptr);
    if (method == nullptr)
        throw Error(ErrorCode::Internal,
                    std::string("the OpenSSL library offers no ") + name + "; check its configuration");
    return method;
}

/// Fetched once for the process: an implicit fetch for each hash costs more than hashing a small blob.
const EVP_MD* method(DigestAlgorithm algorithm)
{
    switch (algorithm) {
    case DigestAlgorithm::Sha384: {
        static const EVP_MD* const sha384 = fetch("SHA2-384");
        return sha384;
    }
    case DigestAlgorithm::Sha512: {
        static const EVP_MD* const sha512 = fetch("SHA2-512");
        return sha512;
    }
    case DigestAlgorithm::Sha256:
        break;
    }
    static const EVP_MD* const sha256 = fetch("SHA2-256");
    return sha256;
}

void require(int succeeded)
{
    if (succeeded != 1)
        throw Error(ErrorCode::Internal, "OpenSSL cannot compute a digest; check its configuration and free memory");
}

} // namespace

std::string_view toString(DigestAlgorithm algorithm)
{
    switch (algorithm) {
    case DigestAlgorithm::Sha384:
        return "sha384";
    case DigestAlgorithm::Sha512:
        return "sha512";
    case DigestAlgorithm::Sha256:
        break;
    }
    return "sha256";
}

std::size_t digestSize(DigestAlgorithm algorithm)
{
    switch (algorithm) {
    case DigestAlgorithm::Sha384:
        return 48;
    case DigestAlgorithm::Sha512:
        return 64;
    case DigestAlgorithm::Sha256:
        break;
    }
    return 32;
}

std::optional<Digest> Digest::parse(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto algorithm = algorithmNamed(text.substr(0, colon));
    const std::string_view digits = text.substr(colon + 1);
    if (!algorithm || digits.size() != 2 * digestSize(*algorithm))
        return std::nullopt;

    Digest result;
    result.m_algorithm = *algorithm;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = text::hexDigit(digits[i]);
        const int low = text::hexDigit(digits[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        result.m_raw[i / 2] = static_cast<std::byte>(high * 16 + low);
    }
    return result;
}

Digest Digest::require(std::string_view text)
{
    if (auto digest = parse(text))
        return *digest;
    throw Error(ErrorCode::InvalidArgument,
                text::quoted(text) + " is not a digest; write sha256:, sha384: or sha512: followed by 64, 96 or 128 "
                                     "lower-case hexadecimal digits");
}

std::optional<Digest> Digest::fromKey(std::span<const std::byte> key)
{
    if (key.empty())
        return std::nullopt;
    const auto algorithm = static_cast<DigestAlgorithm>(key.front());
    if (std::find(allDigestAlgorithms.begin(), allDigestAlgorithms.end(), algorithm) == allDigestAlgorithms.end())
        return std::nullopt;
    if (key.size() != 1 + digestSize(algorithm))
        return std::nullopt;
    return fromRaw(algorithm, key.subspan(1));
}

Digest Digest::fromRaw(DigestAlgorithm algorithm, std::span<const std::byte> raw)
{
    if (raw.size() != digestSize(algorithm))
        throw Error(ErrorCode::InvalidArgument, "a raw " + std::string(layerhold::toString(algorithm)) + " hash has " +
                                                    std::to_string(digestSize(algorithm)) + " bytes, not " +
                                                    std::to_string(raw.size()));
    Digest result;
    result.m_algorithm = algorithm;
    std::copy(raw.begin(), raw.end(), result.m_raw.begin());
    return result;
}

std::string Digest::hex() const
{
    return text::hex(raw());
}

std::string Digest::toString() const
{
    return std::string(layerhold::toString(m_algorithm)) + ':' + hex();
}

std::string Digest::key() const
{
    std::string result(1, static_cast<char>(m_algorithm));
    for (const std::byte byte : raw())
        result += static_cast<char>(byte);
    return result;
}

struct Hasher::State
{
    State()
        : context(EVP_MD_CTX_new())
    {
        layerhold::require(context != nullptr ? 1 : 0);
    }

    State(const State& other)
        : State()
    {
        layerhold::require(EVP_MD_CTX_copy_ex(context, other.context));
    }

    State& operator=(const State&) = delete;

    ~State() { EVP_MD_CTX_free(context); }

    EVP_MD_CTX* context;
};

Hasher::Hasher(DigestAlgorithm algorithm)
    : m_algorithm(algorithm)
    , m_state(std::make_unique<State>())
{
    reset();
}

Hasher::Hasher(const Hasher& other)
    : m_algorithm(other.m_algorithm)
    , m_state(std::make_unique<State>(*other.m_state))
{}

Hasher& Hasher::operator=(const Hasher& other)
{
    if (this != &other)
        *this = Hasher(other);
    return *this;
}

Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::update(std::span<const std::byte> bytes)
{
    require(EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()));
}

Digest Hasher::digest() const
{
    // Finishing ends a context, so a copy is finished and this one can go on.
    const State finished(*m_state);
    std::array<std::byte, EVP_MAX_MD_SIZE> raw{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(finished.context, reinterpret_cast<unsigned char*>(raw.data()), &size));
    return Digest::fromRaw(m_algorithm, std::span(raw).first(size));
}

void Hasher::reset()
{
    require(EVP_DigestInit_ex2(m_state->context, method(m_algorithm), nullptr));
}

Digest Hasher::of(std::span<const std::byte> bytes, DigestAlgorithm algorithm)
{
    Hasher hasher(algorithm);
    hasher.update(bytes);
    return hasher.digest();
}

} // namespace layerhold

std::size_t std::hash<layerhold::Digest>::operator()(const layerhold::Digest& digest) const noexcept
{
    // The bytes of a cryptographic hash are as good as any hash of them.
    std::size_t result = 0;
    std::memcpy(&result, digest.raw().data(), sizeof result);
    return result;
}
