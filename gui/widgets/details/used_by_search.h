// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/latest_call.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <map>
#include <memory>
#include <set>

namespace layerhold::gui {

/// All that refers to an entry, up to the images: asks for what refers to it, then for what refers to that. A new
/// search ends the former, unless that is of the same entry: then it goes on.
class UsedBySearch final : public QObject
{
    Q_OBJECT

public:
    /// Of more nobody reads the list.
    static constexpr std::size_t mostAsked = 500;

    using QObject::QObject;

    void start(CacheClient& client, const BlobDetails& entry);
    void cancel();

    bool isRunning() const { return !m_calls.empty() || !m_waiting.empty(); }

    /// Not all was asked for: there is too much of it.
    bool isCutOff() const { return m_isCutOff; }

    /// What refers to the entry, directly or over others; by digest. Without what has gone meanwhile.
    const std::map<std::string, BlobDetails>& users() const { return m_users; }

    /// Of users(): what a tag, an engine or a lease names, and what nothing refers to.
    std::vector<const ImageDetails*> images() const;

signals:
    void changed();
    void failed(const QString& sentence);

private:
    void ask(const std::vector<EdgeRecord>& parents);
    void askNext();
    void take(const BlobDetails& details);

    QPointer<CacheClient> m_client;
    std::string m_entry;                                        ///< whose users are looked for
    std::map<std::string, std::unique_ptr<LatestCall>> m_calls; ///< by digest; those that are open
    std::deque<std::string> m_waiting;
    std::set<std::string> m_known; ///< asked for, or about to be
    std::map<std::string, BlobDetails> m_users;
    bool m_isCutOff = false;
};

} // namespace layerhold::gui
