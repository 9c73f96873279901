// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/event_model.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

/// Of today the time is enough.
QString timeText(Moment moment, const Format& format)
{
    const auto day = [&format](Moment of) { return format.date(of).section(QLatin1Char(' '), 0, 0); };
    return isKnown(moment) && day(moment) != day(format.now()) ? day(moment) + QLatin1Char(' ') + format.clock(moment)
                                                               : format.clock(moment);
}

} // namespace

EventModel::EventModel(Format format, QObject* parent)
    : QAbstractTableModel(parent)
    , m_format(std::move(format))
    , m_firstNumber(capacity)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(batchTime);
    connect(&m_batch, &QTimer::timeout, this, [this] {
        if (!m_isPaused)
            showBatch();
        emit countsChanged();
    });
}

void EventModel::setFormat(const Format& format)
{
    m_format = format;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void EventModel::append(std::vector<EventRecord> events)
{
    for (EventRecord& event : events) {
        const std::uint64_t sequence = event.sequence;
        hold({EventRow::Kind::Event, std::move(event), sequence, sequence, 1});
    }
    m_cameInPaused += m_isPaused ? events.size() : 0;
    startBatch();
}

std::optional<std::uint64_t> EventModel::firstSequence() const
{
    const auto hasSequence = [](const EventRow& row) { return row.kind != EventRow::Kind::Gap; };
    if (const auto row = std::ranges::find_if(m_ring, hasSequence); row != m_ring.end())
        return row->first;
    if (m_overflow)
        return m_overflow->first;
    if (const auto row = std::ranges::find_if(m_waiting, hasSequence); row != m_waiting.end())
        return row->first;
    return std::nullopt;
}

void EventModel::prepend(std::vector<EventRecord> events)
{
    if (const auto known = firstSequence())
        events.erase(std::ranges::lower_bound(events, *known, {}, &EventRecord::sequence), events.end());
    const std::size_t room = capacity - std::min(capacity, m_ring.size());
    const std::size_t leaving = events.size() - std::min(room, events.size());
    m_forgotten += leaving;
    std::deque<EventRow> rows;
    for (auto event = events.begin() + static_cast<std::ptrdiff_t>(leaving); event != events.end(); ++event) {
        const std::uint64_t sequence = event->sequence;
        rows.push_back({EventRow::Kind::Event, std::move(*event), sequence, sequence, 1});
    }
    const std::uint64_t newFirst = m_firstNumber - rows.size();
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (isShown(rows[i]))
            numbers.push_back(newFirst + i);
    }
    if (!numbers.empty())
        beginInsertRows({}, 0, static_cast<int>(numbers.size()) - 1);
    m_ring.insert(m_ring.begin(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    m_shown.insert(m_shown.begin(), numbers.begin(), numbers.end());
    m_firstNumber = newFirst;
    if (!numbers.empty())
        endInsertRows();
    emit countsChanged();
}

void EventModel::appendGap(std::uint64_t first, std::uint64_t last)
{
    EventRow row;
    row.kind = EventRow::Kind::Gap;
    row.event.at = m_format.now();
    row.first = first;
    row.last = last;
    row.count = last >= first ? last - first + 1 : 0;
    hold(std::move(row));
    startBatch();
}

void EventModel::hold(EventRow row)
{
    if (m_waiting.size() >= capacity) {
        const EventRow& oldest = m_waiting.front();
        if (!m_overflow) {
            m_overflow.emplace();
            m_overflow->kind = EventRow::Kind::Overflow;
            m_overflow->first = oldest.first;
        }
        m_overflow->event.at = m_format.now();
        m_overflow->last = oldest.last;
        m_overflow->count += oldest.count;
        m_waiting.pop_front();
    }
    m_waiting.push_back(std::move(row));
}

void EventModel::startBatch()
{
    if (!m_batch.isActive())
        m_batch.start();
}

void EventModel::pause()
{
    if (m_isPaused)
        return;
    // What came before the pause belongs before it.
    showBatch();
    m_isPaused = true;
    m_cameInPaused = 0;
    emit countsChanged();
}

void EventModel::follow()
{
    m_isPaused = false;
    showBatch();
    emit countsChanged();
}

void EventModel::clear()
{
    beginResetModel();
    m_ring.clear();
    m_shown.clear();
    m_firstNumber = capacity;
    m_waiting.clear();
    m_overflow.reset();
    m_cameInPaused = 0;
    m_forgotten = 0;
    endResetModel();
    emit countsChanged();
}

void EventModel::showBatch()
{
    std::deque<EventRow> rows = std::exchange(m_waiting, {});
    if (m_overflow) {
        rows.push_front(std::move(*m_overflow));
        m_overflow.reset();
        // The row that tells of the others must not be what makes the ring too long.
        if (rows.size() > capacity) {
            EventRow& told = rows.front();
            told.last = rows[1].last;
            told.count += rows[1].count;
            rows.erase(rows.begin() + 1);
        }
    }
    if (rows.empty())
        return;
    trimRing(rows.size());
    const std::uint64_t begin = m_firstNumber + m_ring.size();
    std::vector<std::uint64_t> numbers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (isShown(rows[i]))
            numbers.push_back(begin + i);
    }
    const int first = rowCount();
    if (!numbers.empty())
        beginInsertRows({}, first, first + static_cast<int>(numbers.size()) - 1);
    m_ring.insert(m_ring.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    m_shown.insert(m_shown.end(), numbers.begin(), numbers.end());
    if (!numbers.empty())
        endInsertRows();
}

void EventModel::trimRing(std::size_t coming)
{
    const std::size_t after = m_ring.size() + coming;
    if (after <= capacity)
        return;
    const std::size_t leaving = std::min(after - capacity, m_ring.size());
    const std::uint64_t newFirst = m_firstNumber + leaving;
    const auto end = std::lower_bound(m_shown.begin(), m_shown.end(), newFirst);
    const auto count = static_cast<int>(end - m_shown.begin());
    if (count > 0)
        beginRemoveRows({}, 0, count - 1);
    for (std::size_t i = 0; i < leaving; ++i)
        m_forgotten += m_ring[i].kind == EventRow::Kind::Event;
    m_ring.erase(m_ring.begin(), m_ring.begin() + static_cast<std::ptrdiff_t>(leaving));
    m_shown.erase(m_shown.begin(), end);
    m_firstNumber = newFirst;
    if (count > 0)
        endRemoveRows();
}

bool EventModel::isShown(const EventRow& row) const
{
    return row.kind != EventRow::Kind::Event || !m_keep || m_keep(row.event);
}

void EventModel::setFilter(Keep keep)
{
    beginResetModel();
    m_keep = std::move(keep);
    m_shown.clear();
    for (std::size_t i = 0; i < m_ring.size(); ++i) {
        if (isShown(m_ring[i]))
            m_shown.push_back(m_firstNumber + i);
    }
    endResetModel();
}

const EventRow& EventModel::rowAt(int row) const
{
    return m_ring[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)] - m_firstNumber)];
}

int EventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EventModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString EventModel::missingText(const EventRow& row) const
{
    const int n = numberForPlural(row.count);
    if (row.kind == EventRow::Kind::Gap)
        return tr("%1 events are missing: the service no longer had them", nullptr, n).arg(m_format.count(row.count));
    return tr("%1 events are not shown: more came than the %2 that this list holds", nullptr, n)
        .arg(m_format.count(row.count), m_format.count(capacity));
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    const EventRow& row = rowAt(index.row());
    const EventRecord& event = row.event;
    if (role == IdRole)
        return QVariant::fromValue(m_shown[static_cast<std::size_t>(index.row())]);
    const bool isDisplay = role == Qt::DisplayRole;
    if (!isDisplay && role != Qt::ToolTipRole && role != CopyRole)
        return {};
    const bool isEvent = row.kind == EventRow::Kind::Event;
    const auto words = [&](const std::string& value) -> QVariant {
        if (value.empty())
            return {};
        return role == CopyRole ? QString::fromStdString(value)
               : isDisplay      ? plainText(value)
                                : literalToolTip(plainText(value));
    };
    switch (index.column()) {
    case At:
        return isDisplay ? timeText(event.at, m_format) : m_format.iso(event.at);
    case Kind:
        if (!isEvent)
            return tr("missing");
        return role == CopyRole ? QString::fromStdString(event.kind)
               : isDisplay      ? wordingOf(CodeSet::EventKind, event.kind).label
                                : literalToolTip(wordingOf(CodeSet::EventKind, event.kind).sentence);
    case Engine:
        return words(event.engine);
    case Subject:
        return isDisplay && isEvent ? QVariant(shortDigest(event.subject)) : words(event.subject);
    case Bytes:
        if (event.bytes == 0)
            return {};
        return isDisplay          ? m_format.bytes(event.bytes)
               : role == CopyRole ? QString::number(event.bytes)
                                  : m_format.exactBytes(event.bytes);
    case Detail:
        return isEvent ? words(event.detail) : QVariant(missingText(row));
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(static_cast<int>((section == Bytes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case At:
        return tr("Time");
    case Kind:
        return tr("Kind");
    case Engine:
        return tr("Engine");
    case Subject:
        return tr("About");
    case Bytes:
        return tr("Bytes");
    case Detail:
        return tr("Detail");
    default:
        return {};
    }
}

} // namespace layerhold::gui
