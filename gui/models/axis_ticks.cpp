// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/axis_ticks.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace layerhold::gui {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// No clock differs from UTC by anything else than a number of quarters of an hour.
constexpr qint64 quarter = 15 * minute;

std::vector<double> multiples(double step, double highest)
{
    std::vector<double> ticks;
    const double last = std::max(std::ceil(highest / step), 1.0);
    for (double i = 0; i <= last; ++i)
        ticks.push_back(i * step);
    return ticks;
}

/// The smallest of 1, 2, 5, 10, … that is not below `least`.
double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * (1 - 1e-12))
            return factor * power;
    }
    return 10 * power;
}

double leastStep(double highest, int most)
{
    return highest / std::max(most - 1, 1);
}

bool isDrawable(double highest)
{
    return std::isfinite(highest) && highest > 0;
}

struct Clock
{
    const QTimeZone& zone;
    const QLocale& locale;

    QDateTime at(qint64 time) const { return QDateTime::fromMSecsSinceEpoch(time, zone); }

    TimeTick tick(qint64 time, qint64 step) const
    {
        const QDateTime local = at(time);
        const bool startsDay = local.time() == local.date().startOfDay(zone).time();
        const QString form = startsDay       ? QStringLiteral("d MMM")
                             : step < minute ? QStringLiteral("HH:mm:ss")
                                             : QStringLiteral("HH:mm");
        return {Moment(std::chrono::milliseconds(time)), locale.toString(local, form), startsDay};
    }
};

/// Steps within a day: wherever the local clock shows a multiple of the step.
std::vector<TimeTick> clockTicks(qint64 from, qint64 to, qint64 step, const Clock& clock)
{
    std::vector<TimeTick> ticks;
    const qint64 stride = std::min(step, quarter);
    QDateTime last;
    for (qint64 time = from - from % stride; time <= to; time += stride) {
        if (time < from)
            continue;
        const QDateTime local = clock.at(time);
        const bool isMidnight = local.date() != clock.at(time - stride).date();
        if (!isMidnight && local.time().msecsSinceStartOfDay() % step != 0)
            continue;
        // With steps of many hours an hour that comes twice would put two marks side by side.
        if (step > hour && last.isValid() && last.date() == local.date() && last.time() == local.time())
            continue;
        last = local;
        ticks.push_back(clock.tick(time, step));
    }
    return ticks;
}

std::vector<TimeTick> dayTicks(qint64 from, qint64 to, int days, const Clock& clock)
{
    std::vector<TimeTick> ticks;
    // Counted from a fixed Monday, so that marks stay where they are when the range moves.
    constexpr qint64 monday = 2440588 + 4;
    QDate date = clock.at(from).date();
    date = date.addDays(-((date.toJulianDay() - monday) % days));
    for (;; date = date.addDays(days)) {
        const qint64 time = date.startOfDay(clock.zone).toMSecsSinceEpoch();
        if (time > to)
            return ticks;
        if (time >= from)
            ticks.push_back(clock.tick(time, day));
    }
}

std::vector<TimeTick> monthTicks(qint64 from, qint64 to, int months, const Clock& clock)
{
    std::vector<TimeTick> ticks;
    const QDate first = clock.at(from).date();
    for (QDate date(first.year(), 1, 1);; date = date.addMonths(months)) {
        const qint64 time = date.startOfDay(clock.zone).toMSecsSinceEpoch();
        if (time > to)
            return ticks;
        if (time >= from) {
            const QString label = date.toString(QStringLiteral("yyyy-MM"));
            ticks.push_back({Moment(std::chrono::milliseconds(time)), label, true});
        }
    }
}

} // namespace

std::vector<double> countTicks(double highest, int most)
{
    if (!isDrawable(highest))
        return {0, 1};
    return multiples(std::max(roundStep(leastStep(highest, most)), 1.0), highest);
}

std::vector<double> byteTicks(double highest, int most)
{
    if (!isDrawable(highest))
        return {0, 1};
    const double least = std::max(leastStep(highest, most), 1.0);
    return multiples(std::exp2(std::ceil(std::log2(least))), highest);
}

std::vector<double> decimalTicks(double highest, int most)
{
    if (!isDrawable(highest))
        return {0, 1};
    return multiples(roundStep(leastStep(highest, most)), highest);
}

std::vector<double> logByteTicks(double lowest, double highest, int most)
{
    const double low = isDrawable(lowest) ? std::max(lowest, 1.0) : 1.0;
    const double high = isDrawable(highest) ? std::max(highest, low) : low;
    double first = std::floor(std::log2(low));
    double last = std::max(std::ceil(std::log2(high)), first + 1);
    // Ten powers are from one unit to the next.
    for (const double step : {1.0, 2.0, 5.0, 10.0, 20.0, 30.0}) {
        const double begin = std::floor(first / step) * step;
        const double end = std::ceil(last / step) * step;
        if (step < 30 && (end - begin) / step + 1 > std::max(most, 2))
            continue;
        std::vector<double> ticks;
        for (double power = begin; power <= end; power += step)
            ticks.push_back(std::exp2(power));
        return ticks;
    }
    return {1, 2};
}

std::vector<double> logTimeTicks(double lowest, double highest)
{
    constexpr double hours = 3600;
    constexpr double days = 24 * hours;
    constexpr double years = 8766 * hours;
    static constexpr std::array lengths{1.0,       10.0,      60.0,       600.0,      hours,
                                        6 * hours, days,      7 * days,   30 * days,  years / 4,
                                        years,     3 * years, 10 * years, 30 * years, 100 * years};
    const auto first = std::upper_bound(lengths.begin() + 1, lengths.end() - 1, isDrawable(lowest) ? lowest : 1.0) - 1;
    const auto last = std::lower_bound(first + 1, lengths.end() - 1, isDrawable(highest) ? highest : 1.0);
    return {first, last + 1};
}

std::vector<TimeTick> timeTicks(Moment from, Moment to, int most, const QTimeZone& zone, const QLocale& locale)
{
    if (to <= from || most < 1)
        return {};
    const Clock clock{zone, locale};
    const qint64 begin = from.time_since_epoch().count();
    const qint64 end = to.time_since_epoch().count();
    const qint64 least = (end - begin) / most;

    constexpr std::array steps = {second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
                                  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
                                  hour,   2 * hour,   3 * hour,   6 * hour,    12 * hour};
    for (const qint64 step : steps) {
        if (step >= least)
            return clockTicks(begin, end, step, clock);
    }
    for (const int days : {1, 2, 7, 14}) {
        if (days * day >= least)
            return dayTicks(begin, end, days, clock);
    }
    for (const int months : {1, 3, 6}) {
        if (31 * day * months >= least)
            return monthTicks(begin, end, months, clock);
    }
    return monthTicks(begin, end, 12 * static_cast<int>(least / (366 * day) + 1), clock);
}

} // namespace layerhold::gui
