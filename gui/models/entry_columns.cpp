// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "models/entry_columns.h"

#include <QByteArray>

#include <cstring>

namespace layerhold::gui {

QString EntryColumns::digest(EntryId id) const
{
    const EntryCells& entry = cells[id];
    if (entry.digestText != 0)
        return strings[entry.digestText];
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(entry.digest.data()),
                                               static_cast<qsizetype>(entry.digest.size()));
    return QLatin1String("sha256:") + QLatin1String(bytes.toHex());
}

std::strong_ordering EntryColumns::compareDigests(EntryId left, EntryId right) const
{
    const int order = std::memcmp(cells[left].digest.data(), cells[right].digest.data(), cells[left].digest.size());
    return order != 0 ? order <=> 0 : left <=> right;
}

QString repositoryOf(const QString& name)
{
    const qsizetype at = name.indexOf(QLatin1Char('@'));
    const QString named = at < 0 ? name : name.left(at);
    const qsizetype slash = named.lastIndexOf(QLatin1Char('/'));
    const qsizetype colon = named.lastIndexOf(QLatin1Char(':'));
    return colon > slash ? named.left(colon) : named;
}

} // namespace layerhold::gui
