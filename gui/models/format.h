// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/records.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>
#include <QTimeZone>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace layerhold::gui {

enum class ByteUnits
{
    Binary, ///< KiB, MiB, GiB
    Decimal ///< kB, MB, GB, as docker prints
};

enum class MomentStyle
{
    Relative,
    Iso
};

/// Numbers, bytes and times as people read them. A value: copies are cheap, and may be used on any thread. Digits are
/// grouped by a narrow no-break space, whatever the locale; decimal marks and digits are those of the locale.
class Format
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::Format)

public:
    using Now = std::function<Moment()>;

    struct Options
    {
        QLocale locale = QLocale::c();
        QTimeZone zone = QTimeZone::systemTimeZone();
        ByteUnits units = ByteUnits::Binary;
        MomentStyle moments = MomentStyle::Relative;
        Now now = systemNow;
    };

    Format();
    explicit Format(Options options);

    static Moment systemNow();

    Moment now() const { return m_options.now(); }

    const Options& options() const { return m_options; }

    QString bytes(std::uint64_t bytes) const;             ///< "61.2 GiB"
    QString bytesWithSign(std::int64_t bytes) const;      ///< "+3.0 GiB", "−512 B"
    QString exactBytes(std::uint64_t bytes) const;        ///< "65 712 345 088 bytes"
    QString count(std::uint64_t count) const;             ///< "1 284"
    QString bytesPerSecond(double bytes) const;           ///< "3.2 MiB/s"
    QString perSecond(double count) const;                ///< "12.5/s"
    QString percent(double ratio) const;                  ///< of 1: "94.2 %"; "0 %" and "100 %" only for exactly these
    QString latency(std::chrono::nanoseconds time) const; ///< "850 µs"

    QString duration(std::chrono::milliseconds time) const; ///< "3 h 5 min": at most two units, rounded down
    QString age(std::chrono::milliseconds time) const;      ///< "3 h": one unit, rounded down

    QString relative(Moment moment) const; ///< "3 h ago", "in 2 d", "just now"; unknown: "never"
    QString iso(Moment moment) const;      ///< "2026-03-02T10:42:07+01:00" in the zone; unknown: "never"
    QString date(Moment moment) const;     ///< "2026-03-02 10:42" in the zone; unknown: "never"
    QString clock(Moment moment) const;    ///< "10:42:07" in the zone; unknown: "never"
    /// "2026-03-02 10:02:00 – 10:15:00 (13 min)"; the second date is there when it is another one.
    QString span(Moment from, Moment to) const;
    QString moment(Moment moment) const; ///< relative or ISO, as the options say

    /// A value of the metrics: `unit` is count, bytes, nanoseconds or ratio; any other is shown as a count.
    QString metric(double value, std::string_view unit) const;

private:
    QString number(double value, int decimals) const;
    QString scaled(double value) const;

    Options m_options;
};

/// What tr() takes as n: as it is or, where that is too large, a number with the same last six digits. Languages tell
/// plurals by fewer.
int numberForPlural(std::uint64_t count);

/// What is not known, in a cell.
QString unknownText();

/// "3f2a91c04d1e": twelve digits, without the algorithm when that is sha256. What is no digest is shown as it is, by
/// plainText().
QString shortDigest(QStringView digest);
QString shortDigest(std::string_view digest);

inline constexpr bool isKnown(Moment moment)
{
    return moment != Moment{};
}

} // namespace layerhold::gui
