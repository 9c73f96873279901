// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/format.h"

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

class QSettings;

namespace layerhold::gui {

enum class ThemeChoice
{
    System,
    Light,
    Dark
};

struct Preferences
{
    ThemeChoice theme = ThemeChoice::System;
    ByteUnits units = ByteUnits::Binary;
    MomentStyle moments = MomentStyle::Relative;
    bool notifies = true; ///< when long work ends while the window is not in front
    QMap<QString, QStringList> keys =
        {}; ///< of actions that have others than by default; as QKeySequence::PortableText

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

/// A service that the user gave a name to. No secret is in it: the socket's owner and mode say who may connect.
struct SavedConnection
{
    QString name = {};
    QString socket = {};

    friend bool operator==(const SavedConnection&, const SavedConnection&) = default;
};

/// Which side of the storage page is at the left.
enum class StoragePanes
{
    TreeFirst,
    MapFirst
};

/// How the window was left.
struct WindowLayout
{
    QByteArray geometry = {};
    QByteArray docks = {};
    QString page = {};

    friend bool operator==(const WindowLayout&, const WindowLayout&) = default;
};

/// What is kept between sessions, in one file with a version. A file of another version or of none of ours is not
/// touched before the user changes something; until then, and where nothing can be written, all are defaults. Windows
/// of other processes may use the file, too: a change writes its own group and leaves theirs.
class Settings final : public QObject
{
    Q_OBJECT

public:
    explicit Settings(const QString& file, QObject* parent = nullptr);

    static QString defaultFile();

    /// What the user is to be told once, as a sentence; empty: nothing. Taking it empties it.
    QString takeNotice();

    const Preferences& preferences() const;
    void setPreferences(const Preferences& preferences);

    const std::vector<SavedConnection>& connections() const;
    void setConnections(const std::vector<SavedConnection>& connections);

    /// The socket that was connected to last; empty: the usual one.
    const QString& lastSocket() const;
    void setLastSocket(const QString& socket);

    const WindowLayout& layout() const;
    void setLayout(const WindowLayout& layout);

    StoragePanes storagePanes() const;
    void setStoragePanes(StoragePanes panes);

    /// Widths, order and visibility of the columns of a table, as it was left; empty: as it is at first.
    QByteArray tableState(const QString& table) const;
    void setTableState(const QString& table, const QByteArray& state);

signals:
    void noticed(); ///< there is a notice to take

private:
    using Write = void (Settings::*)(QSettings&) const;

    void load();
    void save(Write group);
    void read(QSettings& file);
    void writePreferences(QSettings& file) const;
    void writeConnections(QSettings& file) const;
    void writeLastSocket(QSettings& file) const;
    void writeLayout(QSettings& file) const;
    void writeTables(QSettings& file) const;

    QString m_file;
    QString m_notice;
    bool m_hasTold = false; ///< that nothing can be written
    bool m_isForeign = false;
    Preferences m_preferences;
    std::vector<SavedConnection> m_connections;
    QString m_lastSocket;
    WindowLayout m_layout;
    StoragePanes m_storagePanes = StoragePanes::TreeFirst;
    QMap<QString, QByteArray> m_tables;
};

} // namespace layerhold::gui
