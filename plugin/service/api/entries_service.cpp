// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/entries_service.h"

#include "service/api/call.h"
#include "service/api/entry_messages.h"

#include <algorithm>
#include <utility>

namespace layerhold::service {

namespace {

constexpr std::size_t entriesPerMessage = 500;
constexpr std::size_t bytesPerMessage = 256U << 10U;

/// The bytes of a stream of PutEntryRequest, blob by blob. One thread.
class PutStream
{
public:
    PutStream(CallStop& call, grpc::ServerReader<v1::PutEntryRequest>& reader)
        : m_call(call)
        , m_reader(reader)
    {
        if (!m_reader.Read(&m_message))
            endsTooSoon();
        if (!m_message.has_head())
            throw Error(ErrorCode::InvalidArgument, "the first message of a put has to be its head");
        m_head = m_message.head(); // and there may be the first bytes beside it
    }

    const v1::PutEntryRequest::Head& head() const { return m_head; }

    /// Bytes of the blob with this number; what is left of those before it is passed over.
    std::size_t read(std::size_t blob, std::span<std::byte> buffer)
    {
        while (m_blob <= blob) {
            if (m_blob == blob && m_at < m_message.data().size()) {
                const std::size_t count = std::min(buffer.size(), m_message.data().size() - m_at);
                const auto bytes = std::as_bytes(std::span(m_message.data())).subspan(m_at, count);
                std::copy(bytes.begin(), bytes.end(), buffer.begin());
                m_at += count;
                return count;
            }
            next();
        }
        return 0;
    }

private:
    void next()
    {
        if (m_message.end_of_blob())
            ++m_blob;
        m_at = 0;
        m_message.Clear();
        if (m_blob < static_cast<std::size_t>(m_head.blobs_size()) && !m_reader.Read(&m_message))
            endsTooSoon();
    }

    [[noreturn]] void endsTooSoon()
    {
        if (m_call.token().stop_requested())
            throw Cancelled();
        throw Error(ErrorCode::InvalidArgument, "the put ended before the last of its blobs did");
    }

    CallStop& m_call;
    grpc::ServerReader<v1::PutEntryRequest>& m_reader;
    v1::PutEntryRequest::Head m_head;
    v1::PutEntryRequest m_message;
    std::size_t m_blob = 0;
    std::size_t m_at = 0; ///< what of the message was read
};

std::vector<EntrySource> sourcesOf(PutStream& stream)
{
    std::vector<EntrySource> sources;
    for (const auto& blob : stream.head().blobs()) {
        EntrySource source;
        source.name = blob.name();
        source.read = [&stream, number = sources.size()](std::span<std::byte> buffer) {
            return stream.read(number, buffer);
        };
        if (!blob.expected_digest().empty())
            source.expected = Digest::require(blob.expected_digest());
        if (blob.has_size())
            source.size = blob.size();
        sources.push_back(std::move(source));
    }
    return sources;
}

TimePoint now()
{
    return Clock::system().now();
}

} // namespace

EntriesService::EntriesService(Cache& cache, std::stop_token stop)
    : m_cache(cache)
    , m_stop(std::move(stop))
{}

grpc::Status EntriesService::PutEntry(grpc::ServerContext* context, grpc::ServerReader<v1::PutEntryRequest>* reader,
                                      v1::PutEntryResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            // A client that sends nothing does not hold up the end of the service.
            const std::stop_callback ends(call.token(), [context] { context->TryCancel(); });
            PutStream stream(call, *reader);
            const v1::PutEntryRequest::Head& head = stream.head();
            PutOptions options;
            options.metadata = head.metadata();
            if (head.has_ttl_ns())
                options.ttl = std::chrono::nanoseconds(head.ttl_ns());
            if (head.keep_other_names())
                options.otherNames = PutOptions::OtherNames::Keep;
            const Entry entry =
                m_cache.entries().put(head.scope(), head.key(), sourcesOf(stream), options, call.token());
            *response->mutable_entry() = messages::from(entry, now());
        });
    });
}

