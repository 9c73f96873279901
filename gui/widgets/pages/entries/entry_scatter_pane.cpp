// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/entry_scatter_pane.h"

#include "widgets/pages/entries/entry_table_view.h"
#include "widgets/pages/table_tools.h"

#include <QLabel>
#include <QVBoxLayout>

#include <unordered_set>

namespace layerhold::gui {

namespace {

constexpr std::chrono::milliseconds gathering{200};

} // namespace

EntryScatterPane::EntryScatterPane(AppContext& context, EntryModel& model, EntryTableView& table, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_table(table)
    , m_view(new EntryScatterView)
    , m_note(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    m_note->setWordWrap(true);
    m_note->hide();
    m_view->setFormat(context.format());
    giveEntryActions(*m_view, context.actions());
    m_due.setSingleShot(true);
    m_due.setInterval(gathering);
    connect(&m_due, &QTimer::timeout, this, &EntryScatterPane::refresh);

    connect(&model, &QAbstractItemModel::layoutChanged, this, &EntryScatterPane::refreshSoon);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &EntryScatterPane::refreshSoon);
    connect(&model, &QAbstractItemModel::dataChanged, this, &EntryScatterPane::refreshSoon);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_view->clear();
        refreshSoon();
    });
    connect(&context, &AppContext::formatChanged, this, [this] { m_view->setFormat(m_context.format()); });
    connect(&table, &EntryTableView::currentDigestChanged, this, &EntryScatterPane::showCurrent);
    connect(&table, &EntryTableView::selectedChanged, this, &EntryScatterPane::showSelection);
    connect(m_view, &EntryScatterView::entryChosen, &table, &EntryTableView::setCurrentEntry);
    connect(m_view, &EntryScatterView::selectionAsked, this, &EntryScatterPane::takeSelection);
}

QString EntryScatterPane::note() const
{
    return m_note->text();
}

void EntryScatterPane::refreshSoon()
{
    m_isBehind = true;
    if (isVisible() && !m_due.isActive())
        m_due.start();
}

void EntryScatterPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isBehind)
        refresh();
    showCurrent();
    showSelection();
}

void EntryScatterPane::refresh()
{
    m_isBehind = false;
    m_view->setEntries(m_model.snapshot(), m_model.ids(), m_context.format().now());
}

void EntryScatterPane::showCurrent()
{
    if (isVisible())
        m_view->showEntry(m_table.currentEntry());
}

void EntryScatterPane::showSelection()
{
    if (!isVisible())
        return;
    std::vector<EntryId> ids;
    m_table.forEachSelected([&](EntryId id) { ids.push_back(id); });
    m_view->setSelected(ids);
}

void EntryScatterPane::tell(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void EntryScatterPane::takeSelection(const std::vector<EntryId>& ids, EntryScatterView::Choice how)
{
    std::vector<EntryId> wanted;
    if (how == EntryScatterView::Choice::Toggle) {
        for (const EntryId id : ids)
            m_table.toggleEntry(id);
        tell({});
        return;
    }
    if (how == EntryScatterView::Choice::Add)
        m_table.forEachSelected([&](EntryId id) { wanted.push_back(id); });
    const std::unordered_set<EntryId> before(wanted.begin(), wanted.end());
    for (const EntryId id : ids)
        if (!before.contains(id))
            wanted.push_back(id);
    const std::size_t all = wanted.size();
    if (all > mostSelected)
        wanted.resize(mostSelected);
    const Format& format = m_context.format();
    tell(all > mostSelected ? tr("%1 entries were chosen, of which the %2 largest are selected.")
                                  .arg(format.count(all), format.count(mostSelected))
                            : QString());
    m_table.selectEntries(wanted);
}

} // namespace layerhold::gui
