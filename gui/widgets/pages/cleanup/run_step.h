// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/cache_client.h"
#include "widgets/app_context.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace layerhold::gui {

/// The third step before and while something happens: says what will be done, by which plan and how old it is, and asks
/// for the one press that does it.
class RunStep final : public QWidget
{
    Q_OBJECT

public:
    explicit RunStep(AppContext& context, QWidget* parent = nullptr);

    /// The whole of this plan is what a run does, once setUndoWindow() has said whether it can be undone. One without
    /// an id: there is nothing to do.
    void setPlan(const PlanRecord& plan);
    /// Of the policy that holds now.
    void setUndoWindow(const QString& undoWindow);

    const PlanRecord& plan() const { return m_plan; }

    /// How many entries a plan made now would not remove any more; they would be skipped.
    void tellChanged(std::uint64_t entries, std::uint64_t bytes);
    void tellChecking();
    /// It was not found out.
    void tellNotChecked(const QString& problem);
    void tellProblem(const QString& problem);
    void setHindrance(const QString& reason);

    /// The work began, or is over when `job` is nullptr.
    void setJob(Job* job);

    /// Puts the focus on what does nothing.
    void focusCancel();

signals:
    void cancelWanted();
    void checkWanted();
    void refreshWanted();
    void runWanted(layerhold::gui::CacheClient::Removal removal);

private:
    QWidget* makeButtons();
    CacheClient::Removal removal() const;
    bool hasTrash() const;
    bool isForGood() const;
    void tell();
    void tellButtons();
    void tellProgress();
    QString whyNot() const;

    AppContext& m_context;
    PlanRecord m_plan;
    std::optional<QString> m_undoWindow; ///< unset: not known yet
    QString m_hindrance;
    Job* m_job = nullptr;
    QTimer m_ticks;
    QLabel* m_banner;
    QLabel* m_changed;
    QPushButton* m_refresh;
    QLabel* m_what;
    QCheckBox* m_forGood;
    QLabel* m_onlyText;
    QLineEdit* m_onlyCount;
    QProgressBar* m_bar;
    QLabel* m_progress;
    QLabel* m_problem;
    QPushButton* m_cancel;
    QPushButton* m_check;
    QPushButton* m_run;
};

} // namespace layerhold::gui
