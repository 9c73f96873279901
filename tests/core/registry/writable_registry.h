// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/manifest.h"
#include "image_documents.h"
#include "support/http_server.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace layerhold::test {

/// A registry that takes uploads, in memory, and is as strict as docker-registry: a manifest is taken when all that it
/// names is there.
class WritableRegistry
{
public:
    /// Answers in the registry's place when it returns true. Called on the server's threads, without a lock.
    using Interceptor = std::function<bool(const HttpRecord& request, HttpReply& reply)>;

    explicit WritableRegistry(Interceptor interceptor = {})
        : m_interceptor(std::move(interceptor))
        , m_server([this](const HttpRecord& request, HttpReply& reply) { answer(request, reply); })
    {}

    HttpServer& server() { return m_server; }

    /// Set while no request runs.
    void intercept(Interceptor interceptor) { m_interceptor = std::move(interceptor); }

    /// Manifests that name what is not there are taken.
    void beLenient() { m_isLenient = true; }

    void putBlob(const std::string& repository, const std::string& bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_blobs[{repository, hashOf(bytes).toString()}] = bytes;
    }

    bool hasBlob(const std::string& repository, const std::string& bytes) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_blobs.find({repository, hashOf(bytes).toString()});
        return found != m_blobs.end() && found->second == bytes;
    }

    /// The media type that it was put with; empty when those bytes are not there under that name.
    std::string typeOf(const std::string& repository, const std::string& reference, const std::string& bytes) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_manifests.find({repository, reference});
        return found != m_manifests.end() && found->second.bytes == bytes ? found->second.mediaType : std::string();
    }

    /// What changed something, in its order: "PUT blob sha256:…", "PUT manifest 1".
    std::vector<std::string> writes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_writes;
    }

    std::size_t requestsBesideHead()
    {
        const auto all = m_server.requests();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [](const HttpRecord& request) { return request.method != "HEAD"; }));
    }

private:
    using Key = std::pair<std::string, std::string>; ///< repository, and digest or tag

    struct Manifest
    {
        std::string bytes;
        std::string mediaType;
    };

    static std::string parameter(const std::string& target, const std::string& name)
    {
        const std::size_t at = target.find(name + '=');
        if (at == std::string::npos)
            return {};
        const std::size_t begin = at + name.size() + 1;
        std::string value = target.substr(begin, target.find('&', begin) - begin);
        for (const auto& [code, character] : {std::pair{"%3A", ":"}, std::pair{"%2F", "/"}})
            for (std::size_t i = value.find(code); i != std::string::npos; i = value.find(code))
                value.replace(i, 3, character);
        return value;
    }

    void answer(const HttpRecord& request, HttpReply& reply)
    {
        if (m_interceptor && m_interceptor(request, reply))
            return;
        const std::lock_guard lock(m_mutex);
        const std::string path = request.path();
        const std::size_t manifests = path.find("/manifests/");
        const std::size_t blobs = path.find("/blobs/");
        if (manifests != std::string::npos)
            answerManifest({path.substr(4, manifests - 4), path.substr(manifests + 11)}, request, reply);
        else if (path.find("/blobs/uploads/") != std::string::npos)
            answerUpload(path.substr(4, blobs - 4), path.substr(blobs + 15), request, reply);
        else if (blobs != std::string::npos)
            answerBlob({path.substr(4, blobs - 4), path.substr(blobs + 7)}, reply);
        else
            reply.send(404);
    }

    void answerBlob(const Key& key, HttpReply& reply)
    {
        const auto found = m_blobs.find(key);
        if (found == m_blobs.end())
            reply.send(404);
        else
            reply.send(200, {}, found->second);
    }

    void answerUpload(const std::string& repository, const std::string& id, const HttpRecord& request, HttpReply& reply)
    {
        if (request.method == "POST") {
            const auto found = m_blobs.find({parameter(request.target, "from"), parameter(request.target, "mount")});
            if (found != m_blobs.end()) {
                m_writes.push_back("mount blob " + found->first.second);
                m_blobs[{repository, found->first.second}] = found->second;
                reply.send(201);
                return;
            }
            const std::string next = std::to_string(++m_lastUpload);
            m_uploads[next] = {};
            reply.send(202, {{"Location", "/v2/" + repository + "/blobs/uploads/" + next}});
            return;
        }
        std::string& bytes = m_uploads[id];
        bytes += request.method == "GET" ? std::string() : request.body;
        if (request.method != "PUT") {
            reply.send(request.method == "PATCH" ? 202 : 204,
                       {{"Location", request.path()},
                        {"Range", "0-" + std::to_string(std::max<std::size_t>(bytes.size(), 1) - 1)}});
            return;
        }
        const std::string digest = parameter(request.target, "digest");
        if (digest != hashOf(bytes).toString()) {
            reply.send(400, {}, "{\"errors\":[{\"code\":\"DIGEST_INVALID\"}]}");
            return;
        }
        m_writes.push_back("PUT blob " + digest);
        m_blobs[{repository, digest}] = bytes;
        m_uploads.erase(id);
        reply.send(201, {{"Docker-Content-Digest", digest}});
    }

    void answerManifest(const Key& key, const HttpRecord& request, HttpReply& reply)
    {
        if (request.method != "PUT") {
            const auto found = m_manifests.find(key);
            if (found == m_manifests.end())
                reply.send(404);
            else
                reply.send(200,
                           {{"Content-Type", found->second.mediaType},
                            {"Docker-Content-Digest", hashOf(found->second.bytes).toString()}},
                           found->second.bytes);
            return;
        }
        const Digest digest = hashOf(request.body);
        if (!isWhole(key.first, digest, request.body)) {
            reply.send(400, {}, "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\"}]}");
            return;
        }
        m_writes.push_back("PUT manifest " + key.second);
        for (const std::string& name : {key.second, digest.toString()})
            m_manifests[{key.first, name}] = {request.body, request.header("content-type")};
        reply.send(201, {{"Docker-Content-Digest", digest.toString()}});
    }

    bool isWhole(const std::string& repository, const Digest& digest, const std::string& document) const
    {
        const auto manifest = recogniseManifest(digest, document);
        return manifest &&
               (m_isLenient || std::all_of(manifest->edges.begin(), manifest->edges.end(), [&](const Edge& edge) {
                    const Key key{repository, edge.child.toString()};
                    return edge.role == "subject" ||
                           (edge.role == "manifest" ? m_manifests.contains(key) : m_blobs.contains(key));
                }));
    }

    Interceptor m_interceptor;
    bool m_isLenient = false;
    mutable std::mutex m_mutex;
    std::map<Key, std::string> m_blobs;
    std::map<Key, Manifest> m_manifests;
    std::map<std::string, std::string> m_uploads;
    int m_lastUpload = 0;
    std::vector<std::string> m_writes;
    HttpServer m_server; ///< last: it ends first
};

} // namespace layerhold::test
