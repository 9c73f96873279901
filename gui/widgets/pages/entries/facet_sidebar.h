// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_facets.h"
#include "models/entry_filter.h"
#include "models/format.h"

#include <QTreeWidget>

namespace layerhold::gui {

/// What there is, by kind, state and so on, with how much of it the filter shows. A tick is a term of the filter.
class FacetSidebar final : public QTreeWidget
{
    Q_OBJECT

public:
    /// `format` outlives it.
    explicit FacetSidebar(const Format& format, QWidget* parent = nullptr);

    void show(const EntryFacets& facets, const EntryFilter& filter);
    using QTreeWidget::show;

signals:
    void toggled(const QString& condition);

private:
    void build(const EntryFacets& facets);
    void fill(QTreeWidgetItem& item, const FacetLine& line, const EntryFilter& filter);
    bool isBuiltFor(const EntryFacets& facets) const;
    void onChanged(QTreeWidgetItem* item);

    const Format& m_format;
};

} // namespace layerhold::gui
