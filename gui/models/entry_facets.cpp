// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_facets.h"

#include "models/entry_filter.h"
#include "models/sentences.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace layerhold::gui {

namespace {

constexpr const char* context = "layerhold::gui::EntryFacets";
constexpr std::size_t rowsBetweenStops = 65536;

/// A class of a number: from the end of the one before it up to below `end`.
struct NumberClass
{
    std::uint64_t end;
    const char* label;
    const char* condition;
};

constexpr std::uint64_t everything = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t day = 86400;
constexpr std::uint64_t mebi = std::uint64_t{1} << 20U;

constexpr std::array idleClasses = {
    NumberClass{1 * day, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Under a day"), "idle<1d"},
    NumberClass{7 * day, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "1 to 7 days"), "idle>=1d idle<7d"},
    NumberClass{30 * day, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "7 to 30 days"), "idle>=7d idle<30d"},
    NumberClass{90 * day, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "30 to 90 days"), "idle>=30d idle<90d"},
    NumberClass{everything, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "90 days and more"), "idle>=90d"},
};

constexpr std::array sizeClasses = {
    NumberClass{mebi, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Under 1 MiB"), "size<1MiB"},
    NumberClass{10 * mebi, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "1 to 10 MiB"), "size>=1MiB size<10MiB"},
    NumberClass{100 * mebi, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "10 to 100 MiB"),
                "size>=10MiB size<100MiB"},
    NumberClass{1024 * mebi, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "100 MiB to 1 GiB"),
                "size>=100MiB size<1GiB"},
    NumberClass{everything, QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "1 GiB and more"), "size>=1GiB"},
};

constexpr std::size_t neverUsed = idleClasses.size();

template <std::size_t Count>
std::size_t classOf(const std::array<NumberClass, Count>& classes, std::uint64_t value)
{
    std::size_t index = 0;
    while (index + 1 < Count && value >= classes[index].end)
        ++index;
    return index;
}

void add(EntryTotals& totals, const EntryCells& cells)
{
    ++totals.entries;
    totals.bytes += cells.size;
}

/// The sums of one set of rows.
class Counter
{
public:
    Counter(const EntryColumns& columns, Moment now)
        : kinds(columns.strings.size())
        , states(columns.strings.size())
        , refetches(columns.strings.size())
        , holders(columns.lists.size())
        , m_now(now.time_since_epoch().count())
    {}

    void count(const EntryCells& cells)
    {
        add(total, cells);
        add(kinds[cells.kind], cells);
        add(states[cells.state], cells);
        add(refetches[cells.refetch], cells);
        add(cells.isReleased ? released : holders[cells.holders], cells);
        const std::int64_t idle = std::max<std::int64_t>(m_now - cells.accessedAt, 0) / 1000;
        add(idles[cells.accessedAt == 0 ? neverUsed : classOf(idleClasses, static_cast<std::uint64_t>(idle))], cells);
        add(sizes[classOf(sizeClasses, cells.size)], cells);
    }

    EntryTotals total;
    std::vector<EntryTotals> kinds;     ///< by the number of the text
    std::vector<EntryTotals> states;    ///< by the number of the text
    std::vector<EntryTotals> refetches; ///< by the number of the text
    std::vector<EntryTotals> holders;   ///< by the number of the list
    EntryTotals released;
    std::array<EntryTotals, neverUsed + 1> idles{};
    std::array<EntryTotals, sizeClasses.size()> sizes{};

private:
    std::int64_t m_now;
};

class Sidebar
{
public:
    Sidebar(const EntryColumns& columns, const Counter& all, const Counter& matching)
        : m_columns(columns)
        , m_all(all)
        , m_matching(matching)
    {}

    std::vector<Facet> facets() const
    {
        return {codes(CodeSet::Kind, "kind", translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Kind")),
                      &Counter::kinds),
                codes(CodeSet::State, "state", translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "State")),
                      &Counter::states),
                kept(),
                idle(),
                size(),
                codes(CodeSet::Refetch, "refetch",
                      translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Re-fetchable")),
                      &Counter::refetches)};
    }

