// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/tag_history_pane.h"

#include "models/plain_text.h"
#include "models/sentences.h"
#include "widgets/pages/elided_label.h"
#include "widgets/pages/table_tools.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

/// What is seen when there are no moves to tell.
constexpr std::chrono::hours leastSpan{24};

const TagEntry* entryOf(const TagLane& lane, const TagBlock& block)
{
    const auto found = std::ranges::find_if(lane.entries, [&](const TagEntry& entry) {
        return entry.kind != TagEntry::Kind::Checked && entry.at == block.from && entry.to == block.digest;
    });
    return found == lane.entries.end() ? nullptr : &*found;
}

QString causeText(const TagEntry& entry)
{
    return entry.cause.empty() ? QString() : wordingOf(CodeSet::TagCause, entry.cause).label;
}

} // namespace

TagHistoryPane::TagHistoryPane(Actions& actions, const Format& format, QWidget* parent)
    : QWidget(parent)
    , m_format(format)
    , m_entries(format)
    , m_title(new ElidedLabel(this))
    , m_sentence(new QLabel(this))
    , m_keys(new QLabel(this))
    , m_forms(new QStackedWidget(this))
    , m_scroll(new QScrollArea)
    , m_timeline(new TagTimelineView(&m_axis))
    , m_list(new QTreeView)
    , m_memory(*m_list)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->setSpacing(6);
    makeHead(actions);
    makeForms(actions);
    layout->addWidget(m_forms, 1);
    m_sentence->setObjectName(QStringLiteral("momentSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumHeight(fontMetrics().lineSpacing() * 2);
    m_sentence->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    layout->addWidget(m_sentence);
    m_keys->setWordWrap(true);
    m_keys->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_keys);
    setForm(Form::Timeline);
}

void TagHistoryPane::makeHead(Actions& actions)
{
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("historyTitle"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    for (const char* id : {"view.zoomOut", "view.zoomIn", "view.zoomReset", "view.form", "entry.compare"}) {
        QAction* action = actions.action(QString::fromLatin1(id));
        auto* button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setDefaultAction(action);
        button->setAccessibleName(plainActionText(action->text()));
        head->addWidget(button);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(head);
}

void TagHistoryPane::makeForms(Actions& actions)
{
    m_timeline->setFormat(m_format);
    giveEntryActions(*m_timeline, actions);
    m_scroll->setWidget(m_timeline);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    connect(m_timeline, &PaintedWidget::currentItemChanged, this, [this](int item) {
        if (item != PaintedWidget::noItem) {
            const QRect place = m_timeline->itemRect(item);
            m_scroll->ensureVisible(0, place.center().y(), 0, place.height());
        }
        tell();
    });
    connect(m_timeline, &TagTimelineView::markedItemsChanged, this, &TagHistoryPane::tell);

    m_list->setModel(&m_entries);
    m_list->setAccessibleName(tr("Moves of tags"));
    m_list->setRootIsDecorated(false);
    setUpTable(*m_list, {{TagEntryModel::At, 14},
                         {TagEntryModel::Reference, 34},
                         {TagEntryModel::Kind, 23},
                         {TagEntryModel::From, 16},
                         {TagEntryModel::To, 16},
                         {TagEntryModel::Cause, 10},
                         {TagEntryModel::By, 12}});
    // As the entries are merged: those of one moment keep the order of their lanes.
    m_list->sortByColumn(-1, Qt::AscendingOrder);
    for (const int column : {TagEntryModel::From, TagEntryModel::To})
        m_list->setItemDelegateForColumn(column, new FixedFontDelegate(m_list));
    giveEntryActions(*m_list, actions);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TagHistoryPane::tell);
    m_forms->addWidget(m_scroll);
    m_forms->addWidget(m_list);
}

void TagHistoryPane::showHistories(const std::vector<const TagHistory*>& histories, const QString& title)
{
    m_title->setText(title);
    m_lanes.clear();
    for (const TagHistory* history : histories)
        m_lanes.push_back(tagLane(*history, m_colours));
    setBounds();
    m_timeline->setLanes(m_lanes);
    // The title says which tag it is.
    m_list->setColumnHidden(TagEntryModel::Reference, m_lanes.size() == 1);
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_memory.remember();
        m_entries.clear();
        m_entries.append(mergedEntries(m_lanes));
        m_memory.restore();
    }
    tell();
}

