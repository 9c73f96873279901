// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/attention.h"
#include "widgets/pages/overview/card.h"

class QGridLayout;

namespace layerhold::gui {

/// What somebody should know of or see to, each with a button that leads there.
class AttentionCard final : public Card
{
    Q_OBJECT

public:
    explicit AttentionCard(QWidget* parent = nullptr);

    void tell(const OverviewFacts& facts, const Format& format) override;

    const std::vector<AttentionItem>& items() const { return m_items; }

private:
    void changeEvent(QEvent* event) override;
    void showItems();

    QWidget* m_list;
    QGridLayout* m_rows;
    std::vector<AttentionItem> m_items;
    Format m_format;
};

} // namespace layerhold::gui
