// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/content/content_service.h"

#include "layerhold/error.h"
#include "service/content/filters.h"
#include "service/content/label_mask.h"
#include "service/content/wire.h"
#include "service/error_mapping.h"
#include "service/rpc/byte_buffers.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace layerhold::service {

namespace {

/// containerd's own server sends so many; clients show the first ones early.
constexpr std::size_t EntriesPerMessage = 100;
/// What is asked of the index at once: ten messages, a fraction of a megabyte.
constexpr std::size_t EntriesPerPage = 1000;

constexpr std::string_view ServicePrefix = "/containerd.services.content.v1.Content/";

Async<void> reply(Call& call, std::string message)
{
    const grpc::ByteBuffer buffer = toByteBuffer(message);
    co_await call.finishWith(buffer);
}

bool isOurFault(grpc::StatusCode code)
{
    return code == grpc::StatusCode::INTERNAL || code == grpc::StatusCode::DATA_LOSS ||
           code == grpc::StatusCode::RESOURCE_EXHAUSTED;
}

} // namespace

ContentService::Handler ContentService::handlerOf(std::string_view method)
{
    static constexpr std::array<std::pair<std::string_view, Handler>, 9> Handlers{{
        {"Info", &ContentService::info},
        {"Read", &ContentService::read},
        {"Write", &ContentService::write},
        {"Status", &ContentService::status},
        {"List", &ContentService::list},
        {"Delete", &ContentService::remove},
        {"ListStatuses", &ContentService::listStatuses},
        {"Abort", &ContentService::abort},
        {"Update", &ContentService::update},
    }};
    if (!method.starts_with(ServicePrefix))
        return nullptr;
    method.remove_prefix(ServicePrefix.size());
    for (const auto& [name, handler] : Handlers) {
        if (name == method)
            return handler;
    }
    return nullptr;
}

Detached ContentService::serve(std::shared_ptr<Call> call)
{
    grpc::Status status;
    try {
        const Handler handler = handlerOf(call->method());
        if (!handler)
            throw Error(ErrorCode::Unsupported,
                        fmt::format("{} is not served on this socket; it serves containerd.services.content.v1",
                                    call->method().substr(0, 200)));
        co_await (this->*handler)(*call);
    } catch (...) {
        status = currentExceptionToStatus();
    }
    if (isOurFault(status.error_code()) && m_log)
        m_log(LogLevel::Error, fmt::format("{}: {}", call->method(), status.error_message()));
    if (!call->isFinished())
        co_await call->finish(status);
}

Async<void> ContentService::readRequest(Call& call, grpc::ByteBuffer& buffer)
{
    const bool isThere = co_await call.read(buffer);
    if (isThere)
        co_return;
    if (call.isCancelled())
        throw Cancelled();
    throw Error(ErrorCode::InvalidArgument, "the call ended without a request message");
}

Async<std::string> ContentService::readName(Call& call)
{
    grpc::ByteBuffer buffer;
    co_await readRequest(call, buffer);
    const Message message(buffer);
    co_return wire::parseName(message.pieces());
}

Async<Filter> ContentService::parseFilter(const Message& message)
{
    // Regular expressions are compiled: not on the thread that serves everybody.
    Filter filter = co_await m_workers.run([&] { return Filter::parseAny(wire::parseFilters(message.pieces())); });
    co_return filter;
}

Async<void> ContentService::info(Call& call)
{
    const std::string name = co_await readName(call);
    const Digest digest = Digest::require(name);
    std::optional<ContentInfo> found = m_store.tryInfo(digest);
    if (!found)
        found = co_await m_workers.run([&] { return m_store.info(digest); });
    if (!found)
        throw Error(ErrorCode::NotFound, fmt::format("content {}: not found", name));
    co_await reply(call, wire::encodeInfo(*found));
}

Async<void> ContentService::update(Call& call)
{
    grpc::ByteBuffer buffer;
    co_await readRequest(call, buffer);
    const Message message(buffer);
    const UpdateRequest request = wire::parseUpdate(message.pieces());
    if (!request.hasInfo)
        throw Error(ErrorCode::InvalidArgument, "an update must have an info with a digest");
    const Digest digest = Digest::require(request.digest);
    const LabelUpdate labels = labelUpdate(request);
    const ContentInfo updated = co_await m_workers.run([&] { return m_store.updateLabels(digest, labels); });
    co_await reply(call, wire::encodeInfo(updated));
}

Async<void> ContentService::list(Call& call)
{
    grpc::ByteBuffer buffer;
    co_await readRequest(call, buffer);
    const Message message(buffer);
    const Filter filter = co_await parseFilter(message);

    // Nothing is held between the pages: the client deletes while it lists.
    std::optional<Digest> after;
    std::string entries;
    std::size_t count = 0;
    for (bool more = true; more && !call.isCancelled();) {
        const std::vector<ContentInfo> page =
            co_await m_workers.run([&] { return m_store.list(after, EntriesPerPage); });
        more = page.size() == EntriesPerPage;
        for (const ContentInfo& info : page) {
            if (!matches(filter, info))
                continue;
            wire::appendInfo(entries, info);
            if (++count < EntriesPerMessage)
                continue;
            const grpc::ByteBuffer full = toByteBuffer(entries);
            const bool isSent = co_await call.write(full);
            if (!isSent)
                throw Cancelled();
            entries.clear();
            count = 0;
        }
        if (!page.empty())
            after = page.back().digest;
    }
    if (count > 0)
        co_await reply(call, std::move(entries));
}

Async<void> ContentService::remove(Call& call)
{
    const std::string name = co_await readName(call);
    const Digest digest = Digest::require(name);
    co_await m_workers.run([&] { m_store.release(digest); });
    co_await reply(call, std::string());
}

Async<void> ContentService::status(Call& call)
{
    const std::string ref = co_await readName(call);
    const std::optional<IngestStatus> found = co_await m_workers.run([&] { return m_store.status(ref); });
    if (!found)
        throw Error(ErrorCode::NotFound, fmt::format("could not get status for ref \"{}\": not found", ref));
    co_await reply(call, wire::encodeStatus(*found));
}

Async<void> ContentService::listStatuses(Call& call)
{
    grpc::ByteBuffer buffer;
    co_await readRequest(call, buffer);
    const Message message(buffer);
    const Filter filter = co_await parseFilter(message);
    const std::vector<IngestStatus> all = co_await m_workers.run([&] { return m_store.statuses(); });
    std::string entries;
    for (const IngestStatus& status : all) {
        if (matches(filter, status))
            wire::appendStatus(entries, status);
    }
    co_await reply(call, std::move(entries));
}

Async<void> ContentService::abort(Call& call)
{
    const std::string ref = co_await readName(call);
    co_await m_workers.run([&] { m_store.abort(ref); });
    co_await reply(call, std::string());
}

} // namespace layerhold::service
