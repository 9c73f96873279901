// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "index/meta.h"

namespace layerhold::meta {

std::optional<std::string> get(Connection& index, const std::string& key)
{
    auto use = index.statement("SELECT value FROM meta WHERE key = ?").use(key);
    if (!use.step())
        return std::nullopt;
    return std::string(use.text(0));
}

void set(Connection& index, const std::string& key, const std::string& value)
{
    index.statement("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)").use(key, value).run();
}

void erase(Connection& index, const std::string& key)
{
    index.statement("DELETE FROM meta WHERE key = ?").use(key).run();
}

std::map<std::string, std::uint64_t> counters(Connection& index)
{
    std::map<std::string, std::uint64_t> result;
    auto use = index.statement("SELECT name, value FROM counters").use();
    while (use.step())
        result.emplace(use.text(0), static_cast<std::uint64_t>(use.integer(1)));
    return result;
}

void setCounter(Connection& index, const std::string& name, std::uint64_t value)
{
    index.statement("INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)").use(name, value).run();
}

} // namespace layerhold::meta
