// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_filter_keys.h"

#include <algorithm>
#include <array>

namespace layerhold::gui {

namespace {

using Type = FilterValueType;

constexpr std::array keys = {
    FilterKeyInfo{FilterKey::Repo, QLatin1String("repo"), Type::Pattern},
    FilterKeyInfo{FilterKey::Name, QLatin1String("name"), Type::Pattern},
    FilterKeyInfo{FilterKey::Digest, QLatin1String("digest"), Type::Digits},
    FilterKeyInfo{FilterKey::Kind, QLatin1String("kind"), Type::Code, CodeSet::Kind},
    FilterKeyInfo{FilterKey::State, QLatin1String("state"), Type::Code, CodeSet::State},
    FilterKeyInfo{FilterKey::Kept, QLatin1String("kept"), Type::Code, CodeSet::HolderKind},
    FilterKeyInfo{FilterKey::Media, QLatin1String("media"), Type::Pattern},
    FilterKeyInfo{FilterKey::Origin, QLatin1String("origin"), Type::Pattern},
    FilterKeyInfo{FilterKey::Refetch, QLatin1String("refetch"), Type::Code, CodeSet::Refetch},
    FilterKeyInfo{FilterKey::Size, QLatin1String("size"), Type::Bytes},
    FilterKeyInfo{FilterKey::Freed, QLatin1String("freed"), Type::Bytes},
    FilterKeyInfo{FilterKey::Idle, QLatin1String("idle"), Type::Duration},
    FilterKeyInfo{FilterKey::Age, QLatin1String("age"), Type::Duration},
    FilterKeyInfo{FilterKey::Used, QLatin1String("used"), Type::Date},
    FilterKeyInfo{FilterKey::Users, QLatin1String("users"), Type::Count},
    FilterKeyInfo{FilterKey::Hits, QLatin1String("hits"), Type::Count},
    FilterKeyInfo{FilterKey::Pinned, QLatin1String("pinned"), Type::Word},
    FilterKeyInfo{FilterKey::Released, QLatin1String("released"), Type::Word},
};

constexpr std::uint64_t kibi = 1024;
constexpr std::uint64_t kilo = 1000;

constexpr std::array byteUnits = {
    FilterUnit{QLatin1String("TiB"), kibi* kibi* kibi* kibi},
    FilterUnit{QLatin1String("GiB"), kibi* kibi* kibi},
    FilterUnit{QLatin1String("MiB"), kibi* kibi},
    FilterUnit{QLatin1String("KiB"), kibi},
    FilterUnit{QLatin1String("TB"), kilo* kilo* kilo* kilo},
    FilterUnit{QLatin1String("GB"), kilo* kilo* kilo},
    FilterUnit{QLatin1String("MB"), kilo* kilo},
    FilterUnit{QLatin1String("kB"), kilo},
    FilterUnit{QLatin1String("B"), 1},
};

constexpr std::uint64_t day = 86400;

constexpr std::array durationUnits = {
    FilterUnit{QLatin1String("d"), day},       FilterUnit{QLatin1String("h"), 3600},
    FilterUnit{QLatin1String("min"), 60},      FilterUnit{QLatin1String("s"), 1},
    FilterUnit{QLatin1String("y"), 365 * day}, FilterUnit{QLatin1String("w"), 7 * day},
    FilterUnit{QLatin1String("m"), 60},
};

} // namespace

std::span<const FilterKeyInfo> filterKeys()
{
    return keys;
}

const FilterKeyInfo* findFilterKey(QStringView name)
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& info) { return name == info.name; });
    return found == keys.end() ? nullptr : &*found;
}

const FilterKeyInfo* findFilterKey(FilterKey key)
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& info) { return key == info.key; });
    return found == keys.end() ? nullptr : &*found;
}

QStringList filterCodes(const FilterKeyInfo& info)
{
    QStringList codes;
    if (!info.codes)
        return codes;
    for (const std::string_view code : codesOf(*info.codes))
        codes.append(QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size())));
    if (info.key == FilterKey::Kept)
        codes << QStringLiteral("any") << QStringLiteral("none");
    return codes;
}

bool isOrdered(FilterValueType type)
{
    return type == Type::Bytes || type == Type::Duration || type == Type::Count || type == Type::Date;
}

std::span<const FilterUnit> filterByteUnits()
{
    return byteUnits;
}

std::span<const FilterUnit> filterDurationUnits()
{
    return durationUnits;
}

bool hasWildcard(QStringView pattern)
{
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\')
            ++i;
        else if (pattern[i] == u'*' || pattern[i] == u'?')
            return true;
    }
    return false;
}

} // namespace layerhold::gui
