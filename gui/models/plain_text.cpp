// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/plain_text.h"

#include <QList>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr char32_t controlPictures = 0x2400;
constexpr char32_t pictureOfDelete = 0x2421;
const QChar ellipsis(u'…');

bool isVisible(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

QString shown(char32_t character)
{
    if (character < 0x20)
        return QString(QChar(static_cast<char16_t>(controlPictures + character)));
    if (character == 0x7f)
        return QString(QChar(static_cast<char16_t>(pictureOfDelete)));
    if (QChar::category(character) == QChar::Other_Surrogate)
        return QString(QChar(QChar::ReplacementCharacter));
    return QStringLiteral("[U+%1]").arg(static_cast<uint>(character), 4, 16, QLatin1Char('0')).toUpper();
}

bool isAllVisible(QStringView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar unit) { return !unit.isSurrogate() && isVisible(unit.unicode()); });
}

QString withoutMiddle(QStringView text, qsizetype longest)
{
    QStringView head = text.left((longest - 1) / 2);
    QStringView tail = text.right(longest - 1 - head.size());
    if (!head.isEmpty() && head.back().isHighSurrogate())
        head.chop(1);
    if (!tail.isEmpty() && tail.front().isLowSurrogate())
        tail = tail.mid(1);
    return head.toString() + ellipsis + tail.toString();
}

} // namespace

QString plainText(QStringView text, qsizetype longest)
{
    longest = std::max<qsizetype>(longest, 1);
    // Every character is shown by at least as many units as it has, so what lies further inside is lost anyway.
    const QString bounded = text.size() > 2 * longest + 1 ? withoutMiddle(text, 2 * longest + 1) : QString();
    const QStringView source = bounded.isNull() ? text : QStringView(bounded);

    QString line;
    if (isAllVisible(source)) {
        line = source.toString();
    } else {
        for (const char32_t character : source.toUcs4()) {
            if (isVisible(character))
                line += QChar::fromUcs4(character);
            else
                line += shown(character);
        }
    }
    return line.size() > longest ? withoutMiddle(line, longest) : line;
}

QString plainText(std::string_view utf8, qsizetype longest)
{
    return plainText(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())), longest);
}

QString literalToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<html><body style=\"white-space: pre-wrap\">%1</body></html>").arg(text.toHtmlEscaped());
}

} // namespace layerhold::gui
