// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <variant>
#include <vector>

namespace layerhold::gui {

enum class FilterKey
{
    Text, ///< no key: anywhere in a name, or the beginning of the digest
    Repo,
    Name,
    Digest,
    Kind,
    State,
    Kept,
    Media,
    Origin,
    Refetch,
    Size,
    Freed,
    Idle,
    Age,
    Used,
    Users,
    Hits,
    Pinned,  ///< a word of its own
    Released ///< a word of its own
};

enum class FilterOperator
{
    Is,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual
};

struct FilterValue
{
    QString text;             ///< of texts
    std::uint64_t number = 0; ///< of numbers: bytes, seconds, a count, or seconds since 1970
    bool isNever = false;     ///< of idle: was never used

    friend bool operator==(const FilterValue&, const FilterValue&) = default;
};

/// Holds when the value of the key is one of the values, or stands in that relation to the only one.
struct FilterTerm
{
    bool isNegated = false;
    FilterKey key = FilterKey::Text;
    FilterOperator relation = FilterOperator::Is;
    std::vector<FilterValue> values;

    friend bool operator==(const FilterTerm&, const FilterTerm&) = default;
};

struct FilterError
{
    QString text;   ///< one sentence
    int column = 0; ///< of the first character that is wrong, from 0; the length of the text when something is missing
};

/// Which entries are shown: those for which all terms hold.
///
///   repo:library/* kind:layer,config size>50MiB idle>30d kept:tag !pinned digest:3f2a "two words"
///
/// Moments are dates, which begin at midnight of UTC, or have a time and a zone: used>=2026-03-02
/// used<2026-03-02T10:15:00Z. `*` stands for any characters, `?` for one. Texts with spaces, commas or wildcards that
/// are meant as they are stand in quotes, where \" and \\ are a quote and a backslash; quoted codes need not be known.
/// A value that is not known is in no relation to anything.
struct EntryFilter
{
    std::vector<FilterTerm> terms;

    static std::variant<EntryFilter, FilterError> parse(const QString& text);
    /// Parses to the same filter.
    QString toString() const;

    bool isEmpty() const { return terms.empty(); }

    /// Everything that this one shows, `other` shows as well. False where that is not plain to see.
    bool refines(const EntryFilter& other) const;

    friend bool operator==(const EntryFilter&, const EntryFilter&) = default;
};

/// What the word that ends at `cursor` could become, whole: keys with their operator, and the codes of keys that have a
/// closed set.
QStringList filterCompletions(const QString& text, qsizetype cursor);

/// A text as a value that means exactly it.
QString quotedFilterValue(const QString& text);

} // namespace layerhold::gui
