// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/sentences.h"

#include "models/format.h"
#include "models/plain_text.h"
#include "models/sentence_tables.h"

#include <QCoreApplication>

namespace layerhold::gui {

namespace {

constexpr const char* context = "layerhold::gui::Sentences";
constexpr qsizetype longestCode = 64;

QString translated(const char* text)
{
    return QCoreApplication::translate(context, text);
}

bool tellsWhyKept(CodeSet set)
{
    return set == CodeSet::HolderKind || set == CodeSet::Reason;
}

Wording unknownWording(CodeSet set, std::string_view code)
{
    const QString shown = plainText(code, longestCode);
    const bool isRemoval = set == CodeSet::Reason && code.starts_with("remove");
    QString label = shown;
    if (isRemoval)
        label = QCoreApplication::translate("layerhold::gui::Sentences", "removed: %1").arg(shown);
    else if (tellsWhyKept(set))
        label = QCoreApplication::translate("layerhold::gui::Sentences", "kept: %1").arg(shown);
    return {label, QCoreApplication::translate("layerhold::gui::Sentences",
                                               "The server says \"%1\", which this version of the app does not know.")
                       .arg(shown)};
}

} // namespace

Wording wordingOf(CodeSet set, std::string_view code)
{
    if (code.empty())
        return {unknownText(), QCoreApplication::translate("layerhold::gui::Sentences", "Not known.")};
    for (const SentenceRow& row : sentenceRows(set))
        if (code == row.code)
            return {translated(row.label), translated(row.sentence)};
    return unknownWording(set, code);
}

std::vector<std::string_view> codesOf(CodeSet set)
{
    std::vector<std::string_view> codes;
    for (const SentenceRow& row : sentenceRows(set))
        codes.emplace_back(row.code);
    return codes;
}

} // namespace layerhold::gui
