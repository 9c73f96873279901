// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/filter.h"

#include "layerhold/error.h"
#include "policy/filter_parser.h"

#include <re2/re2.h>

#include <algorithm>

namespace layerhold {

namespace {

/// What one compiled expression may take; patterns beyond it count as invalid.
constexpr std::int64_t RegexMemory = 1 << 20;

/// A selector that is ready to be asked.
class Test
{
public:
    explicit Test(Selector selector)
        : m_selector(std::move(selector))
    {
        if (m_selector.comparison != Selector::Comparison::Matches)
            return;
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(RegexMemory);
        m_expression = std::make_unique<RE2>(m_selector.value, options);
    }

    bool matches(const Filter::Adaptor& adaptor) const
    {
        const std::optional<std::string> value = adaptor(m_selector.fieldPath);
        switch (m_selector.comparison) {
        case Selector::Comparison::Present:
            return value.has_value();
        case Selector::Comparison::Equal:
            return value == m_selector.value;
        case Selector::Comparison::NotEqual:
            return value.value_or(std::string()) != m_selector.value;
        case Selector::Comparison::Matches:
            return m_expression->ok() && RE2::PartialMatch(value.value_or(std::string()), *m_expression);
        }
        return false;
    }

private:
    Selector m_selector;
    std::unique_ptr<const RE2> m_expression; ///< shared by threads: RE2 is thread-safe
};

} // namespace

/// OR over ANDs. An empty AND matches everything; an empty OR is never made.
struct Filter::Node
{
    std::vector<std::vector<Test>> alternatives;
};

Filter::Filter(std::shared_ptr<const Node> root)
    : m_root(std::move(root))
{}

Filter Filter::parse(std::string_view text)
{
    return parseAny({std::string(text)});
}

Filter Filter::parseAny(const std::vector<std::string>& texts)
{
    auto root = std::make_shared<Node>();
    for (const std::string& text : texts) {
        std::vector<Test> tests;
        for (Selector& selector : parseSelectors(text))
            tests.emplace_back(std::move(selector));
        root->alternatives.push_back(std::move(tests));
    }
    if (texts.empty())
        root->alternatives.emplace_back();
    return Filter(std::move(root));
}

bool Filter::matches(const Adaptor& adaptor) const
{
    return std::ranges::any_of(m_root->alternatives, [&](const std::vector<Test>& tests) {
        return std::ranges::all_of(tests, [&](const Test& test) { return test.matches(adaptor); });
    });
}

bool Filter::matchesEverything() const
{
    return std::ranges::any_of(m_root->alternatives, [](const std::vector<Test>& tests) { return tests.empty(); });
}

} // namespace layerhold
