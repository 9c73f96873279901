// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_model.h"
#include "widgets/page.h"
#include "widgets/pages/entries/entry_feed.h"
#include "widgets/pages/entries/looser_filter.h"
#include "widgets/pages/entry_commands.h"
#include "widgets/pages/freed_figure.h"
#include "widgets/pages/load_pace.h"

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace layerhold::gui {

class EntryScatterPane;
class EntryTableView;
class FacetSidebar;
class FilterLine;

/// Every blob of the cache in one table, for a million of them, with a filter language and facets. The same rows can be
/// seen as points of size and last use.
class EntriesPage final : public Page
{
    Q_OBJECT

public:
    enum class Form
    {
        Table,
        Scatter
    };

    explicit EntriesPage(AppContext& context, QWidget* parent = nullptr);
    ~EntriesPage() override;

    void refresh() override;
    void forget() override;
    void stop() override;
    /// A digest is selected; what is none is put into the filter.
    void open(const QString& entity) override;

    QLineEdit* filterField() const override;

    EntryTableView& view() const { return *m_view; }

    EntryScatterPane& scatter() const { return *m_scatter; }

    Form form() const;
    void setForm(Form form);

    EntryModel& model() { return m_model; }

    FacetSidebar& facets() const { return *m_facets; }

    FilterLine& filterLine() const { return *m_filter; }

private:
    void clientChanged() override;
    void frontChanged() override;
    bool isConcernedBy(const EventRecord& event) const override;
    void refreshQuietly() override;

    void makeContent();
    QWidget* formWidget() const; ///< what takes the keys
    void bindActions();
    void bindFilterActions();
    void keepToTimeRange();
    void applyFilter();
    void updateState();
    void updateSummary();
    PageState stateOfRows() const;
    void showSelection();
    void selectWanted();
    void setCurrent(const QString& digest);
    std::optional<ChosenEntry> chosen() const;
    /// Of the current cell; empty: there is none.
    QString currentCondition() const;

    EntryModel m_model;
    Pins m_pins;
    EntryFeed m_feed;
    FilterLine* m_filter;
    FacetSidebar* m_facets;
    EntryTableView* m_view;
    EntryScatterPane* m_scatter;
    QStackedWidget* m_forms;
    QPushButton* m_formButton;
    QSplitter* m_splitter;
    FreedFigure m_freed;
    LooserFilterSearch m_looserSearch;
    LooserFilter m_looser;
    EntryFilter m_looserOf;               ///< for which m_looser was looked for
    std::optional<TimeRange> m_timeRange; ///< that was put into the filter
    QString m_wanted;                     ///< to be shown as soon as it is there
    QTimer m_ages;
    QTimer m_selection; ///< runs while the figures of the selection wait to be shown
    LoadPace m_pace;
};

} // namespace layerhold::gui
