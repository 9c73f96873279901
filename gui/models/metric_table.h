// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"
#include "models/metric_charts.h"
#include "models/record_table.h"

namespace layerhold::gui {

/// What was known at one moment; NaN: nothing was.
struct MetricRow
{
    Moment at = {};
    std::vector<double> values = {};
};

/// The numbers that the charts draw: a row for each moment, the newest first, and a column for each line.
class MetricTable final : public RecordTable<MetricRow>
{
    Q_OBJECT

public:
    explicit MetricTable(Format format, QObject* parent = nullptr);

    void setCharts(const std::vector<MetricChart>& charts);
    void setFormat(const Format& format);

protected:
    QVariant cell(RecordId id, int column, int role) const override;
    void onCleared() override;

private:
    Format m_format;
    std::vector<std::string> m_units;            ///< of the columns after that of the time
    std::vector<RecordColumn<MetricRow>> m_next; ///< those of what comes after clear()
};

} // namespace layerhold::gui
