// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_model.h"
#include "widgets/pages/latest_call.h"
#include "widgets/pages/list_load.h"
#include "widgets/pages/pins.h"

#include <QPointer>

#include <set>
#include <unordered_map>

namespace layerhold::gui {

/// Fills an EntryModel with what a service tells of its blobs, and with the names and pins of those that have some. Of
/// the cache that was asked before, rows stay where they are: what is other than before is put right as it comes, and
/// what did not come again is taken away at the end.
class EntryFeed final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive the feed. `pins` is loaded by whoever owns it.
    EntryFeed(EntryModel& model, const Pins& pins, QObject* parent = nullptr);

    void load(CacheClient& client);
    /// What came stays.
    void stop();
    /// As if nothing had been asked.
    void forget();

    ListFacts::Phase phase() const { return m_phase; }

    const std::optional<CallError>& error() const { return m_error; }

    bool isOpen() const { return m_status.isOpen() || m_blobs.isOpen(); }

    /// About how many will come; unset: nobody knows.
    std::optional<std::uint64_t> expected() const { return m_expected; }

    /// Why names are missing; empty: none are.
    const QString& nameProblem() const { return m_nameProblem; }

    /// A tag that points at an entry; empty: there is none.
    QString tagOf(const QString& digest) const;
    /// All that an image needs; unset: it is none, or that is not known.
    std::optional<std::uint64_t> referencedBytes(const QString& digest) const;

signals:
    void changed();   ///< phase(), error() or nameProblem()
    void completed(); ///< all rows are what the service told

private:
    struct Named
    {
        std::vector<std::string> names;
        std::string tag;
        std::optional<std::uint64_t> referencedBytes;
        bool isKeptByTag = false;
    };

    using NamedEntries = std::unordered_map<std::string, Named>; ///< by digest

    void begin(const QString& root, std::optional<std::uint64_t> expected);
    void take(const std::vector<BlobRecord>& blobs);
    void complete();
    void fail(const CallError& error);
    void removeUnseen();
    void askNames();
    void describe();

    EntryModel& m_model;
    const Pins& m_pins;
    QPointer<CacheClient> m_client;
    QString m_root; ///< of the cache that the rows are of
    LatestCall m_status;
    LatestCall m_blobs;
    LatestCall m_images;
    LatestCall m_tags;
    ListFacts::Phase m_phase = ListFacts::Phase::NotAsked;
    std::optional<CallError> m_error;
    std::optional<std::uint64_t> m_expected;
    std::vector<bool> m_seen; ///< by id, since the list began
    bool m_hasList = false;   ///< a complete one of this cache came
    QString m_nameProblem;
    NamedEntries m_incoming;
    NamedEntries m_named;
    std::set<std::string> m_described;
};

} // namespace layerhold::gui