void TagHistoryPane::setBounds()
{
    const Moment now = m_format.now();
    Moment oldest = now;
    for (const TagLane& lane : m_lanes) {
        for (const TagBlock& block : lane.blocks)
            for (const Moment moment : {block.from, block.to})
                if (isKnown(moment))
                    oldest = std::min(oldest, moment);
    }
    const auto span = std::max<std::chrono::milliseconds>(now - oldest, leastSpan);
    // Room at the left for what nobody wrote down, at the right for what is now.
    const TimeRange bounds{now - span - span / 20, now + span / 50};
    const TimeRange seen = m_axis.range();
    const bool isAllSeen = seen == m_axis.bounds();
    m_axis.setBounds(bounds);
    if (!isAllSeen)
        m_axis.setRange(seen);
}

void TagHistoryPane::setNotice(const QString& notice)
{
    m_timeline->setNotice(notice);
}

TagHistoryPane::Form TagHistoryPane::form() const
{
    return m_forms->currentWidget() == m_list ? Form::List : Form::Timeline;
}

void TagHistoryPane::setForm(Form form)
{
    const bool hadFocus = hasFocusInside();
    m_forms->setCurrentWidget(form == Form::List ? static_cast<QWidget*>(m_list) : m_scroll);
    if (hadFocus)
        (form == Form::List ? static_cast<QWidget*>(m_list) : m_timeline)->setFocus(Qt::OtherFocusReason);
    m_keys->setText(form == Form::Timeline
                        ? tr("← → step between moves, ↑ ↓ between tags, Space marks one of two blocks "
                             "to compare, + − 0 zoom, L shows a list.")
                        : tr("Ctrl+D compares what a tag was before a move and after it, L shows the "
                             "time line."));
    tell();
}

bool TagHistoryPane::hasFocusInside() const
{
    return m_timeline->hasFocus() || m_list->hasFocus();
}

TagHistoryPane::Point TagHistoryPane::pointOf(int item) const
{
    const TagLane& lane = m_timeline->laneOf(item);
    const TagBlock& block = m_timeline->blockOf(item);
    Point point{.reference = lane.reference, .digest = block.digest, .before = {}};
    if (item > 0 && &m_timeline->laneOf(item - 1) == &lane)
        point.before = m_timeline->blockOf(item - 1).digest;
    return point;
}

std::optional<TagHistoryPane::Point> TagHistoryPane::current() const
{
    if (form() == Form::List) {
        const QModelIndex index = m_list->currentIndex();
        if (!index.isValid())
            return std::nullopt;
        const TagEntry& entry = m_entries.recordAt(index.row());
        return Point{.reference = entry.reference, .digest = entry.to, .before = entry.from};
    }
    if (m_timeline->currentItem() == PaintedWidget::noItem || m_timeline->itemCount() == 0)
        return std::nullopt;
    return pointOf(m_timeline->currentItem());
}

std::vector<TagHistoryPane::Point> TagHistoryPane::marked() const
{
    std::vector<Point> points;
    if (form() == Form::Timeline)
        for (const int item : m_timeline->markedItems())
            points.push_back(pointOf(item));
    return points;
}

QString TagHistoryPane::sentenceOf(int item) const
{
    const TagLane& lane = m_timeline->laneOf(item);
    const TagBlock& block = m_timeline->blockOf(item);
    QString sentence = plainText(lane.reference) + QStringLiteral(" · ") + tagBlockSentence(block, m_format);
    if (const TagEntry* entry = entryOf(lane, block)) {
        sentence += QLatin1Char('\n') + tagEntrySentence(*entry, m_format);
        if (const QString cause = causeText(*entry); !cause.isEmpty())
            sentence += QStringLiteral(" (%1)").arg(cause);
    }
    return sentence;
}

void TagHistoryPane::tell()
{
    QString told;
    if (form() == Form::Timeline) {
        if (m_timeline->currentItem() != PaintedWidget::noItem && m_timeline->itemCount() > 0)
            told = sentenceOf(m_timeline->currentItem());
        if (m_timeline->markedItems().size() == 1)
            told += QLatin1Char('\n') + tr("One block is marked; mark another one to compare them.");
        else if (m_timeline->markedItems().size() == 2)
            told += QLatin1Char('\n') + tr("Two blocks are marked: Ctrl+D compares them.");
    } else if (const QModelIndex index = m_list->currentIndex(); index.isValid()) {
        const TagEntry& entry = m_entries.recordAt(index.row());
        told = QStringLiteral("%1 · %2 · %3")
                   .arg(plainText(entry.reference), m_format.date(entry.at), tagEntrySentence(entry, m_format));
    }
    m_sentence->setText(told.trimmed());
    emit currentChanged();
}

QString TagHistoryPane::sentence() const
{
    return m_sentence->text();
}

void TagHistoryPane::refreshFormat()
{
    m_timeline->setFormat(m_format);
    m_entries.setFormat(m_format);
    tell();
}

} // namespace layerhold::gui
