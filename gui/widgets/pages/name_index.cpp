// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/name_index.h"

#include <algorithm>

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
    for (const Entry& entry : m_entries) {
        if (found.size() == limit)
            break;
        if (std::ranges::all_of(words, [&](const QString& word) { return entry.folded.contains(word); }))
            found.push_back(entry.entity);
    }
    std::ranges::stable_sort(found, {}, [](const PaletteEntity& entity) { return entity.text.size(); });
    return found;
}

} // namespace layerhold::gui
