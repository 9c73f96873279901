// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/pages/overview/card.h"

namespace layerhold::gui {

/// What the cache saved.
class WorthCard final : public Card
{
    Q_OBJECT

public:
    explicit WorthCard(QWidget* parent = nullptr);

    void tell(const OverviewFacts& facts, const Format& format) override;
};

/// How fast it answers.
class SpeedCard final : public Card
{
    Q_OBJECT

public:
    explicit SpeedCard(QWidget* parent = nullptr);

    void tell(const OverviewFacts& facts, const Format& format) override;
};

/// What is fetched from registries, and how much more they give.
class UpstreamsCard final : public Card
{
    Q_OBJECT

public:
    explicit UpstreamsCard(QWidget* parent = nullptr);

    void tell(const OverviewFacts& facts, const Format& format) override;
};

/// The series that these need.
std::vector<std::string> seriesOfOverview();

} // namespace layerhold::gui
