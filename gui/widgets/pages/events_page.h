// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/event_model.h"
#include "widgets/page.h"
#include "widgets/pages/latest_call.h"

class QLabel;
class QPushButton;

namespace layerhold::gui {

class RecordView;

/// The live feed: what the service tells of, noteEvents() and noteGap(), and before it what the service still has of
/// the time before. It shows the newest until the user scrolls up or pauses, and keeps to the time range of the app.
class EventsPage final : public Page
{
    Q_OBJECT

public:
    explicit EventsPage(AppContext& context, QWidget* parent = nullptr);

    void refresh() override;
    void noteEvents(std::span<const EventRecord> events) override;
    void noteGap(EventGap gap) override;
    void forget() override;
    void open(const QString& entity) override; ///< shows what is about it

    QLineEdit* filterField() const override { return m_filter; }

    bool clearFilter() override;

    EventModel& model() { return m_model; }

    RecordView& view() const { return *m_view; }

    bool isPaused() const { return m_model.isPaused(); }

signals:
    /// The user opened what an event is about: a digest or a reference.
    void entryRequested(const QString& subject);

private:
    void clientChanged() override;
    void frontChanged() override;

    QWidget* makeTools();
    void askForPast();
    void keepToTimeRange();
    QString rangeText() const; ///< empty: any time
    void setPaused(bool isPaused);
    void applyFilter();
    void openCurrent();
    void tell();
    PageState stateOfRows() const;
    void onScrolled();
    void followTail();

    EventModel m_model;
    QLineEdit* m_filter;
    QPushButton* m_pause;
    QPushButton* m_new;
    QPushButton* m_chip; ///< tells of the range, and takes it away
    QLabel* m_counts;
    RecordView* m_view;
    LatestCall m_past;
    std::vector<EventRecord> m_older; ///< what came so far of the time before
    QString m_pastProblem;
    std::optional<TimeRange> m_timeRange; ///< to which the rows keep
    bool m_hasPast = false;
    bool m_isFollowing = false; ///< the view is being moved to the tail by us
};

} // namespace layerhold::gui
