// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/list_flags.h"

#include "cli/verbs/show.h"

#include <algorithm>
#include <cctype>

namespace layerhold::cli {

void ListFlags::addTo(CLI::App& verb, const std::string& fields, const std::string& order)
{
    std::string type = order;
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::toupper(c); });
    verb.add_option("--filter", m_filters,
                    "containerd's filter grammar over " + fields + "; may be repeated, one match is enough")
        ->type_name("FILTER")
        ->allow_extra_args(false);
    verb.add_option("--limit", m_limit, "At most so many; 0 for all")->type_name("N");
    verb.add_option("--after", m_after, "Only " + order + "s after this one: the last of an earlier list")
        ->type_name(type);
    verb.add_flag("--whole-digests", m_wholeDigests, "Do not shorten digests in the table");
}

std::string ListFlags::digest(const std::string& whole) const
{
    return m_wholeDigests ? whole : shortDigest(whole);
}

} // namespace layerhold::cli
