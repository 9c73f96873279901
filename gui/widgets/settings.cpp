// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace layerhold::gui {

namespace {

constexpr int version = 1;
constexpr int mostConnections = 100;
constexpr qsizetype largestFile = 1 << 20;

const QStringList themes{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
const QStringList unitNames{QStringLiteral("binary"), QStringLiteral("decimal")};
const QStringList paneNames{QStringLiteral("tree-first"), QStringLiteral("map-first")};
const QStringList momentNames{QStringLiteral("relative"), QStringLiteral("iso")};

/// What is not among the names is the first.
template <class Enum>
Enum fromName(const QStringList& names, const QVariant& name)
{
    return static_cast<Enum>(std::max<qsizetype>(0, names.indexOf(name.toString())));
}

template <class Enum>
QString toName(const QStringList& names, Enum value)
{
    return names.at(static_cast<qsizetype>(value));
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_file(file)
{
    load();
}

QString Settings::defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/layerhold/gui.conf");
}

QString Settings::takeNotice()
{
    return std::exchange(m_notice, QString());
}

const Preferences& Settings::preferences() const
{
    return m_preferences;
}

void Settings::setPreferences(const Preferences& preferences)
{
    m_preferences = preferences;
    save(&Settings::writePreferences);
}

const std::vector<SavedConnection>& Settings::connections() const
{
    return m_connections;
}

void Settings::setConnections(const std::vector<SavedConnection>& connections)
{
    m_connections = connections;
    if (m_connections.size() > mostConnections)
        m_connections.resize(mostConnections);
    save(&Settings::writeConnections);
}

const QString& Settings::lastSocket() const
{
    return m_lastSocket;
}

void Settings::setLastSocket(const QString& socket)
{
    if (socket == m_lastSocket)
        return;
    m_lastSocket = socket;
    save(&Settings::writeLastSocket);
}

const WindowLayout& Settings::layout() const
{
    return m_layout;
}

void Settings::setLayout(const WindowLayout& layout)
{
    if (layout == m_layout)
        return;
    m_layout = layout;
    save(&Settings::writeLayout);
}

StoragePanes Settings::storagePanes() const
{
    return m_storagePanes;
}

void Settings::setStoragePanes(StoragePanes panes)
{
    if (panes == m_storagePanes)
        return;
    m_storagePanes = panes;
    save(&Settings::writeLayout);
}

QByteArray Settings::tableState(const QString& table) const
{
    return m_tables.value(table);
}

void Settings::setTableState(const QString& table, const QByteArray& state)
{
    if (state == m_tables.value(table))
        return;
    m_tables.insert(table, state);
    save(&Settings::writeTables);
}

void Settings::load()
{
    const QFileInfo info(m_file);
    if (!info.exists() || info.size() == 0)
        return;
    QSettings file(m_file, QSettings::IniFormat);
    bool isNumber = false;
    const int found = file.value(QStringLiteral("version")).toInt(&isNumber);
    if (info.size() <= largestFile && file.status() == QSettings::NoError && found == version) {
        read(file);
        return;
    }
    m_isForeign = true;
    if (isNumber && found > version)
        m_notice =
            tr("The settings in %1 are of a newer version of Layerhold, so that the usual ones hold.").arg(m_file);
    else if (isNumber && found > 0 && found < version)
        m_notice =
            tr("The settings in %1 are of an older version of Layerhold, so that the usual ones hold.").arg(m_file);
    else
        m_notice = tr("The settings in %1 cannot be read, so that the usual ones hold.").arg(m_file);
}

void Settings::save(Write group)
{
    if (m_isForeign) {
        // Whoever goes back to the other version, or can mend the file, finds it there.
        QFile::remove(m_file + QStringLiteral(".old"));
        QFile::rename(m_file, m_file + QStringLiteral(".old"));
        m_isForeign = false;
    }
    QDir().mkpath(QFileInfo(m_file).path());
    QSettings file(m_file, QSettings::IniFormat);
    file.setValue(QStringLiteral("version"), version);
    (this->*group)(file);
    file.sync();
    if (file.status() != QSettings::NoError && !m_hasTold) {
        m_hasTold = true;
        m_notice = tr("Settings cannot be saved in %1: they hold until the window is closed.").arg(m_file);
        emit noticed();
    }
}

void Settings::read(QSettings& file)
{
    m_preferences.theme = fromName<ThemeChoice>(themes, file.value(QStringLiteral("preferences/theme")));
    m_preferences.units = fromName<ByteUnits>(unitNames, file.value(QStringLiteral("preferences/units")));
    m_preferences.moments = fromName<MomentStyle>(momentNames, file.value(QStringLiteral("preferences/times")));
    m_preferences.notifies = file.value(QStringLiteral("preferences/notifies"), true).toBool();
    file.beginGroup(QStringLiteral("keys"));
    for (const QString& id : file.childKeys())
        m_preferences.keys.insert(id, file.value(id).toStringList());
    file.endGroup();
    file.beginGroup(QStringLiteral("tables"));
    for (const QString& table : file.childKeys())
        m_tables.insert(table, file.value(table).toByteArray());
    file.endGroup();
    const int count = std::min(file.beginReadArray(QStringLiteral("connections")), mostConnections);
    for (int row = 0; row < count; ++row) {
        file.setArrayIndex(row);
        SavedConnection connection{.name = file.value(QStringLiteral("name")).toString(),
                                   .socket = file.value(QStringLiteral("socket")).toString()};
        if (!connection.socket.isEmpty())
            m_connections.push_back(std::move(connection));
    }
    file.endArray();
    m_lastSocket = file.value(QStringLiteral("lastSocket")).toString();
    m_layout = {.geometry = file.value(QStringLiteral("window/geometry")).toByteArray(),
                .docks = file.value(QStringLiteral("window/docks")).toByteArray(),
                .page = file.value(QStringLiteral("window/page")).toString()};
    m_storagePanes = fromName<StoragePanes>(paneNames, file.value(QStringLiteral("storage/panes")));
}

void Settings::writePreferences(QSettings& file) const
{
    file.setValue(QStringLiteral("preferences/theme"), toName(themes, m_preferences.theme));
    file.setValue(QStringLiteral("preferences/units"), toName(unitNames, m_preferences.units));
    file.setValue(QStringLiteral("preferences/times"), toName(momentNames, m_preferences.moments));
    file.setValue(QStringLiteral("preferences/notifies"), m_preferences.notifies);
    file.remove(QStringLiteral("keys"));
    for (auto key = m_preferences.keys.begin(); key != m_preferences.keys.end(); ++key)
        file.setValue(QStringLiteral("keys/") + key.key(), key.value());
}

void Settings::writeConnections(QSettings& file) const
{
    file.remove(QStringLiteral("connections"));
    file.beginWriteArray(QStringLiteral("connections"), static_cast<int>(m_connections.size()));
    for (std::size_t row = 0; row < m_connections.size(); ++row) {
        file.setArrayIndex(static_cast<int>(row));
        file.setValue(QStringLiteral("name"), m_connections[row].name);
        file.setValue(QStringLiteral("socket"), m_connections[row].socket);
    }
    file.endArray();
}

void Settings::writeLastSocket(QSettings& file) const
{
    file.setValue(QStringLiteral("lastSocket"), m_lastSocket);
}

void Settings::writeLayout(QSettings& file) const
{
    file.setValue(QStringLiteral("window/geometry"), m_layout.geometry);
    file.setValue(QStringLiteral("window/docks"), m_layout.docks);
    file.setValue(QStringLiteral("window/page"), m_layout.page);
    file.setValue(QStringLiteral("storage/panes"), toName(paneNames, m_storagePanes));
}

void Settings::writeTables(QSettings& file) const
{
    for (auto table = m_tables.begin(); table != m_tables.end(); ++table)
        file.setValue(QStringLiteral("tables/") + table.key(), table.value());
}

} // namespace layerhold::gui
