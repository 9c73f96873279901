// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/events_page.h"

#include "models/plain_text.h"
#include "models/sentences.h"
#include "widgets/icons.h"
#include "widgets/pages/record_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVBoxLayout>

#include <set>

namespace layerhold::gui {

namespace {

/// A plain word, and the kinds of events that are called by it: finding out what a kind is called takes too long to be
/// done for each event of the ring.
struct Word
{
    explicit Word(const QString& word)
        : text(word)
    {
        for (const std::string_view kind : codesOf(CodeSet::EventKind))
            if (wordingOf(CodeSet::EventKind, kind).label.contains(word, Qt::CaseInsensitive))
                kinds.insert(kind);
    }

    bool isIn(const EventRecord& event) const
    {
        for (const std::string* each : {&event.kind, &event.subject, &event.engine, &event.detail})
            if (QString::fromStdString(*each).contains(text, Qt::CaseInsensitive))
                return true;
        return kinds.contains(event.kind);
    }

    QString text;
    std::set<std::string_view> kinds;
};

} // namespace

EventsPage::EventsPage(AppContext& context, QWidget* parent)
    : Page(context, {QStringLiteral("events"), tr("Events"), QStringLiteral("events")}, parent)
    , m_model(context.format())
    , m_filter(new QLineEdit(this))
    , m_pause(new QPushButton(this))
    , m_new(new QPushButton(this))
    , m_chip(new QPushButton(icon(QStringLiteral("close")), {}, this))
    , m_counts(new QLabel(this))
    , m_view(new RecordView(context, tr("Events, the newest last"), this))
{
    setFilterLine(makeTools());
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_counts);
    setContent(content);
    // The order of a feed is its own.
    m_view->setSortingEnabled(false);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setModel(&m_model);
    m_view->setWidths({150, 150, 110, 260, 90, 0});
    bindRecordActions(context, this, [this] { return m_view; });
    actions().bind(QStringLiteral("view.toggle"), this, [this] { setPaused(!isPaused()); });
    actions().bind(
        QStringLiteral("entry.open"), this, [this] { openCurrent(); },
        [this] {
            const QModelIndex current = m_view->currentIndex();
            return current.isValid() && !m_model.rowAt(current.row()).event.subject.empty()
                       ? QString()
                       : tr("No event about something is selected.");
        });
    connect(m_view, &RecordView::currentIdChanged, this, [this] { actions().update(); });
    connect(m_view, &QTableView::doubleClicked, this, &EventsPage::openCurrent);
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &EventsPage::onScrolled);
    connect(&m_model, &EventModel::rowsInserted, this, &EventsPage::followTail);
    connect(&m_model, &EventModel::countsChanged, this, &EventsPage::tell);
    connect(m_filter, &QLineEdit::textChanged, this, &EventsPage::applyFilter);
    connect(&context, &AppContext::timeRangeChanged, this, &EventsPage::keepToTimeRange);
    connect(&context, &AppContext::formatChanged, this, [this] {
        m_model.setFormat(format());
        tell();
    });
    tell();
}

QWidget* EventsPage::makeTools()
{
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_filter->setAccessibleName(tr("Filter the events"));
    m_filter->setPlaceholderText(tr("Filter: kind, engine, what it is about, detail"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaxLength(200);
    m_pause->setObjectName(QStringLiteral("pauseEvents"));
    m_new->setObjectName(QStringLiteral("newEvents"));
    m_new->setToolTip(tr("Shows what came in, and follows again (Space)."));
    m_chip->setObjectName(QStringLiteral("eventsRange"));
    m_chip->setToolTip(tr("Shows the events of any time again (Esc)."));
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_chip);
    layout->addWidget(m_new);
    layout->addWidget(m_pause);
    connect(m_chip, &QPushButton::clicked, this, [this] { context().setTimeRange(std::nullopt); });
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!isPaused()); });
    connect(m_new, &QPushButton::clicked, this, [this] { setPaused(false); });
    return line;
}

void EventsPage::refresh()
{
    if (!m_hasPast && !m_past.isOpen())
        askForPast();
    tell();
}

void EventsPage::askForPast()
{
    m_older.clear();
    m_pastProblem.clear();
    m_past.follow(
        client()->pastEvents(this,
                             [this](std::vector<EventRecord> events) {
                                 m_older.insert(m_older.end(), std::make_move_iterator(events.begin()),
                                                std::make_move_iterator(events.end()));
                                 // No more of them can be shown.
                                 if (m_older.size() > 2 * EventModel::capacity)
                                     m_older.erase(m_older.begin(), m_older.end() - EventModel::capacity);
                             }),
        [this] {
            m_hasPast = true;
            const QScopedValueRollback moving(m_isFollowing, true);
            const QPersistentModelIndex top = m_view->indexAt(QPoint(0, 0));
            m_model.prepend(std::exchange(m_older, {}));
            if (isPaused() && top.isValid()) {
                // Now: the scroll bar does not know of the new rows before.
                m_view->doItemsLayout();
                m_view->scrollTo(top, QAbstractItemView::PositionAtTop);
            }
            tell();
        },
        [this](const CallError& error) {
            m_pastProblem = plainText(error.message());
            tell();
        });
}

