// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/format.h"

#include "models/plain_text.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace layerhold::gui {

namespace {

const QChar groupSeparator(0x202f);
const QChar minus(0x2212);

using std::chrono::milliseconds;

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t year = 8766 * hour;
constexpr std::int64_t month = year / 12;

struct DurationUnit
{
    std::int64_t length;
    const char* text;
};

constexpr std::array durationUnits = {
    DurationUnit{day, QT_TRANSLATE_NOOP("layerhold::gui::Format", "%1 d")},
    DurationUnit{hour, QT_TRANSLATE_NOOP("layerhold::gui::Format", "%1 h")},
    DurationUnit{minute, QT_TRANSLATE_NOOP("layerhold::gui::Format", "%1 min")},
    DurationUnit{second, QT_TRANSLATE_NOOP("layerhold::gui::Format", "%1 s")},
    DurationUnit{1, QT_TRANSLATE_NOOP("layerhold::gui::Format", "%1 ms")},
};

constexpr std::array binaryUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
constexpr std::array decimalUnits = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

} // namespace

Format::Format()
    : Format(Options())
{}

Format::Format(Options options)
    : m_options(std::move(options))
{
    m_options.locale.setNumberOptions(QLocale::DefaultNumberOptions);
}

Moment Format::systemNow()
{
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

QString Format::number(double value, int decimals) const
{
    QString text = m_options.locale.toString(value, 'f', decimals);
    return text.replace(m_options.locale.groupSeparator(), groupSeparator);
}

/// Three digits are enough for people, and one decimal tells 1.0 from 1.9.
QString Format::scaled(double value) const
{
    return number(value, value < 99.95 ? 1 : 0);
}

QString Format::bytes(std::uint64_t bytes) const
{
    const bool isBinary = m_options.units == ByteUnits::Binary;
    const std::uint64_t step = isBinary ? 1024 : 1000;
    const auto& units = isBinary ? binaryUnits : decimalUnits;
    if (bytes < step)
        return count(bytes) + QLatin1Char(' ') + QLatin1String(units[0]);

    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // What would be rounded up to a whole step is shown in the next unit: never "1024 KiB".
    while (unit + 1 < units.size() && std::round(value) >= static_cast<double>(step)) {
        value /= static_cast<double>(step);
        ++unit;
    }
    return scaled(value) + QLatin1Char(' ') + QLatin1String(units[unit]);
}

QString Format::bytesWithSign(std::int64_t difference) const
{
    if (difference == 0)
        return bytes(0);
    // The negation happens without a sign, as the lowest number has no positive counterpart.
    const auto magnitude = static_cast<std::uint64_t>(difference);
    return difference < 0 ? minus + bytes(0 - magnitude) : QLatin1Char('+') + bytes(magnitude);
}

QString Format::exactBytes(std::uint64_t bytes) const
{
    return tr("%1 bytes", nullptr, numberForPlural(bytes)).arg(count(bytes));
}

QString Format::count(std::uint64_t count) const
{
    QString text = m_options.locale.toString(static_cast<qulonglong>(count));
    return text.replace(m_options.locale.groupSeparator(), groupSeparator);
}

QString Format::bytesPerSecond(double bytesEach) const
{
    return tr("%1/s").arg(bytes(static_cast<std::uint64_t>(std::max(bytesEach, 0.0))));
}

QString Format::perSecond(double countEach) const
{
    return tr("%1/s").arg(scaled(countEach));
}

QString Format::percent(double ratio) const
{
    if (std::isnan(ratio))
        return unknownText();
    if (ratio <= 0)
        return tr("%1 %").arg(number(0, 0));
    if (ratio == 1)
        return tr("%1 %").arg(number(100, 0));
    if (ratio < 0.001)
        return tr("<%1 %").arg(number(0.1, 1));
    if (ratio < 1 && ratio > 0.999)
        return tr(">%1 %").arg(number(99.9, 1));
    return tr("%1 %").arg(number(ratio * 100, 1));
}

QString Format::latency(std::chrono::nanoseconds time) const
{
    constexpr std::array units = {"ns", "µs", "ms", "s"};
    auto value = static_cast<double>(time.count());
    std::size_t unit = 0;
    while (unit + 1 < units.size() && std::round(value) >= 1000) {
        value /= 1000;
        ++unit;
    }
    const QString text = unit == 0 ? number(value, 0) : scaled(value);
    return text + QLatin1Char(' ') + QString::fromUtf8(units[unit]);
}

QString Format::duration(milliseconds time) const
{
    std::int64_t left = std::max<std::int64_t>(time.count(), 0);
    for (std::size_t i = 0; i < durationUnits.size(); ++i) {
        const auto& large = durationUnits[i];
        if (left < large.length && i + 1 < durationUnits.size())
            continue;
        QString text = tr(large.text).arg(count(static_cast<std::uint64_t>(left / large.length)));
        // Nobody wants milliseconds behind seconds.
        if (large.length > second) {
            const auto& small = durationUnits[i + 1];
            const std::int64_t rest = left % large.length / small.length;
            if (rest > 0)
                text += QLatin1Char(' ') + tr(small.text).arg(count(static_cast<std::uint64_t>(rest)));
        }
        return text;
    }
    return {};
}

QString Format::age(milliseconds time) const
{
    const std::int64_t length = std::max<std::int64_t>(time.count(), 0);
    const auto whole = [&](std::int64_t unit) { return count(static_cast<std::uint64_t>(length / unit)); };
    if (length < minute)
        return tr("%1 s").arg(whole(second));
    if (length < hour)
        return tr("%1 min").arg(whole(minute));
    if (length < day)
        return tr("%1 h").arg(whole(hour));
    if (length < 90 * day)
        return tr("%1 d").arg(whole(day));
    if (length < 2 * year)
        return tr("%1 mo").arg(whole(month));
    return tr("%1 y").arg(whole(year));
}

QString Format::relative(Moment moment) const
{
    if (!isKnown(moment))
        return tr("never");
    const milliseconds since = now() - moment;
    if (std::abs(since.count()) < second)
        return tr("just now");
    return since.count() > 0 ? tr("%1 ago").arg(age(since)) : tr("in %1").arg(age(-since));
}

QString Format::iso(Moment moment) const
{
    if (!isKnown(moment))
        return tr("never");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), m_options.zone);
    const int offset = time.offsetFromUtc();
    return (offset == 0 ? time.toUTC() : time.toOffsetFromUtc(offset)).toString(Qt::ISODate);
}

