// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"

#include <QAbstractItemModel>

#include <chrono>
#include <string>

namespace layerhold::gui::test {

inline Moment at(std::int64_t second)
{
    return Moment(std::chrono::seconds(1'767'225'600 + second)); // 2026-01-01
}

/// UTC, ISO moments, and a clock that stands where `now` says.
inline Format format(Format::Now now = [] { return at(0); })
{
    Format::Options options;
    options.zone = QTimeZone::utc();
    options.moments = MomentStyle::Iso;
    options.now = std::move(now);
    return Format(std::move(options));
}

/// A digest that is told apart by its first digits.
inline std::string digest(const std::string& start)
{
    return "sha256:" + start + std::string(64 - start.size(), '0');
}

/// What a column shows from the first row to the last.
inline QString column(const QAbstractItemModel& model, int column, const QModelIndex& parent = {})
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(parent); ++row)
        cells += model.index(row, column, parent).data().toString();
    return cells.join(QLatin1Char('|'));
}

} // namespace layerhold::gui::test
