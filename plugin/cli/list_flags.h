// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace layerhold::cli {

/// The flags of verbs that list what can be filtered.
class ListFlags
{
public:
    /// `fields`: what filters speak of. `order`: what the list is ordered by, such as "digest".
    void addTo(CLI::App& verb, const std::string& fields, const std::string& order);

    template <class Request>
    Request request() const
    {
        Request request;
        for (const std::string& filter : m_filters)
            request.add_filters(filter);
        request.set_limit(m_limit);
        request.set_page_token(m_after);
        return request;
    }

    /// As the table shows it.
    std::string digest(const std::string& whole) const;

    /// False: an empty list means that there is nothing at all.
    bool isPart() const { return !m_filters.empty() || !m_after.empty(); }

private:
    std::vector<std::string> m_filters;
    std::uint32_t m_limit = 0;
    std::string m_after;
    bool m_wholeDigests = false;
};

} // namespace layerhold::cli
