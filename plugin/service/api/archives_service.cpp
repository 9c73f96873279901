// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/archives_service.h"

#include "api/utf8.h"
#include "layerhold/archive.h"
#include "service/api/call.h"
#include "service/api/find_blob.h"

#include <algorithm>
#include <utility>

namespace layerhold::service {

namespace {

/// The bytes of a stream of LoadImageRequest. One thread.
class LoadStream
{
public:
    LoadStream(CallStop& call, grpc::ServerReader<v1::LoadImageRequest>& reader)
        : m_call(call)
        , m_reader(reader)
    {
        if (!m_reader.Read(&m_message) || !m_message.has_head())
            throw Error(ErrorCode::InvalidArgument, "the first message of a load has to be its head");
        m_head = m_message.head(); // and there may be the first bytes beside it
    }

    const v1::LoadImageRequest::Head& head() const { return m_head; }

    std::size_t read(std::span<std::byte> buffer)
    {
        while (m_at == m_message.data().size()) {
            if (m_message.end_of_archive())
                return 0;
            m_at = 0;
            m_message.Clear();
            if (!m_reader.Read(&m_message))
                endsTooSoon();
        }
        const std::size_t count = std::min(buffer.size(), m_message.data().size() - m_at);
        const auto bytes = std::as_bytes(std::span(m_message.data())).subspan(m_at, count);
        std::copy(bytes.begin(), bytes.end(), buffer.begin());
        m_at += count;
        return count;
    }

private:
    [[noreturn]] void endsTooSoon()
    {
        if (m_call.token().stop_requested())
            throw Cancelled();
        throw Error(ErrorCode::InvalidArgument, "the load ended before its archive did");
    }

    CallStop& m_call;
    grpc::ServerReader<v1::LoadImageRequest>& m_reader;
    v1::LoadImageRequest::Head m_head;
    v1::LoadImageRequest m_message;
    std::size_t m_at = 0; ///< what of the message was read
};

/// What was typed, when it is a name that something points from, and not a digest or its start.
std::optional<ImageReference> nameOf(Cache& cache, const std::string& text)
{
    if (Digest::parse(text) || !cache.images().resolve(text))
        return std::nullopt;
    return ImageReference::parse(text);
}

} // namespace

ArchivesService::ArchivesService(Cache& cache, std::stop_token stop)
    : m_cache(cache)
    , m_stop(std::move(stop))
{}

grpc::Status ArchivesService::ExportImage(grpc::ServerContext* context, const v1::ExportImageRequest* request,
                                          grpc::ServerWriter<v1::ExportImageResponse>* writer)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            ArchiveWriteRequest wanted(findNamed(m_cache, request->image()).digest);
            wanted.name = nameOf(m_cache, request->image());
            wanted.platforms.assign(request->platforms().begin(), request->platforms().end());
            v1::ExportImageResponse piece;
            const auto sink = [&](std::span<const std::byte> bytes) {
                piece.set_data(bytes.data(), bytes.size());
                send(call, *writer, piece);
            };
            // Between the bytes, on this thread: a client that does not read holds those up anyway.
            const auto onProgress = [&](const Progress& progress) {
                v1::ExportImageResponse step;
                *step.mutable_progress() = messages::from(progress);
                send(call, *writer, step);
            };
            const ArchiveWriteReport report = writeArchive(m_cache, wanted, sink, onProgress, call.token());
            v1::ExportImageResponse last;
            last.mutable_report()->set_digest(wanted.image.toString());
            last.mutable_report()->set_blobs(report.blobs);
            last.mutable_report()->set_bytes(report.bytes);
            send(call, *writer, last);
        });
    });
}

grpc::Status ArchivesService::LoadImage(grpc::ServerContext* context, grpc::ServerReader<v1::LoadImageRequest>* reader,
                                        v1::LoadImageResponse* response)
{
    return answer(*context, [&] {
        runLong(*context, m_stop, [&](CallStop& call) {
            // A client that sends nothing does not hold up the end of the service.
            const std::stop_callback ends(call.token(), [context] { context->TryCancel(); });
            LoadStream stream(call, *reader);
            ArchiveReadRequest request;
            if (!stream.head().name().empty())
                request.name = ImageReference::require(stream.head().name());
            request.by = stream.head().by();
            const ArchiveReadReport report = readArchive(
                m_cache, request, [&](std::span<std::byte> buffer) { return stream.read(buffer); }, call.token());
            for (const LoadedImage& image : report.images) {
                v1::LoadImageResponse::Image& item = *response->add_images();
                item.set_reference(api::toUtf8(image.reference));
                item.set_digest(image.digest.toString());
            }
            response->set_blobs(report.blobs);
            response->set_bytes(report.bytes);
            response->set_stored_blobs(report.storedBlobs);
            response->set_stored_bytes(report.storedBytes);
        });
    });
}

} // namespace layerhold::service
