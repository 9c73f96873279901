// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/details/used_by_search.h"

namespace layerhold::gui {

namespace {

constexpr std::size_t mostAtOnce = 4;

} // namespace

void UsedBySearch::start(CacheClient& client, const BlobDetails& entry)
{
    if (isRunning() && m_entry == entry.blob.digest)
        return;
    cancel();
    m_entry = entry.blob.digest;
    m_client = &client;
    m_users.clear();
    m_known = {m_entry};
    m_isCutOff = false;
    ask(entry.parents);
    emit changed();
}

void UsedBySearch::cancel()
{
    m_calls.clear();
    m_waiting.clear();
}

void UsedBySearch::ask(const std::vector<EdgeRecord>& parents)
{
    for (const EdgeRecord& edge : parents) {
        // A signature refers to an image without needing it for itself.
        if (edge.role == "subject" || m_known.contains(edge.parent))
            continue;
        if (m_known.size() > mostAsked) {
            m_isCutOff = true;
            break;
        }
        m_known.insert(edge.parent);
        m_waiting.push_back(edge.parent);
    }
    askNext();
}

void UsedBySearch::askNext()
{
    while (m_client && !m_waiting.empty() && m_calls.size() < mostAtOnce) {
        const std::string digest = m_waiting.front();
        m_waiting.pop_front();
        auto& call = m_calls[digest];
        call = std::make_unique<LatestCall>();
        call->follow(
            m_client->inspect(QString::fromStdString(digest)),
            [this, digest](const BlobDetails& details) {
                m_calls.erase(digest);
                take(details);
            },
            [this, digest](const CallError& error) {
                m_calls.erase(digest);
                if (error.code() == QLatin1String("not_found")) {
                    askNext();
                    emit changed();
                    return;
                }
                cancel();
                emit failed(error.message());
            });
    }
}

void UsedBySearch::take(const BlobDetails& details)
{
    m_users.insert_or_assign(details.blob.digest, details);
    ask(details.parents);
    emit changed();
}

std::vector<const ImageDetails*> UsedBySearch::images() const
{
    std::vector<const ImageDetails*> found;
    for (const auto& [digest, user] : m_users)
        if (user.image && (!user.image->image.names.empty() || user.parents.empty()))
            found.push_back(&*user.image);
    return found;
}

} // namespace layerhold::gui
