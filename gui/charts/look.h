// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

#include <array>
#include <cstddef>
#include <string_view>

namespace layerhold::gui {

/// All colours of the app. Texts have a contrast of at least 4.5:1 to the backgrounds they stand on, lines and tiles
/// one of 3:1 (tests/gui/charts/look_test.cpp has the list). Never the only carrier of a meaning.
struct Look
{
    enum class Kind
    {
        Light,
        Dark
    };

    Kind kind;

    // Backgrounds
    QColor window;
    QColor base; ///< of views, fields and charts
    QColor alternateBase;
    QColor button;
    QColor selection;
    QColor warningBack; ///< of a strip that warns
    QColor errorBack;

    // Texts
    QColor text; ///< on every background but the selection
    QColor dimmedText;
    QColor selectedText;
    QColor accent; ///< links, the current thing, the ring of focus
    QColor warning;
    QColor error;
    QColor good;

    // Lines
    QColor axis;
    QColor grid; ///< painted as sparse dots
    QColor hatch;

    // Surfaces; texts on them take textOn()
    std::array<QColor, 6> series;
    std::array<QColor, 5> idle; ///< one hue: just used … long idle
    QColor layer;
    QColor config;
    QColor manifest;
    QColor index;
    QColor otherKind;
    QColor inUse;
    QColor kept;
    QColor canGo;
    QColor trash;
    QColor free;

    /// By the name of a kind in records.h; otherKind for names nobody knows.
    const QColor& kindColor(std::string_view name) const;

    /// For any number of series: they repeat, and dash patterns tell the rounds apart.
    const QColor& seriesColor(std::size_t number) const { return series[number % series.size()]; }
};

const Look& lightLook();
const Look& darkLook();

/// The one place that whoever paints asks, with its own palette() and at each painting: then no widget can keep the
/// colours of a palette that is gone. What is cached between paintings (a pixmap) goes at QEvent::PaletteChange.
const Look& lookFor(const QPalette& palette);

QPalette toQPalette(const Look& look);

/// Relative luminance and ratio of contrast (1…21) of WCAG 2.1; alpha does not count.
double luminance(const QColor& color);
double contrast(const QColor& one, const QColor& other);

/// Near-black or white, whichever reads better: always at least 4.5:1.
QColor textOn(const QColor& background);

} // namespace layerhold::gui
