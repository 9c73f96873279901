// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/metric_table.h"

#include "models/plain_text.h"

#include <cmath>
#include <limits>

namespace layerhold::gui {

namespace {

RecordColumn<MetricRow> timeColumn()
{
    return {MetricTable::tr("Time"), byMember(&MetricRow::at), ColumnAlign::Left,
            MetricTable::tr("The beginning of the step.")};
}

/// What is not known counts as less than everything that is.
RecordRows<MetricRow>::Less byValue(std::size_t place)
{
    // The order outlives the columns: rows that came later may have fewer.
    const auto valueOf = [place](const MetricRow& row) {
        return place < row.values.size() ? row.values[place] : std::numeric_limits<double>::quiet_NaN();
    };
    return [valueOf](const MetricRow& a, const MetricRow& b) {
        return std::isnan(valueOf(a)) ? !std::isnan(valueOf(b)) : valueOf(a) < valueOf(b);
    };
}

} // namespace

MetricTable::MetricTable(Format format, QObject* parent)
    : RecordTable({timeColumn()}, parent)
    , m_format(std::move(format))
{}

void MetricTable::setCharts(const std::vector<MetricChart>& charts)
{
    const std::vector<Moment> moments = momentsOf(charts);
    std::vector<MetricRow> rows;
    rows.reserve(moments.size());
    for (auto moment = moments.rbegin(); moment != moments.rend(); ++moment)
        rows.push_back({.at = *moment});
    std::vector<std::string> units;
    m_next = {timeColumn()};
    for (const MetricChart& chart : charts) {
        for (const MetricLine& line : chart.lines) {
            m_next.push_back({tr("%1: %2").arg(chart.title, line.name), byValue(units.size()), ColumnAlign::Right,
                              literalToolTip(line.meaning)});
            units.push_back(chart.unit);
            auto point = line.line.rbegin();
            for (MetricRow& row : rows) {
                while (point != line.line.rend() && point->at > row.at)
                    ++point;
                const bool isKnown = point != line.line.rend() && point->at == row.at;
                row.values.push_back(isKnown ? point->value : std::numeric_limits<double>::quiet_NaN());
            }
        }
    }
    m_units = std::move(units);
    clear();
    append(std::move(rows));
}

void MetricTable::setFormat(const Format& format)
{
    m_format = format;
    refreshCells();
}

void MetricTable::onCleared()
{
    setColumns(std::move(m_next));
}

QVariant MetricTable::cell(RecordId id, int column, int role) const
{
    const MetricRow& row = rows().at(id);
    if (role == IdRole)
        return QString::number(row.at.time_since_epoch().count());
    if (role != Qt::DisplayRole && role != CopyRole)
        return {};
    if (column == 0)
        return role == CopyRole
                   ? m_format.iso(row.at)
                   : m_format.date(row.at).section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ') + m_format.clock(row.at);
    const auto place = static_cast<std::size_t>(column - 1);
    const double value = row.values[place];
    if (std::isnan(value))
        return role == CopyRole ? QString() : unknownText();
    const std::string& unit = m_units[place];
    return role == CopyRole ? QString::number(value, 'f', unit == "ratio" ? 4 : 0) : m_format.metric(value, unit);
}

} // namespace layerhold::gui
