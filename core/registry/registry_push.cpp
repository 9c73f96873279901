// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/registry/registry_client.h"
#include "registry/registry_client_impl.h"

#include <algorithm>

namespace layerhold::registry {

namespace {

/// Chunks that brought nothing, until there is more than ever before.
constexpr int mostStumbles = 3;

/// One upload of one blob. The registry names the address of the next step in each answer; the credential goes there
/// only where it is the registry's own.
class Upload
{
public:
    Upload(RegistrySession& session, const Digest& digest, std::uint64_t size, const ReadAt& read, ScopeSet scopes,
           std::stop_token stop)
        : m_session(session)
        , m_digest(digest)
        , m_size(size)
        , m_read(read)
        , m_scopes(std::move(scopes))
        , m_stop(std::move(stop))
    {}

    /// False: the registry mounted it, there is nothing to upload.
    bool begin(const Url& url, bool isMount)
    {
        const HttpResponse response = m_session.send(m_session.request(Method::Post, url), m_scopes, m_stop);
        if (response.status == 201 && isMount)
            return false;
        if (response.status != 202)
            m_session.fail(response);
        goOnAt(response);
        if (const auto least = number(response.header("oci-chunk-min-length")))
            m_leastChunk = *least;
        return true;
    }

    void sendAll()
    {
        HttpRequest request = step(Method::Put, m_location->withParameter("digest", m_digest.toString()));
        attach(request, 0, m_size);
        finish(std::move(request));
    }

    void sendInChunks(std::uint64_t chunkSize)
    {
        const std::uint64_t usual = std::max({chunkSize, m_leastChunk, std::uint64_t{1}});
        int stumbles = 0;
        std::uint64_t furthest = 0; // a registry that takes and loses the same piece for ever gets nowhere
        for (std::uint64_t at = 0; at < m_size;) {
            const std::uint64_t next = sendChunk(at, std::min(usual, m_size - at));
            if (next > furthest)
                stumbles = 0;
            else if (next <= at && ++stumbles == mostStumbles)
                throw Error(ErrorCode::Unavailable, "the upload makes no progress; try again later");
            furthest = std::max(furthest, next);
            at = next;
        }
        finish(step(Method::Put, m_location->withParameter("digest", m_digest.toString())));
    }

private:
    HttpRequest step(Method method, const Url& url) const
    {
        HttpRequest request = m_session.request(method, url, false);
        request.author = UrlAuthor::Server;
        return request;
    }

    void attach(HttpRequest& request, std::uint64_t from, std::uint64_t size) const
    {
        request.headers.emplace_back("Content-Type", "application/octet-stream");
        request.sourceSize = size;
        request.source = [this, from, size](std::uint64_t offset, std::span<std::byte> buffer) {
            const std::uint64_t left = size - std::min(size, offset);
            return m_read(from + offset, buffer.first(std::min<std::uint64_t>(buffer.size(), left)));
        };
    }

    /// Where the next one begins.
    std::uint64_t sendChunk(std::uint64_t at, std::uint64_t size)
    {
        HttpRequest request = step(Method::Patch, *m_location);
        attach(request, at, size);
        request.headers.emplace_back("Content-Range", std::to_string(at) + '-' + std::to_string(at + size - 1));
        try {
            const HttpResponse response = m_session.send(std::move(request), m_scopes, m_stop, [] { return false; });
            if (response.status == 202) {
                goOnAt(response);
                return at + size;
            }
            if (response.status != 416 && response.status < 500)
                m_session.fail(response);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Unavailable)
                throw;
        }
        return askWhere();
    }

    /// After a chunk that failed: the registry knows how much it has.
    std::uint64_t askWhere()
    {
        m_session.wait(std::chrono::milliseconds(500), m_stop);
        const HttpResponse response = m_session.send(step(Method::Get, *m_location), m_scopes, m_stop);
        if (response.status != 204)
            m_session.fail(response);
        goOnAt(response);
        const std::string_view range = response.header("range").value_or("");
        const auto last = range.starts_with("0-") ? number(range.substr(2)) : std::nullopt;
        if (!last || *last >= m_size)
            throw Error(ErrorCode::FailedPrecondition, "the registry does not say how much of the upload it has");
        return *last == 0 ? 0 : *last + 1; // "0-0" is also what an empty upload is called
    }

    void finish(HttpRequest request)
    {
        const HttpResponse response = m_session.send(std::move(request), m_scopes, m_stop, [] { return false; });
        if (response.status != 201 && response.status != 204)
            m_session.fail(response);
        const auto stated = Digest::parse(response.header("docker-content-digest").value_or(""));
        if (stated && stated->algorithm() == m_digest.algorithm() && *stated != m_digest)
            throw Error(ErrorCode::Corrupted,
                        "the registry took it for " + stated->toString() + "; push it again, and tell who runs it");
    }

    void goOnAt(const HttpResponse& response)
    {
        if (const auto location = response.header("location"))
            m_location = m_session.follow(response, *location);
        if (!m_location)
            throw Error(ErrorCode::FailedPrecondition, "the registry does not say where to upload to");
    }

    RegistrySession& m_session;
    const Digest m_digest;
    const std::uint64_t m_size;
    const ReadAt& m_read;
    const ScopeSet m_scopes;
    const std::stop_token m_stop;
    std::optional<Url> m_location;
    std::uint64_t m_leastChunk = 0;
};

} // namespace

BlobPush RegistryClient::pushBlob(const std::string& repository, const Digest& digest, std::uint64_t size,
                                  const ReadAt& read, const PushOptions& options, std::stop_token stop)
{
    checkRepository(repository);
    if (!options.mountFrom.empty())
        checkRepository(options.mountFrom);
    RegistrySession& session = m_impl->session;
    return about("blob " + session.registry() + '/' + repository + '@' + digest.toString(), [&] {
        ScopeSet scopes = pushScope(repository);
        Url url = session.url(repository, "blobs", "uploads/");
        if (!options.mountFrom.empty()) {
            scopes.add(pullScope(options.mountFrom));
            url = url.withParameter("mount", digest.toString()).withParameter("from", options.mountFrom);
        }
        Upload upload(session, digest, size, read, std::move(scopes), stop);
        if (!upload.begin(url, !options.mountFrom.empty()))
            return BlobPush::Mounted;
        if (options.chunkSize == 0)
            upload.sendAll();
        else
            upload.sendInChunks(options.chunkSize);
        return BlobPush::Uploaded;
    });
}

} // namespace layerhold::registry
