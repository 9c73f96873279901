// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/space_bar.h"
#include "widgets/pages/overview/card.h"

#include <optional>

namespace layerhold::gui {

/// The disk of the cache, as far as it is told. nullopt: no status came, or the disk says that less is used than is
/// stored.
std::optional<SpaceFigures> spaceFigures(const OverviewFacts& facts);

/// How full it is.
class SpaceCard final : public Card
{
    Q_OBJECT

public:
    explicit SpaceCard(QWidget* parent = nullptr);

    void tell(const OverviewFacts& facts, const Format& format) override;

    SpaceBar* bar() const { return m_bar; }

private:
    void tellNote(const OverviewFacts& facts, const Format& format);

    SpaceBar* m_bar;
};

} // namespace layerhold::gui
