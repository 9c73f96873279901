// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/entry_scatter_view.h"
#include "models/entry_model.h"
#include "widgets/app_context.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace layerhold::gui {

class EntryTableView;

/// The rows of the table of entries as points. What is current and selected is that of the table, which is told what
/// the user chooses here.
class EntryScatterPane final : public QWidget
{
    Q_OBJECT

public:
    /// Beyond, the table takes long for each range of its selection.
    static constexpr std::size_t mostSelected = 10'000;

    /// All outlive the pane.
    EntryScatterPane(AppContext& context, EntryModel& model, EntryTableView& table, QWidget* parent = nullptr);

    EntryScatterView& view() const { return *m_view; }

    /// What there is to say of the last lasso; empty: nothing.
    QString note() const;

    /// The points are placed anew, now or when the pane is seen.
    void refreshSoon();

private:
    void showEvent(QShowEvent* event) override;
    void refresh();
    void showCurrent();
    void showSelection();
    void tell(const QString& note);
    void takeSelection(const std::vector<EntryId>& ids, EntryScatterView::Choice how);

    AppContext& m_context;
    EntryModel& m_model;
    EntryTableView& m_table;
    EntryScatterView* m_view;
    QLabel* m_note;
    QTimer m_due; ///< runs while changes are gathered
    bool m_isBehind = true;
};

} // namespace layerhold::gui
