// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plan_export.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <string_view>

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString time(Moment moment)
{
    if (moment == Moment{})
        return {};
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

bool isTicked(const PlanItem& item, const QSet<QString>& unticked)
{
    return item.decision == "remove" && !unticked.contains(text(item.name));
}

void addCell(QByteArray& csv, std::string_view value)
{
    constexpr std::string_view formula = "=+-@\t\r";
    csv += '"';
    if (!value.empty() && formula.find(value.front()) != std::string_view::npos)
        csv += '\'';
    for (const char c : value) {
        if (c == '"')
            csv += '"';
        csv += c;
    }
    csv += '"';
}

/// More than 53 bits do not fit into the numbers of JSON.
QJsonValue number(std::uint64_t value)
{
    constexpr std::uint64_t exact = 1ULL << 53U;
    return value <= exact ? QJsonValue(static_cast<qint64>(value)) : QJsonValue(QString::number(value));
}

QJsonObject toJson(const PlanItem& item, const QSet<QString>& unticked)
{
    return {{"what", text(item.what)},           {"name", text(item.name)},
            {"kind", text(item.kind)},           {"bytes", number(item.bytes)},
            {"createdAt", time(item.createdAt)}, {"usedAt", time(item.usedAt)},
            {"decision", text(item.decision)},   {"ticked", isTicked(item, unticked)},
            {"rule", text(item.rule)},           {"reason", text(item.reason)},
            {"sentence", text(item.sentence)},   {"freedBytes", number(item.freedBytes)},
            {"refetch", text(item.refetch)}};
}

} // namespace

QByteArray planCsv(std::span<const PlanItem> items, const QSet<QString>& unticked)
{
    QByteArray csv = "what,name,kind,bytes,created,used,decision,ticked,rule,reason,sentence,freed_bytes,refetch\r\n";
    for (const PlanItem& item : items) {
        const std::string cells[] = {item.what,
                                     item.name,
                                     item.kind,
                                     std::to_string(item.bytes),
                                     time(item.createdAt).toStdString(),
                                     time(item.usedAt).toStdString(),
                                     item.decision,
                                     isTicked(item, unticked) ? "yes" : "no",
                                     item.rule,
                                     item.reason,
                                     item.sentence,
                                     std::to_string(item.freedBytes),
                                     item.refetch};
        bool isFirst = true;
        for (const std::string& cell : cells) {
            if (!isFirst)
                csv += ',';
            isFirst = false;
            addCell(csv, cell);
        }
        csv += "\r\n";
    }
    return csv;
}

QByteArray planJson(const PlanRecord& plan, std::span<const PlanItem> items, const QSet<QString>& unticked)
{
    QJsonArray list;
    for (const PlanItem& item : items)
        list.append(toJson(item, unticked));
    const QJsonObject head{{"id", text(plan.id)},
                           {"madeAt", time(plan.madeAt)},
                           {"cause", text(plan.cause)},
                           {"removeItems", number(plan.removeItems)},
                           {"removeBytes", number(plan.removeBytes)},
                           {"keepItems", number(plan.keepItems)},
                           {"keepBytes", number(plan.keepBytes)},
                           {"onlyCopies", number(plan.onlyCopies)},
                           {"storedBytes", number(plan.storedBytes)}};
    return QJsonDocument(QJsonObject{{"plan", head}, {"items", list}}).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace layerhold::gui
