// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/images_service.h"

#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/image_messages.h"

#include <algorithm>

namespace layerhold::service {

namespace {

constexpr std::size_t pageSize = 500;
constexpr int edgesInMessage = 2000;

} // namespace

grpc::Status ImagesService::ListImages(grpc::ServerContext* context, const v1::ListImagesRequest* request,
                                       grpc::ServerWriter<v1::ListImagesResponse>* writer)
{
    return answer(*context, [&] {
        const ImageFilter filter{{request->filters().begin(), request->filters().end()}};
        std::optional<Digest> after;
        if (!request->page_token().empty())
            after = Digest::require(request->page_token());
        std::uint64_t left = request->limit() == 0 ? UINT64_MAX : request->limit();
        for (bool isFirst = true;; isFirst = false) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, pageSize));
            const ImagePage page = m_cache.images().list(filter, after, wanted);
            v1::ListImagesResponse response;
            if (isFirst)
                *response.mutable_totals() = messages::from(page.totals);
            for (const Image& image : page.images)
                *response.add_images() = messages::from(image);
            if ((isFirst || !page.images.empty()) && !writer->Write(response))
                throw Cancelled();
            left -= page.images.size();
            if (page.images.size() < wanted || left == 0)
                return;
            after = page.images.back().digest;
        }
    });
}

grpc::Status ImagesService::ListEdges(grpc::ServerContext* context, const v1::ListEdgesRequest* request,
                                      grpc::ServerWriter<v1::ListEdgesResponse>* writer)
{
    return answer(*context, [&] {
        const BlobFilter parents{{"kind==manifest", "kind==index"}};
        std::optional<Digest> after;
        if (!request->page_token().empty())
            after = Digest::require(request->page_token());
        std::uint64_t left = request->limit() == 0 ? UINT64_MAX : request->limit();
        v1::ListEdgesResponse response;
        const auto flush = [&] {
            if (response.edges_size() > 0 && !writer->Write(response))
                throw Cancelled();
            response.clear_edges();
        };
        while (left > 0) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, pageSize));
            const std::vector<Blob> page = m_cache.blobs(parents, after, wanted);
            for (const Blob& parent : page) {
                for (const Edge& edge : m_cache.children(parent.digest)) {
                    *response.add_edges() = messages::from(edge);
                    if (response.edges_size() == edgesInMessage)
                        flush();
                }
            }
            flush();
            if (page.size() < wanted)
                return;
            after = page.back().digest;
            left -= page.size();
        }
    });
}

grpc::Status ImagesService::Inspect(grpc::ServerContext* context, const v1::InspectRequest* request,
                                    v1::InspectResponse* response)
{
    return answer(*context, [&] {
        const Blob blob = findNamed(m_cache, request->name());
        *response->mutable_blob() = messages::from(blob);
        for (const Edge& edge : m_cache.children(blob.digest))
            *response->add_children() = messages::from(edge);
        for (const Edge& edge : m_cache.parents(blob.digest))
            *response->add_parents() = messages::from(edge);
        for (const ClaimPath& path : m_cache.why(blob.digest)) {
            if (path.path.size() == 1)
                *response->add_claims() = messages::from(path.claim);
        }
        if (blob.kind != BlobKind::Manifest && blob.kind != BlobKind::Index)
            return;
        if (const auto details = m_cache.images().inspect(blob.digest))
            *response->mutable_image() = messages::from(*details);
    });
}

} // namespace layerhold::service
