// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/scope.h"

#include <algorithm>
#include <utility>

namespace layerhold::registry {

namespace {

constexpr std::size_t mostScopes = 32;
constexpr std::size_t mostActions = 16;
constexpr std::size_t longestText = 4096;

/// Calls `each` for the pieces between separators; there is always one.
template <typename Function>
void forEachPiece(std::string_view text, char separator, Function each)
{
    for (;;) {
        const std::size_t end = text.find(separator);
        each(text.substr(0, end));
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}

bool isPlain(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

} // namespace

std::optional<Scope> Scope::parse(std::string_view text)
{
    const std::size_t first = text.find(':');
    const std::size_t last = text.rfind(':');
    if (first == std::string_view::npos || first == last || !isPlain(text))
        return std::nullopt;
    Scope scope;
    scope.type = text.substr(0, first);
    scope.name = text.substr(first + 1, last - first - 1);
    forEachPiece(text.substr(last + 1), ',', [&](std::string_view action) {
        if (!action.empty())
            scope.actions.emplace(action);
    });
    const bool isWhole = !scope.type.empty() && !scope.name.empty() && scope.actions.size() <= mostActions;
    return isWhole ? std::optional(std::move(scope)) : std::nullopt;
}

std::string Scope::toString() const
{
    std::string text = type + ':' + name + ':';
    for (const std::string& action : actions)
        text += (text.ends_with(':') ? "" : ",") + action;
    return text;
}

ScopeSet ScopeSet::parse(std::string_view text)
{
    ScopeSet scopes;
    forEachPiece(text.substr(0, longestText), ' ', [&](std::string_view piece) {
        if (const auto scope = Scope::parse(piece))
            scopes.add(*scope);
    });
    return scopes;
}

ScopeSet ScopeSet::repository(const std::string& path, std::set<std::string> actions)
{
    ScopeSet scopes;
    Scope scope;
    scope.type = "repository";
    scope.name = path;
    scope.actions = std::move(actions);
    scopes.add(scope);
    return scopes;
}

void ScopeSet::add(const Scope& scope)
{
    const auto key = std::pair(scope.type, scope.name);
    if (m_actions.size() < mostScopes || m_actions.contains(key))
        m_actions[key].insert(scope.actions.begin(), scope.actions.end());
}

void ScopeSet::add(const ScopeSet& other)
{
    for (const auto& [resource, actions] : other.m_actions) {
        Scope scope;
        scope.type = resource.first;
        scope.name = resource.second;
        scope.actions = actions;
        add(scope);
    }
}

bool ScopeSet::covers(const ScopeSet& other) const
{
    return std::all_of(other.m_actions.begin(), other.m_actions.end(), [this](const auto& wanted) {
        const auto found = m_actions.find(wanted.first);
        return found != m_actions.end() &&
               std::includes(found->second.begin(), found->second.end(), wanted.second.begin(), wanted.second.end());
    });
}

std::vector<std::string> ScopeSet::texts() const
{
    std::vector<std::string> texts;
    for (const auto& [resource, actions] : m_actions) {
        Scope scope;
        scope.type = resource.first;
        scope.name = resource.second;
        scope.actions = actions;
        texts.push_back(scope.toString());
    }
    return texts;
}

std::string ScopeSet::toString() const
{
    std::string text;
    for (const std::string& scope : texts())
        text += (text.empty() ? "" : " ") + scope;
    return text;
}

} // namespace layerhold::registry