void EventsPage::clientChanged()
{
    m_past.drop();
    tell();
}

void EventsPage::frontChanged()
{
    keepToTimeRange();
}

bool EventsPage::clearFilter()
{
    if (Page::clearFilter())
        return true;
    if (!context().timeRange())
        return false;
    context().setTimeRange(std::nullopt);
    return true;
}

void EventsPage::keepToTimeRange()
{
    // While it is dragged out nobody sees this page.
    if (!isInFront() || m_timeRange == context().timeRange())
        return;
    m_timeRange = context().timeRange();
    applyFilter();
}

QString EventsPage::rangeText() const
{
    return m_timeRange ? tr("Only events in %1").arg(format().span(m_timeRange->from, m_timeRange->to)) : QString();
}

void EventsPage::open(const QString& entity)
{
    m_filter->setText(entity);
}

void EventsPage::noteEvents(std::span<const EventRecord> events)
{
    m_model.append({events.begin(), events.end()});
}

void EventsPage::noteGap(EventGap gap)
{
    m_model.appendGap(gap.firstMissing, gap.lastMissing);
}

void EventsPage::forget()
{
    m_past.drop();
    m_hasPast = false;
    m_pastProblem.clear();
    m_model.clear();
}

void EventsPage::setPaused(bool isPaused)
{
    if (isPaused) {
        m_model.pause();
    } else {
        m_model.follow();
        const QScopedValueRollback moving(m_isFollowing, true);
        m_view->scrollToBottom();
    }
    tell();
}

void EventsPage::followTail()
{
    if (isPaused())
        return;
    const QScopedValueRollback moving(m_isFollowing, true);
    m_view->scrollToBottom();
}

void EventsPage::onScrolled()
{
    // Rows that come in move the end, not the user.
    if (m_isFollowing || !m_view->isVisible())
        return;
    const QScrollBar* bar = m_view->verticalScrollBar();
    if (bar->value() < bar->maximum() && !isPaused())
        setPaused(true);
    else if (bar->value() == bar->maximum() && isPaused() && bar->isSliderDown())
        setPaused(false);
}

void EventsPage::applyFilter()
{
    const QStringList words = m_filter->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    {
        const QScopedValueRollback moving(m_isFollowing, true);
        if (words.isEmpty() && !m_timeRange)
            m_model.setFilter({});
        else
            m_model.setFilter([wanted = std::vector<Word>(words.begin(), words.end()),
                               range = m_timeRange](const EventRecord& event) {
                return (!range || (range->from <= event.at && event.at < range->to)) &&
                       std::ranges::all_of(wanted, [&](const Word& word) { return word.isIn(event); });
            });
        if (!isPaused())
            m_view->scrollToBottom();
    }
    tell();
}

void EventsPage::openCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid())
        return;
    const QString subject = QString::fromStdString(m_model.rowAt(current.row()).event.subject);
    if (!subject.isEmpty())
        emit entryRequested(subject);
}

void EventsPage::tell()
{
    const std::uint64_t waiting = m_model.waitingCount();
    m_new->setVisible(isPaused() && waiting > 0);
    m_new->setText(tr("▼ %1 new").arg(format().count(waiting)));
    m_pause->setText(isPaused() ? tr("Follow") : tr("Pause"));
    m_pause->setIcon(icon(isPaused() ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pause->setToolTip(isPaused() ? tr("Shows what comes in again (Space).")
                                   : tr("Keeps the list as it is; nothing that comes in is lost (Space)."));
    const auto shown = static_cast<std::uint64_t>(m_model.rowCount());
    QString text = m_model.rowCount() == 0 ? tr("No events yet: they are shown as they come.")
                                           : tr("%1 shown").arg(format().count(shown));
    if (m_model.forgottenCount() > 0)
        text +=
            QStringLiteral(" · ") + tr("%1 older ones are not kept", nullptr, numberForPlural(m_model.forgottenCount()))
                                        .arg(format().count(m_model.forgottenCount()));
    if (isPaused())
        text += QStringLiteral(" · ") + tr("paused");
    if (m_past.isOpen())
        text += QStringLiteral(" · ") + tr("asking for earlier ones…");
    m_counts->setText(text);
    m_chip->setText(rangeText());
    m_chip->setVisible(m_timeRange.has_value());
    if (client())
        pane().show(stateOfRows());
}

PageState EventsPage::stateOfRows() const
{
    QStringList limits{rangeText(), m_filter->text().trimmed()};
    limits.removeAll(QString());
    if (m_model.rowCount() == 0 && !limits.isEmpty() && !m_past.isOpen())
        return state::NothingMatches{.filter = limits.join(QStringLiteral(" · "))};
    if (!m_pastProblem.isEmpty())
        return state::Partial{.missing = tr("what happened before"), .why = m_pastProblem};
    return state::Ready{};
}

} // namespace layerhold::gui
