// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/palette_source.h"

#include <QStringList>

#include <vector>

namespace layerhold::gui {

/// The names of what a page has loaded, for the command palette and for fields that complete.
class NameIndex final : public PaletteSource
{
public:
    void add(PaletteEntity entity);
    void clear();
    /// All texts, as others wrote them.
    QStringList texts() const;

    std::vector<PaletteEntity> find(const QStringList& words, std::size_t limit) const override;

private:
    struct Entry
    {
        QString folded; ///< in lower case
        PaletteEntity entity;
    };

    std::vector<Entry> m_entries;
};

} // namespace layerhold::gui
