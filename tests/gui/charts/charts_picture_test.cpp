// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/entry_scatter_view.h"
#include "charts/layer_stack.h"
#include "charts/space_bar.h"
#include "charts/storage_map_view.h"
#include "charts/tag_timeline_view.h"
#include "charts/time_chart.h"
#include "gui/charts/chart_fixtures.h"
#include "gui/charts/lasso.h"
#include "models/entry_table.h"

#include <QDir>
#include <QSignalSpy>

#include <limits>
#include <random>

namespace {

using namespace layerhold::gui;
using namespace layerhold::gui::test;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::uint64_t gibibyte = std::uint64_t(1) << 30;

/// Paints every widget in both palettes at the scale that QT_SCALE_FACTOR asks for. The pictures stay beside the test,
/// for people to look at.
class ChartsPictureTest : public QObject
{
    Q_OBJECT

private:
    /// Both palettes: the picture has as many pixels as the scale asks for, reaches the edges, and items that are seen
    /// lie within it.
    static void check(PaintedWidget& widget, const QString& name)
    {
        const double scale = qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble();
        const QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/pictures"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        for (const Look* look : {&lightLook(), &darkLook()}) {
            const QImage picture = pictureOf(widget, *look);
            QCOMPARE(picture.size(), (QSizeF(widget.size()) * scale).toSize());
            QVERIFY(picture.pixelColor(picture.width() - 1, picture.height() - 1).alpha() == 255);
            const QString kind = look->kind == Look::Kind::Light ? "light" : "dark";
            QVERIFY(picture.save(folder.filePath(QStringLiteral("%1-%2-%3x.png").arg(name, kind).arg(scale))));
        }
        for (int item = 0; item < std::min(500, widget.itemCount()); ++item) {
            const QRect place = widget.itemRect(item);
            QVERIFY2(place.isEmpty() || widget.rect().adjusted(-1, -1, 1, 1).contains(place),
                     qPrintable(widget.itemName(item)));
        }
        QVERIFY(widget.minimumSizeHint().width() <= widget.width());
        QVERIFY(widget.minimumSizeHint().height() <= widget.height());
    }

private slots:

