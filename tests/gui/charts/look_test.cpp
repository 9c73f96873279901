// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "charts/look.h"

#include <array>
#include <cmath>

namespace {

using namespace layerhold::gui;

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
constexpr Matrix normalSight{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double labPart(double t)
{
    return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0;
}

Triple labSeenBy(const Matrix& eyes, const QColor& color)
{
    const Triple in{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    Triple out{};
    for (std::size_t row = 0; row < 3; ++row) {
        out[row] = std::clamp(eyes[row][0] * in[0] + eyes[row][1] * in[1] + eyes[row][2] * in[2], 0.0, 1.0);
    }
    const double x = labPart((0.4124 * out[0] + 0.3576 * out[1] + 0.1805 * out[2]) / 0.95047);
    const double y = labPart(0.2126 * out[0] + 0.7152 * out[1] + 0.0722 * out[2]);
    const double z = labPart((0.0193 * out[0] + 0.1192 * out[1] + 0.9505 * out[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const Triple& a, const Triple& b)
{
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

class LookTest : public QObject
{
    Q_OBJECT

private:
    static void looks()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    static const Look& look()
    {
        QFETCH(bool, isDark);
        return isDark ? darkLook() : lightLook();
    }

private slots:

    void contrastIsThatOfTheGuidelines()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }

    void everyTextReadsOnEveryBackground_data() { looks(); }

    void everyTextReadsOnEveryBackground()
    {
        const Look& one = look();
        for (const QColor& back :
             {one.window, one.base, one.alternateBase, one.button, one.warningBack, one.errorBack}) {
            for (const QColor& text : {one.text, one.dimmedText, one.accent, one.warning, one.error, one.good}) {
                QVERIFY2(contrast(text, back) >= 4.5, qPrintable(text.name() + " on " + back.name()));
            }
        }
        QVERIFY(contrast(one.selectedText, one.selection) >= 4.5);
    }

    void linesAndTilesStandOut_data() { looks(); }

    void linesAndTilesStandOut()
    {
        const Look& one = look();
        QList<QColor> surfaces{one.axis,  one.grid,      one.hatch, one.layer, one.config, one.manifest, one.index,
                               one.inUse, one.otherKind, one.kept,  one.canGo, one.trash,  one.free,     one.accent};
        surfaces.append(QList<QColor>(one.series.begin(), one.series.end()));
        surfaces.append(QList<QColor>(one.idle.begin(), one.idle.end()));
        for (const QColor& back : {one.window, one.base}) {
            for (const QColor& surface : surfaces) {
                QVERIFY2(contrast(surface, back) >= 3.0, qPrintable(surface.name() + " on " + back.name()));
            }
        }
        for (const QColor& surface : surfaces) {
            QVERIFY2(contrast(textOn(surface), surface) >= 4.5, qPrintable(surface.name()));
        }
    }

    void seriesDifferForEveryEye_data() { looks(); }

    void seriesDifferForEveryEye()
    {
        const Look& one = look();
        for (const Matrix& eyes : {normalSight, deuteranopia, protanopia}) {
            for (std::size_t a = 0; a < one.series.size(); ++a) {
                for (std::size_t b = a + 1; b < one.series.size(); ++b) {
                    const double apart = distance(labSeenBy(eyes, one.series[a]), labSeenBy(eyes, one.series[b]));
                    QVERIFY2(apart >= 20, qPrintable(QStringLiteral("%1 and %2: %3").arg(a).arg(b).arg(apart)));
                }
            }
        }
    }

    void idleRampGoesOneWay_data() { looks(); }

    void idleRampGoesOneWay()
    {
        const Look& one = look();
        for (std::size_t step = 1; step < one.idle.size(); ++step) {
            QVERIFY(contrast(one.idle[step], one.base) > contrast(one.idle[step - 1], one.base));
            QVERIFY(std::abs(one.idle[step].hslHue() - one.idle[0].hslHue()) < 20);
        }
    }

    void paletteLeadsBackToItsLook_data() { looks(); }

    void paletteLeadsBackToItsLook()
    {
        const Look& one = look();
        const QPalette palette = toQPalette(one);
        QCOMPARE(lookFor(palette).kind, one.kind);
        QCOMPARE(palette.color(QPalette::Window), one.window);
        QCOMPARE(palette.color(QPalette::Base), one.base);
        QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), one.dimmedText);
    }

    void kindsHaveTheirColour()
    {
        QCOMPARE(lightLook().kindColor("layer"), lightLook().layer);
        QCOMPARE(lightLook().kindColor("manifest"), lightLook().manifest);
        QCOMPARE(lightLook().kindColor("of a newer server"), lightLook().otherKind);
    }
};

} // namespace

QTEST_MAIN(LookTest)
#include "look_test.moc"
