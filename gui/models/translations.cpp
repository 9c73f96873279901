// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace layerhold::gui {

Translations::Translations(const QLocale& locale)
{
    const QString folder = QStringLiteral(":/layerhold/translations");
    const QString name = QStringLiteral("layerhold");
    const QString separator = QStringLiteral("_");
    // English texts need a translator, too: sentences with a number have two forms.
    if (!m_ours.load(locale, name, separator, folder) && !m_ours.load(name + QStringLiteral("_en"), folder))
        return;
    QCoreApplication::installTranslator(&m_ours);
    // Qt's texts in the language of ours, not in the locale's: two languages in one dialog help nobody.
    if (m_ofQt.load(QLocale(m_ours.language()), QStringLiteral("qtbase"), separator,
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_ofQt);
}

} // namespace layerhold::gui
