// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "models/run_model.h"
#include "widgets/app_context.h"
#include "widgets/pages/record_view.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace layerhold::gui {

class LastRun;

/// What a run did: what was predicted, reported and measured, why these differ, and each entry's outcome.
class RunResult final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive it.
    RunResult(AppContext& context, LastRun& lastRun, QWidget* parent = nullptr);

    /// `problem`: why the run that was asked for did not come to its end; unset: it did. `run` may then be one that
    /// somebody else began by the same plan.
    void show(const RunRecord& run, const std::optional<CallError>& problem);
    using QWidget::show;
    void take(std::vector<RunItem> batch);
    void tellProblem(const QString& problem);

    RunModel& model() { return m_model; }

    RecordView* view() const { return m_view; }

signals:
    void doneWanted();

private:
    QWidget* makeFigures();
    QWidget* makeButtons();
    void tell();
    void tellUndo();

    AppContext& m_context;
    LastRun& m_lastRun;
    RunModel m_model;
    RunRecord m_run;
    std::optional<CallError> m_error;
    QLabel* m_title;
    QLabel* m_problem;
    QLabel* m_predicted;
    QLabel* m_reported;
    QLabel* m_measured;
    QLabel* m_gap;
    QLabel* m_summary;
    QComboBox* m_outcome;
    RecordView* m_view;
    QPushButton* m_undo;
};

/// Why what was measured, reported and predicted are not the same; empty: they are, or nearly. Pure.
QString gapText(const RunRecord& run, const Format& format);

} // namespace layerhold::gui
