// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/plan_diff.h"
#include "models/plan_model.h"
#include "models/plan_problems.h"
#include "widgets/app_context.h"
#include "widgets/pages/record_view.h"

#include <QPointer>
#include <QSet>
#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace layerhold::gui {

/// The second step: what a plan would remove, what it keeps, what it changes, and what is odd about it. Ticks say what
/// is to go; nothing here changes the cache.
class PlanStep final : public QWidget
{
    Q_OBJECT

public:
    using Items = std::vector<PlanItem>;

    explicit PlanStep(AppContext& context, QWidget* parent = nullptr);

    /// nullptr: there is none. The plan stays.
    void setClient(CacheClient* client);

    /// A new plan, of which no item has come.
    void begin();
    void setPlan(const PlanRecord& plan);
    void take(const std::vector<PlanItem>& batch);
    /// All has come. These only copies are ticked again, as they were in the plan that this one stands for.
    void complete(std::shared_ptr<const Items> items, const QSet<QString>& tickedOnlyCopies);

    /// What the saved policy would do, or why there is nothing to compare.
    void setChanges(std::vector<PlanChange> changes);
    void setNoChanges(const QString& why);

    /// Something to know about how the plan came to be; empty: nothing.
    void tellNotice(const QString& notice);
    void setHindrance(const QString& reason);

    const PlanRecord& plan() const { return m_plan; }

    bool isComplete() const { return m_items != nullptr; }

    const std::shared_ptr<const Items>& items() const { return m_items; }

    PlanModel& removals() { return m_removals; }

    PlanModel& kept() { return m_kept; }

    PlanDiffModel& changes() { return m_changes; }

    PlanProblemsModel& problems() { return m_problems; }

    QLineEdit* filterField() const { return m_filter; }

    RecordView* currentView() const;

    /// Of what is selected: all on, or all off when they were.
    void toggleTicks();
    /// The ways from the current entry to what holds it, under the table.
    void tellWhy();
    /// Other plans keep it then.
    void pinCurrent();

signals:
    void backWanted();
    void continueWanted();
    void exportWanted();
    void commandWanted();

private:
    RecordView* addTab(QAbstractItemModel& model, const QString& name, const std::vector<int>& widths);
    QWidget* makeHead();
    QWidget* makeButtons();
    void applyFilter();
    void tellTotals();
    void tellCounts();
    void tellSelection();
    QString explanation(const PlanModel::Totals& totals) const;
    QFuture<std::uint64_t> freedBy(const QStringList& digests) const;

    AppContext& m_context;
    QPointer<CacheClient> m_client;
    PlanModel m_removals;
    PlanModel m_kept;
    PlanDiffModel m_changes;
    PlanProblemsModel m_problems;
    PlanRecord m_plan;
    std::shared_ptr<const Items> m_items;
    QString m_hindrance;
    QLabel* m_sentence;
    QLabel* m_explanation;
    QLabel* m_notice;
    QLabel* m_why;
    QLineEdit* m_filter;
    QTabWidget* m_tabs;
    QLabel* m_noChanges;
    QPushButton* m_tickAll;
    QPushButton* m_untickAll;
    QPushButton* m_export;
    QPushButton* m_command;
    QPushButton* m_continue;
};

/// "…4f2 ← manifest 3f2a… ← tag docker.io/library/alpine:3.19", a line for each way; at most a few.
QString waysText(const std::vector<ClaimPathRecord>& ways);

} // namespace layerhold::gui
