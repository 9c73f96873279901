// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace layerhold::registry {

void wipe(std::string& text)
{
    text.resize(text.capacity()); // within the capacity: what was longer once is overwritten too
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

Secret::Secret(std::string&& text)
    : m_text(text)
{
    wipe(text); // a move of a short string copies its bytes, and leaves them
}

Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept
    : m_text(std::move(other.m_text))
{
    wipe(other.m_text);
}

Secret& Secret::operator=(const Secret& other)
{
    if (this != &other) {
        wipe(m_text);
        m_text = other.m_text;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe(m_text);
        m_text.swap(other.m_text);
    }
    return *this;
}

Secret::~Secret()
{
    wipe(m_text);
}

bool operator==(const Secret& a, const Secret& b)
{
    return a.m_text.size() == b.m_text.size() && CRYPTO_memcmp(a.m_text.data(), b.m_text.data(), a.m_text.size()) == 0;
}

} // namespace layerhold::registry
