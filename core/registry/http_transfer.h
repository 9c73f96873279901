// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/header_lines.h"
#include "registry/http_answer.h"
#include "registry/http_handle.h"
#include "registry/progress_watch.h"

#include <curl/curl.h>

#include <array>
#include <cstdint>
#include <exception>
#include <string>

namespace layerhold::registry {

/// The state of one transfer, which libcurl's callbacks get. No exception may pass through libcurl: it is kept.
class Transfer
{
public:
    Transfer(const RegistryOptions& options, DestinationPolicy& destinations, CURL* easy, const HttpHop& hop)
        : m_options(options)
        , m_destinations(destinations)
        , m_easy(easy)
        , m_hop(hop)
        , m_answer(hop.request, hop.url)
        , m_watch(*options.clock, hop.request.deadlines)
    {}

    void prepare(curl_slist* addresses);
    /// Throws PersistentFailure when one has passed.
    void checkDeadlines();
    HttpResponse conclude(CURLcode result);

private:
    template <typename Value>
    void set(CURLoption option, Value value)
    {
        if (const CURLcode result = curl_easy_setopt(m_easy, option, value); result != CURLE_OK)
            throw Error(ErrorCode::Internal, std::string("libcurl refuses an option: ") + curl_easy_strerror(result));
    }

    void prepareConnection();
    void prepareTls();
    void prepareHeaders();
    void prepareBody();
    [[noreturn]] void fail(CURLcode result) const;

    /// Runs what may throw; `failed` is what libcurl takes for a failure.
    template <typename Result, typename Function>
    Result guarded(Result failed, Function function)
    {
        try {
            return function();
        } catch (...) {
            m_exception = std::current_exception();
            return failed;
        }
    }

    static curl_socket_t openSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int onConnected(void* self, char* address, char* localAddress, int port, int localPort);
    static std::size_t onHeader(char* data, std::size_t one, std::size_t size, void* self);
    static std::size_t onBody(char* data, std::size_t one, std::size_t size, void* self);
    static std::size_t onRead(char* data, std::size_t one, std::size_t size, void* self);
    static int onSeek(void* self, curl_off_t offset, int origin);
    static CURLcode onTlsContext(CURL* easy, void* context, void* self);

    const RegistryOptions& m_options;
    DestinationPolicy& m_destinations;
    CURL* m_easy;
    const HttpHop& m_hop;
    HttpAnswer m_answer;
    ProgressWatch m_watch;
    HeaderLines m_headers;
    std::exception_ptr m_exception;
    std::string m_refusedAddress;
    std::uint64_t m_sourceOffset = 0;
    bool m_hasEnough = false;
    std::array<char, CURL_ERROR_SIZE> m_reason{};
};

} // namespace layerhold::registry
