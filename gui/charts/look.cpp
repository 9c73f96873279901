// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "charts/look.h"

#include <algorithm>
#include <cmath>

namespace layerhold::gui {
namespace {

// The hues of Okabe and Ito, moved in lightness until each stands out from the background and every two of them differ
// for eyes without red or green cones.
Look makeLight()
{
    Look look{};
    look.kind = Look::Kind::Light;
    look.window = QColor(0xf4f5f6);
    look.base = QColor(0xffffff);
    look.alternateBase = QColor(0xf7f8f9);
    look.button = QColor(0xe9ebee);
    look.selection = QColor(0x0b5cad);
    look.warningBack = QColor(0xfff1cc);
    look.errorBack = QColor(0xfde3e1);
    look.text = QColor(0x1b1f24);
    look.dimmedText = QColor(0x545d67);
    look.selectedText = QColor(0xffffff);
    look.accent = QColor(0x0b5cad);
    look.warning = QColor(0x7d4b00);
    look.error = QColor(0xa82219);
    look.good = QColor(0x0b6b3a);
    look.axis = QColor(0x6b747e);
    look.grid = QColor(0x848c95);
    look.hatch = QColor(0x545d67);
    look.series = {QColor(0x0069c0), QColor(0xc87800), QColor(0x00855f),
                   QColor(0xc061a5), QColor(0x6e2a00), QColor(0x1f3237)};
    look.idle = {QColor(0x5b8fd6), QColor(0x3f74bd), QColor(0x2659a0), QColor(0x12407f), QColor(0x06275a)};
    look.layer = look.series[0];
    look.config = look.series[2];
    look.manifest = look.series[1];
    look.index = look.series[3];
    look.otherKind = QColor(0x6b747e);
    look.inUse = QColor(0x0069c0);
    look.kept = QColor(0x5b7fb0);
    look.canGo = QColor(0xc87800);
    look.trash = QColor(0x8b5a8c);
    look.free = QColor(0x848c95);
    return look;
}

Look makeDark()
{
    Look look{};
    look.kind = Look::Kind::Dark;
    look.window = QColor(0x1e2124);
    look.base = QColor(0x16181a);
    look.alternateBase = QColor(0x1b1e20);
    look.button = QColor(0x2d3136);
    look.selection = QColor(0x1f5fa8);
    look.warningBack = QColor(0x3d3010);
    look.errorBack = QColor(0x4a1d1a);
    look.text = QColor(0xe6e8ea);
    look.dimmedText = QColor(0xa3abb3);
    look.selectedText = QColor(0xffffff);
    look.accent = QColor(0x5aa9ff);
    look.warning = QColor(0xf0b429);
    look.error = QColor(0xff8a82);
    look.good = QColor(0x4cc38a);
    look.axis = QColor(0x8a929a);
    look.grid = QColor(0x6f7780);
    look.hatch = QColor(0xa3abb3);
    look.series = {QColor(0x2f86e8), QColor(0xfbd511), QColor(0x00e0a0),
                   QColor(0xb06c97), QColor(0xc8600a), QColor(0x8fe0fe)};
    look.idle = {QColor(0x3f6fb0), QColor(0x5d8dcc), QColor(0x80aae0), QColor(0xa8c7ef), QColor(0xd2e4fb)};
    look.layer = look.series[0];
    look.config = look.series[2];
    look.manifest = look.series[1];
    look.index = look.series[3];
    look.otherKind = QColor(0x8a929a);
    look.inUse = QColor(0x2f86e8);
    look.kept = QColor(0x7fa7dc);
    look.canGo = QColor(0xe69f00);
    look.trash = QColor(0xb06c97);
    look.free = QColor(0x6f7780);
    return look;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

} // namespace

const QColor& Look::kindColor(std::string_view name) const
{
    if (name == "layer") {
        return layer;
    }
    if (name == "config") {
        return config;
    }
    if (name == "manifest") {
        return manifest;
    }
    return name == "index" ? index : otherKind;
}

const Look& lightLook()
{
    static const Look look = makeLight();
    return look;
}

const Look& darkLook()
{
    static const Look look = makeDark();
    return look;
}

const Look& lookFor(const QPalette& palette)
{
    const double back = luminance(palette.color(QPalette::Active, QPalette::Window));
    const double text = luminance(palette.color(QPalette::Active, QPalette::WindowText));
    return back < text ? darkLook() : lightLook();
}

QPalette toQPalette(const Look& look)
{
    const bool isDark = look.kind == Look::Kind::Dark;
    QPalette palette(look.text, look.button, isDark ? look.button.lighter(140) : look.base, look.button.darker(150),
                     look.button.darker(120), look.text, look.selectedText, look.base, look.window);
    palette.setColor(QPalette::AlternateBase, look.alternateBase);
    palette.setColor(QPalette::ToolTipBase, look.button);
    palette.setColor(QPalette::ToolTipText, look.text);
    palette.setColor(QPalette::PlaceholderText, look.dimmedText);
    palette.setColor(QPalette::Highlight, look.selection);
    palette.setColor(QPalette::HighlightedText, look.selectedText);
    palette.setColor(QPalette::Link, look.accent);
    palette.setColor(QPalette::LinkVisited, look.accent);
    palette.setColor(QPalette::Shadow, look.button.darker(200));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, look.dimmedText);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, look.button);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, look.dimmedText);
    return palette;
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor textOn(const QColor& background)
{
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    return contrast(black, background) >= contrast(white, background) ? black : white;
}

} // namespace layerhold::gui
