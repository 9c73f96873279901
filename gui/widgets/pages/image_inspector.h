// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/latest_call.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <set>

namespace layerhold::gui {

/// What the service tells of single images, as far as it was asked.
class ImageInspector final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Forgets what another client told; nullptr: keeps it, and asks nothing.
    void setClient(CacheClient* client);
    /// Does nothing while what is known is not outdated.
    void ask(const QString& digest);
    /// Forgets those that are not wanted; the others are asked for anew when somebody wants them again, and stay until
    /// then.
    void outdate(const std::function<bool(const QString& digest)>& isWanted);

    const ImageDetails* find(const QString& digest) const; ///< nullptr: not known yet

    const std::map<QString, ImageDetails>& all() const { return m_known; }

signals:
    void told(const layerhold::gui::ImageDetails& details);
    void failed(const QString& digest, const QString& sentence);

private:
    QPointer<CacheClient> m_client;
    std::map<QString, LatestCall> m_asked; ///< by digest; those that were answered, too
    std::map<QString, ImageDetails> m_known;
    std::set<QString> m_fresh; ///< asked for since they were outdated
};

} // namespace layerhold::gui
