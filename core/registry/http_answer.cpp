// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/http_answer.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace layerhold::registry {

namespace {

/// Of the text of a failure.
constexpr std::size_t longestFailure = 64U << 10U;

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// Of "HTTP/1.1 200 OK"; 0 when it is none.
int statusOf(std::string_view line)
{
    const std::size_t space = line.find(' ');
    int status = 0;
    if (space != std::string_view::npos)
        std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
    return status;
}

/// In quotes when it is a usual one: what else a server says there may be what it was sent.
std::string nameOf(std::string_view encoding)
{
    const std::string name = lowered(encoding);
    for (const std::string_view usual : {"gzip", "x-gzip", "deflate", "compress", "br", "zstd", "gzip, chunked"})
        if (name == usual)
            return text::quoted(name);
    return "unusual";
}

} // namespace

HttpAnswer::HttpAnswer(const HttpRequest& request, const Url& url)
    : m_request(request)
    , m_response(url)
{}

HttpAnswer::~HttpAnswer()
{
    if (m_request.hasPrivateAnswer)
        wipe(m_response.body); // of an answer that broke off
}

void HttpAnswer::takeHeaderLine(std::string_view line)
{
    m_headerBytes += line.size();
    if (m_headerBytes > m_request.limits.headers)
        throw Error(ErrorCode::FailedPrecondition, "the answer has more than " +
                                                       text::byteSize(m_request.limits.headers) +
                                                       " of headers; ask who runs the server");
    if (m_isHeaderDone)
        return; // a trailer
    if (line.starts_with("HTTP/")) {
        m_response.status = statusOf(line);
        m_response.headers.clear();
        return;
    }
    if (trimmed(line).empty()) {
        if (m_response.status >= 200) // others only announce the answer
            endHeaders();
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && line.front() != ' ' && line.front() != '\t')
        m_response.headers.emplace_back(lowered(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
}

void HttpAnswer::checkFraming() const
{
    const auto lengths = m_response.headersNamed("content-length");
    if (std::any_of(lengths.begin(), lengths.end(), [&](std::string_view other) { return other != lengths.front(); }))
        throw Error(ErrorCode::FailedPrecondition, "the answer has two lengths; ask who runs the server");
    for (const std::string_view encoding : m_response.headersNamed("content-encoding"))
        if (lowered(encoding) != "identity" && !encoding.empty())
            throw Error(ErrorCode::FailedPrecondition, "the answer is encoded (" + nameOf(encoding) +
                                                           ") though its plain bytes were asked for; a proxy between "
                                                           "may do that");
    for (const std::string_view encoding : m_response.headersNamed("transfer-encoding"))
        if (lowered(encoding) != "chunked" && lowered(encoding) != "identity")
            throw Error(ErrorCode::FailedPrecondition,
                        "the answer has a transfer encoding (" + nameOf(encoding) + ") that was not asked for");
}

void HttpAnswer::endHeaders()
{
    m_isHeaderDone = true;
    m_isKept = m_response.status < 300;
    if (!m_isKept)
        return;
    checkFraming();
    if (m_request.chooseSink)
        m_sink = m_request.chooseSink(m_response);
    if (!m_sink && m_request.hasPrivateAnswer)
        m_response.body.reserve(m_request.limits.body);
}

HttpAnswer::Wish HttpAnswer::takeBody(std::span<const std::byte> bytes)
{
    if (m_sink) {
        m_sink(bytes);
        return Wish::More;
    }
    std::string& body = m_response.body;
    if (!m_isKept) {
        const std::size_t room = longestFailure - body.size();
        body.append(reinterpret_cast<const char*>(bytes.data()), std::min(room, bytes.size()));
        return bytes.size() > room ? Wish::Enough : Wish::More;
    }
    if (bytes.size() > m_request.limits.body - body.size())
        throw Error(ErrorCode::FailedPrecondition, "the answer is larger than " +
                                                       text::byteSize(m_request.limits.body) +
                                                       ", more than it may be; ask who runs the server");
    body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return Wish::More;
}

HttpResponse HttpAnswer::finish()
{
    return std::move(m_response);
}

} // namespace layerhold::registry
