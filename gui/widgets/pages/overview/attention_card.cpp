// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/attention_card.h"

#include "charts/look.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr std::size_t mostItems = 8;
constexpr int iconSize = 16;

QColor colourOf(AttentionItem::Tone tone, const Look& look)
{
    switch (tone) {
    case AttentionItem::Tone::Info:
        return look.accent;
    case AttentionItem::Tone::Warning:
        return look.warning;
    case AttentionItem::Tone::Error:
        return look.error;
    }
    return look.text;
}

QString iconOf(AttentionItem::Tone tone)
{
    switch (tone) {
    case AttentionItem::Tone::Info:
        return QStringLiteral("info");
    case AttentionItem::Tone::Warning:
        return QStringLiteral("warning");
    case AttentionItem::Tone::Error:
        return QStringLiteral("error");
    }
    return {};
}

QString toneText(AttentionItem::Tone tone)
{
    switch (tone) {
    case AttentionItem::Tone::Info:
        return AttentionCard::tr("To know");
    case AttentionItem::Tone::Warning:
        return AttentionCard::tr("Warning");
    case AttentionItem::Tone::Error:
        return AttentionCard::tr("Error");
    }
    return {};
}

} // namespace

AttentionCard::AttentionCard(QWidget* parent)
    : Card({QStringLiteral("attention"), tr("Attention"), QStringLiteral("warning"), QStringLiteral("events")}, parent)
    , m_list(new QWidget(this))
    , m_rows(new QGridLayout(m_list))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(8);
    m_rows->setColumnStretch(1, 1);
    addOnTop(m_list);
}

void AttentionCard::tell(const OverviewFacts& facts, const Format& format)
{
    m_format = format;
    m_items = attentionFor(facts, format);
    showItems();
    const QStringList unanswered = unansweredIn(facts);
    const bool isAsked = !facts.status.answer && facts.status.problem.isEmpty();
    QStringList notes;
    if (m_items.size() > mostItems)
        notes += tr("%1 more are on the page Events.", nullptr, numberForPlural(m_items.size() - mostItems))
                     .arg(format.count(m_items.size() - mostItems));
    if (isAsked)
        notes += tr("Being asked…");
    else if (!unanswered.isEmpty())
        notes += tr("Not known: %1").arg(unanswered.join(QStringLiteral("; ")));
    else if (m_items.empty())
        notes += tr("Nothing needs attention.");
    setNote(notes.join(QLatin1Char('\n')));
}

void AttentionCard::showItems()
{
    const auto shown = static_cast<int>(std::min(m_items.size(), mostItems));
    // Rows stay the same widgets: what has the focus keeps it when the words change.
    for (int row = m_rows->count() / 3; row < shown; ++row) {
        auto* sign = new QLabel(m_list);
        auto* text = new WrappedLabel(m_list);
        auto* open = new QToolButton(m_list);
        open->setText(tr("Open"));
        open->setObjectName(QStringLiteral("attention.%1").arg(row));
        connect(open, &QToolButton::clicked, this, [this, row] {
            const AttentionItem& item = m_items[static_cast<std::size_t>(row)];
            emit opened(item.page, item.entity);
        });
        m_rows->addWidget(sign, row, 0, Qt::AlignVCenter);
        m_rows->addWidget(text, row, 1);
        m_rows->addWidget(open, row, 2, Qt::AlignVCenter);
    }
    for (int row = 0; row < m_rows->count() / 3; ++row) {
        const bool isShown = row < shown;
        auto* sign = static_cast<QLabel*>(m_rows->itemAtPosition(row, 0)->widget());
        auto* text = static_cast<WrappedLabel*>(m_rows->itemAtPosition(row, 1)->widget());
        auto* open = static_cast<QToolButton*>(m_rows->itemAtPosition(row, 2)->widget());
        for (QWidget* widget : std::initializer_list<QWidget*>{sign, text, open})
            widget->setVisible(isShown);
        if (!isShown)
            continue;
        const AttentionItem& item = m_items[static_cast<std::size_t>(row)];
        sign->setPixmap(
            iconPixmap(iconOf(item.tone), iconSize, devicePixelRatioF(), colourOf(item.tone, lookFor(palette()))));
        sign->setAccessibleName(toneText(item.tone));
        text->setText(item.advice.isEmpty() ? item.text : item.text + QLatin1Char(' ') + item.advice);
        open->setAccessibleName(tr("Open: %1").arg(item.text));
    }
    m_list->setVisible(shown > 0);
}

void AttentionCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showItems();
    Card::changeEvent(event);
}

} // namespace layerhold::gui
