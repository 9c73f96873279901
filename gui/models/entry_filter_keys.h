// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/entry_filter.h"
#include "models/sentences.h"

#include <QStringView>

#include <optional>
#include <span>

namespace layerhold::gui {

enum class FilterValueType
{
    Pattern, ///< a text with wildcards
    Digits,  ///< the beginning of a digest
    Code,    ///< one of a closed set
    Bytes,
    Duration,
    Count,
    Date, ///< a day, or a date with time and zone
    Word  ///< no value: the key itself is the term
};

struct FilterKeyInfo
{
    FilterKey key;
    QLatin1String name;
    FilterValueType type;
    std::optional<CodeSet> codes = std::nullopt;
};

std::span<const FilterKeyInfo> filterKeys(); ///< without Text
const FilterKeyInfo* findFilterKey(QStringView name);
const FilterKeyInfo* findFilterKey(FilterKey key);

/// The codes a key takes, with those that are no name of the API: kept:any and kept:none.
QStringList filterCodes(const FilterKeyInfo& info);

struct FilterUnit
{
    QLatin1String name;
    std::uint64_t factor;
};

/// Whether values of the type stand before and after each other.
bool isOrdered(FilterValueType type);

std::span<const FilterUnit> filterByteUnits();     ///< the largest first, those that are printed before the others
std::span<const FilterUnit> filterDurationUnits(); ///< as filterByteUnits, in seconds

/// In patterns a wildcard that is meant as it is has a backslash before it.
bool hasWildcard(QStringView pattern);

} // namespace layerhold::gui
