// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/http_handle.h"

#include "registry/http_transfer.h"

#include <curl/curl.h>

#include <new>
#include <string>

namespace layerhold::registry {

namespace {

/// Between looks at the clock and at the request to stop, which also wakes.
constexpr int pollMilliseconds = 100;

} // namespace

std::string title(Method method, const Url& url, UrlAuthor author)
{
    std::string address = author == UrlAuthor::Ourselves ? url.redacted() : url.origin();
    // HEAD is for what is stored here already, GET for what is not, and whoever may not know gets to see this.
    if (method == Method::Head || method == Method::Get)
        return address;
    return std::string(toString(method)) + ' ' + address;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

struct HttpHandle::Impl
{
    Impl(const RegistryOptions& theOptions, DestinationPolicy& theDestinations)
        : options(theOptions)
        , destinations(theDestinations)
        , multi(curl_multi_init())
        , easy(curl_easy_init())
    {
        if (!multi || !easy)
            throw std::bad_alloc();
        for (const std::string& address : options.addresses)
            addresses = curl_slist_append(addresses, address.c_str());
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 4L);
    }

    ~Impl()
    {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
        curl_slist_free_all(addresses);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    const RegistryOptions& options;
    DestinationPolicy& destinations;
    CURLM* multi;
    CURL* easy;
    curl_slist* addresses = nullptr;
};

HttpHandle::HttpHandle(const RegistryOptions& options, DestinationPolicy& destinations)
    : m_impl(std::make_unique<Impl>(options, destinations))
{}

HttpHandle::~HttpHandle() = default;

HttpResponse HttpHandle::transfer(const HttpHop& hop, std::stop_token stop)
{
    CURLM* const multi = m_impl->multi;
    CURL* const easy = m_impl->easy;
    Transfer transfer(m_impl->options, m_impl->destinations, easy, hop);

    struct Leave
    {
        CURLM* multi;
        CURL* easy;

        ~Leave()
        {
            curl_multi_remove_handle(multi, easy);
            curl_easy_reset(easy); // forgets what points into the transfer
        }
    };

    const Leave leave{multi, easy};
    transfer.prepare(m_impl->addresses);
    curl_multi_add_handle(multi, easy);
    const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });

    for (;;) {
        int running = 0;
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            throw Error(ErrorCode::Internal, "libcurl cannot go on");
        int waiting = 0;
        if (const CURLMsg* const message = curl_multi_info_read(multi, &waiting); message && !running)
            return transfer.conclude(message->data.result);
        if (stop.stop_requested())
            throw Cancelled();
        transfer.checkDeadlines();
        curl_multi_poll(multi, nullptr, 0, pollMilliseconds, nullptr);
    }
}

} // namespace layerhold::registry
