// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/storage_contents.h"
#include "widgets/pages/latest_call.h"

#include <QPointer>

#include <memory>

namespace layerhold::gui {

/// Asks for the lists that the map is made from, one after the other. A new load ends the former.
class StorageLoad final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void start(CacheClient& client);
    /// Nothing more comes of it.
    void stop();

    bool isOpen() const { return m_call.isOpen(); }

    std::uint64_t blobCount() const { return m_lists ? m_lists->blobCount() : 0; }

signals:
    void progressed();
    /// All came. Whoever gets the lists may take them.
    void ended(const std::shared_ptr<layerhold::gui::StorageCollector>& lists);
    void failed(const layerhold::gui::CallError& error);

private:
    template <class Result, class Then>
    void follow(QFuture<Result> call, Then then);
    void askImages();
    void askEdges();
    void askTags();
    void askPins();

    QPointer<CacheClient> m_client;
    std::shared_ptr<StorageCollector> m_lists;
    LatestCall m_call;
};

} // namespace layerhold::gui
