// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/metrics/range_strip.h"

#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace layerhold::gui {

RangeStrip::RangeStrip(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("rangeStrip"));
    m_text->setTextFormat(Qt::PlainText);
    // The buttons keep their place beside a text that is too long.
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    const auto add = [&](const char* name, const char* iconName, const QString& text, const QString& tip) {
        auto* button = new QPushButton(icon(QString::fromLatin1(iconName)), text, this);
        button->setObjectName(QString::fromLatin1(name));
        button->setToolTip(tip);
        layout->addWidget(button);
        m_buttons.push_back(button);
        return button;
    };
    connect(add("rangeZoom", "zoom-in", tr("Zoom in"), tr("Shows only this time on the charts (Enter).")),
            &QPushButton::clicked, this, &RangeStrip::zoomWanted);
    connect(add("rangeEvents", "events", tr("Events"), tr("Shows the events of this time.")), &QPushButton::clicked,
            this, [this] { emit pageWanted(QStringLiteral("events")); });
    connect(add("rangeEntries", "entries", tr("Entries"), tr("Shows the entries whose last use lies in this time.")),
            &QPushButton::clicked, this, [this] { emit pageWanted(QStringLiteral("entries")); });
    connect(add("rangeClear", "close", tr("Clear"), tr("Events and Entries show all times again (Esc).")),
            &QPushButton::clicked, this, &RangeStrip::clearWanted);
    // Nothing jumps when they come and go.
    setMinimumHeight(m_buttons.front()->sizeHint().height());
}

void RangeStrip::tell(const std::optional<TimeRange>& range, const Format& format)
{
    const QString text = range ? tr("Selected: %1").arg(format.span(range->from, range->to))
                               : tr("Drag over a chart, or press Shift and an arrow key, to select a time: Events and "
                                    "Entries then keep to it.");
    m_text->setText(text);
    m_text->setToolTip(text);
    m_text->setForegroundRole(range ? QPalette::WindowText : QPalette::PlaceholderText);
    for (QPushButton* button : m_buttons)
        button->setVisible(range.has_value());
}

QString RangeStrip::text() const
{
    return m_text->text();
}

} // namespace layerhold::gui
