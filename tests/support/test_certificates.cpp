// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "support/test_certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace layerhold::test {

namespace {

struct Free
{
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

    void operator()(X509* certificate) const { X509_free(certificate); }

    void operator()(std::FILE* file) const { std::fclose(file); }
};

using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

void require(bool isDone)
{
    if (!isDone)
        throw std::runtime_error("cannot make a certificate");
}

void extend(X509* certificate, X509* issuer, int id, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
    require(extension && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

/// Signed by itself without an issuer.
Certificate certify(const char* name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey, const char* names)
{
    static std::atomic<long> serial{0};
    constexpr long day = 24L * 60 * 60;
    Certificate certificate(X509_new());
    X509* const x509 = certificate.get();
    require(X509_set_version(x509, 2) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial) == 1 &&
            X509_gmtime_adj(X509_getm_notBefore(x509), -day) && X509_gmtime_adj(X509_getm_notAfter(x509), day) &&
            X509_set_pubkey(x509, key) == 1 &&
            X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1 &&
            X509_set_issuer_name(x509, X509_get_subject_name(issuer ? issuer : x509)) == 1);
    extend(x509, issuer ? issuer : x509, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
    if (names)
        extend(x509, issuer, NID_subject_alt_name, names);
    require(X509_sign(x509, issuerKey ? issuerKey : key, EVP_sha256()) > 0);
    return certificate;
}

void write(const std::filesystem::path& path, X509* certificate)
{
    const std::unique_ptr<std::FILE, Free> file(std::fopen(path.c_str(), "w"));
    require(file && PEM_write_X509(file.get(), certificate) == 1);
}

void write(const std::filesystem::path& path, EVP_PKEY* key)
{
    const std::unique_ptr<std::FILE, Free> file(std::fopen(path.c_str(), "w"));
    require(file && PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

} // namespace

TestCertificates::TestCertificates()
{
    const Key authorityKey(EVP_EC_gen("P-256"));
    const Key serverKey(EVP_EC_gen("P-256"));
    const Key clientKey(EVP_EC_gen("P-256"));
    // Of authorities with one name, only one would be asked.
    const std::string name = "Test authority " + m_folder.path().filename().string();
    const auto authority = certify(name.c_str(), authorityKey.get(), nullptr, nullptr, nullptr);
    const auto server = certify("server", serverKey.get(), authority.get(), authorityKey.get(),
                                "IP:127.0.0.1,DNS:localhost,DNS:*.example.test");
    const auto client = certify("the client", clientKey.get(), authority.get(), authorityKey.get(), nullptr);
    write(caFile(), authority.get());
    write(serverCertificate(), server.get());
    write(this->serverKey(), serverKey.get());
    write(clientCertificate(), client.get());
    write(this->clientKey(), clientKey.get());
}

} // namespace layerhold::test
