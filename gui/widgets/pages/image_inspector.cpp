// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/image_inspector.h"

#include "models/plain_text.h"

namespace layerhold::gui {

void ImageInspector::setClient(CacheClient* client)
{
    m_asked.clear();
    m_fresh.clear();
    if (client && client != m_client)
        m_known.clear();
    m_client = client;
}

void ImageInspector::ask(const QString& digest)
{
    if (!m_client || !m_fresh.insert(digest).second)
        return;
    m_asked[digest].follow(
        m_client->inspect(digest),
        [this, digest](const BlobDetails& blob) {
            if (!blob.image) {
                emit failed(digest, tr("It is no image any more."));
                return;
            }
            const ImageDetails& known = m_known.insert_or_assign(digest, *blob.image).first->second;
            emit told(known);
        },
        [this, digest](const CallError& error) {
            m_fresh.erase(digest);
            emit failed(digest, error.code() == QLatin1String("not_found") ? tr("It is not in the store any more.")
                                                                           : plainText(error.message()));
        });
}

void ImageInspector::outdate(const std::function<bool(const QString& digest)>& isWanted)
{
    // Answers that are on their way may be from before.
    m_asked.clear();
    m_fresh.clear();
    std::erase_if(m_known, [&](const auto& each) { return !isWanted(each.first); });
}

const ImageDetails* ImageInspector::find(const QString& digest) const
{
    const auto found = m_known.find(digest);
    return found == m_known.end() ? nullptr : &found->second;
}

} // namespace layerhold::gui
