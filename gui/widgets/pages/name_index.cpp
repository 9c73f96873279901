// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/name_index.h"

#include <algorithm>
#include <span>
#include <utility>

namespace layerhold::gui {

void NameIndex::add(PaletteEntity entity)
{
    m_entries.push_back({entity.text.toLower(), std::move(entity)});
}

void NameIndex::clear()
{
    m_entries.clear();
}

QStringList NameIndex::texts() const
{
    QStringList all;
    for (const Entry& entry : m_entries)
        all.append(entry.entity.text);
    return all;
}

std::vector<PaletteEntity> NameIndex::find(const QStringList& words, std::size_t limit) const
{
    std::vector<PaletteEntity> found;
    if (words.isEmpty())
        return found;
    std::vector<const Entry*> matching;
    for (const Entry& entry : m_entries)
        if (std::ranges::all_of(words, [&](const QString& word) { return entry.folded.contains(word); }))
            matching.push_back(&entry);
    // The shortest have the least beside the words; of equals those that came first.
    const std::size_t count = std::min(limit, matching.size());
    std::ranges::partial_sort(matching, matching.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [](const Entry* entry) { return std::pair(entry->entity.text.size(), entry); });
    for (const Entry* entry : std::span(matching).first(count))
        found.push_back(entry->entity);
    return found;
}

} // namespace layerhold::gui
