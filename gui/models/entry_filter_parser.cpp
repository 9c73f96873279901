// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0

// From text to terms. What terms are for, and how they are printed: entry_filter.cpp.
#include "models/entry_filter.h"
#include "models/entry_filter_keys.h"
#include "models/plain_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace layerhold::gui {

namespace {

constexpr qsizetype longestFilter = 4096;
constexpr qsizetype longestDigits = 128;

bool isSpace(QChar character)
{
    return character == u' ' || character == u'\t' || character == u'\n' || character == u'\r';
}

bool isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isRelation(QChar character)
{
    return character == u':' || character == u'<' || character == u'>' || character == u'=';
}

class Parser
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::EntryFilter)

public:
    explicit Parser(const QString& text)
        : m_text(text)
    {}

    std::variant<EntryFilter, FilterError> parse()
    {
        EntryFilter filter;
        try {
            if (m_text.size() > longestFilter)
                fail(longestFilter, tr("The filter is too long."));
            for (skipSpaces(); !isAtEnd(); skipSpaces())
                filter.terms.push_back(term());
        } catch (const FilterError& error) {
            return error;
        }
        return filter;
    }

private:
    struct Piece
    {
        QString text; ///< a pattern: what was quoted has its wildcards escaped
        bool isQuoted = false;
        qsizetype column = 0;
    };

    [[noreturn]] static void fail(qsizetype column, const QString& text)
    {
        throw FilterError{text, static_cast<int>(column)};
    }

    bool isAtEnd() const { return m_at >= m_text.size(); }

    bool isAtWordEnd() const { return isAtEnd() || isSpace(m_text[m_at]); }

    void skipSpaces()
    {
        while (!isAtEnd() && isSpace(m_text[m_at]))
            ++m_at;
    }

    FilterTerm term()
    {
        FilterTerm term;
        if (m_text[m_at] == u'!') {
            term.isNegated = true;
            ++m_at;
            if (isAtWordEnd())
                fail(m_at, tr("A condition is missing after \"!\"."));
            if (m_text[m_at] == u'!')
                fail(m_at, tr("One \"!\" is enough."));
        }
        const qsizetype start = m_at;
        qsizetype end = start;
        while (end < m_text.size() && isLetter(m_text[end]))
            ++end;
        const QStringView word = QStringView(m_text).mid(start, end - start);
        const bool isWholeWord = end == m_text.size() || isSpace(m_text[end]);
        if (end == start && isRelation(m_text[start]))
            fail(start, tr("A key is missing before \"%1\".").arg(m_text[start]));
        if (!isWholeWord && isRelation(m_text[end]) && end > start) {
            m_at = end;
            keyTerm(term, word, start);
        } else if (const FilterKeyInfo* info = findFilterKey(word);
                   isWholeWord && info && info->type == FilterValueType::Word) {
            m_at = end;
            term.key = info->key;
        } else {
            term.values.push_back({piece(Commas::Text).text});
        }
        return term;
    }

    void keyTerm(FilterTerm& term, QStringView name, qsizetype start)
    {
        const FilterKeyInfo* info = findFilterKey(name);
        if (!info)
            fail(start, tr("There is no key \"%1\". To look for a text with \"%2\" in it, put it in quotes.")
                            .arg(plainText(name, 40), m_text[m_at]));
        if (info->type == FilterValueType::Word)
            fail(m_at, tr("\"%1\" stands alone, without a value.").arg(info->name));
        term.key = info->key;
        term.relation = relation(*info);
        if (isAtWordEnd())
            fail(m_at, tr("A value is missing after \"%1\".").arg(m_text.mid(start, m_at - start)));
        do {
            const qsizetype column = m_at;
            term.values.push_back(value(*info));
            if (term.values.back().isNever && term.relation != FilterOperator::Is)
                fail(column, tr("\"never\" cannot be compared with; write idle:never."));
        } while (takeComma(term));
    }

    FilterOperator relation(const FilterKeyInfo& info)
    {
        const qsizetype start = m_at;
        while (!isAtEnd() && isRelation(m_text[m_at]))
            ++m_at;
        const QString sign = m_text.mid(start, m_at - start);
        const bool isNumber = isOrdered(info.type);
        const bool isMoment = info.type == FilterValueType::Date;
        if (isMoment && (sign == u":" || sign == u"="))
            fail(start, tr("\"%1\" takes < <= > >= only.").arg(info.name));
        if (sign == u":" || (sign == u"=" && isNumber))
            return FilterOperator::Is;
        if (!isNumber)
            fail(start, tr("\"%1\" takes \":\" only.").arg(info.name));
        if (sign == u"<")
            return FilterOperator::Less;
        if (sign == u"<=")
            return FilterOperator::LessOrEqual;
        if (sign == u">")
            return FilterOperator::Greater;
        if (sign == u">=")
            return FilterOperator::GreaterOrEqual;
        fail(start, tr("\"%1\" is no relation; there are : = < <= > >=.").arg(sign.left(16)));
    }

    bool takeComma(const FilterTerm& term)
    {
        if (isAtWordEnd())
            return false;
        if (m_text[m_at] != u',')
            fail(m_at, tr("A space is missing before this."));
        if (term.relation != FilterOperator::Is)
            fail(m_at, tr("Only one value can be compared with."));
        ++m_at;
        if (isAtWordEnd())
            fail(m_at, tr("A value is missing after \",\"."));
        return true;
    }

    enum class Commas
    {
        End, ///< of the piece
        Text ///< as any other character
    };

    Piece piece(Commas commas)
    {
        Piece piece{{}, false, m_at};
        if (!isAtEnd() && m_text[m_at] == u'"') {
            piece.isQuoted = true;
            piece.text = quoted();
            if (!isAtWordEnd() && !(commas == Commas::End && m_text[m_at] == u','))
                fail(m_at, tr("A space is missing after the quote."));
            if (piece.text.isEmpty())
                fail(piece.column, tr("The quotes are empty."));
            return piece;
        }
        while (!isAtWordEnd() && !(commas == Commas::End && m_text[m_at] == u',')) {
            if (m_text[m_at] == u'"')
                fail(m_at, tr("Quotes go around a whole value."));
            if (m_text[m_at] == u'\\')
                piece.text += u'\\';
            piece.text += m_text[m_at++];
        }
        if (piece.text.isEmpty())
            fail(m_at, tr("A value is missing here."));
        return piece;
    }

    QString quoted()
    {
        const qsizetype start = m_at++;
        QString text;
        for (; !isAtEnd() && m_text[m_at] != u'"'; ++m_at) {
            if (m_text[m_at] == u'\\') {
                ++m_at;
                if (isAtEnd())
                    break;
                if (m_text[m_at] != u'"' && m_text[m_at] != u'\\')
                    fail(m_at - 1, tr("In quotes there are only \\\" and \\\\."));
            }
            const QChar character = m_text[m_at];
            if (character == u'*' || character == u'?' || character == u'\\')
                text += u'\\';
            text += character;
        }
        if (isAtEnd())
            fail(start, tr("The quote is not closed."));
        ++m_at;
        return text;
    }

    FilterValue value(const FilterKeyInfo& info)
    {
        const Piece read = piece(Commas::End);
        switch (info.type) {
        case FilterValueType::Digits:
            return digits(read);
        case FilterValueType::Code:
            return code(read, info);
        case FilterValueType::Bytes:
            return number(read, filterByteUnits(), tr("a size, as 50MiB"));
        case FilterValueType::Duration:
            if (read.text == u"never" && info.key == FilterKey::Idle)
                return {.text = {}, .number = 0, .isNever = true};
            return number(read, filterDurationUnits(), tr("a time, as 30d"));
        case FilterValueType::Count:
            return number(read, {}, tr("a whole number"));
        case FilterValueType::Date:
            return moment(read);
        case FilterValueType::Pattern:
        case FilterValueType::Word:
            break;
        }
        return {read.text};
    }

    static FilterValue digits(const Piece& read)
    {
        const qsizetype colon = read.text.indexOf(u':');
        const qsizetype first = colon + 1;
        const qsizetype start = read.column + (read.isQuoted ? 1 : 0);
        for (qsizetype i = first; i < read.text.size(); ++i)
            if (!isDigit(read.text[i]) && !(read.text[i] >= u'a' && read.text[i] <= u'f'))
                fail(start + i, tr("Digests have only the digits 0 to 9 and a to f."));
        if (read.text.size() - first == 0)
            fail(start + first, tr("The digits of the digest are missing."));
        if (read.text.size() - first > longestDigits)
            fail(start + first + longestDigits, tr("No digest is that long."));
        return {read.text};
    }

    static FilterValue code(const Piece& read, const FilterKeyInfo& info)
    {
        const QStringList known = filterCodes(info);
        if (!read.isQuoted && !known.contains(read.text))
            fail(read.column, tr("\"%1\" is not known here; there are %2.")
                                  .arg(plainText(read.text, 40), known.join(QLatin1String(", "))));
        return {read.text};
    }

    static FilterValue moment(const Piece& read)
    {
        static const QRegularExpression form(
            QStringLiteral("^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d))?$"));
        const QString wanted = tr("a date, as 2026-03-02, or one with time and zone, as 2026-03-02T10:15:00Z");
        const QRegularExpressionMatch match = form.match(read.text);
        QString text = read.text;
        if (match.capturedLength(1) == 0)
            text += QLatin1String("T00:00:00Z");
        const QDateTime moment = QDateTime::fromString(text, Qt::ISODate).toUTC();
        if (!match.hasMatch() || read.isQuoted || !moment.isValid())
            fail(read.column, tr("This is to be %1.").arg(wanted));
        if (moment.date().year() < 1970 || moment.date().year() > 9999)
            fail(read.column, tr("Nothing was used before 1970 or after 9999."));
        return {.text = {}, .number = static_cast<std::uint64_t>(moment.toSecsSinceEpoch())};
    }

    static FilterValue number(const Piece& read, std::span<const FilterUnit> units, const QString& wanted)
    {
        const QString& text = read.text;
        qsizetype end = 0;
        while (end < text.size() && (isDigit(text[end]) || text[end] == u'.'))
            ++end;
        bool isNumber = false;
        const double amount = text.left(end).toDouble(&isNumber);
        if (!isNumber || read.isQuoted)
            fail(read.column, tr("This is to be %1.").arg(wanted));
        const QStringView unit = QStringView(text).mid(end);
        double factor = 1;
        if (!units.empty() || !unit.isEmpty()) {
            const auto found =
                std::find_if(units.begin(), units.end(), [&](const FilterUnit& one) { return unit == one.name; });
            const bool isPlainZero = unit.isEmpty() && amount == 0;
            if (found == units.end() && !isPlainZero)
                fail(read.column + end, unit.isEmpty() ? tr("A unit is missing: this is to be %1.").arg(wanted)
                                                       : tr("This is to be %1.").arg(wanted));
            factor = isPlainZero ? 1 : static_cast<double>(found->factor);
        }
        if (units.empty() && amount != std::floor(amount))
            fail(read.column, tr("This is to be %1.").arg(wanted));
        const double value = std::round(amount * factor);
        // Above it not every whole number has a double of its own, and printing would change the filter.
        constexpr double largest = 9007199254740992.0;
        if (value > largest)
            fail(read.column, tr("The number is too large."));
        return {.text = {}, .number = static_cast<std::uint64_t>(value)};
    }

    const QString& m_text;
    qsizetype m_at = 0;
};

} // namespace

std::variant<EntryFilter, FilterError> EntryFilter::parse(const QString& text)
{
    return Parser(text).parse();
}

} // namespace layerhold::gui
