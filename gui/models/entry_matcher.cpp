// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_matcher.h"

#include "models/entry_filter_keys.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

QString literal(const QString& pattern)
{
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\' && i + 1 < pattern.size())
            ++i;
        text += pattern[i];
    }
    return text;
}

/// `*` and `?` in a pattern of lower case; never slower than the product of both lengths.
bool fits(QStringView pattern, QStringView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype retry = 0;
    while (t < text.size()) {
        const bool isEscaped = p + 1 < pattern.size() && pattern[p] == u'\\';
        const qsizetype at = isEscaped ? p + 1 : p;
        if (!isEscaped && p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            retry = t;
        } else if (at < pattern.size() && (pattern[at] == text[t] || (!isEscaped && pattern[at] == u'?'))) {
            p = at + 1;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

/// The whole path, or what is behind one of its slashes: "library/*" fits "docker.io/library/nginx".
bool fitsPath(QStringView pattern, QStringView path)
{
    for (qsizetype start = 0; start >= 0;) {
        if (fits(pattern, path.mid(start)))
            return true;
        const qsizetype slash = path.indexOf(u'/', start);
        start = slash < 0 ? -1 : slash + 1;
    }
    return false;
}

bool hasDigits(const std::array<std::uint8_t, 32>& digest, QStringView digits)
{
    if (digits.size() > 2 * static_cast<qsizetype>(digest.size()))
        return false;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const unsigned byte = digest[static_cast<std::size_t>(i / 2)];
        const unsigned digit = i % 2 == 0 ? byte >> 4U : byte & 15U;
        if (digits[i] != QChar(static_cast<char16_t>(digit < 10 ? u'0' + digit : u'a' + digit - 10)))
            return false;
    }
    return true;
}

bool stands(FilterOperator relation, std::uint64_t left, std::uint64_t right)
{
    switch (relation) {
    case FilterOperator::Is:
        return left == right;
    case FilterOperator::Less:
        return left < right;
    case FilterOperator::LessOrEqual:
        return left <= right;
    case FilterOperator::Greater:
        return left > right;
    case FilterOperator::GreaterOrEqual:
        return left >= right;
    }
    return false;
}

} // namespace

class EntryMatcher::Term
{
public:
    Term(const FilterTerm& term, const EntryColumns& columns, Moment now)
        : m_term(term)
        , m_columns(&columns)
        , m_now(now.time_since_epoch().count())
    {
        for (const FilterValue& value : term.values) {
            m_patterns.append(value.text.toLower());
            m_literals.append(literal(value.text).toLower());
        }
    }

    bool matches(EntryId id) { return holds(id) != m_term.isNegated; }

private:
    bool holds(EntryId id)
    {
        const EntryCells& cells = (*m_columns)[id];
        switch (m_term.key) {
        case FilterKey::Text:
            return remembered(cells.names, [&] { return anyNameContains(cells.names); }) || isDigest(cells, id);
        case FilterKey::Digest:
            return isDigest(cells, id);
        case FilterKey::Repo:
            return remembered(cells.names, [&] { return anyPath(m_columns->list(cells.names).repositories); });
        case FilterKey::Name:
            return remembered(cells.names, [&] { return anyPath(m_columns->list(cells.names).texts); });
        case FilterKey::Kind:
            return remembered(cells.kind, [&] { return isCode(cells.kind); });
        case FilterKey::State:
            return remembered(cells.state, [&] { return isCode(cells.state); });
        case FilterKey::Media:
            return remembered(cells.mediaType, [&] { return isText(cells.mediaType); });
        case FilterKey::Origin:
            return remembered(cells.origin, [&] { return isText(cells.origin); });
        case FilterKey::Refetch:
            return remembered(cells.refetch, [&] { return isCode(cells.refetch); });
        case FilterKey::Kept:
            return isKept(cells);
        case FilterKey::Pinned:
            return m_columns->list(cells.holders).texts.contains(QLatin1String("pin"));
        case FilterKey::Released:
            return cells.isReleased;
        case FilterKey::Size:
            return compares(cells.size);
        case FilterKey::Freed:
            return cells.freed != unknownBytes && compares(cells.freed);
        case FilterKey::Users:
            return cells.users != unknownCount && compares(cells.users);
        case FilterKey::Hits:
            return compares(cells.accessCount);
        case FilterKey::Idle:
            return sinceHolds(cells.accessedAt);
        case FilterKey::Age:
            return sinceHolds(cells.createdAt);
        case FilterKey::Used:
            return cells.accessedAt > 0 && stands(m_term.relation, static_cast<std::uint64_t>(cells.accessedAt),
                                                  m_term.values.front().number * millisecondsInSecond);
        }
        return false;
    }

    template <class Ask>
    bool remembered(std::uint32_t text, Ask ask)
    {
        if (m_verdicts.size() <= text)
            m_verdicts.resize(text + 1, notAsked);
        if (m_verdicts[text] == notAsked)
            m_verdicts[text] = ask() ? 1 : 0;
        return m_verdicts[text] == 1;
    }

    bool anyNameContains(ListId names) const
    {
        const QString& pattern = m_patterns.front();
        const bool isGlob = hasWildcard(pattern);
        const QStringList& texts = m_columns->list(names).texts;
        return std::any_of(texts.begin(), texts.end(), [&](const QString& name) {
            return isGlob ? fitsPath(pattern, name.toLower()) : name.toLower().contains(m_literals.front());
        });
    }

    bool anyPath(const QStringList& paths) const
    {
        return std::any_of(paths.begin(), paths.end(), [&](const QString& path) {
            const QString lower = path.toLower();
            return std::any_of(m_patterns.begin(), m_patterns.end(),
                               [&](const QString& pattern) { return fitsPath(pattern, lower); });
        });
    }

    bool isCode(StringId code) const { return m_literals.contains(m_columns->text(code)); }

    bool isText(StringId text) const
    {
        const QString lower = m_columns->text(text).toLower();
        for (qsizetype i = 0; i < m_patterns.size(); ++i)
            if (hasWildcard(m_patterns[i]) ? fits(m_patterns[i], lower) : lower.contains(m_literals[i]))
                return true;
        return false;
    }

    bool isKept(const EntryCells& cells) const
    {
        const QStringList& holders = m_columns->list(cells.holders).texts;
        return std::any_of(m_literals.begin(), m_literals.end(), [&](const QString& code) {
            if (code == QLatin1String("any"))
                return !cells.isReleased;
            if (code == QLatin1String("none"))
                return cells.isReleased;
            return holders.contains(code);
        });
    }

    bool isDigest(const EntryCells& cells, EntryId id) const
    {
        return std::any_of(m_literals.begin(), m_literals.end(), [&](const QString& prefix) {
            const qsizetype colon = prefix.indexOf(u':');
            const QStringView digits = QStringView(prefix).mid(colon + 1);
            if (cells.digestText == 0)
                return (colon < 0 || prefix.startsWith(QLatin1String("sha256:"))) && hasDigits(cells.digest, digits);
            const QString digest = m_columns->digest(id);
            const qsizetype own = digest.indexOf(u':');
            return digest.startsWith(prefix) || (colon < 0 && QStringView(digest).mid(own + 1).startsWith(digits));
        });
    }

    bool compares(std::uint64_t value) const
    {
        return std::any_of(m_term.values.begin(), m_term.values.end(),
                           [&](const FilterValue& wanted) { return stands(m_term.relation, value, wanted.number); });
    }

    bool sinceHolds(std::int64_t moment) const
    {
        const bool isNever = moment == 0;
        const std::uint64_t seconds =
            isNever ? 0 : static_cast<std::uint64_t>(std::max<std::int64_t>(m_now - moment, 0) / 1000);
        return std::any_of(m_term.values.begin(), m_term.values.end(), [&](const FilterValue& wanted) {
            return wanted.isNever || isNever ? wanted.isNever && isNever
                                             : stands(m_term.relation, seconds, wanted.number);
        });
    }

    static constexpr signed char notAsked = -1;
    static constexpr std::uint64_t millisecondsInSecond = 1000;

    FilterTerm m_term;
    const EntryColumns* m_columns;
    std::int64_t m_now;
    QStringList m_patterns;
    QStringList m_literals;
    std::vector<signed char> m_verdicts; ///< by the number of a text or a list
};

EntryMatcher::EntryMatcher(const EntryFilter& filter, const EntryColumns& columns, Moment now)
{
    m_terms.reserve(filter.terms.size());
    for (const FilterTerm& term : filter.terms)
        m_terms.emplace_back(term, columns, now);
}

EntryMatcher::~EntryMatcher() = default;

bool EntryMatcher::matches(EntryId id)
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&](Term& term) { return term.matches(id); });
}

} // namespace layerhold::gui
