// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/page.h"
#include "widgets/pages/load_pace.h"
#include "widgets/pages/overview/overview_load.h"

#include <QTimer>

#include <vector>

class QGridLayout;
class QStackedWidget;

namespace layerhold::gui {

class AttentionCard;
class Card;
class FirstRun;
class RangeBox;
class SpaceCard;

/// Whether the cache is healthy, worth it, and full, on one page. Each card leads to the page with more. Of an empty
/// cache it says what to do next.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(AppContext& context, QWidget* parent = nullptr);

    void refresh() override;
    void stop() override;

    RangeBox& rangeBox() const { return *m_range; }

    /// By its id: space, worth, speed, upstreams, attention; nullptr: there is none.
    Card* card(const QString& id) const;

    bool isFirstRun() const;

    /// Something that was asked is not answered yet.
    bool isAsking() const { return m_load.isOpen(); }

private:
    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void refreshQuietly() override;

    void resizeEvent(QResizeEvent* event) override;

    void makeContent();
    /// The cards of figures beside each other.
    void arrange(int columns);
    void showFacts();
    PageState currentState() const;

    RangeBox* m_range;
    QStackedWidget* m_content;
    QGridLayout* m_grid = nullptr;
    int m_columns = 0;
    FirstRun* m_firstRun;
    std::vector<Card*> m_cards;
    OverviewLoad m_load;
    LoadPace m_pace; ///< of what is more than the figures
    QTimer m_ticks;
};

} // namespace layerhold::gui
