// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/http_transfer.h"

#include "base/text.h"
#include "registry/pem.h"

#include <openssl/ssl.h>

namespace layerhold::registry {

namespace {

constexpr long idleSeconds = 90;

std::string secondsText(std::chrono::milliseconds time)
{
    const auto milliseconds = time.count();
    return milliseconds % 1000 == 0 ? std::to_string(milliseconds / 1000) + " s" : std::to_string(milliseconds) + " ms";
}

/// Of text that the caller keeps for as long as libcurl uses it.
curl_blob blobOf(std::string_view text)
{
    return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
}

} // namespace

curl_socket_t Transfer::openSocket(void* self, curlsocktype, curl_sockaddr* address)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<curl_socket_t>(CURL_SOCKET_BAD, [&]() -> curl_socket_t {
        ConnectionAttempt attempt;
        attempt.host = transfer.m_hop.url.host();
        attempt.address = addressText(address->addr, address->addrlen);
        attempt.isAdmitted =
            !transfer.m_hop.proxy.isEmpty() ||
            transfer.m_destinations.admits(transfer.m_hop.url, classify(address->addr, address->addrlen));
        if (transfer.m_options.onConnection)
            transfer.m_options.onConnection(attempt);
        if (!attempt.isAdmitted) {
            transfer.m_refusedAddress = attempt.address;
            return CURL_SOCKET_BAD;
        }
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    });
}

int Transfer::onConnected(void* self, char* address, char*, int, int)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<int>(CURL_PREREQFUNC_ABORT, [&] {
        std::string host(address);
        if (host.find(':') != std::string::npos)
            host = '[' + host + ']';
        const auto where = classifyHost(host);
        if (!transfer.m_hop.proxy.isEmpty() || !where || transfer.m_destinations.confirms(transfer.m_hop.url, *where))
            return CURL_PREREQFUNC_OK;
        transfer.m_refusedAddress = host;
        return CURL_PREREQFUNC_ABORT;
    });
}

std::size_t Transfer::onHeader(char* data, std::size_t one, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<std::size_t>(0, [&] {
        transfer.m_answer.takeHeaderLine({data, one * size});
        if (transfer.m_answer.isHeaderDone())
            transfer.m_watch.headersCame();
        return one * size;
    });
}

std::size_t Transfer::onBody(char* data, std::size_t one, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<std::size_t>(0, [&]() -> std::size_t {
        transfer.m_watch.moved(one * size);
        const auto bytes = std::as_bytes(std::span(data, one * size));
        if (transfer.m_answer.takeBody(bytes) == HttpAnswer::Wish::More)
            return bytes.size();
        transfer.m_hasEnough = true;
        return 0;
    });
}

std::size_t Transfer::onRead(char* data, std::size_t one, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<std::size_t>(CURL_READFUNC_ABORT, [&] {
        const std::size_t got =
            transfer.m_hop.request.source(transfer.m_sourceOffset, std::as_writable_bytes(std::span(data, one * size)));
        transfer.m_sourceOffset += got;
        transfer.m_watch.sent(got);
        return got;
    });
}

int Transfer::onSeek(void* self, curl_off_t offset, int origin)
{
    auto& transfer = *static_cast<Transfer*>(self);
    // libcurl would send it again when a connection breaks before an answer; but a piece that is appended must not be
    // sent twice behind the back of who counts.
    if (origin != SEEK_SET || offset < 0 || transfer.m_hop.request.method == Method::Patch)
        return CURL_SEEKFUNC_FAIL;
    transfer.m_sourceOffset = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

CURLcode Transfer::onTlsContext(CURL*, void* context, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    return transfer.guarded<CURLcode>(CURLE_SSL_CACERT_BADFILE, [&] {
        X509_STORE* const store = SSL_CTX_get_cert_store(static_cast<SSL_CTX*>(context));
        for (const auto& file : transfer.m_hop.tls->caFiles)
            if (X509_STORE_load_file(store, file.c_str()) != 1)
                throw Error(ErrorCode::FailedPrecondition,
                            "the certificate authorities in " + text::quotedPath(file) +
                                " cannot be read; it must be a file of PEM certificates");
        trustPem(*store, transfer.m_hop.tls->material.authorities);
        return CURLE_OK;
    });
}

void Transfer::prepare(curl_slist* addresses)
{
    curl_easy_reset(m_easy);
    set(CURLOPT_ERRORBUFFER, m_reason.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_URL, m_hop.url.text().c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, m_hop.url.scheme() == Url::Scheme::Https ? "https" : "http");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_USERAGENT, m_options.userAgent.c_str());
    set(CURLOPT_RESOLVE, addresses);
    set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    set(CURLOPT_WRITEDATA, this);
    prepareConnection();
    prepareTls();
    prepareBody();
    prepareHeaders();
}

void Transfer::prepareConnection()
{
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::openSocket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_PREREQFUNCTION, &Transfer::onConnected);
    set(CURLOPT_PREREQDATA, this);
    set(CURLOPT_QUICK_EXIT, 1L); // a lookup of a name that takes long is left behind, not waited for
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_hop.connectTimeout.count()));
    set(CURLOPT_MAXAGE_CONN, idleSeconds);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_NOPROXY, "");
    std::string proxy(m_hop.proxy.reveal());
    const CURLcode result = curl_easy_setopt(m_easy, CURLOPT_PROXY, proxy.c_str()); // empty: none, whatever is set
    wipe(proxy);
    if (result != CURLE_OK)
        throw Error(ErrorCode::InvalidArgument, "the proxy of the environment cannot be used");
}

