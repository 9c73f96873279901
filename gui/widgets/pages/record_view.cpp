// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/record_view.h"

#include "models/table_roles.h"
#include "widgets/pages/table_tools.h"
#include "widgets/standard_actions.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>

namespace layerhold::gui {

RecordView::RecordView(AppContext& context, const QString& name, QWidget* parent)
    : QTableView(parent)
    , m_context(context)
{
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideMiddle);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // As they came, until somebody clicks.
    header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RecordView::showHeaderMenu);
    context.actions().attachTo(this);
}

void RecordView::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { emit currentIdChanged(currentId()); });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &RecordView::selectedChanged);
}

void RecordView::setWidths(const std::vector<int>& widths)
{
    for (int column = 0; column < static_cast<int>(widths.size()); ++column) {
        const int width = widths[static_cast<std::size_t>(column)];
        if (width > 0)
            gui::setColumnWidth(*horizontalHeader(), column, width);
        else
            horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
}

std::vector<int> RecordView::selectedRows() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    std::ranges::sort(rows);
    return rows;
}

qsizetype RecordView::selectedCount() const
{
    qsizetype count = 0;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        count += range.height();
    return count;
}

QStringList RecordView::selectedIds() const
{
    QStringList ids;
    for (const int row : selectedRows())
        if (const QString id = model()->index(row, 0).data(IdRole).toString(); !id.isEmpty())
            ids += id;
    return ids;
}

QString RecordView::currentId() const
{
    return currentIndex().isValid() ? currentIndex().data(IdRole).toString() : QString();
}

void RecordView::copyRows() const
{
    QString text;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (int visual = 0; visual < model()->columnCount(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (isColumnHidden(column))
                continue;
            QString cell = model()->index(row, column).data(CopyRole).toString();
            // A cell that has these would become two, or another line.
            for (QChar& c : cell)
                if (c == QLatin1Char('\t') || c == QLatin1Char('\n') || c == QLatin1Char('\r'))
                    c = QLatin1Char(' ');
            cells += cell;
        }
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    QGuiApplication::clipboard()->setText(text);
}

void RecordView::copyIds() const
{
    QGuiApplication::clipboard()->setText(selectedIds().join(QLatin1Char('\n')));
}

void RecordView::contextMenuEvent(QContextMenuEvent* event)
{
    m_context.actions().update();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    fillMenu(*menu, m_context.actions(), ActionMenu::Entry);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard
                    ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                    : event->globalPos());
}

void RecordView::showHeaderMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction* shown = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        shown->setCheckable(true);
        shown->setChecked(!isColumnHidden(column));
        // The first says what a row is.
        shown->setEnabled(column > 0);
        connect(shown, &QAction::toggled, this, [this, column](bool isShown) { setColumnHidden(column, !isShown); });
    }
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

void bindRecordActions(AppContext& context, QObject* page, std::function<RecordView*()> view)
{
    Actions& actions = context.actions();
    const auto whyNone = [view] {
        const RecordView* shown = view();
        return shown && shown->selectedCount() > 0 ? QString() : RecordView::tr("Nothing is selected.");
    };
    const auto bind = [&](const char* id, auto run) {
        actions.bind(
            QString::fromLatin1(id), page,
            [view, run] {
                if (RecordView* shown = view())
                    run(*shown);
            },
            whyNone);
    };
    bind("entry.copyRow", [](const RecordView& shown) { shown.copyRows(); });
    bind("entry.copyDigest", [](const RecordView& shown) { shown.copyIds(); });
}

} // namespace layerhold::gui
