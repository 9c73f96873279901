// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/without_secrets.h"

#include <QRegularExpression>

namespace layerhold::gui {

QString withoutSecrets(const QString& text)
{
    static const QRegularExpression user(QStringLiteral("(?<=://)[^\\s/@]+(?=@)"));
    static const QRegularExpression header(
        QStringLiteral("\\b(authorization\\s*:\\s*\\w+\\s+|bearer\\s+(?=\\S{8}))[^\\s,;\"']+"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression field(
        QStringLiteral("(\\w*(?:password|passwd|secret|token|api_?key)(?:=|\"\\s*:\\s*\"))[^\\s,;&\"']+"),
        QRegularExpression::CaseInsensitiveOption);
    QString told = text;
    told.replace(user, QStringLiteral("…"));
    for (const QRegularExpression& each : {header, field})
        told.replace(each, QStringLiteral("\\1…"));
    return told;
}

} // namespace layerhold::gui
