// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "support/files.h"
#include "support/http_server.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A registry with images of the test's making, which can be told to behave badly, and counts what it sends.
class ImageServer
{
public:
    ImageServer()
        : m_server([this](const HttpRecord& request, HttpReply& reply) { answer(request, reply); })
    {}

    struct Image
    {
        std::string config;
        std::vector<std::string> layers;
        std::string manifest;
        Digest digest = Hasher::of({});
    };

    HttpServer& server() { return m_server; }

    const HttpServer& server() const { return m_server; }

    Digest putBlob(const std::string& repository, const std::string& bytes)
    {
        const Digest digest = Hasher::of(bytesOf(bytes));
        const std::lock_guard lock(m_mutex);
        m_content["/v2/" + repository + "/blobs/" + digest.toString()] = {bytes, {}};
        return digest;
    }

    Digest putManifest(const std::string& repository, const std::string& tag, const std::string& bytes,
                       const std::string& mediaType)
    {
        const Digest digest = Hasher::of(bytesOf(bytes));
        const std::lock_guard lock(m_mutex);
        for (const std::string& reference : {tag, digest.toString()})
            if (!reference.empty())
                m_content["/v2/" + repository + "/manifests/" + reference] = {bytes, mediaType};
        return digest;
    }

    Image putImage(const std::string& repository, const std::string& tag, const std::vector<std::string>& layers)
    {
        Image image;
        image.layers = layers;
        image.config = R"({"architecture":"amd64","os":"linux","config":{"Labels":{"tag":")" + tag + "\"}}}";
        const auto descriptor = [](const std::string& mediaType, const std::string& bytes) {
            return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Hasher::of(bytesOf(bytes)).toString() +
                   "\",\"size\":" + std::to_string(bytes.size()) + '}';
        };
        std::string list;
        for (const std::string& layer : layers) {
            putBlob(repository, layer);
            list += (list.empty() ? "" : ",") + descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer);
        }
        putBlob(repository, image.config);
        image.manifest = R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
                         descriptor("application/vnd.oci.image.config.v1+json", image.config) + ",\"layers\":[" + list +
                         "]}";
        image.digest = putManifest(repository, tag, image.manifest, "application/vnd.oci.image.manifest.v1+json");
        return image;
    }

    /// Only who shows this Authorization may read the repository; anybody when empty.
    void guard(const std::string& repository, const std::string& authorization)
    {
        const std::lock_guard lock(m_mutex);
        m_guards[repository] = authorization;
    }

    /// Ends the connection after so many bytes of a blob, as many times.
    void cutBlobs(std::size_t after, int times)
    {
        const std::lock_guard lock(m_mutex);
        m_cutAfter = after;
        m_cutsLeft = times;
        m_isBroken = false;
    }

    /// As cutBlobs once, and then not a byte comes any more; until the next cutBlobs.
    void breakBlobs(std::size_t after)
    {
        const std::lock_guard lock(m_mutex);
        m_cutAfter = after;
        m_cutsLeft = 1'000'000;
        m_isBroken = true;
    }

    /// Other bytes of the same length are sent for the blob.
    void corrupt(const std::string& repository, const Digest& digest)
    {
        const std::lock_guard lock(m_mutex);
        std::string& bytes = m_content["/v2/" + repository + "/blobs/" + digest.toString()].bytes;
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
    }

    /// Answers everything with that status; 0: as it should.
    void failWith(int status)
    {
        const std::lock_guard lock(m_mutex);
        m_failure = status;
    }

    /// Sent along with every answer that has content.
    void setHeaders(const HttpHeaders& headers)
    {
        const std::lock_guard lock(m_mutex);
        m_headers = headers;
    }

    /// The image and its blobs are gone from the repository, but for its guard.
    void forget(const std::string& repository)
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_content, [&](const auto& entry) { return entry.first.starts_with("/v2/" + repository + '/'); });
    }

    /// Asked before each request for a manifest is answered, on the thread of its connection: the status to answer with
    /// instead, 0 for the usual answer, or a negative number for none at all.
    using Intercept = std::function<int(const HttpRecord& request)>;

    void interceptManifests(Intercept intercept)
    {
        const std::lock_guard lock(m_mutex);
        m_intercept = std::move(intercept);
    }

    /// Of all that it has.
    std::vector<Digest> digests() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Digest> result;
        for (const auto& [path, content] : m_content)
            result.push_back(Hasher::of(bytesOf(content.bytes)));
        return result;
    }

    /// Bytes of bodies of blobs that were sent.
    std::uint64_t sentBytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sent;
    }

