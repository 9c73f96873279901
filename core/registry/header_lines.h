// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/registry/secret.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace layerhold::registry {

/// The lines of a request's headers, overwritten at the end: some are secret.
class HeaderLines
{
public:
    HeaderLines() = default;
    HeaderLines(const HeaderLines&) = delete;
    HeaderLines& operator=(const HeaderLines&) = delete;

    ~HeaderLines()
    {
        for (const curl_slist* line = m_first; line; line = line->next)
            OPENSSL_cleanse(line->data, std::strlen(line->data));
        curl_slist_free_all(m_first);
    }

    void add(std::string_view name, std::string_view value)
    {
        constexpr std::string_view lineEnds("\r\n\0", 3);
        if (name.empty() || name.find_first_of(lineEnds) != std::string_view::npos ||
            name.find(':') != std::string_view::npos || value.find_first_of(lineEnds) != std::string_view::npos)
            throw Error(ErrorCode::InvalidArgument, "the header " + text::quoted(name) +
                                                        " has characters that no header may have; see where it is set");
        std::string line(name);
        line.reserve(name.size() + value.size() + 2); // so that no copy is left behind
        line += value.empty() ? ";" : ": ";
        line += value;
        curl_slist* const longer = curl_slist_append(m_first, line.c_str());
        wipe(line);
        if (!longer)
            throw std::bad_alloc();
        m_first = longer;
    }

    /// None of that name, not even the one that libcurl would send by itself.
    void leaveOut(const char* name)
    {
        if (curl_slist* const longer = curl_slist_append(m_first, name))
            m_first = longer;
    }

    curl_slist* get() const { return m_first; }

private:
    curl_slist* m_first = nullptr;
};

} // namespace layerhold::registry
