// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/registry_client.h"
#include "registry/answer_headers.h"
#include "registry/registry_client_impl.h"

namespace layerhold::registry {

namespace {

/// The headers told what there is to know, and the body is not wanted.
struct HeadersSuffice
{
    HttpResponse response;
};

std::string nameOf(const RegistrySession& session, const std::string& repository, const Digest& digest)
{
    return "blob " + session.registry() + '/' + repository + '@' + digest.toString();
}

std::optional<ContentRange> rangeOf(const HttpResponse& response)
{
    const auto text = response.header("content-range");
    return text ? ContentRange::parse(*text) : std::nullopt;
}

/// Hands the bytes of one answer on, and counts them.
class BlobIntake
{
public:
    BlobIntake(const BlobRange& range, BlobReceiver& receiver)
        : m_range(range)
        , m_receiver(receiver)
    {}

    bool hasBegun() const { return m_hasBegun; }

    BodySink choose(const HttpResponse& response)
    {
        BlobStart start;
        start.etag = strongEtag(response);
        if (response.status == 206) {
            const auto range = rangeOf(response);
            if (!range || range->first != m_range.offset || range->last + 1 != range->size)
                throw HeadersSuffice{response}; // it cannot go on there in a way that can be relied on
            start.offset = range->first;
            start.size = range->size;
        } else {
            start.size = number(response.header("content-length"));
        }
        check(start);
        m_end = start.size ? start.size : m_range.expectedSize;
        m_at = start.offset;
        m_hasBegun = true;
        m_receiver.begin(start);
        return [this](std::span<const std::byte> bytes) { take(bytes); };
    }

    /// All that was announced has come.
    void checkEnd() const
    {
        if (m_end && m_at != *m_end)
            throw Error(ErrorCode::Unavailable, "it ends after " + std::to_string(m_at) + " of " +
                                                    std::to_string(*m_end) + " bytes; ask for the rest");
    }

private:
    void check(const BlobStart& start) const
    {
        if (start.size && m_range.expectedSize && *start.size != *m_range.expectedSize)
            throw Error(ErrorCode::Corrupted, "the registry has " + std::to_string(*start.size) + " bytes instead of " +
                                                  std::to_string(*m_range.expectedSize) + "; tell who runs it");
    }

    void take(std::span<const std::byte> bytes)
    {
        if (m_end && bytes.size() > *m_end - m_at)
            throw Error(ErrorCode::Corrupted, "the registry sends more than the " + std::to_string(*m_end) +
                                                  " bytes that it has; tell who runs it");
        m_at += bytes.size();
        m_receiver.write(bytes);
    }

    const BlobRange& m_range;
    BlobReceiver& m_receiver;
    bool m_hasBegun = false;
    std::uint64_t m_at = 0;
    std::optional<std::uint64_t> m_end;
};

/// Where HEAD is refused: the headers of a GET of one byte.
std::uint64_t sizeByGet(RegistrySession& session, const Url& url, const ScopeSet& scopes, std::stop_token stop)
{
    HttpRequest request = session.request(Method::Get, url);
    request.headers.emplace_back("Range", "bytes=0-0");
    request.chooseSink = [](const HttpResponse& response) -> BodySink { throw HeadersSuffice{response}; };
    try {
        session.fail(session.send(std::move(request), scopes, stop));
    } catch (const HeadersSuffice& headers) {
        const auto range = rangeOf(headers.response);
        const auto size = headers.response.status == 206 ? (range ? std::optional(range->size) : std::nullopt)
                                                         : number(headers.response.header("content-length"));
        if (!size)
            throw Error(ErrorCode::FailedPrecondition, "the registry does not say its size");
        return *size;
    }
}

} // namespace

std::uint64_t RegistryClient::headBlob(const std::string& repository, const Digest& digest, std::stop_token stop)
{
    checkRepository(repository);
    RegistrySession& session = m_impl->session;
    return about(nameOf(session, repository, digest), [&] {
        const Url url = session.url(repository, "blobs", digest.toString());
        const ScopeSet scopes = pullScope(repository);
        const HttpResponse response = session.send(session.request(Method::Head, url), scopes, stop);
        const auto size = number(response.header("content-length"));
        if (response.status == 200 && size)
            return *size;
        // Some registries know no HEAD of blobs, and say so as if it were forbidden.
        if (response.status == 200 || response.status == 401 || response.status == 405)
            return sizeByGet(session, url, scopes, stop);
        session.fail(response);
    });
}

void RegistryClient::getBlob(const std::string& repository, const Digest& digest, const BlobRange& range,
                             BlobReceiver& receiver, std::stop_token stop)
{
    checkRepository(repository);
    RegistrySession& session = m_impl->session;
    /// False: it has to be asked for from the beginning.
    const auto get = [&](const BlobRange& part) {
        BlobIntake intake(part, receiver);
        HttpRequest request = session.request(Method::Get, session.url(repository, "blobs", digest.toString()), false);
        if (part.offset > 0) {
            request.headers.emplace_back("Range", "bytes=" + std::to_string(part.offset) + '-');
            if (!part.etag.empty())
                request.headers.emplace_back("If-Range", part.etag);
        }
        request.chooseSink = [&](const HttpResponse& response) -> BodySink {
            return response.status == 200 || response.status == 206 ? intake.choose(response) : BodySink();
        };
        try {
            const HttpResponse response =
                session.send(std::move(request), pullScope(repository), stop, [&] { return !intake.hasBegun(); });
            if (response.status == 416 && part.offset > 0)
                return false;
            if (response.status != 200 && response.status != 206)
                session.fail(response);
            intake.checkEnd();
            return true;
        } catch (const HeadersSuffice&) {
            if (part.offset > 0)
                return false;
            throw Error(ErrorCode::FailedPrecondition,
                        "the registry answers with a part though all was asked for; ask who runs it");
        }
    };
    about(nameOf(session, repository, digest), [&] {
        if (get(range))
            return;
        BlobRange whole;
        whole.expectedSize = range.expectedSize;
        get(whole);
    });
}

} // namespace layerhold::registry
