// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/overview/card.h"

#include "models/plain_text.h"
#include "widgets/icons.h"
#include "widgets/pages/elided_label.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

/// Of what is longer so much is seen in one cell of the figures, as there is room.
constexpr int leastLetters = 26;
constexpr int mostLetters = 36;

/// What a button has beside its icon and text, on one side.
int paddingOf(const QPushButton& button)
{
    constexpr int iconSpacing = 4; // of all styles
    const int text = button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width();
    return (button.sizeHint().width() - button.iconSize().width() - iconSpacing - text) / 2;
}

} // namespace

FigureList::FigureList(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(4);
}

void FigureList::set(const std::vector<Figure>& figures)
{
    if (figures == m_figures)
        return;
    m_figures = figures;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const QString& text, const QString& tip, int row, int column) {
        // Names of registries may be of any length; a page is not to grow with them.
        auto* label = new ElidedLabel(this);
        label->setText(text);
        if (!tip.isEmpty())
            label->setToolTip(literalToolTip(text + QLatin1Char('\n') + tip));
        label->setAccessibleDescription(tip);
        if (column == 0) {
            label->setForegroundRole(QPalette::PlaceholderText);
        } else {
            QFont font = label->font();
            font.setWeight(QFont::DemiBold);
            label->setFont(font);
        }
        const int letter = fontMetrics().averageCharWidth();
        label->setMinimumWidth(std::min(label->sizeHint().width(), leastLetters * letter));
        label->setMaximumWidth(mostLetters * letter);
        m_layout->addWidget(label, row, column, (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    };
    int columns = 1;
    for (int row = 0; row < static_cast<int>(m_figures.size()); ++row) {
        const Figure& figure = m_figures[static_cast<std::size_t>(row)];
        add(figure.name, figure.tip, row, 0);
        for (int place = 0; place < static_cast<int>(figure.values.size()); ++place)
            add(figure.values[place], figure.tip, row, place + 1);
        columns = std::max(columns, 1 + static_cast<int>(figure.values.size()));
    }
    // The column after the last value takes what is left; the grid has one for it from now on.
    const int last = std::max(columns, m_layout->columnCount() - 1);
    for (int column = 0; column <= last; ++column)
        m_layout->setColumnStretch(column, column == columns ? 1 : 0);
}

QString FigureList::valueOf(const QString& name) const
{
    const auto found = std::ranges::find(m_figures, name, &Figure::name);
    return found == m_figures.end() ? QString() : found->values.join(QLatin1Char(' '));
}

Card::Card(const Identity& identity, QWidget* parent)
    : QFrame(parent)
    , m_title(new QPushButton(icon(identity.icon), identity.title, this))
    , m_figures(new FigureList(this))
    , m_note(new WrappedLabel(this))
    , m_body(new QVBoxLayout)
{
    setObjectName(QStringLiteral("card.") + identity.id);
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    m_title->setFont(font);
    m_title->setFlat(true);
    m_title->setCursor(Qt::PointingHandCursor);
    m_title->setToolTip(tr("Opens the page with all about it"));
    m_title->setAccessibleDescription(tr("Opens the page with all about it"));
    connect(m_title, &QPushButton::clicked, this, [this, page = identity.page] { emit opened(page, QString()); });
    m_note->setForegroundRole(QPalette::PlaceholderText);
    // What is below the title stands under its icon, not under the edge of the button that is seen under the mouse
    // only.
    const int padding = paddingOf(*m_title);
    m_body->setContentsMargins(padding, 0, 0, 0);
    m_body->setSpacing(8);
    m_body->addWidget(m_figures);
    m_body->addWidget(m_note);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(std::max(0, 12 - padding), 6, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_title, 0, Qt::AlignLeft);
    layout->addLayout(m_body);
    layout->addStretch(1);
}

void Card::addOnTop(QWidget* widget)
{
    m_body->insertWidget(0, widget);
}

void Card::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

QString notReported()
{
    return Card::tr("not reported by this service");
}

} // namespace layerhold::gui
