// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/status_figures.h"

#include "models/plain_text.h"
#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace layerhold::gui {

StatusFigures::StatusFigures(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(4, 0, 4, 0);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
}

void StatusFigures::set(const QString& id, const StatusFigure& figure)
{
    Place& place = m_places[id];
    if (!place.button) {
        place.button = new QToolButton(this);
        place.button->setObjectName(QStringLiteral("figure.") + id);
        place.button->setAutoRaise(true);
        place.button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(place.button, &QToolButton::clicked, this, [this, id] { emit pressed(id, m_places[id].page); });
        m_layout->insertWidget(m_layout->count() - 1, place.button);
    }
    place.page = figure.page;
    place.button->setText(figure.text);
    place.button->setAccessibleName(figure.text);
    place.button->setAccessibleDescription(figure.tip);
    place.button->setToolTip(literalToolTip(figure.tip));
    place.button->setIcon(figure.icon.isEmpty() ? QIcon() : icon(figure.icon));
    place.button->setToolButtonStyle(figure.icon.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    place.button->setVisible(!figure.text.isEmpty());
}

QToolButton* StatusFigures::button(const QString& id) const
{
    const auto place = m_places.find(id);
    return place == m_places.end() ? nullptr : place->second.button;
}

} // namespace layerhold::gui
