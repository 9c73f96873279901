// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/app_context.h"

#include <QStringList>
#include <QTableView>

#include <utility>
#include <vector>

namespace layerhold::gui {

/// A table of records as all pages of cleanup show it: whole rows, fixed heights, sorted by a click, with the menu of
/// entries, and with columns that the menu of the header hides. What a row is comes from the model as IdRole, what is
/// copied as CopyRole.
class RecordView final : public QTableView
{
    Q_OBJECT

public:
    /// `name` is what a screen reader says. `context` outlives the view.
    RecordView(AppContext& context, const QString& name, QWidget* parent = nullptr);

    /// Of columns, in device-independent pixels; 0: takes what is left.
    void setWidths(const std::vector<int>& widths);

    /// Rows that are selected, ascending.
    std::vector<int> selectedRows() const;
    qsizetype selectedCount() const;
    /// What the selected rows are; without those that are nothing of their own.
    QStringList selectedIds() const;
    QString currentId() const;

    /// As lines of cells between tabs, shown columns only.
    void copyRows() const;
    void copyIds() const;

    void setModel(QAbstractItemModel* model) override;

signals:
    /// Another row is the current one: what it is may be empty.
    void currentIdChanged(const QString& id);
    void selectedChanged();

private:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showHeaderMenu(const QPoint& at);

    AppContext& m_context;
};

/// Binds the copying of rows to the view that `view` names when it is done; nullptr: none.
void bindRecordActions(AppContext& context, QObject* page, std::function<RecordView*()> view);

} // namespace layerhold::gui
