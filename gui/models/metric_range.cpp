// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/metric_range.h"

#include <QCoreApplication>

#include <algorithm>

namespace layerhold::gui {

namespace {

using namespace std::chrono_literals;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(layerhold::gui::MetricRange)
};

} // namespace

std::chrono::seconds lengthOf(MetricRange range)
{
    switch (range) {
    case MetricRange::Hour:
        return 1h;
    case MetricRange::Day:
        return 24h;
    case MetricRange::Week:
        return 24h * 7;
    case MetricRange::Month:
        return 24h * 30;
    case MetricRange::All:
        return 0s;
    }
    return 0s;
}

std::chrono::seconds stepOf(MetricRange range)
{
    switch (range) {
    case MetricRange::Hour:
        return 10s;
    case MetricRange::Day:
        return 60s;
    default:
        return 1h;
    }
}

std::chrono::seconds finerStep(std::chrono::seconds step)
{
    return step > 60s ? 60s : step > 10s ? 10s : step > 1s ? 1s : 0s;
}

std::chrono::seconds rateWindow(std::chrono::seconds step)
{
    return std::max(step, std::min(step * 30, std::chrono::seconds(1h)));
}

QString nameOf(MetricRange range)
{
    switch (range) {
    case MetricRange::Hour:
        return Texts::tr("1 hour");
    case MetricRange::Day:
        return Texts::tr("24 hours");
    case MetricRange::Week:
        return Texts::tr("7 days");
    case MetricRange::Month:
        return Texts::tr("30 days");
    case MetricRange::All:
        return Texts::tr("All that is kept");
    }
    return {};
}

QString sentenceOf(MetricRange range)
{
    switch (range) {
    case MetricRange::Hour:
        return Texts::tr("In the last hour");
    case MetricRange::Day:
        return Texts::tr("In the last 24 hours");
    case MetricRange::Week:
        return Texts::tr("In the last 7 days");
    case MetricRange::Month:
        return Texts::tr("In the last 30 days");
    case MetricRange::All:
        return Texts::tr("In all that is recorded");
    }
    return {};
}

} // namespace layerhold::gui
