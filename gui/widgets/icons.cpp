// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/icons.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>
#include <optional>

namespace layerhold::gui {

namespace {

const QString folder = QStringLiteral(":/layerhold/icons/");

QString fileOf(const QString& name)
{
    return folder + name + QStringLiteral(".svg");
}

/// The files draw in any colour: only how much they cover counts.
QPixmap tinted(const QString& name, const QSize& pixels, const QColor& tint)
{
    const QString key = QStringLiteral("layerhold-icon/%1/%2x%3/%4")
                            .arg(name)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(tint.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(fileOf(name));
    QPainter painter(&pixmap);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), tint);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString name, std::optional<QColor> tint)
        : m_name(std::move(name))
        , m_tint(tint)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, tinted(m_name, rect.size() * ratio, colour(mode)));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        return tinted(m_name, size, colour(mode));
    }

    QIconEngine* clone() const override { return new TintedEngine(*this); }

    QString key() const override { return QStringLiteral("layerhold"); }

private:
    QColor colour(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (m_tint)
            return *m_tint;
        return palette.color(QPalette::Active,
                             mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
    }

    QString m_name;
    std::optional<QColor> m_tint;
};

QIcon iconWith(const QString& name, std::optional<QColor> tint)
{
    if (!QFile::exists(fileOf(name))) {
        qWarning("there is no icon %s", qUtf8Printable(name));
        return {};
    }
    return QIcon(new TintedEngine(name, tint));
}

} // namespace

QIcon icon(const QString& name)
{
    return iconWith(name, std::nullopt);
}

QIcon icon(const QString& name, const QColor& tint)
{
    return iconWith(name, tint);
}

QPixmap iconPixmap(const QString& name, int size, qreal devicePixelRatio, const QColor& tint)
{
    const int pixels = static_cast<int>(std::lround(size * devicePixelRatio));
    QPixmap pixmap = tinted(name, QSize(pixels, pixels), tint);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QString applicationId()
{
    return QStringLiteral("io.layerhold.layerhold");
}

QIcon applicationIcon()
{
    return QIcon(QStringLiteral(":/layerhold/%1.svg").arg(applicationId()));
}

QStringList iconNames()
{
    QStringList names;
    for (const QString& file : QDir(folder).entryList({QStringLiteral("*.svg")}, QDir::Files, QDir::Name))
        names.append(file.chopped(4));
    return names;
}

} // namespace layerhold::gui
