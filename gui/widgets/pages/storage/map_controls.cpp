// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/map_controls.h"

#include "widgets/pages/elided_label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>

#include <array>

namespace layerhold::gui {

namespace {

constexpr std::array rules{ByteRule::Unique, ByteRule::Share, ByteRule::Referenced};
constexpr std::array colorings{MapColoring::Kind, MapColoring::Idle, MapColoring::KeepReason, MapColoring::Refetch};

} // namespace

MapControls::MapControls(QWidget* parent)
    : QWidget(parent)
    , m_rules(new QButtonGroup(this))
    , m_coloring(new QComboBox(this))
    , m_summary(new ElidedLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(new QLabel(tr("Shared bytes:"), this));
    for (const ByteRule rule : rules) {
        auto* button = new QRadioButton(byteRuleName(rule), this);
        button->setToolTip(byteRuleExplanation(rule));
        button->setAccessibleDescription(byteRuleExplanation(rule));
        m_rules->addButton(button, static_cast<int>(rule));
        layout->addWidget(button);
    }
    setRule(ByteRule::Unique);
    auto* label = new QLabel(tr("&Colour by:"), this);
    label->setBuddy(m_coloring);
    m_coloring->setAccessibleName(tr("Colour by"));
    for (const MapColoring coloring : colorings)
        m_coloring->addItem(coloringName(coloring));
    layout->addSpacing(6);
    layout->addWidget(label);
    layout->addWidget(m_coloring);
    layout->addStretch(1);
    layout->addWidget(m_summary);
    connect(m_rules, &QButtonGroup::idToggled, this, [this](int, bool isChecked) {
        if (isChecked)
            emit changed();
    });
    connect(m_coloring, &QComboBox::currentIndexChanged, this, &MapControls::changed);
}

QWidgetList MapControls::stops() const
{
    QWidgetList stops;
    for (QAbstractButton* button : m_rules->buttons())
        stops.append(button);
    return stops << m_coloring;
}

ByteRule MapControls::rule() const
{
    return static_cast<ByteRule>(m_rules->checkedId());
}

void MapControls::setRule(ByteRule rule)
{
    m_rules->button(static_cast<int>(rule))->setChecked(true);
}

MapColoring MapControls::coloring() const
{
    return colorings[static_cast<std::size_t>(m_coloring->currentIndex())];
}

void MapControls::setColoring(MapColoring coloring)
{
    m_coloring->setCurrentIndex(static_cast<int>(coloring));
}

void MapControls::setSummary(const QString& text)
{
    m_summary->setText(text);
}

QString MapControls::summary() const
{
    return m_summary->text();
}

} // namespace layerhold::gui
