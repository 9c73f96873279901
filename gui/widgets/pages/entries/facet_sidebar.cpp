// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/facet_sidebar.h"

#include "models/plain_text.h"
#include "widgets/pages/entries/filter_edit.h"

#include <QHeaderView>
#include <QSignalBlocker>

namespace layerhold::gui {

namespace {

constexpr int conditionRole = Qt::UserRole;

enum Column
{
    Label,
    Count
};

} // namespace

FacetSidebar::FacetSidebar(const Format& format, QWidget* parent)
    : QTreeWidget(parent)
    , m_format(format)
{
    setObjectName(QStringLiteral("facets"));
    setAccessibleName(tr("Filter by what there is"));
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(8);
    setUniformRowHeights(true);
    setSelectionMode(NoSelection);
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(Label, QHeaderView::Stretch);
    header()->setSectionResizeMode(Count, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemChanged, this, &FacetSidebar::onChanged);
}

void FacetSidebar::show(const EntryFacets& facets, const EntryFilter& filter)
{
    const QSignalBlocker blocker(this);
    if (!isBuiltFor(facets))
        build(facets);
    for (int number = 0; number < topLevelItemCount(); ++number) {
        QTreeWidgetItem& group = *topLevelItem(number);
        for (int row = 0; row < group.childCount(); ++row)
            fill(*group.child(row),
                 facets.facets[static_cast<std::size_t>(number)].lines[static_cast<std::size_t>(row)], filter);
    }
}

bool FacetSidebar::isBuiltFor(const EntryFacets& facets) const
{
    if (static_cast<std::size_t>(topLevelItemCount()) != facets.facets.size())
        return false;
    for (int number = 0; number < topLevelItemCount(); ++number) {
        const Facet& facet = facets.facets[static_cast<std::size_t>(number)];
        const QTreeWidgetItem& group = *topLevelItem(number);
        if (static_cast<std::size_t>(group.childCount()) != facet.lines.size())
            return false;
        for (int row = 0; row < group.childCount(); ++row)
            if (group.child(row)->data(Label, conditionRole) != facet.lines[static_cast<std::size_t>(row)].condition)
                return false;
    }
    return true;
}

void FacetSidebar::build(const EntryFacets& facets)
{
    const QTreeWidgetItem* old = currentItem();
    const QString current = old ? old->data(Label, conditionRole).toString() : QString();
    clear();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    for (const Facet& facet : facets.facets) {
        auto* group = new QTreeWidgetItem(this, {facet.title});
        group->setFlags(Qt::ItemIsEnabled);
        group->setFont(Label, bold);
        group->setFirstColumnSpanned(true);
        group->setExpanded(true);
        for (const FacetLine& line : facet.lines) {
            auto* item = new QTreeWidgetItem(group);
            item->setData(Label, conditionRole, line.condition);
            item->setTextAlignment(Count, Qt::AlignRight | Qt::AlignVCenter);
            if (!current.isEmpty() && line.condition == current)
                setCurrentItem(item);
        }
    }
}

void FacetSidebar::fill(QTreeWidgetItem& item, const FacetLine& line, const EntryFilter& filter)
{
    const QString all = m_format.count(line.all.entries);
    const QString matching = m_format.count(line.matching.entries);
    item.setText(Label, plainText(line.label));
    item.setText(Count, line.matching.entries == line.all.entries ? all : tr("%1 of %2").arg(matching, all));
    const QString tip = tr("%1 of %2 entries are shown, %3 of %4.", nullptr, numberForPlural(line.all.entries))
                            .arg(matching, all, m_format.bytes(line.matching.bytes), m_format.bytes(line.all.bytes));
    item.setToolTip(Label, literalToolTip(item.text(Label) + QLatin1String(": ") + tip));
    item.setToolTip(Count, literalToolTip(tip));
    item.setData(Label, Qt::AccessibleTextRole, item.text(Label) + QLatin1String(", ") + tip);
    if (line.condition.isEmpty()) {
        item.setFlags(Qt::ItemIsEnabled);
        return;
    }
    item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item.setCheckState(Label, hasCondition(filter, line.condition) ? Qt::Checked : Qt::Unchecked);
}

void FacetSidebar::onChanged(QTreeWidgetItem* item)
{
    // Not from here: what answers it fills, and may build, the items anew.
    QMetaObject::invokeMethod(
        this, [this, condition = item->data(Label, conditionRole).toString()] { emit toggled(condition); },
        Qt::QueuedConnection);
}

} // namespace layerhold::gui
