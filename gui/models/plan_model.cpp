// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_model.h"

#include "models/plain_text.h"
#include "models/sentences.h"

#include <QException>

#include <algorithm>
#include <tuple>

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

bool isOnlyCopy(const PlanItem& item)
{
    return item.refetch == "only_copy";
}

/// The bytes of what a broken download left behind are nobody else's; only blobs can be reached by others.
bool isBlob(const PlanItem& item)
{
    return item.what == "blob";
}

QString refetchText(const std::string& refetch)
{
    if (refetch == "yes")
        return PlanModel::tr("yes");
    if (refetch == "only_copy")
        return PlanModel::tr("only copy");
    if (refetch == "unknown")
        return PlanModel::tr("unknown");
    return plainText(refetch);
}

/// A reason that this app does not know is shown by its name, never as nothing.
QString reasonText(const PlanItem& item)
{
    if (!item.sentence.empty())
        return plainText(item.sentence);
    if (item.reason.empty())
        return PlanModel::tr("no reason given");
    return item.decision == "keep" ? PlanModel::tr("kept: %1").arg(plainText(item.reason))
                                   : PlanModel::tr("removed: %1").arg(plainText(item.reason));
}

} // namespace

PlanModel::PlanModel(Decision decision, Format format, QObject* parent)
    : RecordTable({{tr("Entry"), byMember(&PlanItem::name)},
                   {tr("Kind"), byMember(&PlanItem::kind)},
                   {tr("Size"), byMember(&PlanItem::bytes), ColumnAlign::Right},
                   {tr("Freed"), byMember(&PlanItem::freedBytes), ColumnAlign::Right,
                    tr("Bytes that come back when the plan is applied.")},
                   {tr("Last used"), byMember(&PlanItem::usedAt)},
                   {tr("Reason"),
                    [](const PlanItem& a, const PlanItem& b) {
                        return std::tie(a.reason, a.sentence) < std::tie(b.reason, b.sentence);
                    }},
                   {tr("Rule"), byMember(&PlanItem::rule)},
                   {tr("Re-fetchable"), byMember(&PlanItem::refetch), ColumnAlign::Left,
                    tr("Whether it is known where it can be fetched again.")}},
                  parent)
    , m_decision(decision)
    , m_format(std::move(format))
{
    m_asking.setSingleShot(true);
    m_asking.setInterval(0);
    connect(&m_asking, &QTimer::timeout, this, &PlanModel::askForFreed);
    connect(&m_answer, &QFutureWatcherBase::finished, this, &PlanModel::takeFreed);
}

void PlanModel::setFreedBy(FreedBy freedBy, std::uint64_t mostItems)
{
    m_freedBy = std::move(freedBy);
    m_mostAsked = mostItems;
}

void PlanModel::complete()
{
    m_isComplete = true;
    changeTotals();
}

void PlanModel::take(const std::vector<PlanItem>& batch)
{
    const char* decision = m_decision == Decision::Remove ? "remove" : "keep";
    std::vector<PlanItem> items;
    for (const PlanItem& item : batch) {
        if (item.decision == decision)
            items.push_back(item);
    }
    if (items.empty())
        return;
    for (const PlanItem& item : items)
        count(item, isOnlyCopy(item) ? Tick::Off : Tick::On);
    append(std::move(items));
    changeTotals();
}

PlanModel::Tick PlanModel::tickOf(RecordId id) const
{
    const bool isOn = isOnlyCopy(rows().at(id)) == m_flipped.contains(id);
    return isOn ? Tick::On : Tick::Off;
}

bool PlanModel::isTicked(int row) const
{
    return m_decision == Decision::Remove && tickOf(idAt(row)) == Tick::On;
}

void PlanModel::count(const PlanItem& item, Tick tick)
{
    const bool isOn = tick == Tick::On;
    m_totals.items += isOn;
    m_totals.untickedItems += !isOn;
    m_totals.bytes += isOn ? item.bytes : 0;
    if (isOnlyCopy(item))
        ++(isOn ? m_totals.onlyCopiesTicked : m_totals.onlyCopiesUnticked);
}

