// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/storage/map_statement.h"

#include "charts/look.h"
#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace layerhold::gui {

MapStatement::MapStatement(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    m_sign->setPixmap(icon(QStringLiteral("warning")).pixmap(16, 16));
    m_sign->hide();
}

void MapStatement::tell(const QString& text, Tone tone)
{
    m_text->setText(text);
    setAccessibleName(text);
    m_tone = tone;
    m_sign->setVisible(tone == Tone::Warning);
    update();
}

QString MapStatement::text() const
{
    return m_text->text();
}

void MapStatement::paintEvent(QPaintEvent* /*event*/)
{
    if (m_tone == Tone::Warning)
        QPainter(this).fillRect(rect(), lookFor(palette()).warningBack);
}

} // namespace layerhold::gui
