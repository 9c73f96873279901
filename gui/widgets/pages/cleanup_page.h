// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/policy_text.h"
#include "widgets/page.h"
#include "widgets/pages/cleanup/plan_comparison.h"
#include "widgets/pages/latest_call.h"

#include <QSet>

class QPushButton;
class QStackedWidget;

namespace layerhold::gui {

class LastRun;
class PlanStep;
class PolicyStep;
class RunResult;
class RunStep;

/// Cleanup in three steps on one page: the policy, the plan that it makes, and the run of that plan. Only "Save
/// policy", the press on the button of the third step, undoing and pinning change the cache.
///
/// The service applies plans as a whole, by their id. When entries are not ticked, "Continue" therefore makes the plan
/// anew by a policy that leaves them out, and goes on only when that plan removes nothing but what is ticked.
class CleanupPage final : public Page
{
    Q_OBJECT

public:
    enum class Step
    {
        Policy,
        Plan,
        Run,
        Result
    };

    explicit CleanupPage(AppContext& context, QWidget* parent = nullptr);
    ~CleanupPage() override;

    void refresh() override;
    void stop() override;
    void forget() override;
    /// "preview" makes a plan; digests between blanks are chosen for removal, which is planned by one more press.
    void open(const QString& entity) override;
    QLineEdit* filterField() const override;

    /// Makes a plan by the draft, or by the policy that holds.
    void preview();

    Step step() const { return m_step; }

    PolicyStep& policyStep() const { return *m_policy; }

    PlanStep& planStep() const { return *m_plan; }

    RunStep& runStep() const { return *m_run; }

    RunResult& result() const { return *m_result; }

    LastRun& lastRun() const { return *m_lastRun; }

signals:
    /// What is stored, or in the trash, is another than before.
    void cacheChanged();

private:
    /// What a plan that is made anew stands for.
    struct Wanted
    {
        QSet<QString> names; ///< that it may remove; empty: whatever it lists
        QSet<QString> onlyCopies;
    };

    QWidget* makeSteps();
    void connectPolicy();
    void connectPlan();
    void connectRun();
    void bindOwn();

    void showStep(Step step);
    void tellState();
    void tellHindrance();

    void askPolicy();
    void savePolicy();
    void startPlan(const std::optional<PolicyRecord>& policy, Wanted wanted);
    void endQuery(const QString& why);
    void endPlan();
    void failPlan(const CallError& error);
    void compareWithSaved();
    void leavePlan();
    void checkNarrowed();
    void enterRun();
    void askUndoWindow();
    void checkForChanges();
    void run(CacheClient::Removal removal);
    void endJob();
    void endRunEarly(const QString& plan, const CallError& error);
    void showResult(const RunRecord& run, const std::optional<CallError>& problem);
    void copyCommand() const;
    void clientChanged() override;
    void refreshQuietly() override;

    Step m_step = Step::Policy;
    QStackedWidget* m_stack;
    PolicyStep* m_policy;
    PlanStep* m_plan;
    RunStep* m_run;
    RunResult* m_result;
    LastRun* m_lastRun;
    std::vector<QPushButton*> m_steps;
    PlanQuery m_query;
    PlanComparison m_bySaved{PlanComparison::Direction::FromNow}; ///< with what the saved policy would do
    PlanComparison m_check{PlanComparison::Direction::ToNow};     ///< with what the plan would be now
    std::optional<PolicyRecord> m_asked;                          ///< the plan's; unset: the one that holds
    Wanted m_wanted;
    PageState m_policyState;
    PageState m_planState;
    LatestCall m_holding; ///< the policy that holds when a run is about to begin
    QString m_root;       ///< of the cache that all this is about
    bool m_hadClient = false;
    bool m_isPreviewWanted = false; ///< as soon as there is a client
    bool m_isRunning = false;
    bool m_hasResult = false;
};

} // namespace layerhold::gui
