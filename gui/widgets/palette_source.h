// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace layerhold::gui {

/// An image, tag, blob, … that the command palette offers.
struct PaletteEntity
{
    QString text = {};   ///< in full, as others wrote it
    QString detail = {}; ///< what it is: "Tag", "Layer, 12 MiB"
    QString icon = {};
    QString page = {};   ///< where it is shown …
    QString entity = {}; ///< … and what Page::open() is given
};

/// Whoever has entities in memory. Asked with each key that is pressed: an answer takes a few milliseconds at most.
class PaletteSource
{
public:
    PaletteSource() = default;
    PaletteSource(const PaletteSource&) = delete;
    PaletteSource& operator=(const PaletteSource&) = delete;
    virtual ~PaletteSource() = default;

    /// Those whose text contains each of the words (lower case), the best first, `limit` at most.
    virtual std::vector<PaletteEntity> find(const QStringList& words, std::size_t limit) const = 0;
};

} // namespace layerhold::gui
