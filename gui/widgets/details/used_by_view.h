// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/details/details_facts.h"
#include "widgets/details/used_by_search.h"

class QLabel;

namespace layerhold::gui {

/// Who uses an entry: the images that need it with their names, and what refers to it directly.
class UsedByView final : public QWidget
{
    Q_OBJECT

public:
    /// `format` outlives it.
    explicit UsedByView(const Format& format, QWidget* parent = nullptr);

    void show(const BlobDetails& entry, const UsedBySearch& search);
    using QWidget::show;
    /// Instead of users: that they are asked for, or why there are none.
    void tell(const QString& sentence);

    DetailsTree& tree() const { return *m_tree; }

    QString summary() const;

private:
    QString summaryOf(const UsedBySearch& search) const;
    void addImages(const UsedBySearch& search);
    void addParents(const BlobDetails& entry, const UsedBySearch& search);

    const Format& m_format;
    QLabel* m_summary;
    DetailsTree* m_tree;
};

} // namespace layerhold::gui
