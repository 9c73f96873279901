// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QTranslator>

namespace layerhold::gui {

/// While it lives, texts of the app, and those of Qt (buttons, file dialogs) where Qt's own translations are installed,
/// are in the language of a locale; in English where we do not speak it. To be made before any text is asked for, in
/// the thread of the application object: what is shown already stays as it is.
class Translations
{
public:
    explicit Translations(const QLocale& locale);

private:
    QTranslator m_ours;
    QTranslator m_ofQt;
};

} // namespace layerhold::gui
