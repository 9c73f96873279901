// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_cells.h"

#include "models/entry_filter.h"
#include "models/plain_text.h"
#include "models/sentences.h"

#include <array>

namespace layerhold::gui {

namespace {

constexpr qsizetype longestValue = 65536;
constexpr qsizetype shownNames = 20;

struct ColumnWords
{
    const char* title;
    const char* meaning;
};

constexpr const char* context = "layerhold::gui::EntryColumns";

constexpr std::array<ColumnWords, entryColumnCount> columnWords = {{
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Digest"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "The name of the content: a hash over its bytes.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Kind"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "What the content is to an image.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Media type"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "The format, as whoever stored it said.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Repositories"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Where images that have it come from, as far as is known.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Names"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Tags and names of images that point at it.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Stored size"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Its bytes as they are stored, compressed.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Freed if removed"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "The bytes that only this entry reaches.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Users"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Manifests and indexes that refer to it.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "First seen"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "When it came here.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Last used"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "When it was last read or asked for.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Hits"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "How often it was read or asked for since it came here.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "State"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Whether its bytes are here.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Why kept"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Who needs it: the strongest reason, and how many others.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Origin"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "How it came here.")},
    {QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Re-fetchable"),
     QT_TRANSLATE_NOOP("layerhold::gui::EntryColumns", "Whether a registry is known to have had it.")},
}};

QString translated(const char* text)
{
    return QCoreApplication::translate(context, text);
}

Moment momentOf(std::int64_t milliseconds)
{
    return Moment(std::chrono::milliseconds(milliseconds));
}

Wording wordingOfText(CodeSet set, const QString& code)
{
    return wordingOf(set, code.toStdString());
}

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? unknownText() : text;
}

QString withOthers(const QString& first, qsizetype count)
{
    return count > 1 ? QStringLiteral("%1 +%2").arg(first, QString::number(count - 1)) : first;
}

QString firstAndOthers(const QStringList& texts)
{
    return texts.isEmpty() ? unknownText() : withOthers(plainText(texts.front()), texts.size());
}

QString allOf(const QStringList& texts)
{
    QStringList lines;
    for (const QString& text : texts.mid(0, shownNames))
        lines.append(plainText(text));
    if (texts.size() > shownNames)
        lines.append(
            QCoreApplication::translate("layerhold::gui::EntryColumns", "and %1 more").arg(texts.size() - shownNames));
    return orUnknown(lines.join(QLatin1Char('\n')));
}

QString joined(const QStringList& texts)
{
    return plainText(texts.join(QLatin1Char(',')), longestValue);
}

const QStringList& namesOf(const EntryColumns& columns, const EntryCells& cells, EntryColumn column)
{
    const EntryList& names = columns.list(cells.names);
    return column == EntryColumn::Names ? names.texts : names.repositories;
}

QString keptText(const EntryColumns& columns, const EntryCells& cells)
{
    const EntryList& holders = columns.list(cells.holders);
    if (cells.isReleased || (holders.isKnown && holders.texts.isEmpty()))
        return QCoreApplication::translate("layerhold::gui::EntryColumns", "Not kept");
    if (!holders.isKnown)
        return QCoreApplication::translate("layerhold::gui::EntryColumns", "Kept");
    return withOthers(wordingOfText(CodeSet::HolderKind, holders.texts.front()).label, holders.texts.size());
}

QString keptToolTip(const EntryColumns& columns, const EntryCells& cells)
{
    const EntryList& holders = columns.list(cells.holders);
    if (cells.isReleased || (holders.isKnown && holders.texts.isEmpty()))
        return QCoreApplication::translate("layerhold::gui::EntryColumns", "Nobody needs it: a cleanup may remove it.");
    if (!holders.isKnown)
        return QCoreApplication::translate("layerhold::gui::EntryColumns",
                                           "Somebody needs it; \"Why is this kept?\" tells who.");
    QStringList lines;
    for (const QString& holder : holders.texts)
        lines.append(wordingOfText(CodeSet::HolderKind, holder).sentence);
    return lines.join(QLatin1Char('\n'));
}

QString codeToolTip(CodeSet set, const QString& code)
{
    const Wording wording = wordingOfText(set, code);
    return wording.label + QLatin1String(": ") + wording.sentence;
}

QString isoOrNothing(const Format& format, std::int64_t milliseconds)
{
    return milliseconds == 0 ? QString() : format.iso(momentOf(milliseconds));
}

} // namespace

QString entryText(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column)
{
    const EntryCells& cells = columns[id];
    switch (column) {
    case EntryColumn::Digest:
        return shortDigest(columns.digest(id));
    case EntryColumn::Kind:
        return wordingOfText(CodeSet::Kind, columns.text(cells.kind)).label;
    case EntryColumn::MediaType:
        return orUnknown(plainText(columns.text(cells.mediaType)));
    case EntryColumn::Repositories:
    case EntryColumn::Names:
        return firstAndOthers(namesOf(columns, cells, column));
    case EntryColumn::Size:
        return format.bytes(cells.size);
    case EntryColumn::Freed:
        return cells.freed == unknownBytes ? unknownText() : format.bytes(cells.freed);
    case EntryColumn::Users:
        return cells.users == unknownCount ? unknownText() : format.count(cells.users);
    case EntryColumn::FirstSeen:
        return cells.createdAt == 0 ? unknownText() : format.moment(momentOf(cells.createdAt));
    case EntryColumn::LastUsed:
        return format.moment(momentOf(cells.accessedAt));
    case EntryColumn::AccessCount:
        return format.count(cells.accessCount);
    case EntryColumn::State:
        return wordingOfText(CodeSet::State, columns.text(cells.state)).label;
    case EntryColumn::Kept:
        return keptText(columns, cells);
    case EntryColumn::Origin:
        return orUnknown(plainText(columns.text(cells.origin)));
    case EntryColumn::Refetch:
        return wordingOfText(CodeSet::Refetch, columns.text(cells.refetch)).label;
    }
    return {};
}