void PlanModel::flip(RecordId id)
{
    const PlanItem& item = rows().at(id);
    const bool wasOn = tickOf(id) == Tick::On;
    m_totals.items -= wasOn;
    m_totals.untickedItems -= !wasOn;
    m_totals.bytes -= wasOn ? item.bytes : 0;
    if (isOnlyCopy(item))
        --(wasOn ? m_totals.onlyCopiesTicked : m_totals.onlyCopiesUnticked);
    count(item, wasOn ? Tick::Off : Tick::On);
    if (m_flipped.erase(id) == 0)
        m_flipped.insert(id);
}

void PlanModel::tickShown(Qt::CheckState state)
{
    if (m_decision != Decision::Remove || rowCount() == 0)
        return;
    const Tick wanted = state == Qt::Checked ? Tick::On : Tick::Off;
    for (const RecordId id : shown()) {
        if (tickOf(id) != wanted && !(wanted == Tick::On && isOnlyCopy(rows().at(id))))
            flip(id);
    }
    emit dataChanged(index(0, Entry), index(rowCount() - 1, Entry), {Qt::CheckStateRole});
    changeTotals();
}

void PlanModel::setTicked(const std::vector<int>& rowsToChange, Qt::CheckState state)
{
    if (m_decision != Decision::Remove || rowsToChange.empty())
        return;
    const Tick wanted = state == Qt::Checked ? Tick::On : Tick::Off;
    for (const int row : rowsToChange) {
        if (tickOf(idAt(row)) != wanted)
            flip(idAt(row));
    }
    const auto [first, last] = std::minmax_element(rowsToChange.begin(), rowsToChange.end());
    emit dataChanged(index(*first, Entry), index(*last, Entry), {Qt::CheckStateRole});
    changeTotals();
}

void PlanModel::changeTotals()
{
    if (m_decision != Decision::Remove)
        return;
    dropQuestion();
    m_totals.freed.reset();
    m_freedProblem.clear();
    if (m_isComplete && m_freedBy) {
        if (m_totals.items > m_mostAsked)
            m_freedProblem = tr("What only these reach is not counted for so many entries.");
        else
            m_asking.start();
    }
    emit totalsChanged();
}

void PlanModel::dropQuestion()
{
    ++m_question;
    m_asking.stop();
    m_answer.cancel();
}

void PlanModel::askForFreed()
{
    QStringList digests;
    std::uint64_t partialBytes = 0;
    for (const RecordId id : rows().arrange({}, {}, RecordRows<PlanItem>::Order::Ascending)) {
        const PlanItem& item = rows().at(id);
        if (tickOf(id) == Tick::Off)
            continue;
        if (isBlob(item))
            digests += text(item.name);
        else
            partialBytes += item.bytes;
    }
    if (digests.isEmpty()) {
        m_totals.freed = partialBytes;
        emit totalsChanged();
        return;
    }
    m_asked = {m_question, partialBytes};
    m_answer.setFuture(m_freedBy(digests));
}

void PlanModel::takeFreed()
{
    QFuture<std::uint64_t> answer = m_answer.future();
    if (m_asked.question != m_question)
        return;
    try {
        // Throws what hindered it; cancelled by others, it has no result.
        answer.waitForFinished();
        if (answer.resultCount() == 0)
            return;
        m_totals.freed = answer.result() + m_asked.partialBytes;
    } catch (const std::exception& error) {
        m_freedProblem = plainText(std::string_view(error.what()));
    }
    emit totalsChanged();
}

QStringList PlanModel::untickedNames() const
{
    QStringList names;
    for (const RecordId id : rows().arrange({}, {}, RecordRows<PlanItem>::Order::Ascending)) {
        if (tickOf(id) == Tick::Off)
            names += text(rows().at(id).name);
    }
    return names;
}

