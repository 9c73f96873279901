// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "store/identity_key.h"

#include "base/text.h"
#include "layerhold/error.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <sys/random.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <span>

namespace layerhold {

namespace {

void require(bool succeeded)
{
    if (!succeeded)
        throw Error(ErrorCode::Internal,
                    "OpenSSL cannot hash an identity (HMAC-SHA-256); check its configuration and free memory");
}

/// HMAC-SHA-256 over fields, without a copy of any.
class KeyedHash
{
public:
    explicit KeyedHash(std::span<const std::byte> key)
        : m_method(EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free)
    {
        require(m_method != nullptr);
        m_context.reset(EVP_MAC_CTX_new(m_method.get()));
        require(m_context != nullptr);
        char digest[] = "SHA2-256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        require(EVP_MAC_init(m_context.get(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                             parameters) == 1);
    }

    /// With its length in front: two lists of fields never look the same.
    void add(std::string_view field)
    {
        unsigned char length[8];
        for (unsigned i = 0; i < sizeof length; ++i)
            length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(field.size()) >> (8 * i));
        require(EVP_MAC_update(m_context.get(), length, sizeof length) == 1);
        require(EVP_MAC_update(m_context.get(), reinterpret_cast<const unsigned char*>(field.data()), field.size()) ==
                1);
    }

    Identity finish()
    {
        std::array<std::byte, Identity::size> bytes{};
        std::size_t size = 0;
        require(EVP_MAC_final(m_context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size, bytes.size()) ==
                    1 &&
                size == bytes.size());
        return *Identity::fromBytes(bytes);
    }

private:
    std::unique_ptr<EVP_MAC, void (*)(EVP_MAC*)> m_method;
    std::unique_ptr<EVP_MAC_CTX, void (*)(EVP_MAC_CTX*)> m_context{nullptr, EVP_MAC_CTX_free};
};

[[noreturn]] void refuse(std::string_view why)
{
    throw Error(ErrorCode::InvalidArgument, "a credential cannot be told from others: " + std::string(why));
}

} // namespace

IdentityKey::~IdentityKey()
{
    OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
}

IdentityKey IdentityKey::random()
{
    IdentityKey key;
    if (::getrandom(key.m_bytes.data(), key.m_bytes.size(), 0) != static_cast<ssize_t>(key.m_bytes.size()))
        throw systemError(errno, "cannot get random bytes for the key of identities");
    return key;
}

IdentityKey IdentityKey::load(FileSystem& fileSystem, const Layout& layout)
{
    const auto path = layout.identityKey();
    if (fileSystem.identity(path)) {
        const UniqueFd fd = fileSystem.open(path, FileSystem::OpenMode::Read);
        if (!fileSystem.isOnlyOurs(fd.get()))
            throw Error(ErrorCode::Denied, text::quotedPath(path) + " can be written by others; remove it, and a new "
                                                                    "key is made");
        IdentityKey key;
        if (fileSystem.identity(fd.get()).size == key.m_bytes.size() &&
            fileSystem.read(fd.get(), 0, key.m_bytes) == key.m_bytes.size())
            return key;
    }
    const IdentityKey key = random();
    const auto draft = layout.newIdentityKey();
    fileSystem.remove(draft); // what is left of an earlier try may have another mode
    try {
        const UniqueFd fd = fileSystem.open(draft, FileSystem::OpenMode::CreateNew);
        const std::array pieces{std::span<const std::byte>(key.m_bytes)};
        fileSystem.write(fd.get(), 0, pieces);
        fileSystem.syncData(fd.get());
        fileSystem.rename(draft, path);
    } catch (const Error&) {
        fileSystem.remove(draft);
        throw;
    }
    fileSystem.syncDirectory(layout.root());
    return key;
}

Identity IdentityKey::identityOf(std::string_view host, std::string_view kind, std::string_view username,
                                 std::string_view secret) const
{
    if (host.empty() || kind.empty())
        refuse("its host or its kind is missing");
    if (username.empty() && secret.empty())
        refuse("it has neither a user name nor a secret; without a credential the identity is the anonymous one");
    KeyedHash hash(m_bytes);
    for (const std::string_view field : {std::string_view("layerhold identity 1"), host, kind, username, secret})
        hash.add(field);
    return hash.finish();
}

} // namespace layerhold
