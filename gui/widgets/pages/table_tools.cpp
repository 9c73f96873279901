// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/table_tools.h"

#include "models/plain_text.h"
#include "models/table_roles.h"
#include "widgets/standard_actions.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// Beyond, nobody copies rows.
constexpr qsizetype mostRows = 10'000;
constexpr qsizetype longestCopiedCell = 4096;
/// Between the texts of two rows, in device-independent pixels.
constexpr int rowSpace = 7;

void showColumnMenu(QTreeView& view, const QPoint& at)
{
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QHeaderView* header = view.header();
    const bool isLast = header->count() - header->hiddenSectionCount() == 1;
    for (int column = 0; column < header->count(); ++column) {
        QAction* action = menu->addAction(view.model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!view.isColumnHidden(column));
        // Without any column there would be no header to bring them back with.
        action->setEnabled(!action->isChecked() || !isLast);
        QObject::connect(action, &QAction::toggled, &view,
                         [&view, column](bool isShown) { view.setColumnHidden(column, !isShown); });
    }
    menu->popup(at);
}

} // namespace

void FixedFontDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const qreal size = option->font.pointSizeF();
    option->font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (size > 0)
        option->font.setPointSizeF(size);
}

QSize FixedFontDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    return {plain.width(), std::max(plain.height(), option.fontMetrics.height() + rowSpace)};
}

void setColumnWidth(QHeaderView& header, int column, int width)
{
    const QString title = header.model()->headerData(column, Qt::Horizontal).toString();
    const QFontMetrics metrics = header.fontMetrics();
    header.resizeSection(column, std::max(width, metrics.horizontalAdvance(title) + 2 * metrics.averageCharWidth()));
}

void setUpTable(QTreeView& view, const QList<TableColumn>& columns)
{
    view.setUniformRowHeights(true);
    view.setAlternatingRowColors(true);
    view.setAllColumnsShowFocus(true);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setTextElideMode(Qt::ElideMiddle);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setSortingEnabled(true);
    QHeaderView* header = view.header();
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(header, &QWidget::customContextMenuRequested, &view,
                     [&view](const QPoint& at) { showColumnMenu(view, view.header()->mapToGlobal(at)); });
    const int character = view.fontMetrics().averageCharWidth();
    for (const TableColumn& column : columns) {
        setColumnWidth(*header, column.number, column.width * character);
        view.setColumnHidden(column.number, column.show == TableColumn::Show::WhenAsked);
    }
}

void giveEntryActions(QWidget& view, Actions& actions)
{
    actions.attachTo(&view);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(&view, &QWidget::customContextMenuRequested, &view, [&view, &actions](const QPoint& at) {
        actions.update();
        auto* menu = new QMenu(&view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu, actions, ActionMenu::Entry);
        const auto* area = qobject_cast<QAbstractScrollArea*>(&view);
        menu->popup((area ? area->viewport() : &view)->mapToGlobal(at));
    });
}

QList<QModelIndex> chosenRows(const QTreeView& view)
{
    QItemSelection ranges = view.selectionModel()->selection();
    QList<QModelIndex> rows;
    for (const QItemSelectionRange& range : ranges)
        for (int row = range.top(); row <= range.bottom() && rows.size() < mostRows; ++row)
            rows.append(range.model()->index(row, 0, range.parent()));
    if (const QModelIndex current = view.currentIndex().siblingAtColumn(0); rows.isEmpty() && current.isValid())
        rows.append(current);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QString rowsAsTsv(const QTreeView& view)
{
    QString text;
    for (const QModelIndex& row : chosenRows(view)) {
        QStringList cells;
        for (int column = 0; column < view.model()->columnCount(); ++column)
            if (!view.isColumnHidden(column))
                // A tab or a line break of a name would make other cells of it.
                cells.append(plainText(row.siblingAtColumn(column).data(CopyRole).toString(), longestCopiedCell));
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace layerhold::gui