    void lines()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(24)});
        TimeChart chart(&axis);
        chart.setTitle("Hit rate");
        chart.setFormat(format());
        std::vector<ChartSeries> series{{"by bytes", wave(1440, 0.9, 3, minutes(1))},
                                        {"by requests", wave(1440, 0.7, 2, minutes(1))},
                                        {"anonymous", wave(1440, 0.5, 5, minutes(1))}};
        for (ChartSeries& one : series) {
            for (std::size_t index = 600; index < 700; ++index) {
                one.line[index].value = std::numeric_limits<double>::quiet_NaN();
            }
        }
        chart.setSeries(series, "ratio");
        chart.setMarks({{.at = noon + hours(5), .label = "Cleanup"}, {.at = noon + hours(23), .label = "Cleanup"}});
        present(chart, {900, 280});
        axis.setCrosshair(noon + hours(8));
        axis.setSelection(noon + hours(13), noon + hours(16));
        check(chart, "lines");
    }

    void areas()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(24)});
        TimeChart chart(&axis);
        chart.setTitle("Bytes served");
        chart.setFormat(format());
        chart.setSeries({{"from the cache", wave(1440, 3e9, 3, minutes(1))},
                         {"joined in flight", wave(1440, 4e8, 5, minutes(1))},
                         {"fetched", wave(1440, 1e9, 2, minutes(1))}},
                        "bytes", ChartForm::Stacked);
        chart.resize(900, 280);
        check(chart, "areas");
    }

    void bands()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + minutes(20000)});
        TimeChart chart(&axis);
        chart.setTitle("First byte");
        chart.setFormat(format());
        std::vector<ChartSeries> series;
        for (const auto& [name, height] : std::vector<std::pair<QString, double>>{{"p50", 2e6}, {"p99", 6e6}}) {
            Line line;
            for (int index = 0; index < 20000; ++index) {
                line.push_back({.at = noon + minutes(index), .value = height * (1 + 0.3 * std::sin(index * index))});
            }
            series.push_back({name, line});
        }
        chart.setSeries(series, "nanoseconds");
        chart.resize(900, 280);
        check(chart, "bands");
    }

    void nothingRecorded()
    {
        TimeAxis axis;
        axis.setBounds({noon, noon + hours(24)});
        TimeChart chart(&axis);
        chart.setTitle("Errors by upstream");
        chart.setFormat(format());
        chart.setSeries({{"ghcr.io", {}}}, "count");
        chart.resize(600, 240);
        check(chart, "nothing-recorded");
        chart.setNotice("Not reported by this server");
        check(chart, "not-reported");
    }

    void bars()
    {
        SpaceBar bar;
        bar.setFormat(format());
        bar.setFigures(SpaceFigures{.inUse = 41 * gibibyte,
                                    .kept = 8 * gibibyte,
                                    .canGo = 12 * gibibyte,
                                    .trash = 3 * gibibyte,
                                    .other = 9 * gibibyte,
                                    .free = 27 * gibibyte,
                                    .lowMark = 80 * gibibyte,
                                    .highMark = 90 * gibibyte});
        bar.resize(700, bar.heightForWidth(700));
        check(bar, "space-bar");
        bar.resize(320, bar.heightForWidth(320));
        check(bar, "space-bar-narrow");
    }

    void layers()
    {
        LayerStack stack;
        stack.setFormat(format());
        const auto layer = [](char letter, std::uint64_t size, std::uint64_t images, std::string command) {
            return LayerRecord{.digest = digest(letter),
                               .mediaType = {},
                               .size = size,
                               .isPresent = letter != 'd',
                               .images = images,
                               .command = std::move(command)};
        };
        stack.setLayers(
            {layer('a', 31 << 20, 14, "/bin/sh -c #(nop) ADD file:4f2b1 in /"),
             layer('b', 212 << 20, 3, "RUN apt-get update && apt-get install -y build-essential python3 git"),
             layer('c', 4 << 10, 1, "WORKDIR /app"), layer('d', 96 << 20, 2, "COPY . /app"), layer('e', 580, 1, {})});
        present(stack, {760, stack.sizeHint().height()});
        stack.setCurrentItem(1);
        check(stack, "layer-stack");
    }

    void map()
    {
        StorageMapView view;
        const auto figures = graph();
        auto map = std::make_shared<StorageMap>(storageMap(figures, ByteRule::Unique));
        MapScene scene{.map = map, .tints = {}, .nameOf = {}, .detailsOf = {}};
        for (std::size_t node = 0; node < map->nodes.size(); ++node) {
            scene.tints.push_back(node % 7 == 6 ? MapTint::Unknown
                                                : static_cast<MapTint>(static_cast<int>(MapTint::Idle0) + node % 5));
        }
        scene.nameOf = [map, figures](std::uint32_t node) {
            const StorageNode& what = map->nodes[node];
            if (what.kind == StorageNode::Kind::Blob) {
                return shortDigest(figures.blobs[what.index].digest);
            }
            return what.kind == StorageNode::Kind::SharedBlock ? QString("Shared by two or more")
                                                               : QString::fromStdString(what.name);
        };
        view.setFormat(format());
        present(view, {900, 500});
        view.setScene(scene);
        QTRY_VERIFY(view.itemCount() > 0);
        check(view, "map");
        view.setCurrentItem(3);
        QSignalSpy laidOut(&view, &StorageMapView::laidOut);
        QTest::keyClick(&view, Qt::Key_Plus);
        QTRY_COMPARE(laidOut.count(), 1);
        QTRY_VERIFY(view.currentItem() != PaintedWidget::noItem);
        check(view, "map-level-1");
    }

    void points()
    {
        std::mt19937 random(3);
        const auto within = [&random](unsigned count) { return static_cast<unsigned>(random() % count); };
        std::vector<BlobRecord> blobs;
        for (int number = 0; number < 4000; ++number) {
            const unsigned choice = within(20);
            BlobRecord& blob = blobs.emplace_back();
            blob.digest = "sha256:" + std::to_string(1'000'000 + number) + std::string(57, '7');
            blob.kind = choice < 12 ? "layer" : choice < 15 ? "config" : choice < 18 ? "manifest" : "index";
            blob.size = blob.kind == "layer" ? (std::uint64_t{1} << (10 + within(18))) + within(900)
                                             : 400 + std::uint64_t{within(9000)};
            blob.accessedAt = noon - std::chrono::seconds((1U << (6 + within(18))) + within(600));
            if (choice == 19 && within(4) == 0) {
                blob.kind = "other";
                blob.accessedAt = Moment();
            }
        }
        blobs[5].accessedAt = noon + hours(900);
        blobs[7].size = 0;
        EntryTable table;
        std::vector<EntryId> changed;
        table.upsert(blobs, changed);
        EntryScatterView view;
        view.setFormat(format());
        present(view, {900, 500});
        view.setEntries(table.snapshot(), changed, noon);
        QTRY_VERIFY(!view.isBehind() && view.itemCount() > 0);
        check(view, "points");
        std::vector<EntryId> some;
        for (int item = 0; item < 40; ++item) {
            some.push_back(view.entryOf(item));
        }
        view.setSelected(some);
        view.setCurrentItem(700);
        check(view, "points-selected");
        view.setEntries(table.snapshot(), {changed.begin(), changed.begin() + 12}, noon);
        view.resize(420, 300);
        QTRY_VERIFY(!view.isBehind());
        check(view, "points-few");
    }

    void timeline()
    {
        TimeAxis axis;
        axis.setBounds({noon - hours(72), noon + hours(1)});
        TagTimelineView view(&axis);
        view.setFormat(format());
        view.setLanes(lanes());
        present(view, {1000, view.sizeHint().height()});
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Space);
        check(view, "timeline");
    }
};

} // namespace

QTEST_MAIN(ChartsPictureTest)
#include "charts_picture_test.moc"
