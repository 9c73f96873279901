// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "charts/look.h"
#include "charts/painted_widget.h"
#include "models/format.h"
#include "models/series.h"
#include "models/storage_map.h"
#include "models/tag_timeline.h"

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QTest>

#include <chrono>
#include <cmath>

namespace layerhold::gui::test {

inline const Moment noon{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(12)};

inline Format format()
{
    Format::Options options;
    options.zone = QTimeZone::utc();
    options.now = [] { return noon + std::chrono::hours(1); };
    return Format(options);
}

inline Line wave(std::size_t points, double height, double turns, std::chrono::milliseconds step)
{
    Line line;
    for (std::size_t index = 0; index < points; ++index) {
        const double along = static_cast<double>(index) / static_cast<double>(points);
        line.push_back({.at = noon + step * static_cast<int>(index),
                        .value = height * (0.6 + 0.4 * std::sin(along * turns * 6.283))});
    }
    return line;
}

inline bool hasColor(const QImage& image, const QColor& color, QRect where = {})
{
    where = where.isNull() ? image.rect() : where.intersected(image.rect());
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            if (image.pixelColor(x, y).rgb() == color.rgb()) {
                return true;
            }
        }
    }
    return false;
}

inline QImage pictureOf(QWidget& widget, const Look& look)
{
    widget.setPalette(toQPalette(look));
    return widget.grab().toImage();
}

/// Shown, with the focus, in the palette.
inline void present(QWidget& widget, QSize size, const Look& look = lightLook())
{
    widget.setPalette(toQPalette(look));
    widget.resize(size);
    widget.show();
    widget.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&widget));
    widget.setFocus();
    QTRY_VERIFY(widget.hasFocus());
}

/// What a screen reader is told: as many children as items, each with name and value; the current one has the focus.
inline void checkAccessible(PaintedWidget& widget)
{
    QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&widget);
    QVERIFY(root);
    QVERIFY(!root->text(QAccessible::Name).isEmpty());
    QCOMPARE(root->childCount(), widget.itemCount());
    QVERIFY(root->childCount() > 0);
    for (int item = 0; item < std::min(200, root->childCount()); ++item) {
        QAccessibleInterface* child = root->child(item);
        QVERIFY(child && child->isValid());
        QCOMPARE(child, root->child(item));
        QCOMPARE(child->parent(), root);
        QCOMPARE(root->indexOfChild(child), item);
        QVERIFY(!child->text(QAccessible::Name).isEmpty());
        QVERIFY(!child->text(QAccessible::Value).isEmpty());
    }
}

inline QString focusedName(PaintedWidget& widget)
{
    QAccessibleInterface* child = QAccessible::queryAccessibleInterface(&widget)->focusChild();
    return child && child->state().focused ? child->text(QAccessible::Name) : QString();
}

/// Nothing of the old palette is left after another one came.
inline void checkPaletteSwitch(QWidget& widget, const QList<QColor>& ofLight, const QList<QColor>& ofDark)
{
    const QImage light = pictureOf(widget, lightLook());
    const QImage dark = pictureOf(widget, darkLook());
    for (const QColor& color : ofLight) {
        QVERIFY2(hasColor(light, color), qPrintable(color.name()));
        QVERIFY2(!hasColor(dark, color), qPrintable(color.name()));
    }
    for (const QColor& color : ofDark) {
        QVERIFY2(hasColor(dark, color), qPrintable(color.name()));
        QVERIFY2(!hasColor(light, color), qPrintable(color.name()));
    }
}

/// Two repositories that share a base layer, and many small blobs.
inline StorageGraph graph()
{
    StorageGraph graph;
    const auto blob = [&graph](std::uint64_t mebibytes) {
        graph.blobs.push_back(
            {"sha256:" + std::string(60, 'a') + std::to_string(1000 + graph.blobs.size()), mebibytes << 20});
        return static_cast<std::uint32_t>(graph.blobs.size() - 1);
    };
    const std::uint32_t base = blob(180);
    const std::uint32_t tools = blob(90);
    for (const auto& [repository, sizes] :
         std::vector<std::pair<std::string, std::vector<std::uint64_t>>>{{"library/node", {420, 210, 96, 33, 12, 4}},
                                                                         {"library/postgres", {240, 150, 60, 8}},
                                                                         {"team/api-server", {130, 70, 22, 5}},
                                                                         {"team/web", {64, 40, 9}}}) {
        StorageGraph::Entity entity{.path = {"registry.example.org", repository}, .blobs = {base, tools}};
        for (const std::uint64_t size : sizes) {
            entity.blobs.push_back(blob(size));
        }
        graph.entities.push_back(entity);
    }
    StorageGraph::Entity many{.path = {"registry.example.org", "team/many-small"}, .blobs = {base}};
    for (int index = 0; index < 3000; ++index) {
        graph.blobs.push_back({"sha256:" + std::string(58, 'b') + std::to_string(100000 + index), 9000});
        many.blobs.push_back(static_cast<std::uint32_t>(graph.blobs.size() - 1));
    }
    graph.entities.push_back(many);
    return graph;
}

inline TagMove movedBefore(int hours, std::string from, std::string to)
{
    return {.at = noon - std::chrono::hours(hours),
            .from = std::move(from),
            .to = std::move(to),
            .cause = "pull",
            .by = "containerd"};
}

inline std::string digest(char letter)
{
    return "sha256:" + std::string(64, letter);
}

inline TagRecord nowAt(const TagHistory& history)
{
    TagRecord tag;
    tag.reference = history.reference;
    tag.digest = history.moves.front().to;
    tag.movedAt = history.moves.front().at;
    tag.isPresent = true;
    return tag;
}

/// `latest` was d, moved to e, back to d, deleted, and appeared as f; `stable` was always a.
inline std::vector<TagLane> lanes()
{
    DigestColours colours;
    TagHistory latest{.reference = "docker.io/library/node:latest", .tag = {}, .moves = {}};
    latest.moves = {movedBefore(6, {}, digest('f')), movedBefore(14, digest('d'), {}),
                    movedBefore(30, digest('e'), digest('d')), movedBefore(52, digest('d'), digest('e'))};
    TagHistory stable{.reference = "registry.example.org/team/api-server:stable", .tag = {}, .moves = {}};
    stable.moves = {movedBefore(40, {}, digest('a'))};
    latest.tag = nowAt(latest);
    stable.tag = nowAt(stable);
    return {tagLane(latest, colours), tagLane(stable, colours)};
}

} // namespace layerhold::gui::test
