// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/pages/copy_texts.h"

#include "models/format.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace layerhold::gui {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QJsonValue number(std::uint64_t value)
{
    return static_cast<qint64>(value);
}

QJsonValue moment(Moment value)
{
    if (!isKnown(value))
        return QJsonValue::Null;
    Format::Options utc;
    utc.zone = QTimeZone::utc();
    return Format(utc).iso(value);
}

QString pretty(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

} // namespace

bool isPlainReference(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._/:@+-]*\\z"));
    return plain.match(text).hasMatch();
}

QString pullCommand(const QString& reference, const QString& digest)
{
    const QString pinned = repositoryOf(reference) + QLatin1Char('@') + digest;
    return isPlainReference(pinned) ? QStringLiteral("layerhold pull ") + pinned : QString();
}

QString pullCommand(const ImageRecord& image, const std::vector<std::string>& sources)
{
    for (const ImageNameRecord& name : image.names)
        if (name.source == "tag" && isPlainReference(text(name.name)))
            return QStringLiteral("layerhold pull ") + text(name.name);
    for (const std::string& source : sources)
        if (QString command = pullCommand(text(source), text(image.digest)); !command.isEmpty())
            return command;
    return {};
}

QString imageJson(const ImageRecord& image)
{
    QJsonArray names;
    for (const ImageNameRecord& name : image.names)
        names.append(QJsonObject{{QStringLiteral("source"), text(name.source)},
                                 {QStringLiteral("name"), text(name.name)},
                                 {QStringLiteral("engine"), text(name.engine)},
                                 {QStringLiteral("namespace"), text(name.engineNamespace)}});
    QJsonArray platforms;
    for (const std::string& platform : image.platforms)
        platforms.append(text(platform));
    return pretty({{QStringLiteral("digest"), text(image.digest)},
                   {QStringLiteral("kind"), text(image.kind)},
                   {QStringLiteral("state"), text(image.state)},
                   {QStringLiteral("mediaType"), text(image.mediaType)},
                   {QStringLiteral("names"), names},
                   {QStringLiteral("platforms"), platforms},
                   {QStringLiteral("layers"), number(image.layers)},
                   {QStringLiteral("absentBlobs"), number(image.absentBlobs)},
                   {QStringLiteral("referencedBytes"), number(image.referencedBytes)},
                   {QStringLiteral("uniqueBytes"), number(image.uniqueBytes)},
                   {QStringLiteral("shareBytes"), number(image.shareBytes)},
                   {QStringLiteral("referrers"), number(image.referrers)},
                   {QStringLiteral("createdAt"), moment(image.createdAt)},
                   {QStringLiteral("accessedAt"), moment(image.accessedAt)}});
}

QString tagJson(const TagRecord& tag)
{
    return pretty({{QStringLiteral("reference"), text(tag.reference)},
                   {QStringLiteral("digest"), text(tag.digest)},
                   {QStringLiteral("cause"), text(tag.cause)},
                   {QStringLiteral("by"), text(tag.by)},
                   {QStringLiteral("createdAt"), moment(tag.createdAt)},
                   {QStringLiteral("movedAt"), moment(tag.movedAt)},
                   {QStringLiteral("updatedAt"), moment(tag.updatedAt)},
                   {QStringLiteral("accessedAt"), moment(tag.accessedAt)},
                   {QStringLiteral("accessCount"), number(tag.accessCount)},
                   {QStringLiteral("isStale"), tag.isStale},
                   {QStringLiteral("isPresent"), tag.isPresent},
                   {QStringLiteral("claims"), tag.claims}});
}

QString entryJson(const EntryColumns& columns, EntryId id)
{
    const EntryCells& cells = columns[id];
    const auto at = [](std::int64_t milliseconds) { return moment(Moment(std::chrono::milliseconds(milliseconds))); };
    return pretty({{QStringLiteral("digest"), columns.digest(id)},
                   {QStringLiteral("kind"), columns.text(cells.kind)},
                   {QStringLiteral("state"), columns.text(cells.state)},
                   {QStringLiteral("mediaType"), columns.text(cells.mediaType)},
                   {QStringLiteral("size"), number(cells.size)},
                   {QStringLiteral("names"), QJsonArray::fromStringList(columns.list(cells.names).texts)},
                   {QStringLiteral("origin"), columns.text(cells.origin)},
                   {QStringLiteral("refetch"), columns.text(cells.refetch)},
                   {QStringLiteral("isReleased"), cells.isReleased},
                   {QStringLiteral("createdAt"), at(cells.createdAt)},
                   {QStringLiteral("accessedAt"), at(cells.accessedAt)},
                   {QStringLiteral("verifiedAt"), at(cells.verifiedAt)},
                   {QStringLiteral("accessCount"), number(cells.accessCount)}});
}

} // namespace layerhold::gui
