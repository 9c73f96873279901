// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_filter.h"

#include "models/entry_filter_keys.h"

#include <QDateTime>

#include <algorithm>

namespace layerhold::gui {

namespace {

QLatin1String signOf(FilterOperator relation)
{
    switch (relation) {
    case FilterOperator::Is:
        return QLatin1String(":");
    case FilterOperator::Less:
        return QLatin1String("<");
    case FilterOperator::LessOrEqual:
        return QLatin1String("<=");
    case FilterOperator::Greater:
        return QLatin1String(">");
    case FilterOperator::GreaterOrEqual:
        return QLatin1String(">=");
    }
    return QLatin1String(":");
}

QString unescaped(QStringView pattern)
{
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\' && i + 1 < pattern.size())
            ++i;
        text += pattern[i];
    }
    return text;
}

bool isRelation(QChar character)
{
    return character == u':' || character == u'<' || character == u'>' || character == u'=';
}

/// Without them it would end early, or mean its wildcards.
bool needsQuotes(const QString& pattern)
{
    const QString text = unescaped(pattern);
    const bool hasEscapedWildcard = !hasWildcard(pattern) && (text.contains(u'*') || text.contains(u'?'));
    return hasEscapedWildcard || std::any_of(text.begin(), text.end(), [](QChar character) {
               return character == u' ' || character == u'\t' || character == u'\n' || character == u'\r' ||
                      character == u'"';
           });
}

/// As needsQuotes(), behind a key.
bool needsQuotesAsValue(const QString& pattern)
{
    return needsQuotes(pattern) || pattern.contains(u',') || isRelation(pattern[0]);
}

/// A bare word that would be read as something else.
bool looksLikeTerm(const QString& text)
{
    const auto notLetter = std::find_if(text.begin(), text.end(), [](QChar character) {
        return !((character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z'));
    });
    if (notLetter == text.end()) {
        const FilterKeyInfo* info = findFilterKey(text);
        return info && info->type == FilterValueType::Word;
    }
    return isRelation(*notLetter) || text[0] == u'!';
}

QString printedNumber(std::uint64_t number, std::span<const FilterUnit> units)
{
    for (const FilterUnit& unit : units)
        if (number != 0 && number % unit.factor == 0)
            return QString::number(number / unit.factor) + unit.name;
    return QString::number(number);
}

QString printedMoment(std::uint64_t seconds)
{
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC);
    return moment.time() == QTime(0, 0) ? moment.date().toString(Qt::ISODate) : moment.toString(Qt::ISODate);
}

QString printed(const FilterValue& value, const FilterTerm& term)
{
    const FilterKeyInfo* info = findFilterKey(term.key);
    if (!info)
        return needsQuotes(value.text) || looksLikeTerm(value.text) ? quotedFilterValue(unescaped(value.text))
                                                                    : unescaped(value.text);
    switch (info->type) {
    case FilterValueType::Bytes:
        return printedNumber(value.number, filterByteUnits());
    case FilterValueType::Duration:
        return value.isNever ? QStringLiteral("never") : printedNumber(value.number, filterDurationUnits());
    case FilterValueType::Count:
        return QString::number(value.number);
    case FilterValueType::Date:
        return printedMoment(value.number);
    case FilterValueType::Code:
        return filterCodes(*info).contains(value.text) ? value.text : quotedFilterValue(unescaped(value.text));
    default:
        return needsQuotesAsValue(value.text) ? quotedFilterValue(unescaped(value.text)) : unescaped(value.text);
    }
}

bool isPrefix(const FilterTerm& term)
{
    return term.key == FilterKey::Text || term.key == FilterKey::Digest;
}

/// Whoever passes `narrow` passes `wide`.
bool implies(const FilterTerm& narrow, const FilterTerm& wide)
{
    if (narrow == wide)
        return true;
    if (narrow.isNegated || wide.isNegated || narrow.key != wide.key || narrow.relation != wide.relation)
        return false;
    if (narrow.values.size() != 1 || wide.values.size() != 1)
        return false;
    const FilterValue& inner = narrow.values.front();
    const FilterValue& outer = wide.values.front();
    if (isPrefix(narrow)) // With a colon they are about the algorithm of a digest, too.
        return inner.text.contains(u':') == outer.text.contains(u':') && !hasWildcard(inner.text) &&
               !hasWildcard(outer.text) && inner.text.startsWith(outer.text);
    if (narrow.relation == FilterOperator::Greater || narrow.relation == FilterOperator::GreaterOrEqual)
        return inner.number >= outer.number;
    if (narrow.relation == FilterOperator::Less || narrow.relation == FilterOperator::LessOrEqual)
        return inner.number <= outer.number;
    return false;
}

} // namespace

QString quotedFilterValue(const QString& text)
{
    QString quoted = text;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

QString EntryFilter::toString() const
{
    QStringList words;
    for (const FilterTerm& term : terms) {
        QString word = term.isNegated ? QStringLiteral("!") : QString();
        if (const FilterKeyInfo* info = findFilterKey(term.key)) {
            word += info->name;
            if (info->type != FilterValueType::Word)
                word += signOf(term.relation);
        }
        QStringList values;
        for (const FilterValue& value : term.values)
            values.append(printed(value, term));
        words.append(word + values.join(QLatin1Char(',')));
    }
    return words.join(QLatin1Char(' '));
}

bool EntryFilter::refines(const EntryFilter& other) const
{
    return std::all_of(other.terms.begin(), other.terms.end(), [this](const FilterTerm& wide) {
        return std::any_of(terms.begin(), terms.end(), [&](const FilterTerm& term) { return implies(term, wide); });
    });
}

QStringList filterCompletions(const QString& text, qsizetype cursor)
{
    QString word = text.left(cursor);
    word = word.mid(word.lastIndexOf(QLatin1Char(' ')) + 1);
    const QString negation = word.startsWith(QLatin1Char('!')) ? QStringLiteral("!") : QString();
    word = word.mid(negation.size());

    QStringList completions;
    const qsizetype colon = word.indexOf(QLatin1Char(':'));
    if (colon < 0) {
        for (const FilterKeyInfo& info : filterKeys()) {
            if (!info.name.startsWith(word))
                continue;
            const QLatin1String sign(info.type == FilterValueType::Word ? "" : isOrdered(info.type) ? ">" : ":");
            completions.append(negation + info.name + sign);
        }
        return completions;
    }
    const FilterKeyInfo* info = findFilterKey(word.left(colon));
    if (!info)
        return completions;
    const qsizetype start = std::max(colon, word.lastIndexOf(QLatin1Char(','))) + 1;
    for (const QString& code : filterCodes(*info))
        if (code.startsWith(word.mid(start)))
            completions.append(negation + word.left(start) + code);
    return completions;
}

} // namespace layerhold::gui