QStringList PlanModel::tickedOnlyCopies() const
{
    QStringList names;
    for (const RecordId id : rows().arrange(isOnlyCopy, {}, RecordRows<PlanItem>::Order::Ascending)) {
        if (tickOf(id) == Tick::On)
            names += text(rows().at(id).name);
    }
    return names;
}

void PlanModel::onCleared()
{
    m_flipped.clear();
    m_totals = {};
    m_freedProblem.clear();
    m_isComplete = false;
    dropQuestion();
}

Qt::ItemFlags PlanModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags plain = RecordTable::flags(index);
    const bool hasTick = index.isValid() && index.column() == Entry && m_decision == Decision::Remove;
    return hasTick ? plain | Qt::ItemIsUserCheckable : plain;
}

bool PlanModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    const Qt::CheckState state = value.toInt() == Qt::Checked ? Qt::Checked : Qt::Unchecked;
    if (isTicked(index.row()) != (state == Qt::Checked))
        setTicked({index.row()}, state);
    return true;
}

QVariant PlanModel::cell(RecordId id, int column, int role) const
{
    const PlanItem& item = rows().at(id);
    if (role == IdRole)
        return text(item.name);
    if (role == Qt::CheckStateRole && column == Entry && m_decision == Decision::Remove)
        return tickOf(id) == Tick::On ? Qt::Checked : Qt::Unchecked;
    const bool isDisplay = role == Qt::DisplayRole;
    const bool isTip = role == Qt::ToolTipRole;
    if (!isDisplay && !isTip && role != CopyRole)
        return {};
    const auto words = [isTip](const QString& text) { return isTip ? literalToolTip(text) : text; };
    const auto bytes = [&](std::uint64_t value) {
        return isDisplay          ? m_format.bytes(value)
               : role == CopyRole ? QString::number(value)
                                  : m_format.exactBytes(value);
    };
    switch (column) {
    case Entry:
        return isDisplay ? shortDigest(item.name) : isTip ? literalToolTip(plainText(item.name)) : text(item.name);
    case Kind:
        return words(isBlob(item) ? wordingOf(CodeSet::Kind, item.kind).label : tr("aborted download"));
    case Size:
        return bytes(item.bytes);
    case Freed:
        if (item.freedBytes == 0 && isDisplay)
            return unknownText();
        if (item.freedBytes == 0 && isTip)
            return literalToolTip(reasonText(item));
        return bytes(item.freedBytes);
    case LastUsed:
        return isDisplay ? m_format.moment(item.usedAt) : m_format.iso(item.usedAt);
    case Reason:
        return words(reasonText(item));
    case Rule:
        return words(plainText(item.rule));
    case Refetch:
        return words(refetchText(item.refetch));
    default:
        return {};
    }
}

QString planSentence(const PlanModel::Totals& totals, std::uint64_t storedBytes, const Format& format)
{
    if (totals.items == 0 && totals.onlyCopiesUnticked == 0)
        return PlanModel::tr("Removes nothing");
    QString text =
        PlanModel::tr("Removes %1 entries", nullptr, numberForPlural(totals.items)).arg(format.count(totals.items));
    if (totals.freed) {
        const std::uint64_t left = storedBytes - std::min(storedBytes, *totals.freed);
        text += PlanModel::tr(", frees %1 (stored falls %2 → %3)")
                    .arg(format.bytes(*totals.freed), format.bytes(storedBytes), format.bytes(left));
    }
    const auto onlyCopies = [&](std::uint64_t count) {
        return PlanModel::tr("%1 only copies", nullptr, numberForPlural(count)).arg(format.count(count));
    };
    if (totals.onlyCopiesTicked > 0)
        text += PlanModel::tr(", %1 included").arg(onlyCopies(totals.onlyCopiesTicked));
    if (totals.onlyCopiesUnticked > 0)
        text += PlanModel::tr(", %1 not included").arg(onlyCopies(totals.onlyCopiesUnticked));
    return text;
}

} // namespace layerhold::gui
