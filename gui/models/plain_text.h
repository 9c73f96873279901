// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <string_view>

namespace layerhold::gui {

inline constexpr qsizetype longestPlainText = 512;

/// A text of others, fit for one line: control characters and line breaks become their Unicode pictures (␊), and what
/// would not be seen or would turn the line around (bidirectional controls, zero-width characters) its number,
/// [U+202E]. What is longer than `longest` UTF-16 units loses its middle to "…". Markup stays as it is written: who
/// shows the text asks for Qt::PlainText, or takes literalToolTip().
QString plainText(QStringView text, qsizetype longest = longestPlainText);
/// Bytes that are not UTF-8 become U+FFFD.
QString plainText(std::string_view utf8, qsizetype longest = longestPlainText);

/// For QToolTip, which guesses whether a text is markup and knows no Qt::PlainText: shows exactly `text`, with its line
/// breaks; no text: no tool tip. Texts of others in it have gone through plainText() before.
QString literalToolTip(const QString& text);

} // namespace layerhold::gui