QString Format::date(Moment moment) const
{
    if (!isKnown(moment))
        return tr("never");
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), m_options.zone)
        .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString Format::clock(Moment moment) const
{
    if (!isKnown(moment))
        return tr("never");
    return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), m_options.zone)
        .toString(QStringLiteral("HH:mm:ss"));
}

QString Format::span(Moment from, Moment to) const
{
    const auto dayOf = [this](Moment moment) {
        return QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count(), m_options.zone)
            .toString(QStringLiteral("yyyy-MM-dd "));
    };
    const QString end = dayOf(to) == dayOf(from) ? clock(to) : dayOf(to) + clock(to);
    return tr("%1 – %2 (%3)").arg(dayOf(from) + clock(from), end, duration(to - from));
}

QString Format::moment(Moment moment) const
{
    return m_options.moments == MomentStyle::Relative ? relative(moment) : iso(moment);
}

QString Format::metric(double value, std::string_view unit) const
{
    if (!std::isfinite(value))
        return unknownText();
    if (unit == "ratio")
        return percent(value);
    if (unit == "nanoseconds")
        return latency(std::chrono::nanoseconds(static_cast<std::int64_t>(value)));
    const auto whole = static_cast<std::uint64_t>(std::max(value, 0.0));
    return unit == "bytes" ? bytes(whole) : count(whole);
}

int numberForPlural(std::uint64_t count)
{
    constexpr std::uint64_t lastDigits = 1'000'000;
    return static_cast<int>(count <= std::numeric_limits<int>::max() ? count : lastDigits + count % lastDigits);
}

QString unknownText()
{
    return QStringLiteral("–");
}

QString shortDigest(QStringView digest)
{
    constexpr qsizetype shownDigits = 12;
    const qsizetype colon = digest.indexOf(u':');
    const QStringView digits = digest.mid(colon + 1);
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](QChar digit) {
        return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f');
    });
    if (colon <= 0 || !isHex || digits.isEmpty())
        return plainText(digest);
    const QStringView algorithm = digest.left(colon);
    const QString prefix = algorithm == u"sha256" ? QString() : plainText(algorithm, 16) + QLatin1Char(':');
    return prefix + digits.left(shownDigits).toString();
}

QString shortDigest(std::string_view digest)
{
    return shortDigest(QString::fromUtf8(digest.data(), static_cast<qsizetype>(digest.size())));
}

} // namespace layerhold::gui
