// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "service/api/tags_service.h"

#include "layerhold/image_reference.h"
#include "service/api/call.h"
#include "service/api/find_blob.h"
#include "service/api/image_messages.h"

#include <algorithm>

namespace layerhold::service {

namespace {

constexpr std::size_t pageSize = 500;

Error unknownTag(const std::string& reference)
{
    return {ErrorCode::NotFound, "there is no tag " + reference};
}

/// A whole digest need not be stored here; anything else must be found.
Digest requireTarget(Cache& cache, const std::string& text)
{
    if (const auto whole = Digest::parse(text))
        return *whole;
    return findNamed(cache, text).digest;
}

} // namespace

grpc::Status TagsService::ListTags(grpc::ServerContext* context, const v1::ListTagsRequest* request,
                                   grpc::ServerWriter<v1::ListTagsResponse>* writer)
{
    return answer(*context, [&] {
        const TagFilter filter{{request->filters().begin(), request->filters().end()}};
        std::string after = request->page_token();
        std::uint64_t left = request->limit() == 0 ? UINT64_MAX : request->limit();
        while (left > 0) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, pageSize));
            const std::vector<Tag> page = m_cache.tags().list(filter, after, wanted);
            if (page.empty())
                return;
            v1::ListTagsResponse response;
            for (const Tag& tag : page)
                *response.add_tags() = messages::from(tag);
            if (!writer->Write(response))
                throw Cancelled();
            if (page.size() < wanted)
                return;
            after = page.back().reference;
            left -= page.size();
        }
    });
}

grpc::Status TagsService::GetTagHistory(grpc::ServerContext* context, const v1::GetTagHistoryRequest* request,
                                        v1::GetTagHistoryResponse* response)
{
    return answer(*context, [&] {
        const std::string reference = ImageReference::require(request->reference()).toString();
        response->set_reference(reference);
        const auto tag = m_cache.tags().find(reference);
        if (tag)
            *response->mutable_tag() = messages::from(*tag);
        for (const TagMove& move : m_cache.tags().history(reference))
            *response->add_moves() = messages::from(move);
        if (!tag && response->moves().empty())
            throw unknownTag(reference);
    });
}

grpc::Status TagsService::PutTag(grpc::ServerContext* context, const v1::PutTagRequest* request,
                                 v1::PutTagResponse* response)
{
    return answer(*context, [&] {
        const Digest digest = requireTarget(m_cache, request->digest());
        *response->mutable_tag() =
            messages::from(m_cache.tags().put(request->reference(), digest, TagCause::Manual, request->by()));
    });
}

grpc::Status TagsService::RemoveTag(grpc::ServerContext* context, const v1::RemoveTagRequest* request,
                                    v1::RemoveTagResponse*)
{
    return answer(*context, [&] {
        if (!m_cache.tags().remove(request->reference(), TagCause::Manual, request->by()))
            throw unknownTag(ImageReference::require(request->reference()).toString());
    });
}

} // namespace layerhold::service
