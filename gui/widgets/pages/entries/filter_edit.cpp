// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/entries/filter_edit.h"

#include <algorithm>

namespace layerhold::gui {

namespace {

std::vector<FilterTerm> termsOf(const QString& condition)
{
    const auto parsed = EntryFilter::parse(condition);
    const auto* filter = std::get_if<EntryFilter>(&parsed);
    return filter ? filter->terms : std::vector<FilterTerm>();
}

/// Keys whose values add up.
bool isCode(FilterKey key)
{
    return key == FilterKey::Kind || key == FilterKey::State || key == FilterKey::Kept;
}

/// Of what the terms tell: one of "kept" and "released" goes when the other comes.
FilterKey subjectOf(FilterKey key)
{
    return key == FilterKey::Released ? FilterKey::Kept : key;
}

bool contains(const std::vector<FilterValue>& values, const FilterValue& value)
{
    return std::ranges::find(values, value) != values.end();
}

bool asksFor(const FilterTerm& term, const FilterTerm& wanted)
{
    if (term.isNegated != wanted.isNegated || term.key != wanted.key || term.relation != wanted.relation)
        return false;
    return isCode(term.key) ? std::ranges::all_of(
                                  wanted.values, [&](const FilterValue& value) { return contains(term.values, value); })
                            : term.values == wanted.values;
}

void removePositive(EntryFilter& filter, const std::vector<FilterTerm>& wanted)
{
    std::erase_if(filter.terms, [&](const FilterTerm& term) {
        return !term.isNegated && std::ranges::any_of(wanted, [&](const FilterTerm& other) {
            return subjectOf(other.key) == subjectOf(term.key);
        });
    });
}

void switchOff(EntryFilter& filter, const FilterTerm& wanted)
{
    for (FilterTerm& term : filter.terms)
        if (asksFor(term, wanted))
            std::erase_if(term.values, [&](const FilterValue& value) { return contains(wanted.values, value); });
    std::erase_if(filter.terms, [&](const FilterTerm& term) {
        return term.values.empty() && (!wanted.values.empty() || term == wanted) && term.key == wanted.key;
    });
}

} // namespace

bool hasCondition(const EntryFilter& filter, const QString& condition)
{
    const std::vector<FilterTerm> wanted = termsOf(condition);
    return !wanted.empty() && std::ranges::all_of(wanted, [&](const FilterTerm& each) {
        return std::ranges::any_of(filter.terms, [&](const FilterTerm& term) { return asksFor(term, each); });
    });
}

EntryFilter withConditionToggled(const EntryFilter& filter, const QString& condition)
{
    const std::vector<FilterTerm> wanted = termsOf(condition);
    EntryFilter changed = filter;
    if (hasCondition(filter, condition)) {
        for (const FilterTerm& each : wanted)
            switchOff(changed, each);
        return changed;
    }
    if (wanted.size() == 1 && isCode(wanted.front().key)) {
        const auto same = std::ranges::find_if(
            changed.terms, [&](const FilterTerm& term) { return !term.isNegated && term.key == wanted.front().key; });
        if (same != changed.terms.end()) {
            same->values.insert(same->values.end(), wanted.front().values.begin(), wanted.front().values.end());
            return changed;
        }
    }
    return filteredBy(filter, condition);
}

QString usedWithin(const TimeRange& range)
{
    const auto term = [](FilterOperator relation, Moment moment) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
        return FilterTerm{
            .isNegated = false,
            .key = FilterKey::Used,
            .relation = relation,
            .values = {{.text = {}, .number = static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0))}}};
    };
    return EntryFilter{{term(FilterOperator::GreaterOrEqual, range.from), term(FilterOperator::Less, range.to)}}
        .toString();
}

EntryFilter filteredBy(const EntryFilter& filter, const QString& condition)
{
    const std::vector<FilterTerm> wanted = termsOf(condition);
    EntryFilter changed = filter;
    removePositive(changed, wanted);
    changed.terms.insert(changed.terms.end(), wanted.begin(), wanted.end());
    return changed;
}

EntryFilter filteredOut(const EntryFilter& filter, const QString& condition)
{
    std::vector<FilterTerm> wanted = termsOf(condition);
    EntryFilter changed = filter;
    for (FilterTerm& term : wanted) {
        term.isNegated = !term.isNegated;
        if (std::ranges::find(changed.terms, term) == changed.terms.end())
            changed.terms.push_back(term);
    }
    return changed;
}

} // namespace layerhold::gui