private:
    struct Content
    {
        std::string bytes;
        std::string mediaType; ///< empty: a blob
    };

    /// False when there is to be an answer as usual.
    bool isIntercepted(const HttpRecord& request, HttpReply& reply)
    {
        Intercept intercept;
        {
            const std::lock_guard lock(m_mutex);
            intercept = m_intercept;
        }
        const bool isManifest = request.path().find("/manifests/") != std::string::npos;
        const int status = intercept && isManifest ? intercept(request) : 0;
        if (status > 0)
            reply.send(status, {{"WWW-Authenticate", "Basic realm=\"test\""}});
        else if (status < 0)
            reply.hang();
        return status != 0;
    }

    void answer(const HttpRecord& request, HttpReply& reply)
    {
        if (isIntercepted(request, reply))
            return;
        std::unique_lock lock(m_mutex);
        if (m_failure != 0) {
            const int status = m_failure;
            lock.unlock();
            reply.send(status);
            return;
        }
        for (const auto& [repository, authorization] : m_guards)
            if (!authorization.empty() && request.path().starts_with("/v2/" + repository + '/') &&
                request.header("authorization") != authorization) {
                lock.unlock();
                reply.send(401, {{"WWW-Authenticate", "Basic realm=\"test\""}});
                return;
            }
        const auto found = m_content.find(request.path());
        if (found == m_content.end()) {
            lock.unlock();
            reply.send(404);
            return;
        }
        const Content content = found->second;
        if (!content.mediaType.empty()) {
            HttpHeaders headers = m_headers;
            lock.unlock();
            headers.emplace_back("Content-Type", content.mediaType);
            headers.emplace_back("Docker-Content-Digest", Hasher::of(bytesOf(content.bytes)).toString());
            reply.send(200, headers, content.bytes);
            return;
        }
        sendBlob(request, reply, content.bytes, lock);
    }

    void sendBlob(const HttpRecord& request, HttpReply& reply, const std::string& bytes,
                  std::unique_lock<std::mutex>& lock)
    {
        const std::string range = request.header("range");
        const std::size_t from = range.starts_with("bytes=") ? std::stoul(range.substr(6)) : 0;
        const bool isHead = request.method == "HEAD";
        const std::size_t left = bytes.size() - from;
        const bool isCut = !isHead && m_cutsLeft > 0 && left > m_cutAfter;
        const std::size_t count = isHead ? 0 : isCut ? m_cutAfter : left;
        m_cutsLeft -= isCut ? 1 : 0;
        m_cutAfter = isCut && m_isBroken ? 0 : m_cutAfter;
        m_sent += count;
        lock.unlock();
        HttpHeaders headers{{"ETag", "\"etag\""}, {"Accept-Ranges", "bytes"}};
        if (from > 0)
            headers.emplace_back("Content-Range", "bytes " + std::to_string(from) + '-' +
                                                      std::to_string(bytes.size() - 1) + '/' +
                                                      std::to_string(bytes.size()));
        if (!isCut) {
            reply.send(from > 0 ? 206 : 200, headers, bytes.substr(from));
            return;
        }
        std::string head = from > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n";
        for (const auto& [name, value] : headers)
            head += name + ": " + value + "\r\n";
        reply.raw(head + "Content-Length: " + std::to_string(left) + "\r\n\r\n" + bytes.substr(from, count));
        reply.cut();
    }

    mutable std::mutex m_mutex;
    std::map<std::string, Content> m_content;
    std::map<std::string, std::string> m_guards;
    Intercept m_intercept;
    std::size_t m_cutAfter = 0;
    int m_cutsLeft = 0;
    bool m_isBroken = false;
    int m_failure = 0;
    HttpHeaders m_headers;
    std::uint64_t m_sent = 0;
    HttpServer m_server; ///< last: it ends first
};

} // namespace layerhold::test