grpc::Status EntriesService::GetEntry(grpc::ServerContext* context, const v1::GetEntryRequest* request,
                                      grpc::ServerWriter<v1::GetEntryResponse>* writer)
{
    return answer(*context, [&] {
        const std::string name = request->name().empty() ? "data" : request->name();
        runLong(*context, m_stop, [&](CallStop& call) {
            const auto blob = m_cache.entries().get(request->scope(), request->key(), name, call.token());
            if (!blob)
                throw Error(ErrorCode::NotFound, "scope " + request->scope() +
                                                     " has no entry of that key with a blob "
                                                     "named " +
                                                     name);
            v1::GetEntryResponse piece;
            std::string& data = *piece.mutable_data();
            for (std::uint64_t offset = 0; offset < blob->size(); offset += data.size()) {
                data.resize(bytesPerMessage);
                data.resize(blob->read(offset, std::as_writable_bytes(std::span(data))));
                if (data.empty())
                    throw Error(ErrorCode::DataLoss, "the blob ended early; get it again");
                send(call, *writer, piece);
            }
        });
    });
}

grpc::Status EntriesService::FindEntry(grpc::ServerContext* context, const v1::FindEntryRequest* request,
                                       v1::FindEntryResponse* response)
{
    return answer(*context, [&] {
        if (const auto entry = m_cache.entries().find(request->scope(), request->key(), m_stop))
            *response->mutable_entry() = messages::from(*entry, now());
    });
}

grpc::Status EntriesService::ListEntries(grpc::ServerContext* context, const v1::ListEntriesRequest* request,
                                         grpc::ServerWriter<v1::ListEntriesResponse>* writer)
{
    return answer(*context, [&] { runLong(*context, m_stop, [&](CallStop& call) { list(call, *request, *writer); }); });
}

void EntriesService::list(CallStop& call, const v1::ListEntriesRequest& request,
                          grpc::ServerWriter<v1::ListEntriesResponse>& writer)
{
    std::string after = request.page_token();
    std::uint64_t left = request.limit() == 0 ? UINT64_MAX : request.limit();
    while (left > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, entriesPerMessage));
        const auto page = m_cache.entries().list(request.scope(), request.prefix(), after, wanted, call.token());
        if (page.empty())
            return;
        v1::ListEntriesResponse response;
        for (const Entry& entry : page)
            *response.add_entries() = messages::from(entry, now());
        send(call, writer, response);
        if (page.size() < wanted)
            return;
        after = page.back().key;
        left -= page.size();
    }
}

grpc::Status EntriesService::RemoveEntry(grpc::ServerContext* context, const v1::RemoveEntryRequest* request,
                                         v1::RemoveEntryResponse* response)
{
    return answer(*context,
                  [&] { response->set_removed(m_cache.entries().remove(request->scope(), request->key(), m_stop)); });
}

grpc::Status EntriesService::InvalidateEntry(grpc::ServerContext* context, const v1::InvalidateEntryRequest* request,
                                             v1::InvalidateEntryResponse* response)
{
    return answer(*context,
                  [&] { response->set_known(m_cache.entries().invalidate(request->scope(), request->key(), m_stop)); });
}

grpc::Status EntriesService::ClearEntries(grpc::ServerContext* context, const v1::ClearEntriesRequest* request,
                                          v1::ClearEntriesResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            *response->mutable_removed() = messages::from(m_cache.entries().clear(request->scope(), call.token()));
        });
    });
}

grpc::Status EntriesService::CleanEntries(grpc::ServerContext* context, const v1::CleanEntriesRequest* request,
                                          v1::CleanEntriesResponse* response)
{
    return answer(*context, [&] {
        CleanOptions options;
        options.maxAge = std::chrono::nanoseconds(request->max_age_ns());
        options.maxBytes = request->max_bytes();
        runLong(*context, m_stop, [&](CallStop& call) {
            *response->mutable_removed() =
                messages::from(m_cache.entries().clean(request->scope(), options, call.token()));
        });
    });
}

grpc::Status EntriesService::SetScope(grpc::ServerContext* context, const v1::SetScopeRequest* request,
                                      v1::SetScopeResponse* response)
{
    return answer(*context, [&] {
        ScopeSettings settings;
        if (request->has_ttl_ns())
            settings.ttl = std::chrono::nanoseconds(request->ttl_ns());
        settings.maxBytes = request->max_bytes();
        const Scope scope = m_cache.entries().setScope(request->path(), settings, m_stop);
        *response->mutable_scope() = messages::from(scope, m_cache.entries().size(scope.path, m_stop));
    });
}

grpc::Status EntriesService::ListScopes(grpc::ServerContext* context, const v1::ListScopesRequest* request,
                                        v1::ListScopesResponse* response)
{
    return answer(*context, [&] {
        for (const Scope& scope : m_cache.entries().scopes(request->path(), m_stop))
            *response->add_scopes() = messages::from(scope, m_cache.entries().size(scope.path, m_stop));
    });
}

} // namespace layerhold::service
