// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/metric_charts.h"
#include "models/metric_table.h"
#include "widgets/page.h"
#include "widgets/pages/latest_call.h"
#include "widgets/pages/metrics/history_load.h"
#include "widgets/pages/metrics/metrics_file.h"

#include <QTimer>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace layerhold::gui {

class ChartBoard;
class RangeBox;
class RangeStrip;
class RecordView;

/// What was recorded of the metrics: as charts over one time axis, or as a table of the same numbers. While it is in
/// front it asks again every few seconds, until Space stops that. What is selected on the charts is the time range of
/// the whole app.
class MetricsPage final : public Page
{
    Q_OBJECT

public:
    enum class Form
    {
        Charts,
        Table
    };

    explicit MetricsPage(AppContext& context, QWidget* parent = nullptr);

    void refresh() override;
    void stop() override;
    void forget() override;
    bool clearFilter() override;

    Form form() const;
    void setForm(Form form);

    bool isLive() const;
    void setLive(bool isLive);

    RangeBox& rangeBox() const { return *m_range; }

    RangeStrip& rangeStrip() const { return *m_strip; }

    ChartBoard& board() const { return *m_board; }

    RecordView& table() const { return *m_table; }

    /// Something that was asked is not answered yet.
    bool isAsking() const { return m_history.isOpen() || m_runs.isOpen(); }

    /// What is exported now.
    MetricsExport exported() const;

private:
    void clientChanged() override;
    void frontChanged() override;

    void makeTitleLine();
    void makeContent();
    void shareSelection();
    void tellSelection();
    void bindActions();
    void load();
    void take(const MetricHistory& history);
    void fail(const CallError& error);
    void showRuns(const std::vector<RunRecord>& runs);
    void fillTable();
    void chooseRows(const QSet<QString>& selected, const QString& current);
    void updateTimer();
    PageState stateOf(const MetricHistory& history) const;

    RangeBox* m_range;
    RangeStrip* m_strip;
    QToolButton* m_live;
    QPushButton* m_formButton;
    QPushButton* m_export;
    QStackedWidget* m_forms;
    ChartBoard* m_board;
    RecordView* m_table;
    MetricTable m_model;
    std::vector<MetricChart> m_charts;
    HistoryLoad m_history;
    LatestCall m_runs;
    QTimer m_ticks;
    bool m_hasData = false; ///< of this service and range
};

} // namespace layerhold::gui
