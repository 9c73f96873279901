// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/json_web_token.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

namespace layerhold::test {

namespace {

struct Free
{
    void operator()(std::FILE* file) const { std::fclose(file); }

    void operator()(X509* certificate) const { X509_free(certificate); }

    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

using Bytes = std::vector<unsigned char>;

void require(bool isGood)
{
    if (!isGood)
        throw std::runtime_error("cannot sign a token");
}

std::unique_ptr<std::FILE, Free> open(const std::filesystem::path& path)
{
    std::unique_ptr<std::FILE, Free> file(std::fopen(path.c_str(), "r"));
    require(file != nullptr);
    return file;
}

std::string base64(const Bytes& bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // with a zero at the end
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(), static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

std::string base64Url(const Bytes& bytes)
{
    std::string text = base64(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

std::string base64Url(std::string_view text)
{
    return base64Url(Bytes(text.begin(), text.end()));
}

Bytes encodedCertificate(const std::filesystem::path& path)
{
    const std::unique_ptr<X509, Free> certificate(PEM_read_X509(open(path).get(), nullptr, nullptr, nullptr));
    require(certificate != nullptr);
    Bytes bytes(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    unsigned char* end = bytes.data();
    i2d_X509(certificate.get(), &end);
    return bytes;
}

/// The two numbers of an ECDSA signature one behind the other, as RFC 7518 wants them (section 3.4).
Bytes joined(const Bytes& signature)
{
    const unsigned char* begin = signature.data();
    const std::unique_ptr<ECDSA_SIG, Free> numbers(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(signature.size())));
    require(numbers != nullptr);
    constexpr int half = 32;
    Bytes bytes(2 * half);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), bytes.data(), half) == half &&
            BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), bytes.data() + half, half) == half);
    return bytes;
}

Bytes sign(std::string_view text, const std::filesystem::path& keyPath)
{
    const std::unique_ptr<EVP_PKEY, Free> key(PEM_read_PrivateKey(open(keyPath).get(), nullptr, nullptr, nullptr));
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    require(key && context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
    std::size_t size = 0;
    const auto* const data = reinterpret_cast<const unsigned char*>(text.data());
    require(EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) == 1);
    Bytes signature(size);
    require(EVP_DigestSign(context.get(), signature.data(), &size, data, text.size()) == 1);
    signature.resize(size);
    return joined(signature);
}

} // namespace

std::string signedToken(std::string_view claims, const std::filesystem::path& certificate,
                        const std::filesystem::path& key)
{
    const std::string header =
        R"({"typ":"JWT","alg":"ES256","x5c":[")" + base64(encodedCertificate(certificate)) + "\"]}";
    const std::string text = base64Url(header) + '.' + base64Url(claims);
    return text + '.' + base64Url(sign(text, key));
}

} // namespace layerhold::test