QString entryToolTip(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column)
{
    const EntryCells& cells = columns[id];
    switch (column) {
    case EntryColumn::Digest:
        return plainText(columns.digest(id));
    case EntryColumn::Kind:
        return codeToolTip(CodeSet::Kind, columns.text(cells.kind));
    case EntryColumn::State:
        return codeToolTip(CodeSet::State, columns.text(cells.state));
    case EntryColumn::Refetch:
        return codeToolTip(CodeSet::Refetch, columns.text(cells.refetch));
    case EntryColumn::Repositories:
    case EntryColumn::Names:
        return allOf(namesOf(columns, cells, column));
    case EntryColumn::Size:
        return format.exactBytes(cells.size);
    case EntryColumn::Freed:
        return cells.freed == unknownBytes
                   ? QCoreApplication::translate("layerhold::gui::EntryColumns", "Not asked yet.")
                   : format.exactBytes(cells.freed);
    case EntryColumn::FirstSeen:
        return cells.createdAt == 0 ? unknownText() : format.iso(momentOf(cells.createdAt));
    case EntryColumn::LastUsed:
        return format.iso(momentOf(cells.accessedAt));
    case EntryColumn::Kept:
        return keptToolTip(columns, cells);
    default:
        return entryText(columns, format, id, column);
    }
}

QString entryValue(const EntryColumns& columns, const Format& format, EntryId id, EntryColumn column)
{
    const EntryCells& cells = columns[id];
    switch (column) {
    case EntryColumn::Digest:
        return plainText(columns.digest(id), longestValue);
    case EntryColumn::Kind:
        return plainText(columns.text(cells.kind), longestValue);
    case EntryColumn::MediaType:
        return plainText(columns.text(cells.mediaType), longestValue);
    case EntryColumn::Repositories:
    case EntryColumn::Names:
        return joined(namesOf(columns, cells, column));
    case EntryColumn::Size:
        return QString::number(cells.size);
    case EntryColumn::Freed:
        return cells.freed == unknownBytes ? QString() : QString::number(cells.freed);
    case EntryColumn::Users:
        return cells.users == unknownCount ? QString() : QString::number(cells.users);
    case EntryColumn::FirstSeen:
        return isoOrNothing(format, cells.createdAt);
    case EntryColumn::LastUsed:
        return isoOrNothing(format, cells.accessedAt);
    case EntryColumn::AccessCount:
        return QString::number(cells.accessCount);
    case EntryColumn::State:
        return plainText(columns.text(cells.state), longestValue);
    case EntryColumn::Kept:
        return cells.isReleased ? QString() : joined(columns.list(cells.holders).texts);
    case EntryColumn::Origin:
        return plainText(columns.text(cells.origin), longestValue);
    case EntryColumn::Refetch:
        return plainText(columns.text(cells.refetch), longestValue);
    }
    return {};
}

QString entryCondition(const EntryColumns& columns, EntryId id, EntryColumn column)
{
    const EntryCells& cells = columns[id];
    const auto condition = [](const char* key, const QString& value) {
        return value.isEmpty() ? QString() : QLatin1String(key) + QLatin1Char(':') + quotedFilterValue(value);
    };
    const auto first = [](const QStringList& texts) { return texts.isEmpty() ? QString() : texts.front(); };
    const auto number = [](const char* key, std::uint64_t value, const char* unit) {
        return QLatin1String(key) + QLatin1Char(':') + QString::number(value) + QLatin1String(unit);
    };
    switch (column) {
    case EntryColumn::Digest:
        return QLatin1String("digest:") + columns.digest(id);
    case EntryColumn::Kind:
        return condition("kind", columns.text(cells.kind));
    case EntryColumn::MediaType:
        return condition("media", columns.text(cells.mediaType));
    case EntryColumn::Repositories:
        return condition("repo", first(columns.list(cells.names).repositories));
    case EntryColumn::Names:
        return condition("name", first(columns.list(cells.names).texts));
    case EntryColumn::Size:
        return number("size", cells.size, "B");
    case EntryColumn::Freed:
        return cells.freed == unknownBytes ? QString() : number("freed", cells.freed, "B");
    case EntryColumn::Users:
        return cells.users == unknownCount ? QString() : number("users", cells.users, "");
    case EntryColumn::AccessCount:
        return number("hits", cells.accessCount, "");
    case EntryColumn::State:
        return condition("state", columns.text(cells.state));
    case EntryColumn::Kept:
        if (cells.isReleased)
            return QStringLiteral("released");
        return columns.list(cells.holders).texts.isEmpty()
                   ? QStringLiteral("kept:any")
                   : condition("kept", columns.list(cells.holders).texts.front());
    case EntryColumn::Origin:
        return condition("origin", columns.text(cells.origin));
    case EntryColumn::Refetch:
        return condition("refetch", columns.text(cells.refetch));
    case EntryColumn::LastUsed:
        return cells.accessedAt == 0 ? QStringLiteral("idle:never") : QString();
    case EntryColumn::FirstSeen:
        break;
    }
    return {};
}

QString entryColumnTitle(EntryColumn column)
{
    return translated(columnWords[static_cast<std::size_t>(column)].title);
}

QString entryColumnToolTip(EntryColumn column)
{
    return translated(columnWords[static_cast<std::size_t>(column)].meaning);
}

bool isNumberColumn(EntryColumn column)
{
    return column == EntryColumn::Size || column == EntryColumn::Freed || column == EntryColumn::Users ||
           column == EntryColumn::AccessCount;
}

} // namespace layerhold::gui
