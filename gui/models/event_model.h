// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/table_roles.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace layerhold::gui {

/// Something in the feed: an event, or that events are missing.
struct EventRow
{
    enum class Kind
    {
        Event,
        Gap,     ///< the service no longer had them
        Overflow ///< they came faster, or waited longer, than this app can hold
    };
    Kind kind = Kind::Event;
    EventRecord event;       ///< Gap and Overflow: `at` is when it was noticed
    std::uint64_t first = 0; ///< sequence numbers of what is missing
    std::uint64_t last = 0;
    std::uint64_t count = 0;
};

/// The live feed, the newest at the end: a ring of the last events. What comes in is shown in batches. While paused the
/// rows stay as they are and what comes in waits; when more waits than the ring holds, the oldest of it goes and a row
/// says so. Missing is never the same as nothing happened.
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        At,
        Kind,
        Engine,
        Subject,
        Bytes,
        Detail,
        ColumnCount
    };

    static constexpr std::size_t capacity = 50'000;
    static constexpr std::chrono::milliseconds batchTime{100};

    using Keep = std::function<bool(const EventRecord&)>;

    explicit EventModel(Format format, QObject* parent = nullptr);

    void setFormat(const Format& format);

    void append(std::vector<EventRecord> events);
    /// What happened before, ascending. What is here already is left out, and so is the oldest where the ring has no
    /// room. Shown at once, also while paused: it comes before all rows.
    void prepend(std::vector<EventRecord> events);
    /// Events from `first` to `last` will never come.
    void appendGap(std::uint64_t first, std::uint64_t last);
    void clear();

    bool isPaused() const { return m_isPaused; }

    void pause();
    /// Shows what waited, at once.
    void follow();

    /// So many events came in since the pause, those included that had to go.
    std::uint64_t waitingCount() const { return m_isPaused ? m_cameInPaused : 0; }

    /// Events that left the ring because newer ones came.
    std::uint64_t forgottenCount() const { return m_forgotten; }

    /// Which events are shown; empty: all. Rows that tell of missing ones are always shown. Works on what is in the
    /// ring.
    void setFilter(Keep keep);

    const EventRow& rowAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    /// The numbers beside the table have changed; at most once for each batch.
    void countsChanged();

private:
    std::optional<std::uint64_t> firstSequence() const;
    void hold(EventRow row);
    void startBatch();
    void showBatch();
    void trimRing(std::size_t coming);
    bool isShown(const EventRow& row) const;
    QString missingText(const EventRow& row) const;

    Format m_format;
    Keep m_keep;
    std::deque<EventRow> m_ring;
    std::deque<std::uint64_t> m_shown; ///< numbers of rows, ascending
    std::uint64_t m_firstNumber = 0;   ///< of the first row in the ring; there are enough for older ones
    std::deque<EventRow> m_waiting;
    std::optional<EventRow> m_overflow; ///< what had to go of those that wait
    std::uint64_t m_cameInPaused = 0;
    std::uint64_t m_forgotten = 0;
    bool m_isPaused = false;
    QTimer m_batch;
};

} // namespace layerhold::gui
