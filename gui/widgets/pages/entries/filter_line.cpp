// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/filter_line.h"

#include "charts/look.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStringListModel>

namespace layerhold::gui {

namespace {

/// Where the word begins that ends at the cursor.
qsizetype wordBefore(const QString& text, qsizetype cursor)
{
    qsizetype begin = cursor;
    while (begin > 0 && !text[begin - 1].isSpace())
        --begin;
    return begin;
}

} // namespace

FilterLine::FilterLine(QWidget* parent)
    : QWidget(parent)
    , m_field(new QLineEdit(this))
    , m_summary(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_completions(new QStringListModel(this))
    , m_completer(new QCompleter(m_completions, this))
{
    m_field->setAccessibleName(tr("Filter entries"));
    m_field->setPlaceholderText(tr("Filter, for example: kind:layer size>50MiB idle>30d !pinned"));
    m_field->setToolTip(tr("Terms that all have to hold: repo: name: digest: kind: state: kept: media: origin: size "
                           "idle age used hits pinned released.\nAn exclamation mark turns a term around, commas stand "
                           "between values of which one is enough, * for any characters.\nA word without a key looks "
                           "into names and for the beginning of the digest.\nused>=2026-03-02 is about the last use; "
                           "days begin at midnight of UTC."));
    m_field->setClearButtonEnabled(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setObjectName(QStringLiteral("summary"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->hide();
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_field, 0, 0);
    layout->addWidget(m_summary, 0, 1);
    layout->addWidget(m_problem, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);

    m_completer->setWidget(m_field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setAccessibleName(tr("What the word could become"));
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterLine::insert);
    connect(m_field, &QLineEdit::textChanged, this, &FilterLine::read);
    connect(m_field, &QLineEdit::textEdited, this, &FilterLine::complete);
}

void FilterLine::setFilter(const EntryFilter& filter)
{
    m_field->setText(filter.toString());
}

void FilterLine::setSummary(const QString& summary)
{
    m_summary->setText(summary);
}

QString FilterLine::problem() const
{
    return m_problem->text();
}

void FilterLine::read(const QString& text)
{
    const auto parsed = EntryFilter::parse(text);
    const auto* error = std::get_if<FilterError>(&parsed);
    m_problem->setText(
        error ? tr("Character %1: %2 The filter before it stays in force.").arg(error->column + 1).arg(error->text)
              : QString());
    m_problem->setVisible(error != nullptr);
    m_field->setAccessibleDescription(m_problem->text());
    paint();
    if (error || std::get<EntryFilter>(parsed) == m_filter)
        return;
    m_filter = std::get<EntryFilter>(parsed);
    emit filterChanged();
}

void FilterLine::paint()
{
    const Look& look = lookFor(palette());
    QPalette field = palette();
    QPalette told = palette();
    if (!m_problem->text().isEmpty()) {
        field.setColor(QPalette::Base, look.errorBack);
        field.setColor(QPalette::Text, look.text);
        told.setColor(QPalette::WindowText, look.error);
    }
    m_field->setPalette(field);
    m_problem->setPalette(told);
}

void FilterLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

void FilterLine::complete()
{
    const QString text = m_field->text();
    const qsizetype cursor = m_field->cursorPosition();
    const qsizetype begin = wordBefore(text, cursor);
    // Nothing is offered before something was typed, nor what is there already.
    QStringList offered = begin < cursor ? filterCompletions(text, cursor) : QStringList();
    offered.removeOne(text.mid(begin, cursor - begin));
    m_completions->setStringList(offered);
    if (offered.isEmpty())
        m_completer->popup()->hide();
    else
        m_completer->complete();
}

void FilterLine::insert(const QString& completion)
{
    const QString text = m_field->text();
    const qsizetype cursor = m_field->cursorPosition();
    const qsizetype begin = wordBefore(text, cursor);
    m_field->setText(text.left(begin) + completion + text.mid(cursor));
    m_field->setCursorPosition(static_cast<int>(begin + completion.size()));
}

} // namespace layerhold::gui
