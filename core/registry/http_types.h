// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/error.h"
#include "layerhold/registry/endpoint.h"
#include "layerhold/registry/registry_options.h"
#include "registry/url.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerhold::registry {

enum class Method
{
    Get,
    Head,
    Post,
    Put,
    Patch,
};

const char* toString(Method method);

/// Where a request may be led by the answer.
enum class Redirects
{
    Follow,     ///< anywhere that DestinationPolicy admits; what is private stays behind at another origin
    SameOrigin, ///< elsewhere is an error
    Refuse,     ///< the answer is handed out as it is
};

/// Who wrote the URL: of one that a server wrote, messages show the origin alone.
enum class UrlAuthor
{
    Ourselves,
    Server,
};

struct HttpLimits
{
    std::size_t headers = 64U << 10U;
    std::uint64_t body = 4U << 20U; ///< of bodies that are kept; one that goes to a sink is bounded by the sink
};

struct HttpResponse
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names are lower-case
    std::string body; ///< of what went to no sink; of redirects and errors at most 64 KiB
    Url url;          ///< that gave the answer, after redirects

    explicit HttpResponse(Url answering)
        : url(std::move(answering))
    {}

    /// The first of that name, which is lower-case.
    std::optional<std::string_view> header(std::string_view name) const;
    std::vector<std::string_view> headersNamed(std::string_view name) const;
};

/// Gets the bytes of a body in order; what it throws ends the request and reaches the caller.
using BodySink = std::function<void(std::span<const std::byte>)>;
/// Fills the buffer with what is at the offset and says how much that is; 0 only at the end. May be asked for an
/// earlier offset again, when a connection turns out to be closed; not with Patch.
using BodySource = std::function<std::size_t(std::uint64_t offset, std::span<std::byte> buffer)>;

struct HttpRequest
{
    Method method = Method::Get;
    Url url;
    UrlAuthor author = UrlAuthor::Ourselves;
    std::vector<std::pair<std::string, std::string>> headers; ///< anybody may see these
    std::vector<Header> privateHeaders;                       ///< for the origin of `url` alone
    Secret privateBody;                                       ///< instead of `body`, for what nobody else may see
    std::string_view body; ///< of Post, Put and Patch; the caller keeps it until the answer
    BodySource source;     ///< instead of `body`
    std::uint64_t sourceSize = 0;
    Redirects redirects = Redirects::Follow;
    /// Asked once, when the headers of a last answer below 300 are there: where the body goes. Empty, or an empty
    /// answer: HttpResponse::body.
    std::function<BodySink(const HttpResponse&)> chooseSink;
    Deadlines deadlines;
    HttpLimits limits;
    bool hasPrivateAnswer = false; ///< no copy of the answer's body is left behind but HttpResponse::body

    explicit HttpRequest(Method requestMethod, Url requestUrl)
        : method(requestMethod)
        , url(std::move(requestUrl))
    {}
};

/// The server refuses for now, and asks to be left alone for some time. Its code is Unavailable.
class TryLater : public Error
{
public:
    TryLater(const Error& error, std::chrono::milliseconds wish)
        : Error(error)
        , m_wish(wish)
    {}

    std::chrono::milliseconds wish() const { return m_wish; }

private:
    std::chrono::milliseconds m_wish;
};

/// Trying at once again would end in the same way, or only wait as long again: a deadline passed, or no TLS is spoken
/// there. Its code is Unavailable.
class PersistentFailure : public Error
{
public:
    using Error::Error;
};

} // namespace layerhold::registry
