// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold::registry {

/// What a token is asked for: "repository:library/nginx:pull,push" (Docker's token scope grammar). The name may hold a
/// colon itself: the first colon ends the type, the last begins the actions.
struct Scope
{
    std::string type; ///< with its class: "repository", "repository(plugin)"
    std::string name;
    std::set<std::string> actions;

    static std::optional<Scope> parse(std::string_view text);
    std::string toString() const;

    friend bool operator==(const Scope&, const Scope&) = default;
};

/// Scopes of different resources, with the actions of each put together. Ordered, so that equal sets have equal texts.
class ScopeSet
{
public:
    ScopeSet() = default;

    /// Scopes that are separated by spaces; those that are none, and those beyond 32 or 4 KiB, are left out.
    static ScopeSet parse(std::string_view text);
    static ScopeSet repository(const std::string& path, std::set<std::string> actions);

    void add(const Scope& scope);
    void add(const ScopeSet& other);
    bool covers(const ScopeSet& other) const;

    bool isEmpty() const { return m_actions.empty(); }

    /// One text for each resource.
    std::vector<std::string> texts() const;
    /// With a space between.
    std::string toString() const;

    friend bool operator==(const ScopeSet&, const ScopeSet&) = default;

private:
    std::map<std::pair<std::string, std::string>, std::set<std::string>> m_actions; ///< by type and name
};

} // namespace layerhold::registry
