// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/http_types.h"

#include <span>
#include <string_view>

namespace layerhold::registry {

/// Takes an answer in as it comes, within its limits.
class HttpAnswer
{
public:
    enum class Wish
    {
        More,
        Enough, ///< the rest of the body matters to nobody
    };

    HttpAnswer(const HttpRequest& request, const Url& url);
    ~HttpAnswer();
    HttpAnswer(const HttpAnswer&) = delete;
    HttpAnswer& operator=(const HttpAnswer&) = delete;

    /// One line of headers as it came. Throws Error{FailedPrecondition} for what is too much, encoded or
    /// of two lengths.
    void takeHeaderLine(std::string_view line);
    Wish takeBody(std::span<const std::byte> bytes);

    bool isHeaderDone() const { return m_isHeaderDone; }

    HttpResponse finish();

private:
    void endHeaders();
    void checkFraming() const;

    const HttpRequest& m_request;
    HttpResponse m_response;
    std::size_t m_headerBytes = 0;
    bool m_isHeaderDone = false;
    bool m_isKept = false; ///< the body counts as an answer, not as the text of a failure
    BodySink m_sink;
};

} // namespace layerhold::registry
