// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/record_table.h"

#include <QFuture>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <unordered_set>

namespace layerhold::gui {

/// The items of a plan that have one decision: one model for each tab. Items to remove have ticks; only copies are
/// unticked until somebody ticks them. What the ticked ones free is asked for anew when ticks change, not summed up:
/// two blobs may free a third only together.
class PlanModel final : public RecordTable<PlanItem>
{
    Q_OBJECT

public:
    enum class Decision
    {
        Remove,
        Keep
    };

    enum Column
    {
        Entry,
        Kind,
        Size,
        Freed,
        LastUsed,
        Reason,
        Rule,
        Refetch
    };

    /// What only these blobs reach, in bytes. Asked on the thread of the model, at most once for all changes of one
    /// turn of the event loop; an answer that does not count any more is cancelled.
    using FreedBy = std::function<QFuture<std::uint64_t>(const QStringList& digests)>;

    PlanModel(Decision decision, Format format, QObject* parent = nullptr);

    void setFormat(const Format& format)
    {
        m_format = format;
        refreshCells();
    }

    /// It is not asked about more than `mostItems`.
    void setFreedBy(FreedBy freedBy, std::uint64_t mostItems);

    /// Takes those of the batch that have the decision of this model.
    void take(const std::vector<PlanItem>& batch);
    /// All has come, or who answers is another: what the ticked ones free is asked for.
    void complete();

    bool isTicked(int row) const;
    /// Ticks or unticks these rows, only copies too, as one change.
    void setTicked(const std::vector<int>& rowsToChange, Qt::CheckState state);
    /// Ticks or unticks all rows that are shown, but for only copies: these are ticked one by one.
    void tickShown(Qt::CheckState state);

    struct Totals
    {
        std::uint64_t items = 0; ///< that are ticked
        std::uint64_t bytes = 0; ///< their own sizes
        std::uint64_t untickedItems = 0;
        std::uint64_t onlyCopiesTicked = 0;
        std::uint64_t onlyCopiesUnticked = 0;
        std::optional<std::uint64_t> freed; ///< nullopt: not known yet, or could not be counted
    };

    const Totals& totals() const { return m_totals; }

    /// Why nothing is freed is known; empty: the figure is there, or on its way.
    const QString& freedProblem() const { return m_freedProblem; }

    /// Names of the items that are not ticked, as they came.
    QStringList untickedNames() const;
    QStringList tickedOnlyCopies() const;

    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

signals:
    void totalsChanged();

protected:
    QVariant cell(RecordId id, int column, int role) const override;
    void onCleared() override;

private:
    enum class Tick
    {
        On,
        Off
    };
    Tick tickOf(RecordId id) const;
    void flip(RecordId id);
    void count(const PlanItem& item, Tick tick);
    void changeTotals();
    void dropQuestion();
    void askForFreed();
    void takeFreed();

    Decision m_decision;
    Format m_format;
    FreedBy m_freedBy;
    std::uint64_t m_mostAsked = 0;
    bool m_isComplete = false;
    std::unordered_set<RecordId> m_flipped; ///< whose tick is not what it is by itself
    Totals m_totals;
    QString m_freedProblem;
    QTimer m_asking;
    std::uint64_t m_question = 0; ///< only the answer to the last one counts

    struct Asked
    {
        std::uint64_t question = 0;
        std::uint64_t partialBytes = 0; ///< what is not asked about
    };

    Asked m_asked;
    QFutureWatcher<std::uint64_t> m_answer;
};

/// "Removes 1 284 entries, frees 18.4 GiB (stored falls 61.2 GiB → 42.8 GiB), 3 only copies not included".
QString planSentence(const PlanModel::Totals& totals, std::uint64_t storedBytes, const Format& format);

} // namespace layerhold::gui
