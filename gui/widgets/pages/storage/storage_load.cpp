// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/storage_load.h"

#include <utility>

namespace layerhold::gui {

template <class Result, class Then>
void StorageLoad::follow(QFuture<Result> call, Then then)
{
    m_call.follow(
        std::move(call),
        [this, then = std::move(then)](const auto&... result) {
            // Between two lists the service may have been exchanged.
            if (m_client)
                then(result...);
        },
        [this](const CallError& error) {
            m_lists.reset();
            emit failed(error);
        });
}

void StorageLoad::start(CacheClient& client)
{
    m_client = &client;
    m_lists = std::make_shared<StorageCollector>();
    const auto take = [this, lists = m_lists](const std::vector<BlobRecord>& blobs) {
        lists->addBlobs(blobs);
        emit progressed();
    };
    follow(client.blobs({}, this, take), [this] { askImages(); });
}

void StorageLoad::askImages()
{
    const auto take = [lists = m_lists](std::vector<ImageRecord> images) { lists->addImages(std::move(images)); };
    follow(m_client->images({}, this, take), [this](const ImageTotals&) { askEdges(); });
}

void StorageLoad::askEdges()
{
    const auto take = [lists = m_lists](const std::vector<EdgeRecord>& edges) { lists->addEdges(edges); };
    follow(m_client->edges(this, take), [this] { askTags(); });
}

void StorageLoad::askTags()
{
    const auto take = [lists = m_lists](const std::vector<TagRecord>& tags) { lists->addTags(tags); };
    follow(m_client->tags({}, this, take), [this] { askPins(); });
}

void StorageLoad::askPins()
{
    follow(m_client->pins(), [this](const std::vector<PinRecord>& pins) {
        m_lists->addPins(pins);
        emit ended(std::exchange(m_lists, nullptr));
    });
}

void StorageLoad::stop()
{
    m_call.drop();
    m_lists.reset();
}

} // namespace layerhold::gui
