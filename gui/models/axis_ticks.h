// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QLocale>
#include <QString>
#include <QTimeZone>

#include <vector>

/// Where the marks of axes go. Pure functions: any thread.
namespace layerhold::gui {

/// Round numbers (1, 2, 5 and their tens) from 0 to the first that is not below `highest`; at most about `most`, at
/// least two. Whole numbers only.
std::vector<double> countTicks(double highest, int most);

/// The same for bytes: steps are powers of two, so that the labels are round in KiB, MiB, GiB.
std::vector<double> byteTicks(double highest, int most);

/// The same for values that need not be whole: ratios, and times in nanoseconds.
std::vector<double> decimalTicks(double highest, int most);

/// For an axis whose steps are factors: powers of two of bytes, evenly, from one that is not above `lowest` to one that
/// is not below `highest`; at most about `most`, at least two. The least is one byte.
std::vector<double> logByteTicks(double lowest, double highest, int most);

/// The same for lengths of time in seconds, at what people count in (a minute, an hour, a day, a week, …), of which as
/// many are taken as there are. The least is one second.
std::vector<double> logTimeTicks(double lowest, double highest);

struct TimeTick
{
    Moment at;
    QString label;
    bool startsDay = false; ///< of the local calendar; its label is a date

    friend bool operator==(const TimeTick&, const TimeTick&) = default;
};

/// Moments within [from, to] that a clock on the wall of `zone` shows as round: whole seconds up to whole months, at
/// most about `most`. A day with 23 or 25 hours has its marks where its clock shows them: an hour that is left out has
/// none, and one that comes twice has two.
std::vector<TimeTick> timeTicks(Moment from, Moment to, int most, const QTimeZone& zone,
                                const QLocale& locale = QLocale::c());

} // namespace layerhold::gui
