// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/pem.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/registry/secret.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <fstream>
#include <memory>

namespace layerhold::registry {

namespace {

constexpr std::size_t largestPem = 1U << 20U;

} // namespace

std::string readPemFile(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::string content(largestPem + 1, '\0');
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    const auto size = static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0));
    if (!stream.eof() || size == 0 || size > largestPem) {
        wipe(content);
        throw Error(ErrorCode::FailedPrecondition,
                    text::quotedPath(file) + " cannot be read; it must be a file of PEM certificates, or of a key");
    }
    std::string fitting(content.data(), size); // without spare bytes that nobody would overwrite
    wipe(content);
    return fitting;
}

void trustPem(X509_STORE& store, std::string_view authorities)
{
    if (authorities.empty())
        return;
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(authorities.data(), static_cast<int>(authorities.size())), &BIO_free);
    std::size_t count = 0;
    const auto next = [&] { return PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr); };
    while (const std::unique_ptr<X509, decltype(&X509_free)> certificate{bio ? next() : nullptr, &X509_free}) {
        if (X509_STORE_add_cert(&store, certificate.get()) == 1) // again is no error
            ++count;
    }
    ERR_clear_error(); // the end of the text is one for OpenSSL
    if (count == 0)
        throw Error(ErrorCode::FailedPrecondition,
                    "the certificate authorities of the registry cannot be read; they must be PEM certificates");
}

} // namespace layerhold::registry