private:
    static QString translated(const char* text) { return QCoreApplication::translate(context, text); }

    static void append(Facet& facet, FacetLine line)
    {
        if (line.all.entries > 0)
            facet.lines.push_back(std::move(line));
    }

    /// Known codes in their usual order, then the others.
    static void sortLines(Facet& facet, CodeSet set, std::vector<std::string> codesOfLines)
    {
        const auto known = codesOf(set);
        std::vector<std::pair<std::ptrdiff_t, FacetLine>> ranked;
        for (std::size_t i = 0; i < facet.lines.size(); ++i)
            ranked.emplace_back(std::find(known.begin(), known.end(), codesOfLines[i]) - known.begin(),
                                std::move(facet.lines[i]));
        std::stable_sort(ranked.begin(), ranked.end(),
                         [](const auto& left, const auto& right) { return left.first < right.first; });
        std::transform(ranked.begin(), ranked.end(), facet.lines.begin(),
                       [](auto& one) { return std::move(one.second); });
    }

    Facet codes(CodeSet set, const char* key, const QString& title, std::vector<EntryTotals> Counter::*counts) const
    {
        Facet facet{title, {}};
        std::vector<std::string> names;
        for (StringId id = 0; id < (m_all.*counts).size(); ++id) {
            if ((m_all.*counts)[id].entries == 0)
                continue;
            const QString code = m_columns.text(id);
            names.push_back(code.toStdString());
            facet.lines.push_back(line(set, key, code, (m_all.*counts)[id], (m_matching.*counts)[id]));
        }
        sortLines(facet, set, std::move(names));
        return facet;
    }

    static FacetLine line(CodeSet set, const char* key, const QString& code, EntryTotals all, EntryTotals matching)
    {
        const QString condition =
            code.isEmpty() ? QString() : QLatin1String(key) + QLatin1Char(':') + quotedFilterValue(code);
        // A condition that people could have typed is easier to read.
        const auto parsed = EntryFilter::parse(condition);
        const auto* filter = std::get_if<EntryFilter>(&parsed);
        return {wordingOf(set, code.toStdString()).label, filter ? filter->toString() : condition, all, matching};
    }

    Facet kept() const
    {
        Facet facet{translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Why kept")), {}};
        QStringList codes;
        std::vector<std::pair<EntryTotals, EntryTotals>> sums;
        std::pair<EntryTotals, EntryTotals> unknown;
        const auto plus = [](EntryTotals& sum, const EntryTotals& part) {
            sum.entries += part.entries;
            sum.bytes += part.bytes;
        };
        for (ListId id = 0; id < m_all.holders.size(); ++id) {
            if (m_all.holders[id].entries == 0)
                continue;
            const QStringList& holders = m_columns.list(id).texts;
            if (holders.isEmpty()) {
                plus(unknown.first, m_all.holders[id]);
                plus(unknown.second, m_matching.holders[id]);
            }
            for (const QString& holder : holders) {
                qsizetype at = codes.indexOf(holder);
                if (at < 0) {
                    at = codes.size();
                    codes.append(holder);
                    sums.emplace_back();
                }
                plus(sums[static_cast<std::size_t>(at)].first, m_all.holders[id]);
                plus(sums[static_cast<std::size_t>(at)].second, m_matching.holders[id]);
            }
        }
        std::vector<std::string> names;
        for (qsizetype i = 0; i < codes.size(); ++i) {
            const auto& [all, matching] = sums[static_cast<std::size_t>(i)];
            names.push_back(codes[i].toStdString());
            facet.lines.push_back(line(CodeSet::HolderKind, "kept", codes[i], all, matching));
        }
        sortLines(facet, CodeSet::HolderKind, std::move(names));
        append(facet, {translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Kept, not asked by whom")),
                       {},
                       unknown.first,
                       unknown.second});
        append(facet, {translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Not kept")),
                       QStringLiteral("released"), m_all.released, m_matching.released});
        return facet;
    }

    Facet idle() const
    {
        Facet facet{translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Idle for")), {}};
        for (std::size_t i = 0; i < idleClasses.size(); ++i)
            append(facet, {translated(idleClasses[i].label), QLatin1String(idleClasses[i].condition), m_all.idles[i],
                           m_matching.idles[i]});
        append(facet, {translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Never used")),
                       QStringLiteral("idle:never"), m_all.idles[neverUsed], m_matching.idles[neverUsed]});
        return facet;
    }

    Facet size() const
    {
        Facet facet{translated(QT_TRANSLATE_NOOP("layerhold::gui::EntryFacets", "Size")), {}};
        for (std::size_t i = 0; i < sizeClasses.size(); ++i)
            append(facet, {translated(sizeClasses[i].label), QLatin1String(sizeClasses[i].condition), m_all.sizes[i],
                           m_matching.sizes[i]});
        return facet;
    }

    const EntryColumns& m_columns;
    const Counter& m_all;
    const Counter& m_matching;
};

} // namespace

EntryFacets countFacets(const EntryColumns& columns, std::span<const EntryId> matching, Moment now,
                        const std::stop_token& stop)
{
    Counter all(columns, now);
    Counter shown(columns, now);
    for (EntryId id = 0; id < columns.size(); ++id) {
        if (id % rowsBetweenStops == 0 && stop.stop_requested())
            return {};
        if (columns[id].isStored)
            all.count(columns[id]);
    }
    for (const EntryId id : matching)
        if (id < columns.size() && columns[id].isStored)
            shown.count(columns[id]);
    return {all.total, shown.total, Sidebar(columns, all, shown).facets()};
}

} // namespace layerhold::gui
