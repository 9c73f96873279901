// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QStyledItemDelegate>

class QHeaderView;
class QModelIndex;
class QTreeView;
class QWidget;

namespace layerhold::gui {

class Actions;

/// A column of a table as it is at first.
struct TableColumn
{
    enum class Show
    {
        AtFirst,
        WhenAsked
    };
    int number = 0;
    int width = 0; ///< in average characters; its title fits anyway
    Show show = Show::AtFirst;
};

/// Digests and the like: in the font of fixed width.
class FixedFontDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Also that of all rows, in views with uniform heights.
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

/// As wide as that, or as its title needs, which may be longer in another language. In device-independent pixels.
void setColumnWidth(QHeaderView& header, int column, int width);

/// As all tables of the pages are: whole rows are selected, sorting by a click on a header, whose context menu hides
/// and shows columns. The view has its model already.
void setUpTable(QTreeView& view, const QList<TableColumn>& columns);

/// The actions for an entry: their keys while the view has the focus, and the context menu.
void giveEntryActions(QWidget& view, Actions& actions);

/// The current row and the selected ones, each once, in the order of the view.
QList<QModelIndex> chosenRows(const QTreeView& view);

/// All visible columns of the chosen rows, in full, with tabs between.
QString rowsAsTsv(const QTreeView& view);

} // namespace layerhold::gui
