// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/details/details_facts.h"

class QLabel;

namespace layerhold::gui {

/// Why an entry is kept: each way from what holds it down to the entry, one step below the other.
class WaysView final : public QWidget
{
    Q_OBJECT

public:
    /// `format` outlives it.
    explicit WaysView(const Format& format, QWidget* parent = nullptr);

    void show(const BlobRecord& blob, const std::vector<ClaimPathRecord>& ways);
    using QWidget::show;
    /// Instead of ways: that they are asked for, or why there are none.
    void tell(const QString& sentence);

    DetailsTree& tree() const { return *m_tree; }

    QString summary() const;

private:
    void addWay(const ClaimPathRecord& way);

    const Format& m_format;
    QLabel* m_summary;
    DetailsTree* m_tree;
};

} // namespace layerhold::gui