void Transfer::prepareTls()
{
    if (!m_hop.tls)
        return;
    if (m_hop.verification == Verification::Skip) {
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (m_hop.showsCertificate && !m_hop.tls->clientPairs.empty()) {
        const ClientPair& shown = m_hop.tls->clientPairs.front();
        set(CURLOPT_SSLCERT, shown.certificate.c_str());
        set(CURLOPT_SSLKEY, shown.key.c_str());
    } else if (m_hop.showsCertificate && !m_hop.tls->material.certificate.empty()) {
        curl_blob certificate = blobOf(m_hop.tls->material.certificate);
        set(CURLOPT_SSLCERT_BLOB, &certificate);
        curl_blob key = blobOf(m_hop.tls->material.key.reveal());
        set(CURLOPT_SSLKEY_BLOB, &key);
    }
    if (!m_hop.tls->caFiles.empty() || !m_hop.tls->material.authorities.empty()) {
        set(CURLOPT_SSL_CTX_FUNCTION, &Transfer::onTlsContext);
        set(CURLOPT_SSL_CTX_DATA, this);
    }
}

void Transfer::prepareHeaders()
{
    m_headers.add("Accept-Encoding", "identity");
    m_headers.leaveOut("Expect:"); // a token is got before, so that the body is not sent in vain
    bool statesType = false;
    for (const auto& [name, value] : m_hop.request.headers) {
        m_headers.add(name, value);
        statesType = statesType || name == "Content-Type";
    }
    if (!statesType)
        m_headers.leaveOut("Content-Type:");
    for (const Header* header : m_hop.privateHeaders)
        m_headers.add(header->name, header->value.reveal());
    set(CURLOPT_HTTPHEADER, m_headers.get());
}

void Transfer::prepareBody()
{
    const HttpRequest& request = m_hop.request;
    if (request.method == Method::Get)
        return;
    if (request.method == Method::Head) {
        set(CURLOPT_NOBODY, 1L);
        return;
    }
    if (request.source) {
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_READFUNCTION, &Transfer::onRead);
        set(CURLOPT_READDATA, this);
        set(CURLOPT_SEEKFUNCTION, &Transfer::onSeek);
        set(CURLOPT_SEEKDATA, this);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.sourceSize));
    } else {
        const std::string_view body = request.privateBody.isEmpty() ? request.body : request.privateBody.reveal();
        set(CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    }
    set(CURLOPT_CUSTOMREQUEST, toString(request.method));
}

void Transfer::checkDeadlines()
{
    curl_off_t beforeTransfer = 0;
    curl_easy_getinfo(m_easy, CURLINFO_PRETRANSFER_TIME_T, &beforeTransfer);
    if (beforeTransfer > 0)
        m_watch.connected();
    switch (m_watch.look()) {
    case ProgressWatch::Verdict::Fine:
        return;
    case ProgressWatch::Verdict::NoHeaders:
        throw PersistentFailure(ErrorCode::Unavailable, "no answer within " +
                                                            secondsText(m_hop.request.deadlines.headers) +
                                                            "; try again later");
    case ProgressWatch::Verdict::Stalled:
        throw PersistentFailure(ErrorCode::Unavailable, "less than 1 KiB came or went within " +
                                                            secondsText(m_hop.request.deadlines.stall) +
                                                            "; try again later");
    case ProgressWatch::Verdict::TooLong:
        throw PersistentFailure(ErrorCode::Unavailable,
                                "not done within " + secondsText(*m_hop.request.deadlines.total) + "; try again later");
    }
}

HttpResponse Transfer::conclude(CURLcode result)
{
    if (m_exception)
        std::rethrow_exception(m_exception);
    if (result != CURLE_OK && !m_hasEnough)
        fail(result);
    if (!m_answer.isHeaderDone())
        throw Error(ErrorCode::Unavailable, "the answer has no status");
    return m_answer.finish();
}

void Transfer::fail(CURLcode result) const
{
    const std::string reason = text::quoted(m_reason[0] ? m_reason.data() : curl_easy_strerror(result));
    switch (result) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_ABORTED_BY_CALLBACK:
        if (!m_refusedAddress.empty())
            throw Error(ErrorCode::FailedPrecondition,
                        "refused to connect to " + m_refusedAddress +
                            ", an internal address that the registry has no business to lead to; if it is right, name "
                            "the host as trusted");
        break;
    case CURLE_OPERATION_TIMEDOUT:
        throw PersistentFailure(ErrorCode::Unavailable, "no connection within " + secondsText(m_hop.connectTimeout) +
                                                            "; see whether the host is up");
    case CURLE_SSL_CONNECT_ERROR:
        if (reason.find("wrong version number") == std::string::npos) // OpenSSL, of an answer that is no TLS
            break;
        throw PersistentFailure(ErrorCode::Unavailable, "no TLS is spoken there (" + reason +
                                                            "); name the registry as insecure if that is meant");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        throw Error(ErrorCode::FailedPrecondition, "the certificate of " + m_hop.url.host() + " is not trusted (" +
                                                       reason + "); configure its certificate authority for this host");
    case CURLE_SSL_CERTPROBLEM:
        throw Error(ErrorCode::FailedPrecondition, "the client certificate or its key cannot be used (" + reason + ')');
    case CURLE_SSL_CACERT_BADFILE:
        throw Error(ErrorCode::FailedPrecondition, "the certificate authorities cannot be read (" + reason + ')');
    default:
        break;
    }
    throw Error(ErrorCode::Unavailable, "the connection failed: " + reason + "; see whether the host is up");
}

} // namespace layerhold::registry
